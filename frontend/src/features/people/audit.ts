const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const word = (value: unknown): string => (typeof value === "string" ? value || '""' : JSON.stringify(value));

const changes = (before: Record<string, unknown>, after: Record<string, unknown>): string[] =>
  Object.keys(after)
    .filter((key) => word(before[key]) !== word(after[key]))
    .map((key) =>
      key in before ? `${key}: ${word(before[key])} to ${word(after[key])}` : `${key}: ${word(after[key])}`,
    );

/** The details of an audit entry in words: what was added, and only what differs between before and after. */
export const detailWords = (details: unknown): string => {
  if (!isRecord(details)) return "";
  const { before, after, ...rest } = details;
  const changed = isRecord(after) ? changes(isRecord(before) ? before : {}, after) : [];
  return [...changed, ...Object.entries(rest).map(([key, value]) => `${key}: ${word(value)}`)].join(", ");
};
