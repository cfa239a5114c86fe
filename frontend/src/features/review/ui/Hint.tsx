import { Keys } from "@/shared/commands/Keys";
import type { Snapshot } from "../engine/snapshot";
import classes from "./Hint.module.css";

const PAD: readonly (readonly [cap: string, meaning: string])[] = [
  ["7", "first"],
  ["8", "↑"],
  ["9", "last"],
  ["4", "←"],
  ["5", "wrong"],
  ["6", "→"],
  ["1", "prev ×"],
  ["2", "↓"],
  ["3", "next ×"],
  ["0", "unsure"],
  ["+", "enlarge"],
  ["↵", "submit"],
];

const Keypad = () => (
  <div className={classes.pad} aria-hidden>
    {PAD.map(([cap, meaning]) => (
      <span key={cap} className={classes.key}>
        <b>{cap}</b>
        {meaning}
      </span>
    ))}
  </div>
);

/** Fills the free cells behind the last tile: what the marks mean at the start, and the keys of the number pad. */
export const Hint = ({ snapshot, keypad }: { snapshot: Snapshot; keypad: boolean }) => {
  const { current } = snapshot;
  const count = current?.batch.items.length ?? 0;
  const silent = current?.batch.start === "right";
  return (
    <>
      <div className={classes.text}>
        <b>{silent ? `All ${count} start as right.` : "Nothing is chosen yet."}</b>
        <p>
          {silent
            ? "Mark only what is wrong, then submit."
            : "Say of each picture whether it is right, then submit."}{" "}
          A sent batch can be opened again with <Keys of="KeyB" /> until the job closes.
        </p>
      </div>
      {keypad && <Keypad />}
    </>
  );
};
