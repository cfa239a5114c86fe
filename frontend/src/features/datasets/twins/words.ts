import { count, counted } from "@/shared/lib/format";
import type { Search, Twins } from "./api";

/** "12 groups, 31 pictures". */
export const foundWords = ({ groups, pictures }: Twins): string =>
  `${counted(groups, "group")}, ${counted(pictures, "picture")}`;

/** What was compared, and who had to agree. */
export const comparedWords = ({ pictures, unreadable, seen_by }: Search): string => {
  const how = seen_by
    ? `by how they look, and by what ${seen_by.name}@${seen_by.version} sees where it has seen them`
    : "by how they look";
  const left = unreadable > 0 ? ` ${counted(unreadable, "picture")} could not be read.` : "";
  return `${counted(pictures, "picture")} compared ${how}.${left}`;
};

/** What goes on now. */
export const workWords = ({ state, progress: { done, total, message } }: Search): string => {
  if (state === "queued") return "Waiting for a worker";
  return total ? `${message} ${count(done)} of ${count(total)}` : message || "Comparing the pictures.";
};
