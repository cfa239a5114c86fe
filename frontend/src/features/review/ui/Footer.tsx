import { Button } from "@mantine/core";
import { IconArrowBackUp, IconCheck, IconChevronDown, IconQuestionMark, IconX } from "@tabler/icons-react";
import type { KeyboardEvent } from "react";
import { Keys } from "@/shared/commands/Keys";
import type { Command } from "@/shared/commands/registry";
import type { Snapshot } from "../engine/snapshot";
import type { Counts as CountsOf } from "../model/batch";
import type { ReviewCommands } from "./commands";
import classes from "./Footer.module.css";
import { hindrance, keptSentence, submitWaitsFor } from "./words";

/** The words of the footer are shorter than those of the key sheet; the keys are the same objects. */
const SHORT: readonly (readonly [group: "mark" | "view", id: string, word: string])[] = [
  ["mark", "wrong", "wrong"],
  ["mark", "unsure", "unsure"],
  ["view", "enlarge", "enlarge"],
  ["mark", "undo", "undo"],
];

const keyOf = (command: Command | undefined): string => command?.keys[0] ?? "";

const KeyLine = ({ commands }: { commands: ReviewCommands }) => (
  <div className={classes.keys} aria-hidden>
    <span>
      {(["left", "up", "down", "right"] as const).map((move) => (
        <Keys key={move} of={keyOf(commands.move[move])} />
      ))}
      move
    </span>
    {SHORT.map(([group, id, word]) => (
      <span key={id}>
        <Keys of={keyOf((commands[group] as Record<string, Command>)[id])} />
        {word}
      </span>
    ))}
    <span>
      <Keys of="?" />
      all keys
    </span>
  </div>
);

const Counts = ({ right, wrong, unsure, none }: CountsOf) => (
  <div className={classes.counts} aria-hidden>
    <span data-mark="right">
      <i>
        <IconCheck size={13} />
      </i>
      <b>{right}</b> right
    </span>
    <span data-mark="wrong">
      <i>
        <IconX size={13} />
      </i>
      <b>{wrong}</b> wrong
    </span>
    <span data-mark="unsure">
      <i>
        <IconQuestionMark size={13} />
      </i>
      <b>{unsure}</b> unsure
    </span>
    {none > 0 && (
      <span>
        <b>{none}</b> to choose
      </span>
    )}
  </div>
);

/** Something did not go out although the server was there: what is kept, and what to press. */
const NotSent = ({ snapshot, sendAgain }: { snapshot: Snapshot; sendAgain: () => void }) => (
  <div className={classes.notSent} role="alert">
    <span>
      {hindrance(snapshot.link)} {keptSentence(snapshot.kept)}
    </span>
    <Button variant="default" onClick={sendAgain}>
      Try again
    </Button>
  </div>
);

interface FooterProps {
  readonly snapshot: Snapshot;
  readonly commands: ReviewCommands;
  readonly compact: boolean;
  /** Pictures that have not been on the screen yet; 0 where nothing has to be scrolled. */
  readonly unseen: number;
  readonly submit: () => void;
  readonly scrollOn: () => void;
  readonly sendAgain: () => void;
}

/** A key that is held presses a button again and again; sending needs a press of its own. */
function ignoreRepeat(event: KeyboardEvent): void {
  if (event.repeat) {
    event.preventDefault();
  }
}

const Submit = ({
  snapshot,
  compact,
  unseen,
  submit,
  scrollOn,
}: Omit<FooterProps, "commands" | "sendAgain">) => {
  if (unseen > 0) {
    return (
      <Button
        size="lg"
        variant="default"
        className={classes.submit}
        leftSection={<IconChevronDown size={18} />}
        onClick={scrollOn}
      >
        {unseen} more to look at
      </Button>
    );
  }
  const waits = submitWaitsFor(snapshot.submit);
  return (
    <Button
      size="lg"
      className={classes.submit}
      disabled={!snapshot.submit.able}
      aria-keyshortcuts="Enter"
      onKeyDown={ignoreRepeat}
      onClick={submit}
      rightSection={compact || waits ? undefined : <Keys of="Enter" quiet />}
    >
      {waits || (snapshot.link === "online" ? "Submit batch" : "Submit and queue")}
    </Button>
  );
};

export const Footer = (props: FooterProps) => {
  const { snapshot, commands, compact } = props;
  const { undo } = commands.mark;
  const failing = snapshot.link === "error" || snapshot.link === "busy";
  const troubled = failing && snapshot.kept.state !== "saved";
  return (
    <footer className={classes.footer} data-compact={compact}>
      {troubled ? (
        <NotSent snapshot={snapshot} sendAgain={props.sendAgain} />
      ) : (
        !compact && <KeyLine commands={commands} />
      )}
      <Counts {...snapshot.counts} />
      {compact && <span className={classes.tip}>Hold a picture for more</span>}
      <div className={classes.actions}>
        {compact && (
          <Button
            size="lg"
            variant="default"
            aria-label="Undo"
            disabled={undo.enabled === false}
            onClick={() => undo.run()}
          >
            <IconArrowBackUp size={20} aria-hidden />
          </Button>
        )}
        <Submit {...props} />
      </div>
    </footer>
  );
};
