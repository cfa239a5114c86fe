import { useQuery } from "@tanstack/react-query";
import { LinkButton } from "@/shared/ui/LinkButton";
import { Refused } from "@/shared/ui/Problems";
import { changedQuery, type Run, type RunRow, runsQuery } from "./api";
import classes from "./Predictions.module.css";
import { changedWords, earlierOf } from "./words";

const Since = ({ run, before }: { run: Run; before: RunRow }) => {
  const { dataset, label_source: source } = run;
  const changed = useQuery(changedQuery(dataset, source, before.label_source));
  if (changed.isError) return <Refused error={changed.error} />;
  return (
    <div className={classes.changed}>
      <p role="status">{changed.data !== undefined && changedWords(changed.data, before.model_version)}</p>
      {changed.data !== undefined && changed.data > 0 && (
        <LinkButton
          variant="default"
          to="/jobs/new"
          search={{ dataset, source, changed_since: before.label_source }}
        >
          Make a job of what changed
        </LinkButton>
      )}
    </div>
  );
};

/** What a version says otherwise than the one that labelled before it; nothing where there was none. */
export const Changed = ({ run }: { run: Run }) => {
  const { data: runs = [] } = useQuery(runsQuery(run.dataset));
  const before = earlierOf(run, runs);
  return before && <Since run={run} before={before} />;
};
