import { count, counted, listed, moment } from "@/shared/lib/format";
import type { Job, Outlining, SkippedPicture } from "./api";
import { Cut } from "./Cut";
import classes from "./JobProgress.module.css";

/** What became of a skipped picture. */
function fateOf(state: SkippedPicture["state"], job: Job): string {
  switch (state) {
    case "finished":
      return "Outlined by others since.";
    case "held":
      return "Somebody else has it now.";
    case "waiting":
      return "Waits for somebody else.";
    case "nobody_left":
      return `Stays undone: nobody is left ${job.team_name ? `in ${job.team_name} ` : ""}who has not had it.`;
  }
}

const Skipped = ({ picture, job }: { picture: SkippedPicture; job: Job }) => (
  <li className={classes.held}>
    <img src={picture.thumb_url} alt="" loading="lazy" className={classes.thumb} />
    <div className={classes.grow}>
      <p>
        <strong>Picture {count(picture.batch_number)}</strong> was skipped by{" "}
        {listed(picture.skips.map(({ person }) => person.name))}
      </p>
      {picture.skips.map(
        ({ person, reason, skipped_at }) =>
          reason && (
            <p key={person.id} className={classes.reason}>
              “{reason}”{" "}
              <span className={classes.small}>
                {person.name}, {moment(skipped_at)}
              </span>
            </p>
          ),
      )}
      <p className={classes.small}>{fateOf(picture.state, job)}</p>
    </div>
  </li>
);

/** Pictures that somebody could not outline: who, why, and what became of them. Nothing while there are none. */
export const OutlineSkips = ({ job, outlining }: { job: Job; outlining: Outlining }) => {
  const { skipped, skipped_pictures } = outlining;
  return (
    skipped_pictures > 0 && (
      <section className={classes.part} aria-labelledby="skipped-title">
        <header className={classes.partHead}>
          <h2 id="skipped-title" className={classes.partTitle}>
            Skipped
          </h2>
          <p className={classes.legend}>{counted(skipped_pictures, "picture")}</p>
        </header>
        <ul aria-labelledby="skipped-title" className={classes.heldList}>
          {skipped.map((picture) => (
            <Skipped key={picture.batch_number} picture={picture} job={job} />
          ))}
        </ul>
        <Cut listed={skipped.length} all={skipped_pictures} what="skipped pictures, the latest" />
      </section>
    )
  );
};
