import type { Progress } from "./api";
import { Cut } from "./Cut";
import classes from "./JobProgress.module.css";

type Note = Progress["notes"][number];

const NoteRow = ({ note }: { note: Note }) => (
  <li className={classes.held}>
    <img src={note.thumb_url} alt="" loading="lazy" className={classes.thumb} />
    <div className={classes.grow}>
      <p>{note.note}</p>
      <p className={classes.small}>
        {note.person.name} on {note.label_class.name}, {note.image_ref}
      </p>
    </div>
  </li>
);

/** What reviewers reported of single pictures. Nothing when nobody did. */
export const JobNotes = ({ notes, all }: { notes: readonly Note[]; all: number }) =>
  notes.length > 0 && (
    <section aria-labelledby="notes-title" className={classes.notes}>
      <header className={classes.partHead}>
        <h2 id="notes-title" className={classes.partTitle}>
          Reported pictures
        </h2>
      </header>
      <ul className={classes.heldList}>
        {notes.map((note) => (
          <NoteRow key={`${note.item}${note.person.id}`} note={note} />
        ))}
      </ul>
      <Cut listed={notes.length} all={all} what="notes, the latest" />
    </section>
  );
