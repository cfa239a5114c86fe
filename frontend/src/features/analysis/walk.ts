import { count, counted } from "@/shared/lib/format";
import type { Bucket, Threshold } from "./api";
import { bucketName } from "./edges";

/** The bucket at which the walk ended: the one right below its threshold, else the highest with pictures. */
const stoppedAt = (threshold: number | null, buckets: readonly Bucket[]): Bucket | undefined =>
  threshold === null
    ? buckets.findLast((bucket) => bucket.total > 0)
    : buckets.find((bucket) => bucket.high === threshold);

const verdict = (bucket: Bucket): string =>
  bucket.decided === 0
    ? `${counted(bucket.total, "picture")}, none judged`
    : `${count(bucket.incorrect)} of ${count(bucket.decided)} wrong`;

/** Why the walk of a class ended where it did: "Stopped at 80 to 85: 1 of 1 wrong". */
export const walkReason = ({ threshold, reason }: Threshold, buckets: readonly Bucket[]): string => {
  if (reason === "no_data") return "No pictures between the edges";
  if (reason === "all_pass") return "Every bucket passes";
  const bucket = stoppedAt(threshold, buckets);
  if (!bucket) return "Every bucket passes";
  return `Stopped at ${bucketName(bucket.low, bucket.high)}: ${verdict(bucket)}`;
};

/** Buckets without pictures that the walk stepped over: ", passing over 85 to 90"; empty when there are none. */
export const passedOver = ({ threshold, empty_passed }: Threshold): string => {
  const above = empty_passed.filter(([low = 0]) => threshold !== null && low >= threshold);
  const names = above.map(([low = 0, high = 1]) => bucketName(low, high));
  return names.length > 0 ? `Without pictures, passed over: ${names.toReversed().join(", ")}` : "";
};
