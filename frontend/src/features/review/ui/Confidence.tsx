import { IconEye, IconEyeOff } from "@tabler/icons-react";
import { useEffect, useState } from "react";
import { Keys } from "@/shared/commands/Keys";
import { confidence as confidenceInWords } from "@/shared/lib/format";
import type { ReviewSession } from "../engine/session";
import { Failure } from "../engine/wire";
import type { Board } from "./board";
import classes from "./Confidence.module.css";

/** The confidence of one tile while it is asked for, and nothing before or after. */
function useLook(session: ReviewSession, index: number, looking: boolean): string | null {
  const [shown, setShown] = useState<string | null>(null);
  useEffect(() => {
    if (!looking) {
      setShown(null);
      return;
    }
    let left = false;
    session.confidence(index).then(
      (value) => left || setShown(confidenceInWords(value)),
      (error: unknown) => {
        if (!(error instanceof Failure)) {
          throw error;
        }
        if (!left) {
          setShown("not to be had now");
        }
      },
    );
    return () => {
      left = true;
    };
  }, [session, index, looking]);
  return shown;
}

interface ConfidenceProps {
  readonly session: ReviewSession;
  readonly board: Board;
  readonly index: number;
}

/** In the panel of an enlarged picture: hidden until the key or the button is held. */
export const Confidence = ({ session, board, index }: ConfidenceProps) => {
  const shown = useLook(session, index, board.looking);
  const Eye = board.looking ? IconEye : IconEyeOff;
  return (
    <div className={classes.confidence}>
      <button
        type="button"
        className={classes.hold}
        data-looking={board.looking}
        onPointerDown={() => board.setLooking(true)}
        onPointerUp={() => board.setLooking(false)}
        onPointerLeave={() => board.setLooking(false)}
        onBlur={() => board.setLooking(false)}
      >
        Model confidence
        <Eye size={16} aria-hidden />
      </button>
      <p aria-live="polite">
        {shown === null ? (
          <>
            Hidden so that it does not sway you. Hold <Keys of="KeyC" /> to see it. Each look is recorded.
          </>
        ) : (
          <b>{shown}</b>
        )}
      </p>
    </div>
  );
};

/** Over the grid, when the key is held without an enlarged picture. */
export const ConfidenceTip = ({ session, board, index }: ConfidenceProps) => {
  const shown = useLook(session, index, board.looking);
  if (!board.looking) {
    return null;
  }
  return (
    <p className={classes.tip} role="status">
      Model confidence of picture {index + 1}: <b>{shown ?? "…"}</b>
    </p>
  );
};
