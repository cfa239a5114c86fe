import { ActionIcon, Button } from "@mantine/core";
import { IconCloudOff, IconInfoCircle, IconStack2, IconUserShare, IconX } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { clock, counted } from "@/shared/lib/format";
import type { ReviewSession } from "../engine/session";
import type { Snapshot } from "../engine/snapshot";
import { minutesOf } from "../model/pace";
import classes from "./Banners.module.css";
import { keptInWords, noticeInWords } from "./words";

const Line = ({
  icon,
  tone,
  children,
}: {
  icon: ReactNode;
  tone: "offline" | "lost" | "quiet";
  children: ReactNode;
}) => (
  <div className={classes.line} data-tone={tone}>
    {icon}
    {children}
  </div>
);

const Offline = ({ session, snapshot }: { session: ReviewSession; snapshot: Snapshot }) => {
  const kept = keptInWords(snapshot.kept);
  const many = snapshot.kept.marks + snapshot.kept.batches !== 1;
  const minutes = minutesOf(snapshot.ahead.images, snapshot.pace);
  return (
    <Line tone="offline" icon={<IconCloudOff size={20} aria-hidden />}>
      <div className={classes.words} role="alert">
        <b>You are offline. Keep going.</b>
        {kept && (
          <span>
            {kept} {many ? "are" : "is"} kept on this device.
          </span>
        )}
      </div>
      {snapshot.ahead.batches > 0 && (
        <span className={classes.ahead}>
          <IconStack2 size={16} aria-hidden />
          {counted(snapshot.ahead.batches, "more batch", "more batches")} already loaded
          {minutes ? `, about ${counted(minutes, "minute")} of work` : ""}
        </span>
      )}
      <Button variant="default" onClick={() => session.tryNow()}>
        Try now
      </Button>
    </Line>
  );
};

/** The batch on the screen went to someone else: its marks can be read, not changed. */
const Gone = ({ session, snapshot }: { session: ReviewSession; snapshot: Snapshot }) => {
  const { current } = snapshot;
  if (!current?.lostAt) {
    return null;
  }
  return (
    <Line tone="lost" icon={<IconUserShare size={20} aria-hidden />}>
      <div className={classes.words} role="alert">
        <b>This batch went to someone else at {clock(current.lostAt)}.</b>
        <span>Your marks can be read here. They do not count.</span>
      </div>
      <Button variant="default" onClick={() => session.leaveLost(current.assignment)}>
        Go on
      </Button>
    </Line>
  );
};

/** Finished batches that went to someone else before they could be sent. */
const OthersGone = ({ session, snapshot }: { session: ReviewSession; snapshot: Snapshot }) =>
  snapshot.lost
    .filter((held) => held !== snapshot.current)
    .map((held) => (
      <Line key={held.assignment} tone="lost" icon={<IconUserShare size={20} aria-hidden />}>
        <div className={classes.words} role="alert">
          <b>
            A batch of {held.labelClass.name} went to someone else at {clock(held.lostAt ?? "")}.
          </b>
          <span>It could not be sent. Its marks can be read.</span>
        </div>
        <Button variant="default" onClick={() => session.lookAtLost(held.assignment)}>
          Show the marks
        </Button>
        <Button variant="subtle" onClick={() => session.leaveLost(held.assignment)}>
          Drop it
        </Button>
      </Line>
    ));

/** What lies between the header and the grid when something is to be said. */
export const Banners = ({ session, snapshot }: { session: ReviewSession; snapshot: Snapshot }) => {
  const { link, notice, current, phase } = snapshot;
  return (
    <>
      {link === "offline" && phase !== "stranded" && <Offline session={session} snapshot={snapshot} />}
      <Gone session={session} snapshot={snapshot} />
      <OthersGone session={session} snapshot={snapshot} />
      {current?.trouble && (
        <Line tone="lost" icon={<IconInfoCircle size={20} aria-hidden />}>
          <div className={classes.words} role="alert">
            <b>Not sent. Your marks are kept.</b>
            <span>The server said: {current.trouble}</span>
          </div>
        </Line>
      )}
      {notice && (
        <Line tone="quiet" icon={<IconInfoCircle size={20} aria-hidden />}>
          <span className={classes.words} role="status">
            {noticeInWords(notice)}
          </span>
          <ActionIcon variant="subtle" aria-label="Close this notice" onClick={() => session.dismissNotice()}>
            <IconX size={16} />
          </ActionIcon>
        </Line>
      )}
    </>
  );
};
