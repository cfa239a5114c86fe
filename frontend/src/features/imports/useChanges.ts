import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import {
  type Change,
  changeImport,
  type Import,
  importQuery,
  type MissingImages,
  type Role,
  type Scale,
} from "./api";

/** What a person changed on the screen and the server has not read yet. */
export interface Draft {
  readonly columns?: Readonly<Record<string, Role>>;
  readonly scale?: Scale;
  readonly answers?: Readonly<Record<string, string>>;
  readonly missing_images?: MissingImages;
  readonly source?: string;
}

/** Long enough for a second choice to go along with the first. */
const SEND_AFTER_MS = 400;

/** What each column stands for: what was said on the screen, else to the server, else what it recognised. */
export const rolesOf = (work: Import, draft: Draft = {}): Record<string, Role> =>
  ({ ...work.columns, ...work.mapping.columns, ...draft.columns }) as Record<string, Role>;

/**
 * The roles after one more choice: a role other than a detail is given to one column only. The one that had
 * it becomes a detail, or is left out where it cannot be one (`may`: what headers may be, where not all).
 */
export const withRole = (
  roles: Readonly<Record<string, Role>>,
  header: string,
  role: Role,
  may: Import["facts"]["roles"] = {},
): Record<string, Role> => {
  const shared = role === "extra" || role === "ignore";
  const spare = (name: string): Role => ((may[name]?.includes("extra") ?? true) ? "extra" : "ignore");
  const others = Object.entries(roles).map(([name, given]): [string, Role] => [
    name,
    !shared && given === role ? spare(name) : given,
  ]);
  return { ...Object.fromEntries(others), [header]: role };
};

/** The draft as the server takes it; the mapping is replaced as a whole there. */
export const changeOf = (work: Import, draft: Draft): Change => {
  const scale = draft.scale ?? work.mapping.confidence_scale;
  return {
    ...(draft.answers && { answers: { ...draft.answers } }),
    ...(draft.missing_images && { missing_images: draft.missing_images }),
    ...(draft.source && { source: draft.source }),
    mapping: {
      columns: rolesOf(work, draft),
      ...(scale && { confidence_scale: scale }),
      ...(work.mapping.classes && { classes: work.mapping.classes }),
    },
  };
};

/**
 * Keeps choices on the screen at once and sends them as soon as the server is free: while it reads the
 * file anew they gather, and go together.
 */
export const useChanges = (work: Import) => {
  const client = useQueryClient();
  const [draft, setDraft] = useState<Draft | null>(null);
  const sending = useMutation({
    mutationFn: (body: Change) => changeImport(work.id, body),
    onSuccess: (answered) => client.setQueryData(importQuery(work.id).queryKey, answered),
  });
  const { mutate, isPending, reset } = sending;
  useEffect(() => {
    if (draft === null || !work.is_open || isPending) return;
    const timer = setTimeout(() => {
      setDraft(null);
      mutate({ ...changeOf(work, draft), dry_run: true });
    }, SEND_AFTER_MS);
    return () => clearTimeout(timer);
  }, [draft, work, isPending, mutate]);
  return {
    draft: draft ?? {},
    /** Nothing waits to be read by the server. */
    settled: draft === null && !isPending && work.is_open,
    error: sending.error,
    change: (more: Draft) => {
      reset();
      setDraft((before) => ({
        ...before,
        ...more,
        answers: { ...before?.answers, ...more.answers },
      }));
    },
    write: () => mutate({ dry_run: false }),
    writing: isPending && sending.variables?.dry_run === false,
  };
};

export type Changes = ReturnType<typeof useChanges>;
