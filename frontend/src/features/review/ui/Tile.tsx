import { IconCheck, IconPhotoX, IconQuestionMark, IconX, IconZoomIn } from "@tabler/icons-react";
import { memo, useState } from "react";
import { Outline } from "@/shared/ui/Outline";
import type { TilePicture } from "../engine/snapshot";
import { type Item, type Mark, shownOf } from "../model/batch";
import { fitInto, type Size } from "../model/packing";
import classes from "./Tile.module.css";
import { tileName } from "./words";

interface TileProps {
  readonly item: Item;
  readonly index: number;
  readonly mark: Mark;
  readonly noted: boolean;
  readonly unreadable: boolean;
  readonly picture: TilePicture["state"];
  readonly attempt: number;
  readonly focused: boolean;
  readonly readOnly: boolean;
  readonly className: string;
  /** The outline is hidden, to see what lies below it. */
  readonly bare: boolean;
  readonly cellWidth: number;
  readonly cellHeight: number;
  readonly onRetry: (index: number) => void;
}

const BADGES = { right: IconCheck, wrong: IconX, unsure: IconQuestionMark };

/** What lies over the picture: a small tick for right, a loud badge and a band for what is not. */
const Overlay = ({ mark, className }: { mark: Mark; className: string }) => {
  if (mark === "none") {
    return null;
  }
  const Badge = BADGES[mark];
  return (
    <>
      <span className={classes.badge}>
        <Badge size={mark === "right" ? 13 : 20} stroke={mark === "right" ? 2.2 : 2} />
      </span>
      {mark === "wrong" && (
        <span className={classes.band}>
          <s>{className}</s>
        </span>
      )}
      {mark === "unsure" && <span className={classes.band}>Unsure</span>}
    </>
  );
};

const Broken = ({ index, onRetry }: Pick<TileProps, "index" | "onRetry">) => (
  <div className={classes.broken}>
    <IconPhotoX size={22} stroke={1.5} aria-hidden />
    <span>Picture did not load</span>
    <button
      type="button"
      className={classes.retry}
      data-own-press
      aria-label={`Retry picture ${index + 1}`}
      onClick={() => onRetry(index)}
    >
      Retry
    </button>
  </div>
);

/** One picture of the grid, fitted whole into its cell. The press itself is read by the grid around it. */
export const Tile = memo((props: TileProps) => {
  const { item, index, mark, unreadable, picture, attempt, focused, readOnly, className } = props;
  const [natural, setNatural] = useState<Size | null>(null);
  const cell = { width: props.cellWidth, height: props.cellHeight };
  const { url, width, height } = shownOf(item);
  const known = width && height ? { width, height } : natural;
  const fitted = fitInto(known ?? cell, cell);
  const shown: Mark = unreadable ? "unsure" : mark;
  return (
    <div className={classes.cell} data-index={index} data-mark={shown}>
      <span className={classes.picture} style={fitted} aria-hidden>
        {picture !== "broken" && (
          <span className={classes.photo}>
            <img
              key={attempt}
              src={url}
              alt=""
              decoding="sync"
              draggable={false}
              className={classes.image}
              data-ready={picture === "ready"}
              onLoad={({ currentTarget: { naturalWidth, naturalHeight } }) =>
                known ?? setNatural({ width: naturalWidth, height: naturalHeight })
              }
            />
            {item.close_up && !props.bare && picture === "ready" && (
              <Outline path={item.close_up.outline} part={item.close_up} />
            )}
          </span>
        )}
        <Overlay mark={shown} className={className} />
        {props.noted && <span className={classes.noted}>Reported</span>}
      </span>
      <button
        type="button"
        className={classes.press}
        data-tile={index}
        tabIndex={focused ? 0 : -1}
        aria-pressed={shown === "wrong" || shown === "unsure"}
        aria-label={tileName(index, mark, unreadable)}
        aria-disabled={readOnly || undefined}
      />
      {picture === "broken" ? (
        <Broken index={index} onRetry={props.onRetry} />
      ) : (
        <span className={classes.lens} data-lens={index} data-own-press aria-hidden>
          <IconZoomIn size={15} />
        </span>
      )}
    </div>
  );
});
