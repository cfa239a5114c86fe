import classes from "./Keys.module.css";
import { type Key, keyCaps } from "./keys";

interface KeysProps {
  readonly of: Key;
  /** On a filled button: the caps take the colour of the text around them. */
  readonly quiet?: boolean;
}

/** A key as it is printed on the keyboard: one cap for each part. */
export const Keys = ({ of, quiet = false }: KeysProps) => (
  <span className={classes.keys}>
    {keyCaps(of).map((cap) => (
      <kbd key={cap} className={quiet ? classes.quiet : classes.cap}>
        {cap}
      </kbd>
    ))}
  </span>
);
