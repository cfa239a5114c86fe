import classes from "./Skeleton.module.css";

const CELLS = Array.from({ length: 25 }, (_, nth) => `mat ${nth}`);

/** Mats where the pictures will be, for a batch that takes longer than a moment. */
export const Skeleton = () => (
  <div className={classes.grid} aria-hidden>
    {CELLS.map((cell) => (
      <span key={cell} />
    ))}
  </div>
);
