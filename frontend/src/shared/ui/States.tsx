import { type ReactNode, useEffect, useState } from "react";
import classes from "./States.module.css";

interface EmptyProps {
  /** What is not there, and why: a full sentence. */
  readonly title: string;
  readonly children?: ReactNode;
  /** What to do next: a button or link. */
  readonly action?: ReactNode;
  readonly icon?: ReactNode;
}

/** A list with nothing in it says why, and what to do next. */
export const Empty = ({ title, children, action, icon }: EmptyProps) => (
  <div className={classes.empty}>
    {icon && <div className={classes.emptyIcon}>{icon}</div>}
    <h2 className={classes.emptyTitle}>{title}</h2>
    {children && <div className={classes.second}>{children}</div>}
    {action && <div className={classes.emptyAction}>{action}</div>}
  </div>
);

/** True once `wait` ms have passed: what loads faster than that never flashes a skeleton. */
export const useLate = (wait = 200): boolean => {
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), wait);
    return () => clearTimeout(timer);
  }, [wait]);
  return late;
};

/** Stands where text or a picture will be, in its size. The nearest `<Loading>` says so in words. */
export const Bone = ({ width = "100%", height = 14 }: { width?: number | string; height?: number }) => (
  <span aria-hidden className={classes.bone} style={{ width, height }} />
);

/** A skeleton of the same geometry as what loads; nothing for the first 200 ms. */
export const Loading = ({ what, children }: { what: string; children?: ReactNode }) => {
  const late = useLate();
  if (!late) return null;
  return (
    <div role="status" className={classes.loading}>
      <span className={classes.hidden}>Loading {what}</span>
      {children ?? <Rows />}
    </div>
  );
};

const ROWS = ["62%", "48%", "71%", "55%", "66%"];

/** The skeleton of a list. */
export const Rows = () => (
  <div className={classes.rows}>
    {ROWS.map((width) => (
      <div key={width} className={classes.boneRow}>
        <Bone width={width} />
      </div>
    ))}
  </div>
);
