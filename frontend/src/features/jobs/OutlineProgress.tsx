import { Progress as Bar, Button } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { clock, count, counted, duration, stopwatch } from "@/shared/lib/format";
import { Face } from "@/shared/ui/Face";
import { Failed, Refused } from "@/shared/ui/Problems";
import { Table } from "@/shared/ui/Table";
import { type HeldPicture, type Job, type Outlining, outliningQuery, takeBack } from "./api";
import { Bars } from "./Bars";
import { Cut } from "./Cut";
import { Figure, FiguresLoading } from "./Figure";
import { outlinesLeft } from "./figures";
import classes from "./JobProgress.module.css";
import { Nobody } from "./JobReviewers";
import { JobTimes } from "./JobTimes";
import { OutlineLabels } from "./OutlineLabels";
import { OutlineSkips } from "./OutlineSkips";
import { Starting } from "./Starting";

interface PartProps {
  readonly job: Job;
  readonly outlining: Outlining;
  readonly mayChange: boolean;
}

type Shown = Pick<PartProps, "job" | "outlining">;

const Done = ({ job, outlining }: Shown) => {
  const { finished, pictures, sent } = outlining;
  const wanted = pictures * job.reviewers_per_item;
  return (
    <Figure label="Pictures done" value={count(finished)}>
      of {count(pictures)}
      {job.reviewers_per_item > 1 && `, each outlined by ${job.reviewers_per_item}`}
      <Bar
        value={wanted === 0 ? 0 : (100 * sent) / wanted}
        aria-label="Pictures done, each annotator’s counted"
        size={6}
        mt={8}
      />
    </Figure>
  );
};

const Objects = ({ job, outlining: { objects } }: Shown) => (
  <Figure label="Objects drawn" value={count(objects)}>
    {objects === 0 ? (
      "none accepted yet"
    ) : (
      <Link to="/exports" search={{ job: job.id, format: "coco" }} className={classes.link}>
        Export as COCO
      </Link>
    )}
  </Figure>
);

const Figures = ({ job, outlining }: Shown) => {
  const left = outlinesLeft(job, outlining);
  const { lower_seconds, median_seconds, upper_seconds } = outlining.picture_time;
  return (
    <dl className={classes.figures}>
      <Done job={job} outlining={outlining} />
      <Objects job={job} outlining={outlining} />
      <Figure label="Left at this pace" value={left === null ? "–" : duration(left)}>
        {left === null
          ? "no estimate before the first pictures"
          : outlining.at_work > 0
            ? `with ${counted(outlining.at_work, "person", "people")} at work now`
            : "of work for one person; nobody holds a picture now"}
      </Figure>
      <Figure label="Time for a picture" value={median_seconds === null ? "–" : stopwatch(median_seconds)}>
        {lower_seconds === null || upper_seconds === null
          ? "none sent yet"
          : `middle half ${stopwatch(lower_seconds)} to ${stopwatch(upper_seconds)}`}
      </Figure>
    </dl>
  );
};

const Pictures = ({ job, outlining }: Shown) => {
  const { pictures, bars, sent, finished, held_pictures } = outlining;
  return (
    <section className={classes.part} aria-labelledby="pictures-title">
      <header className={classes.partHead}>
        <h2 id="pictures-title" className={classes.partTitle}>
          Pictures
        </h2>
        <p className={classes.legend}>
          {count(finished)} finished{held_pictures > 0 && `, ${count(held_pictures)} held now`}
        </p>
      </header>
      <div className={classes.strip}>
        <Bars
          bars={bars}
          done={sent}
          all={pictures * job.reviewers_per_item}
          wanted={job.reviewers_per_item}
          held={held_pictures > 0}
        />
      </div>
    </section>
  );
};

const CLASS_COLUMNS = [
  { label: "Class" },
  { label: "Objects", number: true },
  { label: "On pictures", number: true },
];

const Classes = ({ outlining }: { outlining: Outlining }) => (
  <section className={classes.part} aria-labelledby="classes-title">
    <header className={classes.partHead}>
      <h2 id="classes-title" className={classes.partTitle}>
        Objects by class
      </h2>
      <p className={classes.legend}>those with a mask that were accepted</p>
    </header>
    <Table caption="Objects by class" columns={CLASS_COLUMNS}>
      {outlining.by_class.map(({ label_class, objects, documents }) => (
        <tr key={label_class.id}>
          <td>{label_class.name}</td>
          <td data-number>{count(objects)}</td>
          <td data-number>{count(documents)}</td>
        </tr>
      ))}
    </Table>
    <Cut listed={outlining.by_class.length} all={outlining.classes} what="classes" />
  </section>
);

const PEOPLE_COLUMNS = [
  { label: "Name" },
  { label: "Pictures", number: true },
  { label: "Per picture", number: true },
  { label: "Objects", number: true },
];

const People = ({ job, outlining, mayChange }: PartProps) => (
  <section aria-labelledby="annotators-title">
    <header className={classes.partHead}>
      <h2 id="annotators-title" className={classes.partTitle}>
        Annotators
      </h2>
    </header>
    {outlining.by_annotator.length === 0 ? (
      <Nobody job={job} mayChange={mayChange} done="opened a picture" who="annotators" />
    ) : (
      <Table caption="Annotators, by name" columns={PEOPLE_COLUMNS}>
        {outlining.by_annotator.map(({ person, pictures, objects, seconds_per_picture: seconds }) => (
          <tr key={person.id}>
            <td>
              <span className={classes.person}>
                <Face name={person.name} /> {person.name}
              </span>
            </td>
            <td data-number>{count(pictures)}</td>
            <td data-number>{seconds === null ? "–" : stopwatch(seconds)}</td>
            <td data-number>{count(objects)}</td>
          </tr>
        ))}
      </Table>
    )}
    <HeldList job={job} outlining={outlining} mayChange={mayChange} />
  </section>
);

const HeldRow = ({ held, job, mayChange }: { held: HeldPicture; job: Job; mayChange: boolean }) => {
  const client = useQueryClient();
  const back = useMutation({
    mutationFn: () => takeBack(held.id),
    onSettled: () => client.invalidateQueries({ queryKey: ["jobs", job.id] }),
  });
  const since = duration((Date.now() - new Date(held.dealt_at).getTime()) / 1000);
  return (
    <li className={classes.held}>
      <img src={held.thumb_url} alt="" loading="lazy" className={classes.thumb} />
      <div className={classes.grow}>
        <p>
          <strong>{held.person.name}</strong> has held picture {held.batch_number} for {since}
        </p>
        <p className={classes.small}>
          Returns to the queue by itself at {clock(held.lease_expires_at)}. {counted(held.objects, "object")}{" "}
          drawn, and kept.
        </p>
        <Refused error={back.error} />
      </div>
      {mayChange && (
        <Button
          variant="default"
          loading={back.isPending}
          aria-label={`Take back picture ${held.batch_number} from ${held.person.name}`}
          onClick={() => back.mutate()}
        >
          Take back
        </Button>
      )}
    </li>
  );
};

const HeldList = ({ job, outlining, mayChange }: PartProps) =>
  outlining.held.length > 0 && (
    <>
      <ul aria-label="Held now" className={classes.heldList}>
        {outlining.held.map((held) => (
          <HeldRow key={held.id} held={held} job={job} mayChange={mayChange} />
        ))}
      </ul>
      <Cut
        listed={outlining.held.length}
        all={outlining.held_pictures}
        what="held pictures, the first to return"
      />
    </>
  );

/** How far a job is in which people outline, live. */
export const OutlineProgress = ({ job, mayChange }: { job: Job; mayChange: boolean }) => {
  const { data, isError, error, refetch } = useQuery(outliningQuery(job.id));
  if (job.state === "starting") return <Starting job={job} />;
  if (!data && isError) return <Failed what="The progress" error={error} onRetry={() => void refetch()} />;
  if (!data) return <FiguresLoading />;
  return (
    <>
      <Figures job={job} outlining={data} />
      <div className={classes.halves}>
        <div>
          <Pictures job={job} outlining={data} />
          <Classes outlining={data} />
          <OutlineSkips job={job} outlining={data} />
          <OutlineLabels job={job} outlining={data} mayChange={mayChange} />
          <JobTimes times={data.picture_time} of="picture" />
        </div>
        <div className={classes.side}>
          <People job={job} outlining={data} mayChange={mayChange} />
        </div>
      </div>
    </>
  );
};
