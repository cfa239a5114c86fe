import { ActionIcon, Menu } from "@mantine/core";
import {
  IconArrowLeft,
  IconBook2,
  IconDots,
  IconGauge,
  IconHistory,
  IconKeyboard,
  IconPlayerPause,
  IconRotateClockwise2,
} from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useMemo } from "react";
import { Keys } from "@/shared/commands/Keys";
import { count } from "@/shared/lib/format";
import { setPreference, usePreferences } from "@/shared/lib/preferences";
import { SavedState } from "@/shared/ui/SavedState";
import type { Snapshot } from "../engine/snapshot";
import type { Example, Progress } from "../engine/wire";
import type { ReviewCommands } from "./commands";
import classes from "./Header.module.css";
import { keptInWords } from "./words";

const MOST_TICKS = 18;
/** Letters of a class name that fit beside everything else in the large size. */
const LONG_NAME = 14;

/** Batches as ticks: done, the one on the screen, to come. With many batches a tick stands for several. */
const Ticks = ({ progress }: { progress: Progress }) => {
  const ticks = Math.max(1, Math.min(progress.batches, MOST_TICKS));
  const now = Math.min(
    ticks - 1,
    Math.floor(((progress.batch_number - 1) * ticks) / Math.max(1, progress.batches)),
  );
  return (
    <span className={classes.ticks} aria-hidden>
      {Array.from({ length: ticks }, (_, nth) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a tick is its place
        <i key={nth} data-state={nth < now ? "done" : nth === now ? "now" : "ahead"} />
      ))}
    </span>
  );
};

/** Up to two reference pictures and the first words of the guide; the whole of it is one key away. */
const Reference = ({
  examples,
  line,
  open,
}: {
  examples: readonly Example[];
  line: string;
  open: () => void;
}) => (
  <button type="button" className={classes.reference} onClick={open}>
    <span className={classes.referenceWord}>
      Reference
      <span>
        <Keys of="KeyG" /> guide
      </span>
    </span>
    {examples.slice(0, 2).map(({ url, caption }) => (
      <img key={url} src={url} alt={caption} className={classes.example} />
    ))}
    {line && <span className={classes.line}>{line}</span>}
  </button>
);

/** The first paragraph of the guide, as plain text. */
function firstWords(html: string): string {
  return new DOMParser().parseFromString(html, "text/html").querySelector("p")?.textContent?.trim() ?? "";
}

const Pace = ({ pace }: { pace: number | null }) => (
  <div
    className={classes.figure}
    title="Images a minute over your last ten minutes of work. Only you see it."
  >
    <span>Pace</span>
    <span>
      <b>{pace === null ? "–" : count(pace)}</b> images/min
    </span>
  </div>
);

const More = ({
  commands,
  showsPace,
  openKeys,
}: {
  commands: ReviewCommands;
  showsPace: boolean;
  openKeys: () => void;
}) => (
  <Menu position="bottom-end" withinPortal returnFocus={false}>
    <Menu.Target>
      <ActionIcon variant="subtle" size="lg" aria-label="More">
        <IconDots size={20} />
      </ActionIcon>
    </Menu.Target>
    <Menu.Dropdown>
      <Menu.Item leftSection={<IconPlayerPause size={16} />} onClick={() => commands.batch.pause.run()}>
        {commands.batch.pause.label}
      </Menu.Item>
      <Menu.Item leftSection={<IconRotateClockwise2 size={16} />} onClick={() => commands.batch.reopen.run()}>
        {commands.batch.reopen.label}
      </Menu.Item>
      <Menu.Item leftSection={<IconHistory size={16} />} onClick={() => commands.view.sent.run()}>
        {commands.view.sent.label}
      </Menu.Item>
      <Menu.Item leftSection={<IconBook2 size={16} />} onClick={() => commands.view.guide.run()}>
        {commands.view.guide.label}
      </Menu.Item>
      <Menu.Item leftSection={<IconGauge size={16} />} onClick={() => setPreference("pace", !showsPace)}>
        {showsPace ? "Hide the pace" : "Show the pace"}
      </Menu.Item>
      <Menu.Item leftSection={<IconKeyboard size={16} />} onClick={openKeys}>
        All keys
      </Menu.Item>
    </Menu.Dropdown>
  </Menu>
);

interface HeaderProps {
  readonly snapshot: Snapshot;
  readonly commands: ReviewCommands;
  readonly compact: boolean;
  readonly seen: number;
  readonly openKeys: () => void;
}

const Question = ({ snapshot, compact }: Pick<HeaderProps, "snapshot" | "compact">) => {
  const { current, job, progress } = snapshot;
  const numbered = compact && progress && !current?.reopened;
  const over = numbered ? `Batch ${progress.batch_number} of ${progress.batches}` : job?.name;
  return (
    <div className={classes.question}>
      <p className={classes.over}>
        {over}
        {!compact && current && " · are all of these"}
        {current?.reopened && " · opened again"}
      </p>
      <h1
        className={classes.class}
        data-long={(current?.labelClass.name.length ?? 0) > LONG_NAME}
        title={current?.labelClass.name}
      >
        {current ? (
          <>
            {current.labelClass.name}
            <span className={classes.mark}>?</span>
          </>
        ) : (
          compact && job?.name
        )}
      </h1>
    </div>
  );
};

export const Done = ({ progress, reopened }: { progress: Progress; reopened: boolean }) => (
  <div className={classes.progress}>
    <span>
      <b>
        {reopened ? "A sent batch" : `Batch ${count(progress.batch_number)} of ${count(progress.batches)}`}
      </b>{" "}
      {count(progress.judged)} of {count(progress.items)} images done
    </span>
    <Ticks progress={progress} />
  </div>
);

/** The bar that says how much of the batch has been on the screen, where it must be scrolled. */
const Seen = ({ seen, total }: { seen: number; total: number }) => (
  <div className={classes.seen}>
    <span className={classes.seenBar} aria-hidden>
      <i style={{ transform: `scaleX(${total ? seen / total : 0})` }} />
    </span>
    seen {seen} of {total}
  </div>
);

export const Header = ({ snapshot, commands, compact, seen, openKeys }: HeaderProps) => {
  const { current, job, progress, kept, pace } = snapshot;
  const { pace: showsPace } = usePreferences();
  const more = <More commands={commands} showsPace={showsPace} openKeys={openKeys} />;
  const saved = (
    <SavedState state={kept.state} detail={kept.state === "saved" ? undefined : keptInWords(kept)} />
  );
  const line = useMemo(() => firstWords(job?.instructions_html ?? ""), [job?.instructions_html]);
  return (
    <header className={classes.header} data-compact={compact}>
      <Link to="/" className={classes.back} aria-label="Back to home">
        <IconArrowLeft size={20} aria-hidden />
      </Link>
      <Question snapshot={snapshot} compact={compact} />
      {!compact && job && current && (job.examples.length > 0 || line) && (
        <Reference examples={job.examples} line={line} open={() => commands.view.guide.run()} />
      )}
      {!compact && progress && <Done progress={progress} reopened={current?.reopened === true} />}
      {!compact && showsPace && <Pace pace={pace} />}
      <div className={classes.figure} data-last>
        {!compact && <span>Your work</span>}
        {saved}
      </div>
      {more}
      {compact && current && <Seen seen={seen} total={current.batch.items.length} />}
    </header>
  );
};
