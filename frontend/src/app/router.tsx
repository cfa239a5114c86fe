// How to add a screen:
// 1. Build it in `src/features/<feature>/`, exporting one component, such as `JobPage` in `JobPage.tsx`.
// 2. Add a `screen(...)` below with its address, who may see it, and the import: it becomes a file of its
//    own that is loaded when somebody goes there. Inside the shell (side bar) give `shell` as the parent,
//    for a screen that fills the window give `gate`. Put it in the tree in `makeRouter`.
// 3. What a person would bookmark (filters, a cell of a table) is search parameters: give `validateSearch`.
// 4. Only then add it to `navigation.ts`. No link may lead to a screen that is not there.
// In the feature, `getRouteApi("/signed-in/shell/jobs/$job")` gives typed `useParams()` and `useSearch()`.
import type { QueryClient } from "@tanstack/react-query";
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
} from "@tanstack/react-router";
import { readSearch as readAnalysisSearch } from "@/features/analysis/search";
import { readSearch as readExportSearch } from "@/features/exports/wish";
import { meQuery, type Role } from "@/shared/session/session";
import { NotFound, ScreenFailed } from "./Fallbacks";

interface Context {
  readonly client: QueryClient;
}

const root = createRootRouteWithContext<Context>()({ notFoundComponent: NotFound });

/** A path inside this site, never an address elsewhere: what follows a sign-in. */
const inside = (next: unknown): string | undefined =>
  typeof next === "string" && /^\/(?![/\\])/.test(next) ? next : undefined;

const signIn = createRoute({
  getParentRoute: () => root,
  path: "/sign-in",
  validateSearch: (search: Record<string, unknown>): { next?: string; other?: boolean } => {
    const next = inside(search.next);
    return { ...(next ? { next } : {}), ...(search.other === true ? { other: true } : {}) };
  },
  beforeLoad: async ({ context, search }) => {
    if (search.other) return;
    const me = await context.client.ensureQueryData(meQuery);
    if (me) throw redirect({ to: search.next ?? "/" });
  },
  component: lazyRouteComponent(() => import("./SignInPage"), "SignInPage"),
});

const reset = createRoute({
  getParentRoute: () => root,
  path: "/reset/$token",
  component: lazyRouteComponent(() => import("./ResetPage"), "ResetPage"),
});

/** Nobody passes without being signed in; the sign-in page brings them back here. */
const gate = createRoute({
  getParentRoute: () => root,
  id: "signed-in",
  beforeLoad: async ({ context, location }) => {
    const me = await context.client.ensureQueryData(meQuery);
    if (!me) throw redirect({ to: "/sign-in", search: { next: location.href } });
  },
});

const shell = createRoute({
  getParentRoute: () => gate,
  id: "shell",
  component: lazyRouteComponent(() => import("./Shell"), "Shell"),
});

/** Sends people without the role home: the screen would only show them refusals. */
const only =
  (...roles: readonly Role[]) =>
  async ({ context }: { context: Context }): Promise<void> => {
    const me = await context.client.ensureQueryData(meQuery);
    if (me && !roles.includes(me.role)) throw redirect({ to: "/" });
  };

const home = createRoute({
  getParentRoute: () => shell,
  path: "/",
  component: lazyRouteComponent(() => import("./HomePage"), "HomePage"),
});

const people = createRoute({
  getParentRoute: () => shell,
  path: "/people",
  validateSearch: (search: Record<string, unknown>): { show?: "teams" | "history"; add?: true } => ({
    ...(search.show === "teams" || search.show === "history" ? { show: search.show } : {}),
    ...(search.add === true ? { add: true } : {}),
  }),
  beforeLoad: only("admin"),
  component: lazyRouteComponent(() => import("@/features/people/PeoplePage"), "PeoplePage"),
});

const account = createRoute({
  getParentRoute: () => shell,
  path: "/account",
  component: lazyRouteComponent(() => import("@/features/account/AccountPage"), "AccountPage"),
});

const review = createRoute({
  getParentRoute: () => gate,
  path: "/review/$job",
  component: lazyRouteComponent(() => import("@/features/review/ReviewPage"), "ReviewPage"),
});

const edit = createRoute({
  getParentRoute: () => gate,
  path: "/edit/$job",
  component: lazyRouteComponent(() => import("@/features/editor/EditorPage"), "EditorPage"),
});

const correct = createRoute({
  getParentRoute: () => gate,
  path: "/correct/$job",
  component: lazyRouteComponent(() => import("@/features/review/correct/CorrectPage"), "CorrectPage"),
});

const jobs = createRoute({
  getParentRoute: () => shell,
  path: "/jobs",
  beforeLoad: only("admin", "analyst"),
  component: lazyRouteComponent(() => import("@/features/jobs/JobsPage"), "JobsPage"),
});

interface NewJobSearch {
  dataset?: string;
  kind?: "segmentation" | "correction";
  /** The check whose wrong masks, or classes, are to be corrected. */
  from?: string;
  /** Only the labels of this source, and only what changed since this other one. */
  source?: string;
  changed_since?: string;
}

const newJob = createRoute({
  getParentRoute: () => shell,
  path: "/jobs/new",
  validateSearch: ({
    dataset,
    kind,
    from,
    source,
    changed_since,
  }: Record<string, unknown>): NewJobSearch => ({
    ...(typeof dataset === "string" ? { dataset } : {}),
    ...(kind === "segmentation" || kind === "correction" ? { kind } : {}),
    ...(typeof from === "string" ? { from } : {}),
    ...(typeof source === "string" ? { source } : {}),
    ...(typeof changed_since === "string" ? { changed_since } : {}),
  }),
  beforeLoad: only("admin"),
  component: lazyRouteComponent(() => import("@/features/jobs/NewJobPage"), "NewJobPage"),
});

/** What somebody who corrects may have said; `pending` for nothing yet. */
const ANSWERS = ["class", "none_of_these", "unsure", "pending"] as const;
const OUTCOMES = ["pending", "confirmed", "disconfirmed", "split", "unsure"] as const;

interface JobSearch {
  show?: "pictures" | "settings";
  outcome?: (typeof OUTCOMES)[number][];
  label_class?: string;
  answer?: (typeof ANSWERS)[number];
  right_class?: string;
}

const job = createRoute({
  getParentRoute: () => shell,
  path: "/jobs/$job",
  validateSearch: ({
    show,
    outcome,
    label_class,
    right_class,
    ...rest
  }: Record<string, unknown>): JobSearch => {
    const outcomes = OUTCOMES.filter((one) => Array.isArray(outcome) && outcome.includes(one));
    const answer = ANSWERS.find((one) => one === rest.answer);
    return {
      ...(show === "pictures" || show === "settings" ? { show } : {}),
      ...(answer ? { answer } : {}),
      ...(typeof right_class === "string" ? { right_class } : {}),
      ...(outcomes.length > 0 ? { outcome: outcomes } : {}),
      ...(typeof label_class === "string" ? { label_class } : {}),
    };
  },
  beforeLoad: only("admin", "analyst"),
  component: lazyRouteComponent(() => import("@/features/jobs/JobPage"), "JobPage"),
});

const datasets = createRoute({
  getParentRoute: () => shell,
  path: "/datasets",
  validateSearch: (search: Record<string, unknown>): { show?: "bin" } =>
    search.show === "bin" ? { show: "bin" } : {},
  beforeLoad: only("admin", "analyst"),
  component: lazyRouteComponent(() => import("@/features/datasets/DatasetsPage"), "DatasetsPage"),
});

const PARTS = [
  "pictures",
  "near-duplicates",
  "predictions",
  "training",
  "masks",
  "imports",
  "alike",
] as const;

interface DatasetSearch {
  show?: (typeof PARTS)[number];
  label_class?: string;
  source?: string;
  min?: number;
  max?: number;
  /** The picture that is open, by its id. */
  picture?: string;
  /** With `show=alike`: the picture that the others are like. */
  like?: string;
  /** The prediction run or training that is looked at. */
  run?: string;
  /** The model version that is to label. */
  model?: string;
}

const dataset = createRoute({
  getParentRoute: () => shell,
  path: "/datasets/$dataset",
  validateSearch: ({ show, min, max, ...text }: Record<string, unknown>): DatasetSearch => {
    const texts = (["label_class", "source", "picture", "like", "run", "model"] as const).flatMap((name) =>
      typeof text[name] === "string" || typeof text[name] === "number" ? [[name, `${text[name]}`]] : [],
    );
    const part = PARTS.find((one) => one === show);
    return {
      ...(part ? { show: part } : {}),
      ...(typeof min === "number" ? { min } : {}),
      ...(typeof max === "number" ? { max } : {}),
      ...Object.fromEntries(texts),
    };
  },
  beforeLoad: only("admin", "analyst"),
  component: lazyRouteComponent(() => import("@/features/datasets/DatasetPage"), "DatasetPage"),
});

const importLabels = createRoute({
  getParentRoute: () => shell,
  path: "/datasets/$dataset/import",
  validateSearch: (search: Record<string, unknown>): { work?: string } =>
    typeof search.work === "string" ? { work: search.work } : {},
  beforeLoad: only("admin"),
  component: lazyRouteComponent(() => import("@/features/imports/ImportPage"), "ImportPage"),
});

const analyses = createRoute({
  getParentRoute: () => shell,
  path: "/analysis",
  beforeLoad: only("admin", "analyst"),
  component: lazyRouteComponent(() => import("@/features/analysis/AnalysisListPage"), "AnalysisListPage"),
});

const analysis = createRoute({
  getParentRoute: () => shell,
  path: "/analysis/$job",
  validateSearch: readAnalysisSearch,
  beforeLoad: only("admin", "analyst"),
  component: lazyRouteComponent(() => import("@/features/analysis/AnalysisPage"), "AnalysisPage"),
});

const labelExports = createRoute({
  getParentRoute: () => shell,
  path: "/exports",
  validateSearch: readExportSearch,
  beforeLoad: only("admin", "analyst"),
  component: lazyRouteComponent(() => import("@/features/exports/ExportsPage"), "ExportsPage"),
});

const models = createRoute({
  getParentRoute: () => shell,
  path: "/models",
  beforeLoad: only("admin", "analyst"),
  component: lazyRouteComponent(() => import("@/features/models/ModelsPage"), "ModelsPage"),
});

const newModel = createRoute({
  getParentRoute: () => shell,
  path: "/models/new",
  beforeLoad: only("admin"),
  component: lazyRouteComponent(() => import("@/features/models/BringPage"), "BringPage"),
});

const model = createRoute({
  getParentRoute: () => shell,
  path: "/models/$version",
  beforeLoad: only("admin", "analyst"),
  component: lazyRouteComponent(() => import("@/features/models/ModelPage"), "ModelPage"),
});

const tree = root.addChildren([
  signIn,
  reset,
  gate.addChildren([
    review,
    edit,
    correct,
    shell.addChildren([
      home,
      people,
      account,
      jobs,
      newJob,
      job,
      datasets,
      dataset,
      importLabels,
      analyses,
      analysis,
      models,
      newModel,
      model,
      labelExports,
    ]),
  ]),
]);

export const makeRouter = (client: QueryClient) =>
  createRouter({
    routeTree: tree,
    context: { client },
    defaultPreload: "intent",
    defaultErrorComponent: ScreenFailed,
    scrollRestoration: true,
  });

declare module "@tanstack/react-router" {
  interface Register {
    router: ReturnType<typeof makeRouter>;
  }
}
