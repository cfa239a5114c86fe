import { count, counted, share } from "@/shared/lib/format";
import { type ClassShare, type Dataset, type Import, isBusy, type Job, type Overview } from "./api";

/** Fewer labels than one batch: an interval over them stays wide. */
export const THIN = 25;

/** As many bars as a card has room for. */
const MOST_BARS = 80;

export interface Bar {
  readonly id: string;
  /** Of the largest class, 0 to 1. */
  readonly height: number;
  readonly thin: boolean;
}

export const isThin = ({ labels }: Pick<ClassShare, "labels">): boolean => labels > 0 && labels < THIN;

/** The classes as bars, the largest first; of very many classes every n-th, so that the shape stays. */
export const barsOf = (classes: readonly ClassShare[]): Bar[] => {
  const filled = classes.filter((one) => one.labels > 0);
  const most = filled[0]?.labels ?? 1;
  const step = Math.max(1, filled.length / MOST_BARS);
  const shown = filled.length <= MOST_BARS ? filled : filled.filter((_, at) => at % step < 1);
  return shown.map((one) => ({ id: one.label_class.id, height: one.labels / most, thin: isThin(one) }));
};

/** "Red-Beet has only 12", "3 classes under 25"; empty when no class is thin. */
export const thinWords = (classes: readonly ClassShare[]): string => {
  const thin = classes.filter(isThin);
  const [only] = thin;
  if (!only) return "";
  return thin.length === 1
    ? `${only.label_class.name} has only ${count(only.labels)}`
    : `${counted(thin.length, "class", "classes")} under ${THIN}`;
};

/** How many labels of each class were judged, by class id. */
export const checkedByClass = (overview: Overview | undefined, dataset: string): Map<string, number> =>
  new Map(
    (overview?.checked ?? [])
      .filter((one) => one.dataset === dataset)
      .map((one) => [one.label_class, one.labels]),
  );

/** Judged labels of a dataset; never more than it has now. */
export const checkedOf = (dataset: Dataset, overview: Overview | undefined): number => {
  const checked = checkedByClass(overview, dataset.id);
  return dataset.by_class.reduce(
    (sum, one) => sum + Math.min(one.labels, checked.get(one.label_class.id) ?? 0),
    0,
  );
};

export interface Standing {
  readonly tone: "ok" | "focus" | "quiet";
  readonly words: string;
}

const OPEN_STATES = ["starting", "running", "paused"];

/** What goes on with a dataset, in a word or two: what runs now before what was done. */
export const standingOf = (
  dataset: Dataset,
  jobs: readonly Job[],
  imports: readonly Import[],
  checked: number,
): Standing => {
  if (imports.some((one) => one.dataset === dataset.id && isBusy(one) && !one.dry_run))
    return { tone: "focus", words: "Importing" };
  const open = jobs.filter((job) => job.dataset === dataset.id && OPEN_STATES.includes(job.state ?? ""));
  const running = open.filter((job) => job.state !== "paused").length;
  if (running > 0) return { tone: "ok", words: `${counted(running, "job")} running` };
  if (open.length > 0) return { tone: "quiet", words: `${counted(open.length, "job")} paused` };
  if (dataset.labels === 0) return { tone: "quiet", words: dataset.images === 0 ? "empty" : "no labels yet" };
  if (checked >= dataset.labels) return { tone: "quiet", words: "checked" };
  return { tone: "quiet", words: checked > 0 ? "partly checked" : "not checked yet" };
};

/** Something that waits for the admin, and where to settle it. */
export type Need =
  | {
      readonly kind: "questions" | "failed";
      readonly title: string;
      readonly detail: string;
      readonly work: Import;
    }
  | { readonly kind: "dispute"; readonly title: string; readonly detail: string; readonly job: string }
  | {
      readonly kind: "thin" | "unchecked";
      readonly title: string;
      readonly detail: string;
      readonly dataset: string;
    };

const nameOfImport = (work: Import): string => work.file_name || work.images_name || work.source;

/** The newest import of each dataset: an older one that failed was tried again since. */
const newest = (imports: readonly Import[]): Import[] => {
  const last = new Map<string, Import>();
  for (const work of imports.toSorted((a, b) => a.created_at.localeCompare(b.created_at)))
    last.set(work.dataset, work);
  return [...last.values()];
};

const importNeeds = (imports: readonly Import[], names: Map<string, string>): Need[] =>
  newest(imports).flatMap((work): Need[] => {
    const where = names.get(work.dataset) ?? "";
    if (work.is_open)
      return [
        {
          kind: "questions",
          title: `${nameOfImport(work)} waits for you`,
          detail: `Import into ${where}`,
          work,
        },
      ];
    if (work.state !== "failed") return [];
    return [{ kind: "failed", title: `${nameOfImport(work)} was not imported`, detail: work.message, work }];
  });

const datasetNeeds = (dataset: Dataset, jobs: readonly Job[]): Need[] => {
  if (dataset.labels === 0) return [];
  const needs: Need[] = [];
  if (!jobs.some((job) => job.dataset === dataset.id))
    needs.push({
      kind: "unchecked",
      title: `${dataset.name} has no check yet`,
      detail: `${counted(dataset.labels, "label")} wait for reviewers`,
      dataset: dataset.id,
    });
  const thin = thinWords(dataset.by_class);
  if (thin)
    needs.push({
      kind: "thin",
      title: thin,
      detail: `${dataset.name}: an interval will stay wide`,
      dataset: dataset.id,
    });
  return needs;
};

const MOST_NEEDS = 8;

/** What waits for the admin, the most pressing first. Nothing in it is made up to fill the list. */
export const needsOf = (
  datasets: readonly Dataset[],
  jobs: readonly Job[],
  imports: readonly Import[],
  overview: Overview | undefined,
): Need[] => {
  const names = new Map(datasets.map((dataset) => [dataset.id, dataset.name]));
  const disputes = (overview?.disputed ?? []).map(
    ({ job, items }): Need => ({
      kind: "dispute",
      title: `${counted(items, "picture")} in dispute`,
      detail: job.name,
      job: job.id,
    }),
  );
  const rest = datasets.flatMap((dataset) => datasetNeeds(dataset, jobs));
  const thinLast = rest.toSorted((a, b) => Number(a.kind === "thin") - Number(b.kind === "thin"));
  return [...importNeeds(imports, names), ...disputes, ...thinLast].slice(0, MOST_NEEDS);
};

/** "32 % checked", of the labels. */
export const checkedWords = (checked: number, labels: number): string => `${share(checked, labels)} checked`;
