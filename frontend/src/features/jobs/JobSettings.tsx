import { Button, Group } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useDebouncedValue } from "@mantine/hooks";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { Problem } from "@/shared/api/problem";
import { confidence, count, counted, listed } from "@/shared/lib/format";
import { kindOf } from "@/shared/lib/kinds";
import { Confirm } from "@/shared/ui/Confirm";
import { Refused } from "@/shared/ui/Problems";
import { changeJob, deleteJob, type Job, type JobChange } from "./api";
import { CHECKS, formOf, type JobForm, previewOf, wishOf } from "./form";
import { JobFields } from "./JobFields";
import { JobPreview } from "./JobPreview";
import classes from "./JobSettings.module.css";
import halves from "./NewJobPage.module.css";
import { ORDERS, outcomeWord } from "./words";

/** What may still change once a job has started; the rest was frozen. */
const openPart = (form: JobForm): JobChange => {
  const { name, team, people, instructions, examples, lease_minutes } = wishOf(form);
  return { name, team, people, instructions, examples, lease_minutes };
};

/** Everything but what a job keeps for life: its dataset and kind, and the check that it corrects. */
const draftPart = (form: JobForm): JobChange => {
  const { dataset: _dataset, kind: _kind, from_job: _check, outcomes: _wrong, ...rest } = wishOf(form);
  return rest;
};

const range = ({ min_confidence: low, max_confidence: high }: Job): string => {
  if (low === null && high === null) return "Any";
  return `From ${low === null ? "0.00" : confidence(low)} ${high === null ? "up" : `to ${confidence(high)}`}`;
};

const outlineFacts = (job: Job): [string, string][] => [
  ["Dataset", job.dataset_name],
  ["Pictures", count(job.items)],
  ["Classes", listed(job.by_class.map(({ label_class }) => label_class.name))],
  ...(job.from_job_name ? [["Corrects masks of", job.from_job_name] as [string, string]] : []),
  ["Outlined by", `${counted(job.reviewers_per_item, "annotator")} each`],
  ["Order", `Mixed, seed ${job.seed}`],
];

const correctionFacts = (job: Job): [string, string][] => [
  ["Dataset", job.dataset_name],
  ["Corrects labels of", job.from_job_name ?? "a check that was deleted"],
  ["Those that were", listed(job.outcomes.map((outcome) => outcomeWord(outcome).toLowerCase()))],
  ["Labels", count(job.items)],
  ["In a batch", counted(job.batch_size, "picture")],
  ["“Not sure”", job.allow_unsure ? "Is an answer" : "Is not offered"],
  ["New classes", job.allow_new_class ? "May be named" : "Are not taken"],
  ["Order", `Mixed, seed ${job.seed}`],
];

const sinceWords = ({ changed_since, crossed }: Job): string =>
  crossed === null ? changed_since : `${changed_since}, or crossed ${confidence(crossed)}`;

const onlyFacts = (job: Job): [string, string][] => {
  const facts: [boolean, string, string][] = [
    [job.changed_since !== "", "Only what changed since", sinceWords(job)],
    [job.unjudged, "Only what", "Nobody had judged or named"],
    [job.with_mask, "Labels", "Only those with a mask"],
  ];
  return facts.flatMap(([holds, name, value]): [string, string][] => (holds ? [[name, value]] : []));
};

const checkFacts = (job: Job): [string, string][] => [
  ["Dataset", job.dataset_name],
  ["Source", job.source || "All sources"],
  ["Classes", counted(job.by_class.length, "class", "classes")],
  ["Confidence", range(job)],
  ...onlyFacts(job),
  ["At most, a class", job.cap_per_class === null ? "All" : counted(job.cap_per_class, "picture")],
  ["In a batch", counted(job.batch_size, "picture")],
  ["Order", job.order === "random" ? `${ORDERS.random.word}, seed ${job.seed}` : ORDERS[job.order].word],
  ["Opinions", `${job.reviewers_per_item} for each picture`],
  ["When opinions differ", job.rule === "unanimous" ? "All must agree" : "The majority decides"],
  ["Tiles", job.start_as === "confirm" ? "Start as right" : "Start with nothing chosen"],
  ["“Unsure”", job.allow_unsure ? "Is a third answer" : "Is not offered"],
];

const FACTS = { verification: checkFacts, correction: correctionFacts, segmentation: outlineFacts } as const;

const Frozen = ({ job }: { job: Job }) => (
  <section className={classes.frozen} aria-labelledby="frozen-title">
    <h2 id="frozen-title" className={classes.title}>
      Frozen since the start
    </h2>
    <dl className={classes.facts}>
      {FACTS[kindOf(job)](job).map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  </section>
);

const DeleteJob = ({ job }: { job: Job }) => {
  const [asked, setAsked] = useState(false);
  const client = useQueryClient();
  const navigate = useNavigate();
  const remove = useMutation({
    mutationFn: () => deleteJob(job.id, job.name),
    onSuccess: async () => {
      await navigate({ to: "/jobs" });
      await client.invalidateQueries({ queryKey: ["jobs"], exact: true });
    },
  });
  return (
    <>
      <Button variant="outline" color="wrong" onClick={() => setAsked(true)}>
        Delete job
      </Button>
      <Confirm
        opened={asked}
        title={`Delete ${job.name}`}
        action="Delete job"
        name={job.name}
        busy={remove.isPending}
        error={remove.error}
        onConfirm={() => remove.mutate()}
        onClose={() => setAsked(false)}
      >
        The job and what people did in it go to the bin. After 30 days they are removed for good.
      </Confirm>
    </>
  );
};

const useSettings = (job: Job) => {
  const client = useQueryClient();
  const form = useForm({ initialValues: formOf(job), validate: CHECKS, validateInputOnBlur: true });
  const part = job.state === "draft" ? draftPart : openPart;
  const save = useMutation({
    mutationFn: (values: JobForm) => changeJob(job.id, part(values)),
    onSuccess: async (changed) => {
      form.setValues(formOf(changed));
      form.resetDirty(formOf(changed));
      client.setQueryData(["jobs", job.id], changed);
      // People who were picked one by one are a team now.
      const lists = ["jobs", "teams", "people"];
      await Promise.all(lists.map((key) => client.invalidateQueries({ queryKey: [key], exact: true })));
    },
    onError: (error) => {
      if (error instanceof Problem) form.setErrors(error.fields(Object.keys(form.getValues())));
    },
  });
  return { form, save };
};

/** The settings of a job: all of them while it is a draft, later what is not frozen. */
export const JobSettings = ({ job, mayChange }: { job: Job; mayChange: boolean }) => {
  const { form, save } = useSettings(job);
  const draft = job.state === "draft";
  const [wish] = useDebouncedValue(previewOf(form.values), 300);
  if (!mayChange) return <Frozen job={job} />;
  return (
    <div className={halves.halves}>
      <form onSubmit={form.onSubmit((values) => save.mutate(values))} noValidate>
        <JobFields form={form} started={!draft} />
        <div className={classes.actions}>
          <Refused error={save.error} />
          <p role="status" className={classes.saved}>
            {save.isSuccess && !form.isDirty() && "Saved."}
          </p>
          <Group justify="space-between">
            <DeleteJob job={job} />
            <Button type="submit" loading={save.isPending} disabled={!form.isDirty()}>
              Save changes
            </Button>
          </Group>
        </div>
      </form>
      <section className={halves.preview} aria-label={draft ? "What this makes" : "What is frozen"}>
        {draft ? <JobPreview form={form} wish={wish} /> : <Frozen job={job} />}
      </section>
    </div>
  );
};
