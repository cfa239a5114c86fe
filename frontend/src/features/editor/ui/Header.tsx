import { ActionIcon, Button, Tooltip } from "@mantine/core";
import { IconArrowLeft, IconBook2, IconFlag, IconLayoutSidebarRight, IconPlus } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { CommandButton } from "@/shared/commands/CommandButton";
import { count, counted } from "@/shared/lib/format";
import { Face } from "@/shared/ui/Face";
import { SavedState } from "@/shared/ui/SavedState";
import type { Snapshot } from "../engine/snapshot";
import type { Board } from "./board";
import type { EditorCommands } from "./commands";
import classes from "./Header.module.css";
import { ModelChip } from "./ModelChip";
import { Swatch } from "./Swatch";
import { keptInWords, nameOf, progressOf } from "./words";

interface HeaderProps {
  readonly snapshot: Snapshot;
  readonly commands: EditorCommands;
  readonly board: Board;
  readonly person: string;
  /** Fingers: no panel beside the picture, the object in hand is up here. */
  readonly touch: boolean;
  /** Another model draws from now on. */
  readonly choose: (segmenter: string) => void;
}

/** The object in hand and how far it is; it opens the panel with all of them. */
const InHand = ({ snapshot, commands, board }: Omit<HeaderProps, "person" | "touch" | "choose">) => {
  const { selected, doc, job } = snapshot;
  const classList = job?.classes ?? [];
  const number = 1 + doc.outlines.findIndex(({ id }) => id === doc.selected);
  return (
    <div className={classes.inHand}>
      <Button
        variant="default"
        className={classes.object}
        data-active={selected !== null}
        leftSection={
          selected ? (
            <Swatch outline={selected} classList={classList} />
          ) : (
            <IconLayoutSidebarRight size={18} />
          )
        }
        onClick={() => board.setPanel(!board.panel)}
        aria-expanded={board.panel}
      >
        {selected ? (
          <>
            {number} {nameOf(selected, classList)} <small>{progressOf(selected)}</small>
          </>
        ) : (
          counted(doc.outlines.length, "object")
        )}
      </Button>
      <ActionIcon
        variant="default"
        size="lg"
        aria-label="New object"
        disabled={commands.steps.fresh.enabled === false}
        onClick={() => commands.steps.fresh.run()}
      >
        <IconPlus size={20} aria-hidden />
      </ActionIcon>
    </div>
  );
};

export const Header = ({ snapshot, commands, board, person, touch, choose }: HeaderProps) => {
  const { work, job, model, kept } = snapshot;
  const { guide } = commands.view;
  return (
    <header className={classes.header} data-touch={touch}>
      <Link to="/" className={classes.back} aria-label="Back to home">
        <IconArrowLeft size={20} aria-hidden />
      </Link>
      <div className={classes.title}>
        <h1>{job?.name ?? "Outlines"}</h1>
        {work && (
          <p>
            Image {count(work.number)} of {count(work.total)}
          </p>
        )}
      </div>
      {touch && work && <InHand snapshot={snapshot} commands={commands} board={board} />}
      <div className={classes.right}>
        {work && <ModelChip model={model} choose={choose} />}
        {guide.enabled && (
          <Tooltip label="Instructions (G)" openDelay={400}>
            <ActionIcon variant="subtle" size="lg" aria-label="Instructions" onClick={() => guide.run()}>
              <IconBook2 size={20} aria-hidden />
            </ActionIcon>
          </Tooltip>
        )}
        <SavedState state={kept.state} detail={kept.state === "saved" ? undefined : keptInWords(kept)} />
        {work && (
          <CommandButton
            command={commands.steps.skip}
            variant="subtle"
            leftSection={<IconFlag size={18} aria-hidden />}
          />
        )}
        {!touch && <Face name={person} size={26} />}
      </div>
    </header>
  );
};
