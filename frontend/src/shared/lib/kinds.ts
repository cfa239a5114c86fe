/** What people do in a job: judge labels, correct their classes, or outline objects. */
export type JobKind = "verification" | "correction" | "segmentation";

const SCREENS = {
  verification: "/review/$job",
  correction: "/correct/$job",
  segmentation: "/edit/$job",
} as const;

export const kindOf = ({ kind }: { readonly kind: string }): JobKind =>
  kind === "segmentation" || kind === "correction" ? kind : "verification";

/** The screen on which a job is worked. */
export const workScreen = (job: { readonly kind: string }) => SCREENS[kindOf(job)];
