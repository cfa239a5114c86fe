import { Checkbox, MultiSelect, Radio, Select, TextInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { Problem } from "@/shared/api/problem";
import { CommandButton } from "@/shared/commands/CommandButton";
import { useCommands } from "@/shared/commands/commands";
import type { Command } from "@/shared/commands/registry";
import { counted, moment } from "@/shared/lib/format";
import { Refused } from "@/shared/ui/Problems";
import { type DatasetDetail, jobsQuery } from "../api";
import { modelsQuery } from "../predictions/api";
import classes from "../predictions/Predictions.module.css";
import { exportsQuery, startTraining, type Training } from "./api";
import { EMPTY, type TrainWish, wishOf } from "./words";
import "@mantine/core/styles/Radio.layer.css";

interface PartProps {
  readonly dataset: DatasetDetail;
  readonly wish: TrainWish;
  readonly onChange: (more: Partial<TrainWish>) => void;
}

const Which = ({ dataset, wish, onChange }: PartProps) => {
  const jobs = (useQuery(jobsQuery).data ?? []).filter(
    (job) => job.dataset === dataset.id && job.state !== "draft" && job.kind !== "segmentation",
  );
  const exports = useQuery(exportsQuery(dataset.id)).data ?? [];
  if (wish.from === "jobs")
    return (
      <MultiSelect
        label="Jobs"
        data={jobs.map(({ id, name }) => ({ value: id, label: name }))}
        placeholder={wish.jobs.length === 0 ? "Choose jobs" : undefined}
        searchable
        value={wish.jobs}
        onChange={(chosen) => onChange({ jobs: chosen })}
      />
    );
  if (wish.from === "export")
    return (
      <Select
        label="Export"
        data={exports.map((one) => ({
          value: one.id,
          label: `${counted(one.rows ?? 0, "row")}, ${moment(one.created_at)}`,
        }))}
        placeholder={exports.length === 0 ? "No finished CSV or JSON Lines" : "Choose an export"}
        value={wish.export || null}
        onChange={(chosen) => onChange({ export: chosen ?? "" })}
      />
    );
  return null;
};

const From = (props: PartProps) => {
  const { dataset, wish, onChange } = props;
  return (
    <>
      <Radio.Group
        label="Learns from"
        value={wish.from}
        onChange={(from) => onChange({ from: from as TrainWish["from"] })}
      >
        <div className={classes.radios}>
          <Radio value="all" label="All that people confirmed or corrected" />
          <Radio value="jobs" label="Only what certain jobs judged" />
          <Radio
            value="export"
            label="The confirmed rows of an export"
            description="Can be repeated exactly"
          />
        </div>
      </Radio.Group>
      <Which {...props} />
      <MultiSelect
        label="Sources taken at their word, too"
        placeholder={wish.sources.length === 0 ? "None" : undefined}
        data={dataset.sources.map(({ source, labels }) => ({
          value: source,
          label: `${source}, ${counted(labels, "label")}`,
        }))}
        value={wish.sources}
        onChange={(sources) => onChange({ sources })}
      />
    </>
  );
};

const FIELDS = ["method", "base", "version"] as const;

/** What was refused of one field, to stand beside it. */
const refusalOf = (error: unknown, field: (typeof FIELDS)[number]): string | undefined =>
  error instanceof Problem ? error.field(field) : undefined;

interface ModelProps extends PartProps {
  readonly error: unknown;
}

const What = ({ wish, onChange, error }: ModelProps) => (
  <Radio.Group
    label="What learns"
    value={wish.method}
    onChange={(method) => onChange({ method: method as TrainWish["method"], base: "" })}
    error={refusalOf(error, "method")}
  >
    <div className={classes.radios}>
      <Radio
        value="head"
        label="A head on what a network sees"
        description="Seconds to minutes, on any machine"
      />
      <Radio
        value="fine_tune"
        label="The built-in network itself, too"
        description="Needs a worker with a GPU and many pictures; it should take minutes. Without a GPU it stops at once and says so"
      />
    </div>
  </Radio.Group>
);

const Model = (props: ModelProps) => {
  const { dataset, wish, onChange, error } = props;
  const tunes = wish.method === "fine_tune";
  const networks = (useQuery(modelsQuery).data ?? []).filter(
    ({ kind }) => kind === "shipped" || (kind !== "head" && !tunes),
  );
  return (
    <>
      <What {...props} />
      <Select
        label="Stands on"
        description={
          tunes
            ? "The network that it begins as; only the built-in one can be fine-tuned"
            : "The network whose view of the pictures it learns on; it stays as it is"
        }
        error={refusalOf(error, "base")}
        inputWrapperOrder={["label", "input", "description", "error"]}
        placeholder="The built-in one"
        data={networks.map(({ id, name, version }) => ({ value: id, label: `${name} ${version}` }))}
        clearable
        clearButtonProps={{ "aria-label": "The built-in one" }}
        value={wish.base || null}
        onChange={(base) => onChange({ base: base ?? "" })}
      />
      <div className={classes.pair}>
        <TextInput
          label="Name"
          placeholder={dataset.name}
          autoComplete="off"
          value={wish.name}
          onChange={(event) => onChange({ name: event.currentTarget.value })}
        />
        <TextInput
          label="Version"
          placeholder="the next"
          autoComplete="off"
          error={refusalOf(error, "version")}
          value={wish.version}
          onChange={(event) => onChange({ version: event.currentTarget.value })}
        />
      </div>
      <Checkbox
        label="Rare classes weigh more"
        description="Found more often; confidences fit less well"
        checked={wish.balanced}
        onChange={(event) => onChange({ balanced: event.currentTarget.checked })}
      />
    </>
  );
};

/** The refusal of what has no field; where a training is at work already, the way to it. */
const WhyNot = ({ error, dataset }: { error: unknown; dataset: string }) => {
  const run = error instanceof Problem && error.code === "training_at_work" ? error.document.run : null;
  return (
    <>
      {FIELDS.some((field) => refusalOf(error, field)) || <Refused error={error} />}
      {typeof run === "string" && (
        <Link to="/datasets/$dataset" params={{ dataset }} search={{ show: "training", run }}>
          Look at that training
        </Link>
      )}
    </>
  );
};

const useStart = (onStarted: (run: Training) => void) => {
  const client = useQueryClient();
  return useMutation({
    mutationFn: startTraining,
    onSuccess: async (run) => {
      await client.invalidateQueries({ queryKey: ["training-runs"] });
      onStarted(run);
    },
  });
};

interface TrainFormProps {
  readonly dataset: DatasetDetail;
  readonly onStarted: (run: Training) => void;
}

/** What a new version learns from, what it stands on, and what it is called. */
export const TrainForm = ({ dataset, onStarted }: TrainFormProps) => {
  const [wish, setWish] = useState(EMPTY);
  const start = useStart(onStarted);
  const change = (more: Partial<TrainWish>) => setWish({ ...wish, ...more });
  const body = wishOf(dataset.id, wish);
  const train: Command = {
    id: "dataset.train",
    label: "Train a version",
    group: "Dataset",
    keys: ["KeyT"],
    enabled: body !== null && !start.isPending,
    run: () => body && start.mutate(body),
  };
  useCommands([train]);
  return (
    <section aria-labelledby="train" className={classes.form}>
      <h2 id="train" className={classes.heading}>
        Train on the verdicts
      </h2>
      <From dataset={dataset} wish={wish} onChange={change} />
      <Model dataset={dataset} wish={wish} onChange={change} error={start.error} />
      <p className={classes.second}>About a fifth of the pictures is held out to judge it on.</p>
      <CommandButton command={train} loading={start.isPending} className={classes.begin} />
      <WhyNot error={start.error} dataset={dataset.id} />
    </section>
  );
};
