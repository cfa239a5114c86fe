import { useElementSize, useMergedRef } from "@mantine/hooks";
import {
  type CSSProperties,
  type PointerEvent,
  type RefObject,
  type SyntheticEvent,
  useEffect,
  useRef,
  useState,
} from "react";
import type { Item } from "../model/batch";
import type { Size } from "../model/packing";
import { fitted, fittedTo, original, panned, stepped, type View, zoomed } from "../model/zoom";

export type Zoom = ReturnType<typeof useZoom>;

const NOWHERE: View = { scale: 1, x: 0, y: 0 };
const WHEEL = 0.0015;

interface Finger {
  readonly x: number;
  readonly y: number;
}

/** The picture and how it lies in its frame. A new picture is fitted; so is one that was not moved by hand. */
export function useZoom(item: Item | undefined) {
  const { ref: measured, width, height } = useElementSize<HTMLDivElement>();
  const element = useRef<HTMLDivElement>(null);
  const frameRef = useMergedRef(measured, element);
  const frame = { width, height };
  const [natural, setNatural] = useState<{ id: string; size: Size } | null>(null);
  const [chosen, setChosen] = useState<{ id: string; view: View } | null>(null);
  const [failed, setFailed] = useState<string | null>(null);
  const fingers = useRef(new Map<number, Finger>());
  const size = sizeOf(item, natural);
  const own = chosen && chosen.id === item?.id ? chosen.view : null;
  const first = (of: Size) => (item?.close_up ? fittedTo(item.close_up, of, frame) : fitted(of, frame));
  const view = own ?? (size && width > 0 ? first(size) : NOWHERE);
  const show = (next: View) => item && setChosen({ id: item.id, view: next });
  const latest = useRef({ view, size, frame, show });
  latest.current = { view, size, frame, show };
  useWheel(element, latest);
  const step = (direction: 1 | -1) => () => size && show(stepped(view, direction, size, frame));
  return {
    frameRef,
    size,
    view,
    failed: failed !== null && failed === item?.id,
    style: styleOf(size, view),
    in: step(1),
    out: step(-1),
    /** Is it as it was opened, whole or with its object as large as it fits? */
    fits: own === null,
    /** As it was opened; an object that is so already gives way to the whole picture. */
    fit: () => (own === null && item?.close_up && size ? show(fitted(size, frame)) : setChosen(null)),
    original: () => size && show(original(item?.close_up, size, frame)),
    onLoad({ currentTarget: { naturalWidth, naturalHeight } }: SyntheticEvent<HTMLImageElement>) {
      if (item) {
        setNatural({ id: item.id, size: { width: naturalWidth, height: naturalHeight } });
      }
    },
    onError: () => setFailed(item?.id ?? null),
    handlers: {
      onPointerDown(event: PointerEvent<HTMLDivElement>) {
        event.currentTarget.setPointerCapture(event.pointerId);
        fingers.current.set(event.pointerId, { x: event.clientX, y: event.clientY });
      },
      onPointerMove: (event: PointerEvent<HTMLDivElement>) => drag(event, fingers.current, latest.current),
      onPointerUp: ({ pointerId }: PointerEvent) => void fingers.current.delete(pointerId),
      onPointerCancel: ({ pointerId }: PointerEvent) => void fingers.current.delete(pointerId),
    },
  };
}

interface Latest {
  readonly view: View;
  readonly size: Size | null;
  readonly frame: Size;
  readonly show: (next: View) => void;
}

function sizeOf(item: Item | undefined, natural: { id: string; size: Size } | null): Size | null {
  if (natural && natural.id === item?.id) {
    return natural.size;
  }
  return item?.width && item.height ? { width: item.width, height: item.height } : null;
}

function styleOf(size: Size | null, { scale, x, y }: View): CSSProperties {
  return size
    ? { width: size.width * scale, height: size.height * scale, transform: `translate(${x}px, ${y}px)` }
    : { visibility: "hidden" };
}

/** One finger or the mouse moves the picture, two fingers zoom it about the point between them. */
function drag(
  event: PointerEvent<HTMLDivElement>,
  fingers: Map<number, Finger>,
  { view, size, frame, show }: Latest,
) {
  const from = fingers.get(event.pointerId);
  if (!from || !size) {
    return;
  }
  const to = { x: event.clientX, y: event.clientY };
  fingers.set(event.pointerId, to);
  const other = [...fingers.entries()].find(([id]) => id !== event.pointerId)?.[1];
  if (!other) {
    show(panned(view, { x: to.x - from.x, y: to.y - from.y }, size, frame));
    return;
  }
  const before = Math.hypot(from.x - other.x, from.y - other.y);
  const after = Math.hypot(to.x - other.x, to.y - other.y);
  const middle = inFrame(event.currentTarget, { x: (to.x + other.x) / 2, y: (to.y + other.y) / 2 });
  show(zoomed(view, after / Math.max(before, 1), middle, size, frame));
}

/** From the corner of the window to the middle of the frame. */
function inFrame(element: HTMLElement, { x, y }: Finger): Finger {
  const box = element.getBoundingClientRect();
  return { x: x - box.left - box.width / 2, y: y - box.top - box.height / 2 };
}

/** The wheel zooms at the pointer. By hand, since React listens passively and the page would scroll too. */
function useWheel(frame: RefObject<HTMLDivElement | null>, latest: { current: Latest }): void {
  useEffect(() => {
    const element = frame.current;
    if (!element) {
      return;
    }
    const turned = (event: WheelEvent) => {
      event.preventDefault();
      const { view, size, frame, show } = latest.current;
      if (size) {
        const at = inFrame(element, { x: event.clientX, y: event.clientY });
        show(zoomed(view, Math.exp(-event.deltaY * WHEEL), at, size, frame));
      }
    };
    element.addEventListener("wheel", turned, { passive: false });
    return () => element.removeEventListener("wheel", turned);
  }, [frame, latest]);
}
