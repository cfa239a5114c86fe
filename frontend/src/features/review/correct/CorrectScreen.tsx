import { Button } from "@mantine/core";
import { useDocumentTitle } from "@mantine/hooks";
import { lazy, type RefObject, Suspense, useRef } from "react";
import { useCommands } from "@/shared/commands/commands";
import { useKeySheet } from "@/shared/commands/KeySheet";
import { Keys } from "@/shared/commands/Keys";
import { Loading } from "@/shared/ui/States";
import type { ReviewSession } from "../engine/session";
import type { Snapshot } from "../engine/snapshot";
import { Banners } from "../ui/Banners";
import footer from "../ui/Footer.module.css";
import { Nothing } from "../ui/Nothing";
import { layers, useOfflineReadiness } from "../ui/offline";
import screen from "../ui/ReviewScreen.module.css";
import { useActivity, useSnapshot, useUnsavedWarning } from "../ui/useReview";
import { hindrance, keptSentence, submitWaitsFor } from "../ui/words";
import { Announcer } from "./Announcer";
import { Choices } from "./Choices";
import classes from "./CorrectScreen.module.css";
import { allOf, type CorrectCommands, correctCommands } from "./commands";
import { Header } from "./Header";
import { answered } from "./options";
import { Stage } from "./Stage";
import { Strip } from "./Strip";
import { type Correcting, useCorrecting } from "./useCorrecting";

const Guide = lazy(() => layers.guide().then((module) => ({ default: module.Guide })));
const SentDialog = lazy(() => layers.sent().then((module) => ({ default: module.SentDialog })));

interface Props {
  readonly session: ReviewSession;
  readonly snapshot: Snapshot;
  readonly correcting: Correcting;
  readonly commands: CorrectCommands;
}

/** The picture in hand with what it may be, and the others of the batch. */
const Desk = ({
  session,
  snapshot,
  correcting,
  commands,
  field,
}: Props & { field: RefObject<HTMLInputElement | null> }) => {
  const { board, item, whole } = correcting;
  if (!item) return null;
  return (
    <div className={classes.desk}>
      <div className={classes.view}>
        <Stage
          item={item}
          index={board.focus}
          total={snapshot.tiles.length}
          picture={snapshot.tiles[board.focus]}
          whole={whole}
          retry={() => session.retryPicture(board.focus)}
        />
        <Strip snapshot={snapshot} focus={board.focus} go={board.setFocus} />
      </div>
      <Choices
        correcting={correcting}
        commands={commands}
        allowNew={snapshot.job?.allow_new_class ?? false}
        field={field}
      />
    </div>
  );
};

const Submit = ({ snapshot, commands }: Pick<Props, "snapshot" | "commands">) => {
  const { submit } = commands.batch;
  const waits = submitWaitsFor(snapshot.submit);
  return (
    <Button
      size="lg"
      className={footer.submit}
      disabled={!snapshot.submit.able && snapshot.submit.unchosen === 0}
      variant={snapshot.submit.able ? "filled" : "default"}
      aria-keyshortcuts="Enter"
      onKeyDown={(event) => event.repeat && event.preventDefault()}
      onClick={() => submit.run()}
      rightSection={waits ? undefined : <Keys of="Enter" quiet />}
    >
      {waits || (snapshot.link === "online" ? "Submit batch" : "Submit and queue")}
    </Button>
  );
};

const Footer = ({ session, snapshot, commands }: Omit<Props, "correcting">) => {
  const { undo } = commands.answer;
  const failing = snapshot.link === "error" || snapshot.link === "busy";
  const total = snapshot.tiles.length;
  return (
    <footer className={footer.footer}>
      {failing && snapshot.kept.state !== "saved" ? (
        <div className={footer.notSent} role="alert">
          <span>
            {hindrance(snapshot.link)} {keptSentence(snapshot.kept)}
          </span>
          <Button variant="default" onClick={() => session.tryNow()}>
            Try again
          </Button>
        </div>
      ) : (
        <div className={footer.keys} aria-hidden>
          <span>
            <Keys of="ArrowLeft" />
            <Keys of="ArrowRight" /> move
          </span>
          <span>
            <Keys of="?" /> all keys
          </span>
        </div>
      )}
      <span className={classes.count}>
        <b>{snapshot.current ? answered(snapshot.current.batch) : 0}</b> of {total} answered
      </span>
      <div className={footer.actions}>
        <Button size="lg" variant="default" disabled={!undo.enabled} onClick={() => undo.run()}>
          Undo
        </Button>
        <Submit snapshot={snapshot} commands={commands} />
      </div>
    </footer>
  );
};

const Layers = ({ session, snapshot, correcting, job }: Omit<Props, "commands"> & { job: string }) => (
  <Suspense>
    {correcting.board.layer === "guide" && <Guide snapshot={snapshot} board={correcting.board} />}
    {correcting.board.layer === "sent" && (
      <SentDialog session={session} job={job} onClose={() => correcting.board.setLayer("none")} />
    )}
  </Suspense>
);

/** One picture large; the likeliest classes under number keys. All it knows is in the session of reviews. */
export const CorrectScreen = ({ session, job }: { session: ReviewSession; job: string }) => {
  const snapshot = useSnapshot(session);
  const correcting = useCorrecting(session, snapshot);
  const field = useRef<HTMLInputElement>(null);
  const keys = useKeySheet();
  const commands = correctCommands({ session, snapshot, correcting, search: () => field.current?.focus() });
  useCommands(allOf(commands));
  useUnsavedWarning(snapshot);
  useActivity(session);
  useOfflineReadiness();
  const { current, phase } = snapshot;
  useDocumentTitle(`${current ? "What is it?" : (snapshot.job?.name ?? "Correct")} - labelapp`);
  const shared = { session, snapshot, correcting, commands };
  const opening = phase === "opening" || phase === "fetching";
  return (
    <div className={`${screen.screen} ${classes.screen}`}>
      <Header snapshot={snapshot} correcting={correcting} commands={commands} openKeys={keys.open} />
      <Banners session={session} snapshot={snapshot} />
      <main className={classes.main} id="main">
        {opening && <Loading what="the next batch" />}
        {phase === "working" && <Desk {...shared} field={field} />}
        {!opening && phase !== "working" && (
          <Nothing
            job={job}
            snapshot={snapshot}
            showSent={() => commands.batch.sent.run()}
            tryNow={() => session.tryNow()}
          />
        )}
        <Layers {...shared} job={job} />
      </main>
      {phase === "working" && <Footer {...shared} />}
      <Announcer snapshot={snapshot} focus={correcting.board.focus} />
      {keys.sheet}
    </div>
  );
};
