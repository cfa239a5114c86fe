import { Button } from "@mantine/core";
import { useDocumentTitle } from "@mantine/hooks";
import { IconPlayerPause } from "@tabler/icons-react";
import { lazy, Suspense, useCallback, useState } from "react";
import { useCommands } from "@/shared/commands/commands";
import { useKeySheet } from "@/shared/commands/KeySheet";
import { Loading } from "@/shared/ui/States";
import type { ReviewSession } from "../engine/session";
import type { Snapshot } from "../engine/snapshot";
import { cover } from "../model/cover";
import { Announcer } from "./Announcer";
import { Banners } from "./Banners";
import { type Board, useBoard } from "./board";
import { ConfidenceTip } from "./Confidence";
import { allOf, type ReviewCommands, reviewCommands } from "./commands";
import { Footer } from "./Footer";
import { Grid } from "./Grid";
import { Header } from "./Header";
import { Nothing } from "./Nothing";
import { layers, useOfflineReadiness } from "./offline";
import classes from "./ReviewScreen.module.css";
import { Skeleton } from "./Skeleton";
import { TileMenu } from "./TileMenu";
import { useLayout } from "./useLayout";
import { useActivity, useSnapshot, useUnsavedWarning } from "./useReview";

// None of them is needed to judge a picture.
const Enlarged = lazy(() => layers.enlarged().then((module) => ({ default: module.Enlarged })));
const Guide = lazy(() => layers.guide().then((module) => ({ default: module.Guide })));
const ReportDialog = lazy(() => layers.report().then((module) => ({ default: module.ReportDialog })));
const SentDialog = lazy(() => layers.sent().then((module) => ({ default: module.SentDialog })));

const NOBODY: ReadonlySet<string> = new Set();

/** Which pictures of the batch have been on the screen. */
function useSeenTiles(assignment: string | undefined) {
  const [seen, setSeen] = useState<{ of: string | undefined; ids: ReadonlySet<string> }>({
    of: assignment,
    ids: NOBODY,
  });
  const see = useCallback(
    (ids: readonly string[]) =>
      setSeen((before) => {
        const known = before.of === assignment ? before.ids : NOBODY;
        return ids.every((id) => known.has(id))
          ? before
          : { of: assignment, ids: new Set([...known, ...ids]) };
      }),
    [assignment],
  );
  return { seen: seen.of === assignment ? seen.ids : NOBODY, see };
}

const Paused = ({ session }: { session: ReviewSession }) => (
  <div className={classes.paused}>
    <IconPlayerPause size={32} aria-hidden />
    <h2>Paused</h2>
    <p>Your marks are kept. The clock of your pace stands still.</p>
    <Button size="lg" autoFocus onClick={() => session.setPaused(false)}>
      Go on
    </Button>
  </div>
);

interface LayersProps {
  readonly session: ReviewSession;
  readonly snapshot: Snapshot;
  readonly board: Board;
  readonly commands: ReviewCommands;
  readonly layout: ReturnType<typeof useLayout>;
}

/** What lies over the grid. */
const Layers = ({ session, snapshot, board, commands, layout }: LayersProps) => {
  const pinned = board.layer === "enlarged";
  const shown = pinned ? board.focus : board.peek;
  const { packing, gap, width } = layout;
  return (
    <Suspense>
      {shown !== null && packing && snapshot.current && (
        <Enlarged
          session={session}
          snapshot={snapshot}
          board={board}
          commands={commands}
          index={shown}
          peek={!pinned}
          cover={cover(shown, packing, gap, width)}
        />
      )}
      {board.layer === "guide" && <Guide snapshot={snapshot} board={board} />}
      {!pinned && <ConfidenceTip session={session} board={board} index={board.focus} />}
    </Suspense>
  );
};

const Dialogs = ({
  session,
  snapshot,
  board,
  job,
}: Omit<LayersProps, "commands" | "layout"> & { job: string }) => (
  <Suspense>
    <TileMenu session={session} snapshot={snapshot} board={board} />
    {board.report !== null && (
      <ReportDialog
        index={board.report}
        note={snapshot.current?.batch.tiles[board.report]?.note ?? ""}
        onSave={(note) => session.annotate(board.report ?? 0, note)}
        onClose={() => board.setReport(null)}
      />
    )}
    {board.layer === "sent" && (
      <SentDialog session={session} job={job} onClose={() => board.setLayer("none")} />
    )}
  </Suspense>
);

/** The middle of the screen: the grid, or why there is none. */
const Middle = (props: LayersProps & { job: string; see: (ids: readonly string[]) => void }) => {
  const { session, snapshot, board, commands, layout, job, see } = props;
  const { packing, gap, device } = layout;
  if (snapshot.phase === "opening" || snapshot.phase === "fetching") {
    return (
      <Loading what="the next batch">
        <Skeleton />
      </Loading>
    );
  }
  if (snapshot.phase !== "working") {
    return (
      <Nothing
        job={job}
        snapshot={snapshot}
        showSent={() => commands.view.sent.run()}
        tryNow={() => session.tryNow()}
      />
    );
  }
  return (
    <>
      <div className={classes.scroll} ref={layout.ref} data-scrolls={packing?.scrolls ?? false}>
        {packing && !snapshot.paused && (
          <Grid
            session={session}
            snapshot={snapshot}
            board={board}
            packing={packing}
            gap={gap}
            hint={device === "desk"}
            onSeen={see}
          />
        )}
      </div>
      {snapshot.paused ? <Paused session={session} /> : <Layers {...props} />}
    </>
  );
};

/** Shows the first picture that has not been on the screen yet. */
function scrollToUnseen(seen: ReadonlySet<string>): void {
  const cells = [...document.querySelectorAll<HTMLElement>("[data-item]")];
  cells
    .find((cell) => !seen.has(cell.dataset.item ?? ""))
    ?.scrollIntoView({ block: "start", behavior: "smooth" });
}

/** The review screen. Everything it knows is in the session; what it remembers itself is on the board. */
export const ReviewScreen = ({ session, job }: { session: ReviewSession; job: string }) => {
  const snapshot = useSnapshot(session);
  const board = useBoard(snapshot);
  const layout = useLayout(snapshot);
  const keys = useKeySheet();
  const { current, phase } = snapshot;
  const { seen, see } = useSeenTiles(current?.assignment);
  const mustScroll = phase === "working" && layout.packing?.scrolls === true && current?.reopened === false;
  const unseen = mustScroll ? (current?.batch.items.filter(({ id }) => !seen.has(id)).length ?? 0) : 0;
  const compact = layout.device === "phone";
  const submit = (byKey: boolean) => {
    if (current?.lostAt) {
      session.leaveLost(current.assignment);
    } else if (unseen > 0) {
      scrollToUnseen(seen);
    } else {
      session.submit({ byKey });
    }
  };
  const commands = reviewCommands({
    session,
    snapshot,
    board,
    columns: layout.packing?.columns ?? 1,
    submit,
  });
  useCommands(allOf(commands));
  useUnsavedWarning(snapshot);
  useActivity(session);
  useOfflineReadiness();
  useDocumentTitle(
    `${current ? `${current.labelClass.name}?` : (snapshot.job?.name ?? "Review")} - labelapp`,
  );
  const shared = { session, snapshot, board, commands, layout };
  return (
    <div className={classes.screen} data-compact={compact}>
      <Header
        snapshot={snapshot}
        commands={commands}
        compact={compact}
        seen={mustScroll ? (current?.batch.items.length ?? 0) - unseen : (current?.batch.items.length ?? 0)}
        openKeys={keys.open}
      />
      <Banners session={session} snapshot={snapshot} />
      <main className={classes.main} id="main">
        <Middle {...shared} job={job} see={see} />
      </main>
      {phase === "working" && !snapshot.paused && (
        <Footer
          snapshot={snapshot}
          commands={commands}
          compact={compact}
          unseen={unseen}
          submit={() => submit(false)}
          scrollOn={() => scrollToUnseen(seen)}
          sendAgain={() => session.tryNow()}
        />
      )}
      <Dialogs session={session} snapshot={snapshot} board={board} job={job} />
      <Announcer snapshot={snapshot} />
      {keys.sheet}
    </div>
  );
};
