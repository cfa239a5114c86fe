import { Button, Progress } from "@mantine/core";
import { IconCloudOff, IconHistory } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { type ReactNode, useEffect, useState } from "react";
import { clock, count, counted, duration } from "@/shared/lib/format";
import { workScreen } from "@/shared/lib/kinds";
import { Face } from "@/shared/ui/Face";
import type { Snapshot } from "../engine/snapshot";
import type { Nothing as Why } from "../engine/wire";
import classes from "./Nothing.module.css";
import { otherJobsQuery } from "./otherJobs";
import { explained, hindrance, keptInWords, keptSentence } from "./words";

/** The time until a batch comes back, as a bar that fills from when the page first heard of it. */
const Countdown = ({ until }: { until: string }) => {
  const end = Date.parse(until);
  const [from] = useState(() => Date.now());
  const [now, setNow] = useState(from);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 5_000);
    return () => clearInterval(timer);
  }, []);
  const left = Math.max(0, end - now);
  const whole = Math.max(1, end - from);
  return (
    <div className={classes.countdown}>
      <span>Time until the next return</span>
      <b>{duration(left / 1000)}</b>
      <Progress
        value={(100 * (whole - left)) / whole}
        size="sm"
        color="ink"
        aria-label={`At ${clock(until)}`}
      />
    </div>
  );
};

const OtherJobs = ({ job }: { job: string }) => {
  const { data } = useQuery(otherJobsQuery(job));
  if (!data || data.length === 0) {
    return null;
  }
  return (
    <section className={classes.others} aria-label="Other work">
      <p>You could do instead</p>
      {data.map((other) => (
        <div key={other.id} className={classes.other}>
          <span>
            <b>{other.name}</b>
            {counted(other.items, "image")} in {counted(other.batches, "batch", "batches")}
          </span>
          <Button
            component={Link}
            to={`${workScreen(other)}`.replace("$job", other.id)}
            variant="default"
            aria-label={`Start ${other.name}`}
          >
            Start
          </Button>
        </div>
      ))}
    </section>
  );
};

/** What a refused submit has told before any claim did. */
const CLOSED: Why = { reason: "closed", available_at: null, by: null, at: null, held_by: [] };

/** Who holds the last batches, and how many each. */
const Holders = ({ of }: { of: Why["held_by"] }) =>
  of.length > 0 && (
    <ul className={classes.holders} aria-label="Who holds the last batches">
      {of.map(({ name, batches }) => (
        <li key={name}>
          <Face name={name} /> {name} <span>{counted(batches, "batch", "batches")}</span>
        </li>
      ))}
    </ul>
  );

interface NothingProps {
  readonly job: string;
  readonly snapshot: Snapshot;
  readonly showSent: () => void;
  readonly tryNow: () => void;
}

const Stage = ({ title, text, children }: { title: string; text: ReactNode; children?: ReactNode }) => (
  <div className={classes.nothing}>
    <div className={classes.inner}>
      <div role="status">
        <h2>{title}</h2>
        <p className={classes.text}>{text}</p>
      </div>
      {children}
    </div>
  </div>
);

const Reasoned = ({ why, snapshot, showSent, job }: { why: Why } & Omit<NothingProps, "tryNow">) => {
  const { title, text } = explained(why);
  const { total, progress } = snapshot;
  return (
    <Stage title={title} text={text}>
      <Holders of={why.held_by} />
      {why.available_at && <Countdown until={why.available_at} />}
      {progress && progress.judged > 0 && (
        <p className={classes.own}>
          You have judged {count(progress.judged)} of the {counted(progress.items, "image")} of this job
          {total > 0 && total !== progress.judged ? `, ${count(total)} of them on this device` : ""}.
        </p>
      )}
      <OtherJobs job={job} />
      <Button
        variant="subtle"
        leftSection={<IconHistory size={17} aria-hidden />}
        className={classes.back}
        onClick={showSent}
      >
        Look back at your sent batches
      </Button>
    </Stage>
  );
};

/** None on this device, and the server cannot be had: why, what is kept, and that it goes on by itself. */
const Stranded = ({ snapshot, tryNow }: Pick<NothingProps, "snapshot" | "tryNow">) => {
  const { link, kept } = snapshot;
  const waiting = keptInWords(kept);
  const isOffline = link === "offline";
  const back = waiting
    ? `Your ${waiting} are kept here and go out as soon as the connection is back.`
    : "New batches are loaded as soon as the connection is back.";
  const again =
    `${keptSentence(kept)} It is tried again by itself, and then the next batch is loaded.`.trim();
  return (
    <Stage
      title={isOffline ? "No more batches on this device" : (hindrance(link) ?? "").replace(/\.$/, "")}
      text={isOffline ? back : again}
    >
      <Button
        variant="default"
        leftSection={isOffline ? <IconCloudOff size={17} aria-hidden /> : undefined}
        onClick={tryNow}
      >
        {isOffline ? "Try now" : "Try again"}
      </Button>
    </Stage>
  );
};

/** No batch on the screen: who holds what, until when, and what else is useful. */
export const Nothing = ({ job, snapshot, showSent, tryNow }: NothingProps) => {
  switch (snapshot.phase) {
    case "stranded":
      return <Stranded snapshot={snapshot} tryNow={tryNow} />;
    case "refused":
      return (
        <Stage title="This job cannot be opened" text={snapshot.refusal}>
          <Button onClick={tryNow} variant="default">
            Try again
          </Button>
          <OtherJobs job={job} />
        </Stage>
      );
    default:
      return <Reasoned why={snapshot.nothing ?? CLOSED} snapshot={snapshot} showSent={showSent} job={job} />;
  }
};
