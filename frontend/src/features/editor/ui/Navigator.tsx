import type { PointerEvent } from "react";
import classes from "./Navigator.module.css";
import { type Stage, useView } from "./useField";

const WIDE = 184;
const HIGH = 124;

/** Where not all of it is seen: the whole picture, small, with the part on the screen; a press goes there. */
export const Navigator = ({ stage, thumb }: { stage: Stage; thumb: string }) => {
  const { picture, frame, centre, fits } = stage;
  const view = useView(stage);
  if (fits) {
    return null;
  }
  const scale = Math.min(WIDE / picture.width, HIGH / picture.height);
  const [width, height] = [picture.width * scale, picture.height * scale];
  const shrink = scale / view.scale;
  const clip = (at: number, most: number) => Math.min(most, Math.max(0, at));
  const left = clip(-view.x * shrink, width);
  const top = clip(-view.y * shrink, height);
  const right = clip((frame.width - view.x) * shrink, width);
  const bottom = clip((frame.height - view.y) * shrink, height);
  const go = (event: PointerEvent<HTMLElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    centre({ x: (event.clientX - box.left) / scale, y: (event.clientY - box.top) / scale });
  };
  return (
    <div className={classes.navigator} aria-hidden>
      <div
        className={classes.whole}
        style={{ width, height }}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          go(event);
        }}
        onPointerMove={(event) => event.buttons > 0 && go(event)}
      >
        <img src={thumb} alt="" draggable={false} />
        <i style={{ left, top, width: right - left, height: bottom - top }} />
      </div>
    </div>
  );
};
