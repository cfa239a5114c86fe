import { Progress as Bar } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { count, counted, duration, stopwatch } from "@/shared/lib/format";
import { Face } from "@/shared/ui/Face";
import { Failed } from "@/shared/ui/Problems";
import { Table } from "@/shared/ui/Table";
import { type Answer, type Correcting, correctingQuery, type Job } from "./api";
import { Bars } from "./Bars";
import { Cut } from "./Cut";
import { Figure, FiguresLoading } from "./Figure";
import { correctionsLeft } from "./figures";
import classes from "./JobProgress.module.css";
import { HeldList, Nobody } from "./JobReviewers";
import { JobTimes } from "./JobTimes";
import { Starting } from "./Starting";

interface PartProps {
  readonly job: Job;
  readonly correcting: Correcting;
}

/** A number, and the pictures behind it. */
const Pictures = ({ job, answer, n }: { job: Job; answer: Answer; n: number }) => (
  <Link
    to="/jobs/$job"
    params={{ job: job.id }}
    search={{ show: "pictures", answer }}
    className={classes.link}
  >
    {counted(n, "picture")}
  </Link>
);

const Figures = ({ job, correcting }: PartProps) => {
  const { items, answered, values, at_work, batch_time } = correcting;
  const left = correctionsLeft(job, correcting);
  const { median_seconds: median } = batch_time;
  return (
    <dl className={classes.figures}>
      <Figure label="Answered" value={count(answered)}>
        of {count(items)}
        {answered < items && (
          <>
            , <Pictures job={job} answer="pending" n={items - answered} /> left
          </>
        )}
        <Bar value={items === 0 ? 0 : (100 * answered) / items} aria-label="Answered" size={6} mt={8} />
      </Figure>
      <Figure label="Corrected" value={count(values.class)}>
        {values.class === 0 ? "none yet" : <Pictures job={job} answer="class" n={values.class} />}
      </Figure>
      <Figure label="None of the classes" value={count(values.none_of_these)}>
        {values.none_of_these === 0 ? (
          "none"
        ) : (
          <Pictures job={job} answer="none_of_these" n={values.none_of_these} />
        )}
      </Figure>
      <Figure label="Not sure" value={count(values.unsure)}>
        {values.unsure === 0 ? "none" : <Pictures job={job} answer="unsure" n={values.unsure} />}
      </Figure>
      <Figure label="Left at this pace" value={left === null ? "–" : duration(left)}>
        {left === null
          ? "no estimate before the first batches"
          : `${stopwatch(median ?? 0)} a batch, with ${counted(Math.max(1, at_work), "person", "people")}`}
      </Figure>
    </dl>
  );
};

const Classes = ({ job, correcting }: PartProps) => (
  <section className={classes.part} aria-labelledby="classes-title">
    <header className={classes.partHead}>
      <h2 id="classes-title" className={classes.partTitle}>
        Labelled as
      </h2>
      <p className={classes.legend}>one bar is a batch, filled when it is sent</p>
    </header>
    <ul>
      {correcting.by_class.map(({ label_class, items, answered, bars, opinions, batches, held }) => (
        <li key={label_class.id} className={classes.classRow}>
          <span>
            <Link
              to="/jobs/$job"
              params={{ job: job.id }}
              search={{ show: "pictures", label_class: label_class.id }}
              className={classes.name}
            >
              {label_class.name}
            </Link>
          </span>
          <Bars bars={bars} done={opinions} all={batches} wanted={1} held={held > 0} />
          <span className={classes.small}>
            {count(answered)} of {count(items)}
          </span>
        </li>
      ))}
    </ul>
    <Cut listed={correcting.by_class.length} all={correcting.classes} what="classes" />
  </section>
);

const PAIR_COLUMNS = [{ label: "Labelled" }, { label: "Is" }, { label: "Pictures", number: true }];

/** Which class became which: what the model confuses. */
const Pairs = ({ job, correcting: { pairs } }: PartProps) =>
  pairs.length > 0 && (
    <section className={classes.part} aria-labelledby="pairs-title">
      <header className={classes.partHead}>
        <h2 id="pairs-title" className={classes.partTitle}>
          What became what
        </h2>
      </header>
      <Table caption="What became what" columns={PAIR_COLUMNS}>
        {pairs.map(({ label_class, right_class, items }) => (
          <tr key={`${label_class.id}${right_class.id}`}>
            <td>{label_class.name}</td>
            <td>{right_class.name}</td>
            <td data-number>
              <Link
                to="/jobs/$job"
                params={{ job: job.id }}
                search={{ show: "pictures", label_class: label_class.id, right_class: right_class.id }}
                className={classes.link}
              >
                {count(items)}
              </Link>
            </td>
          </tr>
        ))}
      </Table>
    </section>
  );

const PEOPLE_COLUMNS = [
  { label: "Name" },
  { label: "Batches", number: true },
  { label: "Per batch", number: true },
  { label: "Corrected", number: true },
  { label: "None", number: true },
  { label: "Not sure", number: true },
];

const People = ({ job, correcting, mayChange }: PartProps & { mayChange: boolean }) => (
  <section aria-labelledby="people-title">
    <header className={classes.partHead}>
      <h2 id="people-title" className={classes.partTitle}>
        Labelers
      </h2>
    </header>
    {correcting.by_person.length === 0 ? (
      <Nobody job={job} mayChange={mayChange} done="sent a batch" who="labelers" />
    ) : (
      <Table caption="Labelers, by name" columns={PEOPLE_COLUMNS}>
        {correcting.by_person.map(({ person, batches, values, seconds_per_batch: seconds }) => (
          <tr key={person.id}>
            <td>
              <span className={classes.person}>
                <Face name={person.name} /> {person.name}
              </span>
            </td>
            <td data-number>{count(batches)}</td>
            <td data-number>{seconds === null ? "–" : stopwatch(seconds)}</td>
            <td data-number>{count(values.class)}</td>
            <td data-number>{count(values.none_of_these)}</td>
            <td data-number>{count(values.unsure)}</td>
          </tr>
        ))}
      </Table>
    )}
    <HeldList job={job} progress={correcting} mayChange={mayChange} />
  </section>
);

/** How far a job is in which classes are corrected, live. */
export const CorrectProgress = ({ job, mayChange }: { job: Job; mayChange: boolean }) => {
  const { data, isError, error, refetch } = useQuery(correctingQuery(job.id));
  if (job.state === "starting") return <Starting job={job} />;
  if (!data && isError) return <Failed what="The progress" error={error} onRetry={() => void refetch()} />;
  if (!data) return <FiguresLoading />;
  return (
    <>
      <Figures job={job} correcting={data} />
      <div className={classes.halves}>
        <div>
          <Pairs job={job} correcting={data} />
          <Classes job={job} correcting={data} />
          <JobTimes times={data.batch_time} />
        </div>
        <div className={classes.side}>
          <People job={job} correcting={data} mayChange={mayChange} />
        </div>
      </div>
    </>
  );
};
