import { type JobKind, kindOf } from "@/shared/lib/kinds";
import type { Example, Job, JobWish } from "./api";

type Wrong = NonNullable<JobWish["outcomes"]>[number];

/** The form of a job: what a person types, so numbers are text until they are sent. */
export interface JobForm {
  kind: JobKind;
  name: string;
  dataset: string;
  /** The check whose wrong masks or classes are corrected; empty for none. */
  from_job: string;
  /** What had become of the labels to correct. */
  outcomes: Wrong[];
  source: string;
  /** Only what is said otherwise than by this other source; empty for all. */
  changed_since: string;
  /** Also what has crossed this confidence since then. */
  crossed: string;
  unjudged: boolean;
  with_mask: boolean;
  label_classes: string[];
  min_confidence: string;
  max_confidence: string;
  cap_per_class: string;
  batch_size: string;
  reviewers_per_item: string;
  order: NonNullable<JobWish["order"]>;
  start_as: NonNullable<JobWish["start_as"]>;
  allow_unsure: boolean;
  allow_new_class: boolean;
  rule: NonNullable<JobWish["rule"]>;
  team: string;
  /** Labelers picked one by one, instead of a team. */
  people: string[];
  instructions: string;
  examples: Example[];
  lease_minutes: string;
}

export const emptyForm = (dataset = "", kind: JobKind = "verification", from_job = ""): JobForm => ({
  kind,
  name: "",
  dataset,
  from_job,
  outcomes: ["disconfirmed", "split"],
  source: "",
  changed_since: "",
  crossed: "",
  unjudged: false,
  with_mask: false,
  label_classes: [],
  min_confidence: "",
  max_confidence: "",
  cap_per_class: "",
  batch_size: kind === "correction" ? "10" : "25",
  reviewers_per_item: "1",
  order: "random",
  start_as: "confirm",
  allow_unsure: true,
  allow_new_class: false,
  rule: "unanimous",
  team: "",
  people: [],
  instructions: "",
  examples: [],
  lease_minutes: "30",
});

const text = (value: number | null): string => (value === null ? "" : `${value}`);

/** The form that a job was made with, to change it. */
export const formOf = (job: Job): JobForm => ({
  kind: kindOf(job),
  name: job.name,
  dataset: job.dataset,
  from_job: job.from_job ?? "",
  outcomes: job.outcomes as Wrong[],
  source: job.source,
  changed_since: job.changed_since,
  crossed: text(job.crossed),
  unjudged: job.unjudged,
  with_mask: job.with_mask,
  label_classes: job.label_classes.map(({ id }) => id),
  min_confidence: text(job.min_confidence),
  max_confidence: text(job.max_confidence),
  cap_per_class: text(job.cap_per_class),
  batch_size: text(job.batch_size),
  reviewers_per_item: text(job.reviewers_per_item),
  order: job.order,
  start_as: job.start_as,
  allow_unsure: job.allow_unsure,
  allow_new_class: job.allow_new_class,
  rule: job.rule as JobForm["rule"],
  team: job.team ?? "",
  people: [],
  instructions: job.instructions,
  examples: job.examples as Example[],
  lease_minutes: text(job.lease_minutes),
});

const number = (value: string): number | null =>
  value.trim() === "" ? null : Number(value.replace(",", "."));

const asConfidence = (value: string): string | null => {
  const parsed = number(value);
  return parsed === null || (parsed >= 0 && parsed <= 1) ? null : "From 0 to 1, such as 0.80";
};

const whole = (least: number, most: number, needed: boolean) => (value: string) => {
  const parsed = number(value);
  if (parsed === null) return needed ? `From ${least} to ${most}` : null;
  return Number.isInteger(parsed) && parsed >= least && parsed <= most ? null : `From ${least} to ${most}`;
};

type Check<Value = string> = (value: Value, form: JobForm) => string | null;

const someOutcome: Check<readonly Wrong[]> = (outcomes, { kind }) =>
  kind === "correction" && outcomes.length === 0 ? "Choose at least one" : null;

/** Only the labels of one source can have changed since another. */
const asOther: Check = (since, { source }) => {
  if (since === "") return null;
  if (source === "") return "Choose the source that is checked, too";
  return since === source ? "Another source than the one that is checked" : null;
};

/** Outlining does not ask this. */
const ofChecks =
  (check: Check): Check =>
  (value, form) =>
    form.kind === "segmentation" ? null : check(value, form);

/** What can be said of a field before the server is asked; null where it is fine. */
export const CHECKS = {
  name: (value: string) => (value.trim() === "" ? "A name is missing" : null),
  dataset: (value: string) => (value === "" ? "Choose a dataset" : null),
  min_confidence: ofChecks(asConfidence),
  max_confidence: ofChecks((value, { min_confidence }) => {
    const [low, high] = [number(min_confidence), number(value)];
    const above = low === null || high === null || high > low || high === 1;
    return asConfidence(value) ?? (above ? null : "Above where it starts");
  }),
  changed_since: ofChecks(asOther),
  outcomes: someOutcome,
  crossed: ofChecks((value, { changed_since }) => (changed_since === "" ? null : asConfidence(value))),
  cap_per_class: whole(1, 10_000_000, false),
  batch_size: ofChecks(whole(1, 100, true)),
  reviewers_per_item: whole(1, 9, true),
  lease_minutes: whole(1, 10_080, true),
} as const;

type Checked = keyof typeof CHECKS;

/** Can the form be sent for a preview? It needs no name. */
export const isPreviewable = (form: JobForm): boolean =>
  Object.entries(CHECKS).every(
    ([field, check]) => field === "name" || (check as Check<unknown>)(form[field as Checked], form) === null,
  );

/** What every kind of job is asked. */
const sharedPart = (form: JobForm) => ({
  name: form.name.trim(),
  dataset: form.dataset,
  kind: form.kind,
  label_classes: form.label_classes,
  cap_per_class: number(form.cap_per_class),
  reviewers_per_item: Number(form.reviewers_per_item),
  team: form.team === "" ? null : form.team,
  people: form.people,
  instructions: form.instructions,
  lease_minutes: Number(form.lease_minutes),
});

const checkPart = (form: JobForm) => ({
  source: form.source,
  changed_since: form.changed_since,
  crossed: form.changed_since === "" ? null : number(form.crossed),
  unjudged: form.unjudged,
  with_mask: form.with_mask,
  min_confidence: number(form.min_confidence),
  max_confidence: number(form.max_confidence),
  batch_size: Number(form.batch_size),
  order: form.order,
  start_as: form.start_as,
  allow_unsure: form.allow_unsure,
  rule: form.rule,
  examples: form.examples,
});

const correctionPart = (form: JobForm) => ({
  from_job: form.from_job || null,
  outcomes: form.outcomes,
  batch_size: Number(form.batch_size),
  allow_unsure: form.allow_unsure,
  allow_new_class: form.allow_new_class,
});

const PARTS = {
  verification: checkPart,
  correction: correctionPart,
  segmentation: (form: JobForm) => ({ from_job: form.from_job || null }),
} as const;

/** The form as the API takes it. What the kind does not ask is not sent, whatever was typed there before. */
export const wishOf = (form: JobForm): JobWish => ({ ...sharedPart(form), ...PARTS[form.kind](form) });

/** What shapes a preview: without name, guide and team, so that typing those asks nobody. */
export const previewOf = (form: JobForm): JobWish | null =>
  isPreviewable(form)
    ? {
        ...wishOf(form),
        name: "Preview",
        instructions: "",
        examples: [],
        team: null,
        people: [],
        lease_minutes: 30,
      }
    : null;
