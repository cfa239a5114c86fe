import { Button } from "@mantine/core";
import { useElementSize } from "@mantine/hooks";
import { IconPhotoOff } from "@tabler/icons-react";
import { useState } from "react";
import { Outline } from "@/shared/ui/Outline";
import type { TilePicture } from "../engine/snapshot";
import type { Item } from "../model/batch";
import { describe } from "../model/zoom";
import classes from "./Stage.module.css";

interface StageProps {
  readonly item: Item;
  readonly index: number;
  readonly total: number;
  readonly picture: TilePicture | undefined;
  readonly whole: boolean;
  readonly retry: () => void;
}

/** What lies on the mat: of an object its part of the picture with the outline, or all of it. */
const shown = ({ item, whole }: Pick<StageProps, "item" | "whole">) => {
  const { close_up: object, width, height } = item;
  if (object && !whole)
    return { small: object.url, large: object.url, outline: object.outline, part: object };
  const part = width !== null && height !== null ? { x: 0, y: 0, width, height } : null;
  return { small: item.thumb_url, large: item.full_url, outline: object?.outline ?? "", part };
};

const Broken = ({ retry }: { retry: () => void }) => (
  <div className={classes.broken} role="alert">
    <IconPhotoOff size={28} aria-hidden />
    <p>Picture did not load. It counts as not sure if it stays so.</p>
    <Button variant="default" onClick={retry}>
      Retry
    </Button>
  </div>
);

/** One picture, as large as there is room: the preview at once, the full size as soon as it is there. */
export const Stage = ({ item, index, total, picture, whole, retry }: StageProps) => {
  const [failed, setFailed] = useState("");
  const [natural, setNatural] = useState({ of: "", width: 1, height: 1 });
  const { ref, width, height } = useElementSize();
  const scale = Math.min(width / natural.width, height / natural.height);
  const { small, large, outline, part } = shown({ item, whole });
  if (picture?.state === "broken") return <Broken retry={retry} />;
  return (
    <div className={classes.stage} ref={ref}>
      <img src={small} alt="" aria-hidden className={classes.picture} draggable={false} />
      {failed !== large && (
        <img
          key={large}
          src={large}
          alt={`Number ${index + 1} of ${total}`}
          className={classes.picture}
          draggable={false}
          onLoad={({ currentTarget: { naturalWidth, naturalHeight } }) =>
            setNatural({ of: large, width: naturalWidth, height: naturalHeight })
          }
          onError={() => setFailed(large)}
        />
      )}
      {/* The screen never enlarges silently. */}
      {natural.of === large && (
        <output className={classes.size}>{describe(natural, { scale, x: 0, y: 0 })}</output>
      )}
      {outline && part && <Outline path={outline} part={part} />}
    </div>
  );
};
