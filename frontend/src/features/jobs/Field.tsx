import type { UseFormReturnType } from "@mantine/form";
import { type ReactNode, useId } from "react";
import type { JobForm } from "./form";
import classes from "./JobForm.module.css";

export type Form = UseFormReturnType<JobForm>;

interface FieldProps {
  readonly title: string;
  readonly hint?: string;
  readonly children: ReactNode;
}

/** One question of the form: its name on the left, the answers on the right. */
export const Field = ({ title, hint, children }: FieldProps) => {
  const id = useId();
  return (
    <fieldset className={classes.field} aria-labelledby={id}>
      <div id={id} className={classes.label}>
        <span className={classes.title}>{title}</span>
        {hint && <span className={classes.hint}>{hint}</span>}
      </div>
      <div className={classes.answers}>{children}</div>
    </fieldset>
  );
};
