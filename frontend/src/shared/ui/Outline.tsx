import classes from "./Outline.module.css";

/** A rectangle of a picture, in its pixels. */
export interface Part {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** How an object is shown: its part of the picture with some margin, and its outline. */
export interface CloseUp extends Part {
  readonly url: string;
  /** The path of an SVG, in pixels of the picture. */
  readonly outline: string;
}

export interface OutlineProps {
  readonly path: string;
  /** What is shown of the picture, in the same box as the lines. */
  readonly part: Part;
  /** Never larger than the picture's own pixels. */
  readonly scaleDown?: boolean;
}

/**
 * The border of an object over its picture, fitted as `object-fit: contain` fits the picture. Three strokes, so
 * that it stands out on every ground and for every eye: dark, light, dashes of colour.
 */
export const Outline = ({ path, part: { x, y, width, height }, scaleDown = false }: OutlineProps) => (
  <svg
    data-outline
    className={classes.outline}
    viewBox={`${x} ${y} ${width} ${height}`}
    style={scaleDown ? { maxWidth: width, maxHeight: height } : undefined}
    aria-hidden="true"
  >
    <path d={path} className={classes.dark} />
    <path d={path} className={classes.light} />
    <path d={path} className={classes.colour} />
  </svg>
);
