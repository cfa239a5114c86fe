import type { Like, Likes } from "./api";

/** How like a picture is: "0.934", the cosine of features, or "3 of 64 differ" of looks. Cut,
 * so that only the same is 1. */
export const likeWords = ({ cosine, bits }: Pick<Like, "cosine" | "bits">): string => {
  if (bits !== null) return bits === 0 ? "looks the same" : `${bits} of 64 differ`;
  return cosine === null ? "" : (Math.floor(cosine * 1000) / 1000).toFixed(3);
};

/** What was compared. */
export const byWords = ({ version }: Pick<Likes, "version">): string =>
  version
    ? `Compared by what ${version.name}@${version.version} sees in them: 1 is the same. The most alike first.`
    : "Compared by how they look, since no model has seen this picture yet: only nearly the same ones are found.";
