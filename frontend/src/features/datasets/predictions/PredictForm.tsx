import { MultiSelect, Radio, Select, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { Problem } from "@/shared/api/problem";
import { CommandButton } from "@/shared/commands/CommandButton";
import { useCommands } from "@/shared/commands/commands";
import type { Command } from "@/shared/commands/registry";
import { counted } from "@/shared/lib/format";
import { Refused } from "@/shared/ui/Problems";
import type { DatasetDetail } from "../api";
import { type Model, matchingQuery, type Run, startRun } from "./api";
import { EMPTY, type PredictWish, problemsOf, wishOf } from "./form";
import classes from "./Predictions.module.css";
import { forecastWords, promise } from "./words";
import "@mantine/core/styles/Radio.layer.css";

const TYPING_MS = 300;

interface PartProps {
  readonly dataset: DatasetDetail;
  readonly wish: PredictWish;
  readonly onChange: (more: Partial<PredictWish>) => void;
}

/** Which pictures, by what was said of them before. */
const Narrowed = ({ dataset, wish, onChange }: PartProps) => {
  const problems = problemsOf(wish);
  return (
    <div className={classes.narrowed}>
      <Select
        label="Labelled by"
        placeholder="Any source"
        data={dataset.sources.map(({ source, labels }) => ({
          value: source,
          label: `${source}, ${counted(labels, "label")}`,
        }))}
        clearable
        clearButtonProps={{ "aria-label": "Any source" }}
        value={wish.source || null}
        onChange={(source) => onChange({ source: source ?? "" })}
      />
      <MultiSelect
        label="As"
        placeholder={wish.label_classes.length === 0 ? "Any class" : undefined}
        data={dataset.by_class.map(({ label_class, labels }) => ({
          value: label_class.id,
          label: `${label_class.name}, ${counted(labels, "label")}`,
        }))}
        searchable
        clearable
        clearButtonProps={{ "aria-label": "Any class" }}
        value={wish.label_classes}
        onChange={(label_classes) => onChange({ label_classes })}
      />
      <div className={classes.pair}>
        <TextInput
          label="Confidence from"
          inputMode="decimal"
          placeholder="any"
          value={wish.low}
          error={problems.low}
          onChange={(event) => onChange({ low: event.currentTarget.value })}
        />
        <TextInput
          label="below"
          inputMode="decimal"
          placeholder="any"
          value={wish.high}
          error={problems.high}
          onChange={(event) => onChange({ high: event.currentTarget.value })}
        />
      </div>
    </div>
  );
};

const Pictures = ({ dataset, wish, onChange }: PartProps) => (
  <>
    <Radio.Group
      label="Pictures"
      value={wish.narrowed ? "some" : "all"}
      onChange={(value) => onChange({ narrowed: value === "some" })}
    >
      <div className={classes.radios}>
        <Radio value="all" label={`All, ${counted(dataset.images, "picture")}`} />
        <Radio
          value="some"
          disabled={dataset.labels === 0}
          label="Those with certain labels"
          description="Such as all that another model called Crawdad"
        />
      </div>
    </Radio.Group>
    {wish.narrowed && <Narrowed dataset={dataset} wish={wish} onChange={onChange} />}
  </>
);

const Answers = ({ wish, onChange }: Omit<PartProps, "dataset">) => {
  const problems = problemsOf(wish);
  return (
    <>
      <TextInput
        label="Least confidence"
        description="A picture below it gets no label"
        inputWrapperOrder={["label", "input", "description", "error"]}
        inputMode="decimal"
        placeholder="none: every picture is labelled"
        value={wish.least}
        error={problems.least}
        onChange={(event) => onChange({ least: event.currentTarget.value })}
      />
      <TextInput
        label="Likeliest classes noted"
        description="The first is the label; the others help whoever corrects it"
        inputWrapperOrder={["label", "input", "description", "error"]}
        inputMode="numeric"
        value={wish.top_k}
        error={problems.top_k}
        onChange={(event) => onChange({ top_k: event.currentTarget.value })}
      />
    </>
  );
};

/** Pictures that this model has labelled: it says one label of each. */
const labelledBy = (dataset: DatasetDetail, model: Model): number =>
  dataset.sources.find(({ source }) => source === model.label_source)?.labels ?? 0;

/** How many pictures it is about, as far as that can be said before. */
const Forecast = ({ dataset, wish, model }: { dataset: DatasetDetail; wish: PredictWish; model: Model }) => {
  const only = wish.narrowed ? (wishOf(dataset.id, wish)?.only ?? null) : null;
  const [asked] = useDebouncedValue(only, TYPING_MS);
  const matching = useQuery(matchingQuery(dataset.id, wish.narrowed ? asked : null));
  const before = labelledBy(dataset, model);
  const words = wish.narrowed
    ? matching.data !== undefined &&
      only !== null &&
      `${counted(matching.data, "label")} match; each of their pictures once.`
    : forecastWords(dataset.images, before, `${model.name} ${model.version}`);
  return (
    <p role="status" className={classes.second}>
      {words}
    </p>
  );
};

/** The refusal; where the same run is at work already, the way to it. */
const WhyNot = ({ error, dataset }: { error: unknown; dataset: string }) => {
  const run = error instanceof Problem && error.code === "run_at_work" ? error.document.run : null;
  return (
    <>
      <Refused error={error} />
      {typeof run === "string" && (
        <Link to="/datasets/$dataset" params={{ dataset }} search={{ show: "predictions", run }}>
          Look at that run
        </Link>
      )}
    </>
  );
};

const useStart = (onStarted: (run: Run) => void) => {
  const client = useQueryClient();
  return useMutation({
    mutationFn: startRun,
    onSuccess: async (run) => {
      await client.invalidateQueries({ queryKey: ["prediction-runs"] });
      onStarted(run);
    },
  });
};

interface PredictFormProps {
  readonly dataset: DatasetDetail;
  readonly models: readonly Model[];
  /** The model version chosen at first. */
  readonly model: Model;
  readonly onStarted: (run: Run) => void;
}

/** Which model over which pictures, and what becomes of its answers. */
export const PredictForm = ({ dataset, models, model: first, onStarted }: PredictFormProps) => {
  const [wish, setWish] = useState<PredictWish>({ ...EMPTY, model: first.id });
  const start = useStart(onStarted);
  const change = (more: Partial<PredictWish>) => setWish({ ...wish, ...more });
  const body = wishOf(dataset.id, wish);
  const model = models.find(({ id }) => id === wish.model) ?? first;
  const left = dataset.images - labelledBy(dataset, model);
  const label: Command = {
    id: "dataset.predict",
    label: promise(wish.narrowed, left),
    group: "Dataset",
    keys: ["KeyL"],
    enabled: body !== null && (wish.narrowed || left > 0) && !start.isPending,
    run: () => body && start.mutate(body),
  };
  useCommands([label]);
  return (
    <section aria-labelledby="predict" className={classes.form}>
      <h2 id="predict" className={classes.heading}>
        Label by a model
      </h2>
      <Select
        label="Model"
        data={models.map(({ id, name, version }) => ({ value: id, label: `${name} ${version}` }))}
        allowDeselect={false}
        searchable
        value={wish.model}
        onChange={(id) => id && change({ model: id })}
      />
      <p className={classes.second}>
        {counted(model.class_count, "class", "classes")}
        {model.architecture && `, ${model.architecture}`}.{" "}
        <Link to="/models/$version" params={{ version: model.id }}>
          Its card
        </Link>
      </p>
      <Pictures dataset={dataset} wish={wish} onChange={change} />
      <Answers wish={wish} onChange={change} />
      <Forecast dataset={dataset} wish={wish} model={model} />
      <CommandButton command={label} loading={start.isPending} className={classes.begin} />
      <WhyNot error={start.error} dataset={dataset.id} />
    </section>
  );
};
