import { Progress } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { count, counted, duration, moment, rateWords, share } from "@/shared/lib/format";
import { Dotted, type Tone } from "@/shared/ui/Badge";
import { Failed } from "@/shared/ui/Problems";
import { Loading } from "@/shared/ui/States";
import { type Card, isAtWork, type Run, runsQuery } from "./api";
import classes from "./ModelPage.module.css";

const STATES: Readonly<Record<string, { words: string; tone: Tone }>> = {
  queued: { words: "Waiting", tone: "focus" },
  running: { words: "Labelling", tone: "focus" },
  done: { words: "Done", tone: "ok" },
  failed: { words: "Stopped", tone: "wrong" },
};

const stateOf = ({ state }: Run): { words: string; tone: Tone } =>
  STATES[state] ?? { words: "Cancelled", tone: "quiet" };

const Live = ({ run }: { run: Run }) => {
  const { done, total, rate, seconds_left } = run.progress;
  const words = [
    `${count(done)} of ${counted(total ?? 0, "picture")}`,
    rate !== null && `${rateWords(rate)} /s`,
    seconds_left !== null && `${duration(seconds_left)} left`,
  ];
  return (
    <>
      <Progress
        value={total ? (100 * done) / total : 0}
        size={6}
        aria-label={`Run on ${run.dataset_name}, ${share(done, total ?? 0)}`}
      />
      <p className={classes.second}>{words.filter(Boolean).join(", ")}</p>
    </>
  );
};

const cameOf = ({ labelled, unchanged, below, unreadable }: Run): string =>
  [
    `${count(labelled)} labelled`,
    unchanged > 0 && `${count(unchanged)} as before`,
    below > 0 && `${count(below)} below the minimum`,
    unreadable > 0 && `${count(unreadable)} unreadable`,
  ]
    .filter(Boolean)
    .join(", ");

const RunLine = ({ run }: { run: Run }) => {
  const { words, tone } = stateOf(run);
  return (
    <li className={classes.run}>
      <p className={classes.runHead}>
        <Link
          to="/datasets/$dataset"
          params={{ dataset: run.dataset }}
          search={{ show: "predictions", run: run.id }}
          className={classes.link}
        >
          {run.dataset_name}
        </Link>
        <Dotted tone={tone}>{words}</Dotted>
        <span className={classes.when}>
          {[run.requested_by, moment(run.created_at)].filter(Boolean).join(", ")}
        </span>
      </p>
      {isAtWork(run) ? <Live run={run} /> : <p className={classes.second}>{cameOf(run)}</p>}
      {run.message !== "" && <p className={classes.second}>{run.message}</p>}
    </li>
  );
};

/** What this version was run over, newest first; what runs now, live. */
export const Runs = ({ card }: { card: Card }) => {
  const runs = useQuery(runsQuery(card.id));
  return (
    <section aria-labelledby="model-runs" className={classes.runs}>
      <h2 id="model-runs" className={classes.title}>
        Runs
      </h2>
      {runs.isError && <Failed what="The runs" error={runs.error} onRetry={() => void runs.refetch()} />}
      {!runs.isError && !runs.data && <Loading what="runs" />}
      {runs.data?.length === 0 && (
        <p className={classes.second}>
          None yet. A run gives each picture of a dataset the likeliest class, with a confidence.
        </p>
      )}
      {runs.data && runs.data.length > 0 && (
        <ul>
          {runs.data.map((run) => (
            <RunLine key={run.id} run={run} />
          ))}
        </ul>
      )}
    </section>
  );
};
