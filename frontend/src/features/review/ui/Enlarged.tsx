import { ActionIcon, Button } from "@mantine/core";
import {
  IconCheck,
  IconChevronLeft,
  IconChevronRight,
  IconEyeOff,
  IconQuestionMark,
  IconX,
  IconZoomIn,
  IconZoomOut,
} from "@tabler/icons-react";
import { Keys } from "@/shared/commands/Keys";
import type { Command } from "@/shared/commands/registry";
import { Outline } from "@/shared/ui/Outline";
import type { ReviewSession } from "../engine/session";
import type { Snapshot } from "../engine/snapshot";
import { type Item, type Mark, plain } from "../model/batch";
import type { Cover } from "../model/cover";
import { describe } from "../model/zoom";
import type { Board } from "./board";
import { Confidence } from "./Confidence";
import type { ReviewCommands } from "./commands";
import classes from "./Enlarged.module.css";
import { useOutline } from "./useOutline";
import { useZoom, type Zoom } from "./useZoom";
import { useZoomCommands } from "./zoomCommands";

const Choice = ({
  command,
  label,
  icon: Icon,
  chosen,
}: {
  command: Command;
  label: string;
  icon: typeof IconCheck;
  chosen: boolean;
}) => (
  <button
    type="button"
    className={classes.choice}
    data-mark={label.toLowerCase()}
    aria-pressed={chosen}
    disabled={command.enabled === false}
    onClick={() => command.run()}
  >
    <Icon size={17} aria-hidden />
    {label}
    <Keys of={command.keys[0] ?? ""} quiet />
  </button>
);

interface PictureProps {
  readonly item: Item;
  readonly index: number;
  readonly total: number;
  readonly zoom: Zoom;
  /** Null where there is none, or it is hidden. */
  readonly outline: string | null;
}

const Picture = ({ item, index, total, zoom, outline }: PictureProps) => (
  <div className={classes.stage} ref={zoom.frameRef} {...zoom.handlers}>
    <span className={classes.picture} style={zoom.style}>
      <img
        key={item.id}
        src={zoom.failed ? item.thumb_url : item.full_url}
        alt={`Number ${index + 1}, enlarged`}
        draggable={false}
        className={classes.image}
        data-magnified={zoom.view.scale >= 4}
        onLoad={zoom.onLoad}
        onError={zoom.onError}
      />
      {outline && zoom.size && (
        <Outline
          path={outline}
          part={{ x: 0, y: 0, width: item.width ?? zoom.size.width, height: item.height ?? zoom.size.height }}
        />
      )}
    </span>
    <span className={classes.tag} data-side="left">
      Picture {index + 1} of {total}
    </span>
    {zoom.size && (
      <output className={classes.tag} data-side="right">
        {zoom.failed ? "Only the preview could be had" : describe(zoom.size, zoom.view)}
      </output>
    )}
  </div>
);

const ZoomBar = ({ item, zoom }: { item: Item; zoom: Zoom }) => (
  <div className={classes.bar}>
    <ActionIcon variant="default" size="md" aria-label="Zoom out" onClick={zoom.out}>
      <IconZoomOut size={16} />
    </ActionIcon>
    <Button variant="default" size="compact-md" onClick={zoom.fit} rightSection={<Keys of="Digit0" quiet />}>
      {!item.close_up ? "Fit" : zoom.fits ? "Whole picture" : "Object"}
    </Button>
    <ActionIcon variant="default" size="md" aria-label="Zoom in" onClick={zoom.in}>
      <IconZoomIn size={16} />
    </ActionIcon>
    <Button
      variant="default"
      size="compact-md"
      onClick={zoom.original}
      rightSection={<Keys of="Digit1" quiet />}
    >
      Original size
    </Button>
  </div>
);

interface EnlargedProps {
  readonly session: ReviewSession;
  readonly snapshot: Snapshot;
  readonly board: Board;
  readonly commands: ReviewCommands;
  /** The tile that is shown. */
  readonly index: number;
  /** Shown only while the pointer rests on a tile's lens: the picture alone. */
  readonly peek: boolean;
  /** The part of the grid that it covers. */
  readonly cover: Cover;
}

/** For whoever has no key to hold. */
const HideOutline = ({ board }: { board: Board }) => (
  <button
    type="button"
    className={classes.hold}
    onPointerDown={() => board.setBare(true)}
    onPointerUp={() => board.setBare(false)}
    onPointerLeave={() => board.setBare(false)}
    onBlur={() => board.setBare(false)}
  >
    <IconEyeOff size={16} aria-hidden />
    Hold to hide the outline
    <Keys of="KeyM" quiet />
  </button>
);

const Steps = ({ board, total }: { board: Board; total: number }) => (
  <div className={classes.steps}>
    <Button
      variant="default"
      disabled={board.focus === 0}
      aria-label={`Picture ${board.focus}`}
      leftSection={<IconChevronLeft size={16} aria-hidden />}
      onClick={() => board.setFocus(board.focus - 1)}
    >
      {board.focus}
    </Button>
    <Button
      variant="default"
      disabled={board.focus + 1 >= total}
      aria-label={`Picture ${board.focus + 2}`}
      rightSection={<IconChevronRight size={16} aria-hidden />}
      onClick={() => board.setFocus(board.focus + 1)}
    >
      {board.focus + 2}
    </Button>
  </div>
);

/** What can be said of the picture, beside it: no travel to the grid. */
const Panel = ({
  session,
  snapshot,
  board,
  commands,
  mark,
  name,
}: Omit<EnlargedProps, "index" | "peek" | "cover"> & { mark: Mark; name: string }) => {
  const examples = snapshot.job?.examples.slice(0, 2) ?? [];
  return (
    <div className={classes.panel}>
      <p className={classes.ask}>
        Is this <b>{name}?</b>
      </p>
      <ActionIcon
        variant="subtle"
        className={classes.close}
        aria-label="Close"
        onClick={() => board.setLayer("none")}
      >
        <IconX size={18} />
      </ActionIcon>
      <div className={classes.choices}>
        <Choice command={commands.mark.right} label="Right" icon={IconCheck} chosen={mark === "right"} />
        <Choice command={commands.mark.wrong} label="Wrong" icon={IconX} chosen={mark === "wrong"} />
        <Choice
          command={commands.mark.unsure}
          label="Unsure"
          icon={IconQuestionMark}
          chosen={mark === "unsure"}
        />
      </div>
      {examples.length > 0 && (
        <div className={classes.section}>
          <span>Reference</span>
          <div className={classes.examples}>
            {examples.map(({ url, caption }) => (
              <img key={url} src={url} alt={caption} />
            ))}
          </div>
        </div>
      )}
      {snapshot.current?.batch.items[board.focus]?.close_up && <HideOutline board={board} />}
      <Confidence session={session} board={board} index={board.focus} />
      <Steps board={board} total={snapshot.tiles.length} />
      <p className={classes.hint}>
        <Keys of="KeyF" /> or <Keys of="Escape" /> to close
      </p>
    </div>
  );
};

/** A picture at full resolution, over the far side of the grid. No dialog: marks, arrows and submit go on working. */
export const Enlarged = (props: EnlargedProps) => {
  const { session, snapshot, board, index, peek, cover } = props;
  const { current } = snapshot;
  const item = current?.batch.items[index];
  const outline = useOutline(session, item);
  const zoom = useZoom(item);
  useZoomCommands(zoom);
  if (!current || !item) {
    return null;
  }
  return (
    <section
      className={classes.enlarged}
      aria-label={`Picture ${index + 1}, enlarged`}
      data-review-layer
      style={{ left: cover.left, right: cover.right }}
    >
      <div className={classes.view}>
        <Picture
          item={item}
          index={index}
          total={current.batch.items.length}
          zoom={zoom}
          outline={board.bare ? null : outline}
        />
        {!peek && <ZoomBar item={item} zoom={zoom} />}
      </div>
      {!peek && (
        <Panel {...props} mark={plain(current.batch.tiles[index]?.mark)} name={current.labelClass.name} />
      )}
    </section>
  );
};
