import { Button } from "@mantine/core";
import { useMergedRef } from "@mantine/hooks";
import { IconPhotoOff } from "@tabler/icons-react";
import {
  type PointerEvent,
  type Ref,
  type RefObject,
  useEffect,
  useEffectEvent,
  useLayoutEffect,
  useMemo,
  useRef,
} from "react";
import type { EditorSession } from "../engine/session";
import type { Snapshot } from "../engine/snapshot";
import type { Point } from "../model/shapes";
import type { Actions } from "./actions";
import type { Board } from "./board";
import classes from "./Canvas.module.css";
import { type Desk, Gestures, type Press } from "./gestures";
import { Loupe } from "./Loupe";
import { Navigator } from "./Navigator";
import { Names, Overlay } from "./Overlay";
import { MASKS, PICTURE } from "./paint";
import { type Painter, Sheet } from "./sheet";
import { type Stage, useView } from "./useField";
import type { PictureState } from "./usePicture";

export interface CanvasProps {
  readonly session: EditorSession;
  readonly snapshot: Snapshot;
  readonly board: Board;
  readonly stage: Stage;
  readonly frameRef: Ref<HTMLDivElement>;
  readonly actions: Actions;
  readonly picture: PictureState;
}

/** CSS pixels that the layers go beyond the frame. */
const MARGIN = 128;

/** A canvas that shows a scene; null shows nothing yet. */
function useSheet<Scene>(painter: Painter<Scene>, scene: Scene | null, stage: Stage) {
  const ref = useRef<HTMLCanvasElement>(null);
  const sheet = useRef<Sheet<Scene>>(null);
  const view = useView(stage);
  const { frame } = stage;
  const paint = useEffectEvent(() => {
    if (ref.current && scene) {
      sheet.current ??= new Sheet(ref.current, painter, MARGIN);
      sheet.current.show(scene, frame, view);
    }
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is painted with
  useLayoutEffect(() => paint(), [scene, frame, view]);
  useEffect(() => {
    const canvas = ref.current;
    const restored = () => {
      sheet.current?.forget();
      paint();
    };
    canvas?.addEventListener("contextrestored", restored);
    return () => canvas?.removeEventListener("contextrestored", restored);
  }, []);
  return ref;
}

/** The lower layer: the picture, with its pixel grid from 600 %. */
const PictureLayer = ({ stage, picture }: Pick<CanvasProps, "stage" | "picture">) => {
  const { loaded } = picture;
  const { picture: size } = stage;
  const scene = useMemo(() => loaded && { loaded, picture: size }, [loaded, size]);
  const ref = useSheet(PICTURE, scene, stage);
  return <canvas ref={ref} className={classes.layer} data-ready={loaded !== null} />;
};

/** The upper layer: the masks. */
const MaskLayer = ({ stage, snapshot, board }: Pick<CanvasProps, "stage" | "snapshot" | "board">) => {
  const { doc, job } = snapshot;
  const { masksHidden: hidden } = board;
  const names = useMemo(() => (job?.classes ?? []).map(({ id }) => id), [job]);
  const scene = useMemo(() => ({ doc, classes: names, hidden }), [doc, names, hidden]);
  const ref = useSheet(MASKS, scene, stage);
  return <canvas ref={ref} className={classes.layer} data-masks />;
};

function pressOf(event: PointerEvent<HTMLElement> | globalThis.PointerEvent, frame: Element): Press {
  const { left, top } = frame.getBoundingClientRect();
  const { pointerId: id, pointerType: type, button, altKey: alt } = event;
  return { id, type, button, alt, at: { x: event.clientX - left, y: event.clientY - top } };
}

/** Where the pointer was on its way here: a fast stroke keeps its bends. */
function wayOf(event: PointerEvent<HTMLElement>, frame: Element): Point[] {
  const between = event.nativeEvent.getCoalescedEvents?.() ?? [];
  const way = between.map((one) => pressOf(one, frame).at);
  return way.length > 0 ? way : [pressOf(event, frame).at];
}

function usePointer(desk: Desk) {
  const latest = useRef(desk);
  useLayoutEffect(() => {
    latest.current = desk;
  });
  const gestures = useMemo(() => new Gestures(() => latest.current), []);
  const handlers = useMemo(
    () => ({
      onPointerDown: (event: PointerEvent<HTMLElement>) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        gestures.down(pressOf(event, event.currentTarget));
      },
      onPointerMove: (event: PointerEvent<HTMLElement>) =>
        gestures.move(pressOf(event, event.currentTarget), wayOf(event, event.currentTarget)),
      onPointerUp: (event: PointerEvent<HTMLElement>) => gestures.up(pressOf(event, event.currentTarget)),
      onPointerCancel: (event: PointerEvent<HTMLElement>) => gestures.cancel(event.pointerId),
      onPointerLeave: () => gestures.leave(),
    }),
    [gestures],
  );
  return { gestures, handlers };
}

/** The browser would scroll or zoom the page: that needs a listener which is allowed to stop it. */
function useWheel(ref: RefObject<HTMLDivElement | null>, gestures: Gestures): void {
  useEffect(() => {
    const frame = ref.current;
    const turned = (event: WheelEvent) => {
      event.preventDefault();
      const { left, top } = (event.currentTarget as Element).getBoundingClientRect();
      // A line is about 16 pixels; a pinch on a trackpad comes as small steps with Ctrl.
      const delta = event.deltaY * (event.deltaMode === 1 ? 16 : 1) * (event.ctrlKey ? 6 : 1);
      gestures.wheel(delta, { x: event.clientX - left, y: event.clientY - top });
    };
    frame?.addEventListener("wheel", turned, { passive: false });
    return () => frame?.removeEventListener("wheel", turned);
  }, [ref, gestures]);
}

/** A finger that lets go in motion would set off a fling, and the next tap would only stop that. */
function useNoFling(ref: RefObject<HTMLDivElement | null>): void {
  useEffect(() => {
    const frame = ref.current;
    const moved = (event: TouchEvent) => event.preventDefault();
    frame?.addEventListener("touchmove", moved, { passive: false });
    return () => frame?.removeEventListener("touchmove", moved);
  }, [ref]);
}

const NotLoaded = ({ retry }: { retry: () => void }) => (
  <div className={classes.failed} role="alert">
    <IconPhotoOff size={28} aria-hidden />
    <p>The picture did not load.</p>
    <Button variant="default" onClick={retry}>
      Retry
    </Button>
  </div>
);

/** The picture, its masks, and the hands that work on them. */
export const Canvas = (props: CanvasProps) => {
  const { session, snapshot, board, stage, frameRef, actions, picture } = props;
  const frame = useRef<HTMLDivElement>(null);
  const ref = useMergedRef(frame, frameRef);
  const { gestures, handlers } = usePointer({
    field: stage,
    board,
    snapshot,
    actions,
    undo: () => session.undo(),
  });
  useWheel(frame, gestures);
  useNoFling(frame);
  return (
    <div className={classes.stage}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the keys of the screen do all that a pointer does */}
      <div
        ref={ref}
        className={classes.frame}
        data-frame
        data-tool={board.moving ? "move" : board.tool}
        data-keys="commands"
        onContextMenu={(event) => event.preventDefault()}
        {...handlers}
      >
        <PictureLayer stage={stage} picture={picture} />
        <MaskLayer stage={stage} snapshot={snapshot} board={board} />
        <Names snapshot={snapshot} stage={stage} board={board} />
        <Overlay snapshot={snapshot} stage={stage} board={board} />
        <Loupe stage={stage} board={board} picture={picture} />
      </div>
      {picture.failed && <NotLoaded retry={picture.retry} />}
      {snapshot.work && <Navigator stage={stage} thumb={snapshot.work.picture.thumb_url} />}
    </div>
  );
};
