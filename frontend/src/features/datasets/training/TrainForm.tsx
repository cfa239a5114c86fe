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

const Model = ({ dataset, wish, onChange }: PartProps) => {
  const networks = (useQuery(modelsQuery).data ?? []).filter(({ kind }) => kind !== "head");
  return (
    <>
      <Select
        label="Stands on"
        description="The network whose view of the pictures it learns on; it stays as it is"
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

/** The refusal; where a training is at work already, the way to it. */
const WhyNot = ({ error, dataset }: { error: unknown; dataset: string }) => {
  const run = error instanceof Problem && error.code === "training_at_work" ? error.document.run : null;
  return (
    <>
      <Refused error={error} />
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
      <Model dataset={dataset} wish={wish} onChange={change} />
      <p className={classes.second}>About a fifth of the pictures is held out to judge it on.</p>
      <CommandButton command={train} loading={start.isPending} className={classes.begin} />
      <WhyNot error={start.error} dataset={dataset.id} />
    </section>
  );
};
