import { initials } from "@/shared/lib/format";
import classes from "./Face.module.css";

const TINTS = 6;

/** The same person has the same tint everywhere; it carries no meaning, the letters do. */
const tint = (name: string): number =>
  [...name].reduce((sum, letter) => sum + (letter.codePointAt(0) ?? 0), 0) % TINTS;

/** A person as two letters in a circle. Stands beside the name, so it is hidden from screen readers. */
export const Face = ({ name, size = 24 }: { name: string; size?: number }) => (
  <span
    aria-hidden
    className={classes.face}
    data-tint={tint(name)}
    style={{ width: size, height: size, fontSize: size * 0.42 }}
  >
    {initials(name)}
  </span>
);
