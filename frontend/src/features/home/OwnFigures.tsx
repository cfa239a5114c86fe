import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { count, counted, moment, stopwatch } from "@/shared/lib/format";
import { Refused } from "@/shared/ui/Problems";
import { type OwnWork, reopen, type SentBatch } from "./api";
import { marked, screenOf, weekTotal } from "./facts";
import classes from "./LabelerHome.module.css";

const DAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

const Week = ({ week }: { week: OwnWork["week"] }) => {
  const most = Math.max(1, ...week.map((day) => day.items));
  const today = (new Date().getDay() + 6) % 7;
  return (
    <ol className={classes.week}>
      {week.map((day, index) => (
        <li key={day.day} className={classes.day} data-today={index === today || undefined}>
          <span className={classes.hidden}>{counted(day.items, "picture")} on</span>
          <span aria-hidden className={classes.dayBar} style={{ height: `${(100 * day.items) / most}%` }} />
          <span className={classes.dayName}>{DAYS[index]}</span>
        </li>
      ))}
    </ol>
  );
};

/** What the person did since Monday. Nobody else is shown it. */
export const OwnFigures = ({ work }: { work: OwnWork }) => (
  <section className={classes.panel} aria-labelledby="week-title">
    <header className={classes.panelHead}>
      <h2 id="week-title" className={classes.panelTitle}>
        This week
      </h2>
      <span className={classes.second}>only you see this</span>
    </header>
    <p>
      <span className={classes.figure}>{count(weekTotal(work))}</span> pictures looked at
    </p>
    <Week week={work.week} />
    <dl className={classes.facts}>
      <dt>Usual time for a batch</dt>
      <dd>{work.seconds_per_batch === null ? "–" : stopwatch(work.seconds_per_batch)}</dd>
    </dl>
  </section>
);

const SentRow = ({ batch, work }: { batch: SentBatch; work: OwnWork }) => {
  const to = screenOf(batch.job.id, work.jobs);
  const outlines = to === "/edit/$job";
  const name = outlines ? batch.job.name : batch.label_class.name;
  const number = `${outlines ? "picture" : "batch"} ${count(batch.batch_number)}`;
  const navigate = useNavigate();
  const open = useMutation({
    mutationFn: () => reopen(batch.id),
    onSuccess: () => navigate({ to, params: { job: batch.job.id } }),
  });
  return (
    <li className={classes.sent}>
      <div className={classes.grow}>
        <p>
          <strong>{name}</strong> <span className={classes.second}>{number}</span>
        </p>
        <p className={classes.second}>
          {moment(batch.submitted_at)}
          {to === "/review/$job" && `, ${marked(batch)}`}
        </p>
        <Refused error={open.error} />
      </div>
      {batch.can_reopen && (
        <Button
          variant="default"
          loading={open.isPending}
          aria-label={`Open ${name}, ${number}`}
          onClick={() => open.mutate()}
        >
          Open
        </Button>
      )}
    </li>
  );
};

/** The latest batches sent. Nothing before the first. */
export const Sent = ({ work }: { work: OwnWork }) =>
  work.sent.length > 0 && (
    <section aria-labelledby="sent-title">
      <header className={classes.head}>
        <h2 id="sent-title" className={classes.panelTitle}>
          Sent batches
        </h2>
        <span className={classes.second}>open again until the job closes</span>
      </header>
      <ul className={classes.card}>
        {work.sent.map((batch) => (
          <SentRow key={batch.id} batch={batch} work={work} />
        ))}
      </ul>
    </section>
  );
