import { count } from "@/shared/lib/format";
import classes from "./JobProgress.module.css";

interface CutProps {
  readonly listed: number;
  readonly all: number;
  /** What is listed, after "50 of 214". */
  readonly what: string;
}

/** Says that a list was cut, and how long it is; nothing where all is listed. */
export const Cut = ({ listed, all, what }: CutProps) =>
  listed < all && (
    <p className={classes.cut}>
      {count(listed)} of {count(all)} {what}
    </p>
  );
