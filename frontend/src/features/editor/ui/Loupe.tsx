import { useLayoutEffect, useRef } from "react";
import { useStore } from "@/shared/lib/store";
import type { Aim, Board } from "./board";
import classes from "./Loupe.module.css";
import { PICTURE } from "./paint";
import { Sheet } from "./sheet";
import { type Stage, useView } from "./useField";
import type { PictureState } from "./usePicture";

const WIDE = 200;
const LARGER = 3;
/** Between the finger and the middle of the loupe. */
const AWAY = 208;
const EDGE = 8;

/** Beside the finger, to the right of it; on the other side where that would leave the frame. */
function placeOf({ finger }: Aim, { frame }: Stage) {
  const half = WIDE / 2;
  const right = finger.x + AWAY + half + EDGE <= frame.width;
  const x = right ? finger.x + AWAY : finger.x - AWAY;
  const within = (at: number, most: number) =>
    Math.max(half + EDGE, Math.min(Math.max(half + EDGE, most - half - EDGE), at));
  return { x: within(x, frame.width) - half, y: within(finger.y, frame.height) - half };
}

interface LoupeProps {
  readonly stage: Stage;
  readonly board: Board;
  readonly picture: PictureState;
}

/** A finger hides what it points at: the loupe shows it beside the finger. */
export const Loupe = ({ stage, board, picture }: LoupeProps) => {
  const aim = useStore(board.live.aim);
  const ref = useRef<HTMLCanvasElement>(null);
  const { picture: size } = stage;
  const { scale: shown } = useView(stage);
  const { loaded } = picture;
  useLayoutEffect(() => {
    if (ref.current && aim && loaded) {
      const scale = shown * LARGER;
      const middle = { x: WIDE / 2 - aim.at.x * scale, y: WIDE / 2 - aim.at.y * scale };
      const sheet = new Sheet(ref.current, PICTURE);
      sheet.show({ loaded, picture: size }, { width: WIDE, height: WIDE }, { scale, ...middle });
    }
  }, [aim, loaded, size, shown]);
  if (!aim || !loaded) {
    return null;
  }
  const { x, y } = placeOf(aim, stage);
  return (
    <>
      <span
        className={classes.finger}
        style={{ transform: `translate(${aim.finger.x}px, ${aim.finger.y}px)` }}
        aria-hidden
      />
      <div
        className={classes.loupe}
        style={{ transform: `translate(${x}px, ${y}px)` }}
        data-loupe
        aria-hidden
      >
        <canvas ref={ref} />
      </div>
    </>
  );
};
