import type { ReactNode } from "react";
import classes from "./Badge.module.css";

export type Tone = "quiet" | "ok" | "wrong" | "unsure" | "focus";

/** A state in one or two words, with an icon or a dot before it, so that colour never speaks alone. */
export const Badge = ({ tone = "quiet", icon, children }: BadgeProps) => (
  <span className={classes.badge} data-tone={tone}>
    {icon}
    {children}
  </span>
);

interface BadgeProps {
  readonly tone?: Tone;
  readonly icon?: ReactNode;
  readonly children: ReactNode;
}

/** A running state beside a name: a dot and the word. */
export const Dotted = ({ tone = "quiet", children }: Omit<BadgeProps, "icon">) => (
  <span className={classes.dotted} data-tone={tone}>
    <span aria-hidden className={classes.dot} />
    {children}
  </span>
);
