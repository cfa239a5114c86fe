import { type ReactNode, useId } from "react";
import classes from "./Account.module.css";

interface SectionProps {
  readonly title: string;
  readonly hint: string;
  readonly children: ReactNode;
}

/** One matter of the account: what it is on the left, what can be done on the right. */
export const Section = ({ title, hint, children }: SectionProps) => {
  const id = useId();
  return (
    <section aria-labelledby={id} className={classes.section}>
      <div>
        <h2 id={id} className={classes.title}>
          {title}
        </h2>
        <p className={classes.hint}>{hint}</p>
      </div>
      <div className={classes.content}>{children}</div>
    </section>
  );
};

/** Says in words that something was done, also to a screen reader. */
export const Done = ({ children }: { children: ReactNode }) => (
  <p role="status" className={classes.done}>
    {children}
  </p>
);
