import { useElementSize } from "@mantine/hooks";
import { type Ref, useMemo, useState } from "react";
import { createStore, type Store, useStore } from "@/shared/lib/store";
import type { Work } from "../engine/wire";
import type { Size } from "../model/mask";
import type { Point } from "../model/shapes";
import { centredOn, fitted, revealing, stepped, type View, zoomed } from "../model/view";
import type { Field } from "./gestures";

const NO_SIZE: Size = { width: 1, height: 1 };

/** How a person has moved or zoomed a picture. */
export interface Moved {
  /** The picture's assignment. */
  readonly of: string;
  readonly view: View;
}

/**
 * How the picture lies in its frame, and what changes that: fitted, whatever becomes of the frame, until the person
 * zooms or moves it. The view is read when it is needed or watched by `useView`, so that moving the picture draws
 * the picture anew and not the whole screen.
 */
export class Stage implements Field {
  readonly picture: Size;
  readonly frame: Size;
  readonly moved: Store<Moved | null>;
  private readonly of: string;
  private readonly whole: View;

  constructor(work: Work | null, frame: Size, moved: Store<Moved | null>, foot?: number) {
    this.of = work?.assignment ?? "";
    this.picture = work?.picture ?? NO_SIZE;
    this.frame = frame;
    this.moved = moved;
    this.whole = fitted(this.picture, frame, foot);
  }

  get view(): View {
    const moved = this.moved.get();
    return moved?.of === this.of ? moved.view : this.whole;
  }

  get fits(): boolean {
    return this.moved.get()?.of !== this.of;
  }

  show = (view: View): void => this.moved.set({ of: this.of, view });

  fit = (): void => this.moved.set(null);

  /** Around a point of the picture, else around the middle of the frame. */
  zoom = (direction: 1 | -1, around: Point | null): void => {
    const { picture, frame } = this;
    const shown = around ? revealing(this.view, around, picture, frame) : this.view;
    const next = stepped(shown, direction, picture, frame);
    const at = around && { x: around.x * shown.scale + shown.x, y: around.y * shown.scale + shown.y };
    this.show(at ? zoomed(shown, next.scale / shown.scale, at, picture, frame) : next);
  };

  reveal = (point: Point): void => {
    const next = revealing(this.view, point, this.picture, this.frame);
    if (next !== this.view) {
      this.show(next);
    }
  };

  centre = (point: Point): void => this.show(centredOn(this.view, point, this.picture, this.frame));
}

/** CSS pixels at the foot of the frame that the hint lies over, with its buttons, in two lines where it is narrow. */
const HINT = 80;

/**
 * The stage of the picture at hand, and the ref of the element that is its frame. Under fingers the hint is at the
 * top and lets every touch through.
 */
export function useField(work: Work | null, touch: boolean): { stage: Stage; frameRef: Ref<HTMLDivElement> } {
  const { ref, width, height } = useElementSize<HTMLDivElement>();
  const [moved] = useState(() => createStore<Moved | null>(null));
  const stage = useMemo(
    () => new Stage(work, { width, height }, moved, touch ? undefined : HINT),
    [work, width, height, moved, touch],
  );
  return { stage, frameRef: ref };
}

/** The view as it is now, for what is drawn with it. */
export function useView(stage: Stage): View {
  useStore(stage.moved);
  return stage.view;
}
