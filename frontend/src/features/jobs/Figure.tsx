import type { ReactNode } from "react";
import { Loading } from "@/shared/ui/States";
import classes from "./JobProgress.module.css";

interface FigureProps {
  readonly label: string;
  readonly value: string;
  readonly children: ReactNode;
}

/** One key figure of a job, and what it rests on. */
export const Figure = ({ label, value, children }: FigureProps) => (
  <div className={classes.figure}>
    <dt className={classes.label}>{label}</dt>
    <dd className={classes.value}>{value}</dd>
    <dd className={classes.detail}>{children}</dd>
  </div>
);

export const FiguresLoading = () => (
  <Loading what="the figures">
    <div className={classes.figures} style={{ height: 112 }} />
  </Loading>
);
