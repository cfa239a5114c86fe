import { CommandButton } from "@/shared/commands/CommandButton";
import type { Snapshot } from "../engine/snapshot";
import type { Board } from "./board";
import type { EditorCommands } from "./commands";
import classes from "./Hint.module.css";
import { hintInWords } from "./words";

interface HintProps {
  readonly snapshot: Snapshot;
  readonly board: Board;
  readonly commands: EditorCommands;
  /** Fingers: the buttons stand at the foot of the screen instead. */
  readonly touch: boolean;
}

/** What to do next, where the eye is: below the picture, or above it under a finger. */
export const Hint = ({ snapshot, board, commands, touch }: HintProps) => {
  const { startOver, accept } = commands.steps;
  const [title, text] = hintInWords(snapshot, board, touch);
  const has = snapshot.selected !== null && !snapshot.lost;
  if (!title) {
    return null;
  }
  return (
    <div className={classes.hint} data-touch={touch} role="status">
      <p>
        <b>{title}</b>
        {text && <span>{text}</span>}
      </p>
      {!touch && has && snapshot.selected?.points.length ? (
        <CommandButton command={startOver} variant="default" />
      ) : null}
      {!touch && has && <CommandButton command={accept} showKey />}
    </div>
  );
};
