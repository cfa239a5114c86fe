import { Progress } from "@mantine/core";
import type { Import } from "./api";
import classes from "./ProgressBar.module.css";
import { progressWords } from "./words";

/** How far the server is. The page may be left: the work goes on. */
export const ProgressBar = ({ work }: { work: Import }) => {
  const { done, total, message } = work.progress;
  const title = work.state === "queued" ? "Waiting for a worker" : message || "Reading the file";
  return (
    <div className={classes.bar}>
      <div className={classes.line}>
        <span role="status" className={classes.title}>
          {title}
        </span>
        {work.state !== "queued" && <span className={classes.figures}>{progressWords(work.progress)}</span>}
        <span className={classes.hint}>You can leave this page. It goes on.</span>
      </div>
      <Progress value={total ? (100 * done) / total : 0} size={8} aria-label={title} />
    </div>
  );
};
