import { Checkbox, MultiSelect, Radio, SegmentedControl, Select, Stack, TextInput } from "@mantine/core";
import { getRouteApi } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import "@mantine/core/styles/Radio.layer.css";
import classes from "./ExportsPage.module.css";
import { FORMAT_NAMES, FORMATS, type Format, isOfMasks } from "./formats";
import { isOutlined, type Sources, useClasses } from "./useSources";
import { type ExportSearch, OUTCOMES, type Outcome, readConfidence, readSearch, type Wish } from "./wish";

const route = getRouteApi("/signed-in/shell/exports");

interface FormProps {
  readonly wish: Wish;
  readonly sources: Sources;
}

/** Changes what the address asks for. The job or dataset that was only a suggestion is now written down. */
const useAsk = ({ job, dataset }: Wish) => {
  const navigate = route.useNavigate();
  return (change: ExportSearch) =>
    void navigate({
      search: (before) => readSearch({ job, dataset, ...before, ...change }),
      replace: true,
      resetScroll: false,
    });
};

type Ask = ReturnType<typeof useAsk>;

const From = ({ wish, sources, ask }: FormProps & { ask: Ask }) => {
  const of = wish.job === undefined ? "dataset" : "job";
  const from = of === "job" ? sources.jobs : sources.datasets;
  const choose = (next: string, id: string | undefined) =>
    ask({ job: undefined, dataset: undefined, label_classes: undefined, latest: undefined, [next]: id });
  const kinds = [
    { value: "job", label: "A job", disabled: sources.jobs.length === 0 },
    { value: "dataset", label: "A dataset", disabled: sources.datasets.length === 0 },
  ];
  return (
    <>
      <SegmentedControl
        aria-label="Labels of"
        fullWidth
        data={kinds}
        value={of}
        onChange={(next) => choose(next, (next === "job" ? sources.jobs : sources.datasets)[0]?.id)}
      />
      <Select
        label={of === "job" ? "Job" : "Dataset"}
        data={from.map(({ id, name }) => ({ value: id, label: name }))}
        value={wish[of] ?? null}
        searchable
        allowDeselect={false}
        onChange={(id) => choose(of, id ?? undefined)}
      />
      {of === "dataset" && !isOfMasks(wish.format) && (
        <Checkbox
          label="Only the last job of each label"
          description="Otherwise a row for each job that judged it"
          checked={wish.latest}
          onChange={(event) => ask({ latest: event.currentTarget.checked ? true : undefined })}
        />
      )}
    </>
  );
};

const Confidence = ({ wish, ask }: { wish: Wish; ask: Ask }) => {
  const stored = wish.min_confidence === undefined ? "" : `${wish.min_confidence}`;
  const [typed, setTyped] = useState(stored);
  const read = readConfidence(typed);
  useEffect(() => setTyped(stored), [stored]);
  return (
    <TextInput
      label="Confidence from"
      placeholder="any"
      inputMode="decimal"
      autoComplete="off"
      value={typed}
      error={typeof read === "string" ? read : undefined}
      onChange={(event) => {
        setTyped(event.currentTarget.value);
        const next = readConfidence(event.currentTarget.value);
        // A fraction that is still being typed ("0.") must not be rewritten under the hand.
        if (typeof next !== "string" && !event.currentTarget.value.endsWith("."))
          ask({ min_confidence: next });
      }}
    />
  );
};

const Outcomes = ({ wish, ask }: { wish: Wish; ask: Ask }) => (
  <MultiSelect
    label="Outcome"
    placeholder={wish.outcome.length === 0 ? "Any, judged or not" : undefined}
    data={OUTCOMES.map(({ outcome, word }) => ({ value: outcome, label: word }))}
    value={[...wish.outcome]}
    clearable
    clearButtonProps={{ "aria-label": "Any outcome" }}
    onChange={(outcome) => ask({ outcome: outcome as Outcome[] })}
  />
);

const Filters = ({ wish, sources, ask }: FormProps & { ask: Ask }) => {
  const offered = useClasses(wish, sources);
  const ofLabels = !isOutlined(wish, sources);
  return (
    <>
      {ofLabels && <Outcomes wish={wish} ask={ask} />}
      <MultiSelect
        label="Classes"
        placeholder={wish.label_classes.length === 0 ? "All classes" : undefined}
        data={offered.map(({ id, name }) => ({ value: id, label: name }))}
        value={[...wish.label_classes]}
        searchable
        clearable
        clearButtonProps={{ "aria-label": "All classes" }}
        limit={200}
        nothingFoundMessage="No class of that name"
        onChange={(label_classes) => ask({ label_classes })}
      />
      {ofLabels && <Confidence wish={wish} ask={ask} />}
    </>
  );
};

const Formats = ({ wish, ask }: { wish: Wish; ask: Ask }) => (
  <Radio.Group
    label="Format"
    value={wish.format}
    onChange={(format) => ask({ format: format as Format, reviewers: undefined })}
  >
    <Stack gap="xs" mt={4}>
      {FORMAT_NAMES.map((format) => (
        <Radio
          key={format}
          value={format}
          label={FORMATS[format].name}
          description={FORMATS[format].detail}
        />
      ))}
    </Stack>
  </Radio.Group>
);

/** Which rows, and how they are written. All of it stands in the address. */
export const Form = ({ wish, sources }: FormProps) => {
  const ask = useAsk(wish);
  return (
    <form aria-label="What to export" className={classes.fields} onSubmit={(event) => event.preventDefault()}>
      <From wish={wish} sources={sources} ask={ask} />
      <Filters wish={wish} sources={sources} ask={ask} />
      <Formats wish={wish} ask={ask} />
      {wish.format === "jsonl" && !isOutlined(wish, sources) && (
        <Checkbox
          label="Each reviewer’s verdict"
          description="Who judged an item, how, when, with which note, and whether they looked at the confidence"
          checked={wish.reviewers}
          onChange={(event) => ask({ reviewers: event.currentTarget.checked ? true : undefined })}
        />
      )}
      {wish.format === "csv" && (
        <Checkbox
          label="Safe in spreadsheets"
          description="Cells that would run as a formula are written so that they do not"
          checked={wish.guard_formulas}
          onChange={(event) => ask({ plain: event.currentTarget.checked ? undefined : true })}
        />
      )}
    </form>
  );
};
