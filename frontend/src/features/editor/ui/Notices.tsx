import { Button, Loader } from "@mantine/core";
import {
  IconAlertTriangle,
  IconCloudOff,
  IconCopy,
  IconInfoCircle,
  IconUserShare,
} from "@tabler/icons-react";
import type { ReactNode } from "react";
import type { EditorSession } from "../engine/session";
import type { Snapshot } from "../engine/snapshot";
import type { Actions } from "./actions";
import classes from "./Notices.module.css";
import { useElapsed } from "./useEditor";
import { keptInWords, slowInWords } from "./words";

interface NoticesProps {
  readonly session: EditorSession;
  readonly snapshot: Snapshot;
  readonly actions: Actions;
}

interface LineProps {
  readonly icon: ReactNode;
  readonly tone: "quiet" | "offline" | "lost";
  readonly title: string;
  readonly text: string;
  /** Polite for what passes by itself. */
  readonly polite?: boolean;
  readonly children?: ReactNode;
}

const Line = ({ icon, tone, title, text, polite = false, children }: LineProps) => (
  <div className={classes.line} data-tone={tone}>
    {icon}
    <div className={classes.words} role={polite ? "status" : "alert"}>
      <b>{title}</b>
      <span>{text}</span>
    </div>
    {children}
  </div>
);

const SLOW_AFTER = 3_000;

/** After three seconds: how long, and what is before it. Painting goes on all the while. */
const Slow = ({ snapshot, actions }: Omit<NoticesProps, "session">) => {
  const { asked } = snapshot.model;
  const waited = useElapsed(asked?.since ?? null);
  if (!asked || waited < SLOW_AFTER) {
    return null;
  }
  const clicked = (snapshot.selected?.clicks.length ?? 0) > 0;
  return (
    <Line
      polite
      tone="quiet"
      icon={<Loader size={26} color="ink" aria-hidden />}
      title={slowInWords(asked, waited)}
      text="Keep painting. Your strokes stay on top of whatever it sends back."
    >
      {clicked && (
        <Button variant="default" onClick={actions.cancelClick}>
          Cancel click
        </Button>
      )}
      <Button variant="default" onClick={actions.paintByHand}>
        Paint by hand
      </Button>
    </Line>
  );
};

const ModelTrouble = ({ session, snapshot, actions }: NoticesProps) => {
  const { asked } = snapshot.model;
  if (asked?.state === "asking") {
    return <Slow snapshot={snapshot} actions={actions} />;
  }
  if (!asked) {
    return null;
  }
  const failed = asked.state === "failed";
  return (
    <Line
      tone="lost"
      icon={<IconAlertTriangle size={20} aria-hidden />}
      title={failed ? "No mask came back. Your points are kept." : "No model answers. Your points are kept."}
      text={
        failed && asked.message
          ? asked.message
          : "Brush, eraser, polygon and hole work without it. The mask is drawn once a model is back."
      }
    >
      <Button variant="default" onClick={() => session.askAgain()}>
        Try again
      </Button>
      <Button variant="default" onClick={actions.paintByHand}>
        Paint by hand
      </Button>
    </Line>
  );
};

const Conflict = ({ session }: Pick<NoticesProps, "session">) => (
  <Line
    tone="lost"
    icon={<IconCopy size={20} aria-hidden />}
    title="This picture was also changed in another window."
    text="Yours is kept here. Choose which one goes on; undo brings the other back."
  >
    <Button variant="default" onClick={() => void session.takeTheirs()}>
      Take the other
    </Button>
    <Button variant="default" onClick={() => void session.keepMine()}>
      Keep mine
    </Button>
  </Line>
);

const Lost = ({ session, snapshot }: Pick<NoticesProps, "session" | "snapshot">) => (
  <Line
    tone="lost"
    icon={<IconUserShare size={20} aria-hidden />}
    title="This picture went to someone else."
    text="Your outlines can be looked at here. They do not count."
  >
    <Button variant="default" onClick={() => session.leaveLost(snapshot.work?.assignment ?? "")}>
      Go on
    </Button>
  </Line>
);

const LINKS = {
  error: "The server stopped with an error.",
  busy: "The server is busy.",
} as const;

/** Nothing reaches the server: what is kept, and that the work goes on. */
const Disconnected = ({ session, snapshot }: Pick<NoticesProps, "session" | "snapshot">) => {
  const { link, kept } = snapshot;
  const waiting = kept.state === "saved" ? "" : `${keptInWords(kept)} kept on this device. `;
  const offline = link === "offline";
  return (
    <Line
      tone="offline"
      icon={<IconCloudOff size={20} aria-hidden />}
      title={offline ? "You are offline. Keep going." : LINKS[link === "busy" ? "busy" : "error"]}
      text={`${waiting}${offline ? "Hand tools work; masks are drawn once the connection is back." : "It is tried again by itself."}`}
    >
      <Button variant="default" onClick={() => session.tryNow()}>
        Try now
      </Button>
    </Line>
  );
};

/** Finished pictures that do not go out by themselves. */
const Stuck = ({ session, snapshot }: Pick<NoticesProps, "session" | "snapshot">) =>
  snapshot.stuck.map(({ work, trouble, lost, skipped }) => (
    <Line
      key={work.assignment}
      tone="lost"
      icon={<IconInfoCircle size={20} aria-hidden />}
      title={`Image ${work.number} was not ${skipped === undefined ? "sent" : "skipped"}. It is kept here.`}
      text={lost ? "It went to someone else." : trouble || "It was also changed in another window."}
    >
      <Button variant="default" onClick={() => session.reopen(work.assignment)}>
        Open it
      </Button>
    </Line>
  ));

/** What is to be said over the picture; never in the way of a hand. */
export const Notices = (props: NoticesProps) => {
  const { session, snapshot } = props;
  const { link, conflict, lost, trouble, phase } = snapshot;
  const working = phase === "working";
  const down = link !== "online" && link !== "signed_out";
  return (
    <div className={classes.notices}>
      {down && phase !== "stranded" && <Disconnected session={session} snapshot={snapshot} />}
      <Stuck session={session} snapshot={snapshot} />
      {working && lost && <Lost session={session} snapshot={snapshot} />}
      {working && conflict && <Conflict session={session} />}
      {working && trouble && !lost && (
        <Line
          tone="lost"
          icon={<IconInfoCircle size={20} aria-hidden />}
          title="Not saved. Your outlines are kept here."
          text={`The server said: ${trouble}`}
        >
          <Button variant="default" onClick={() => session.tryNow()}>
            Try again
          </Button>
        </Line>
      )}
      {working && !lost && !down && <ModelTrouble {...props} />}
    </div>
  );
};
