import { ActionIcon, Menu, TextInput } from "@mantine/core";
import {
  IconArrowDown,
  IconArrowUp,
  IconCheck,
  IconCopyX,
  IconDots,
  IconEye,
  IconEyeOff,
  IconLock,
  IconLockOpen,
  IconPencil,
} from "@tabler/icons-react";
import { type KeyboardEvent, useState } from "react";
import { CommandButton } from "@/shared/commands/CommandButton";
import { KeysRest } from "@/shared/commands/commands";
import type { Snapshot } from "../engine/snapshot";
import type { ClassName } from "../engine/wire";
import { maskOf, type Outline } from "../model/document";
import type { Actions } from "./actions";
import type { EditorCommands } from "./commands";
import classes from "./ObjectList.module.css";
import { Swatch } from "./Swatch";
import { makingOf, nameOf } from "./words";

interface RowProps {
  readonly outline: Outline;
  readonly number: number;
  readonly many: number;
  readonly active: boolean;
  readonly classList: readonly ClassName[];
  readonly actions: Actions;
}

interface RenameProps {
  readonly name: string;
  readonly onDone: (name: string | null) => void;
}

/** Enter keeps the new name, Esc the old one. */
const Rename = ({ name, onDone }: RenameProps) => {
  const [typed, setTyped] = useState(name);
  const pressed = (event: KeyboardEvent) => {
    if (event.key === "Enter" || event.key === "Escape") {
      event.preventDefault();
      onDone(event.key === "Enter" ? typed.trim() : null);
    }
  };
  return (
    <TextInput
      aria-label={`Name of ${name}`}
      value={typed}
      maxLength={100}
      autoFocus
      onFocus={(event) => event.currentTarget.select()}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onKeyDown={pressed}
      onBlur={() => onDone(typed.trim())}
    />
  );
};

const More = ({ outline, number, many, actions, rename }: RowProps & { rename: () => void }) => {
  const { id, locked } = outline;
  return (
    <Menu position="bottom-end" width={200} shadow="md" returnFocus={false}>
      <Menu.Target>
        <ActionIcon variant="subtle" size="md" aria-label={`More for object ${number}`}>
          <IconDots size={17} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <KeysRest />
        <Menu.Item leftSection={<IconPencil size={16} />} onClick={rename}>
          Rename
        </Menu.Item>
        <Menu.Item
          leftSection={locked ? <IconLockOpen size={16} /> : <IconLock size={16} />}
          onClick={() => actions.toggleLocked(id)}
        >
          {locked ? "Unlock" : "Lock"}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconArrowUp size={16} />}
          disabled={number === 1}
          onClick={() => actions.reorder(id, -1)}
        >
          Move up
        </Menu.Item>
        <Menu.Item
          leftSection={<IconArrowDown size={16} />}
          disabled={number === many}
          onClick={() => actions.reorder(id, 1)}
        >
          Move down
        </Menu.Item>
        <Menu.Item leftSection={<IconCopyX size={16} />} color="wrong" onClick={() => actions.remove(id)}>
          Delete
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
};

/** What the row says at its end about an object that is not being worked on. */
const Standing = ({ outline, active }: Pick<RowProps, "outline" | "active">) => {
  if (outline.locked) {
    return <IconLock size={16} role="img" aria-label="Locked" />;
  }
  if (active) {
    return <span className={classes.editing}>Editing</span>;
  }
  return outline.accepted ? <IconCheck size={17} role="img" aria-label="Accepted" /> : null;
};

const Row = (props: RowProps) => {
  const { outline, number, active, classList, actions } = props;
  const [renaming, setRenaming] = useState(false);
  const name = nameOf(outline, classList);
  const renamed = (to: string | null) => {
    setRenaming(false);
    if (to !== null && to !== name) {
      actions.rename(outline.id, to);
    }
  };
  return (
    <li className={classes.row} data-active={active} data-hidden={outline.hidden}>
      {renaming ? (
        <Rename name={name} onDone={renamed} />
      ) : (
        <button
          type="button"
          className={classes.object}
          aria-pressed={active}
          onClick={() => actions.select(active ? null : outline.id)}
          onDoubleClick={() => setRenaming(true)}
        >
          <span className={classes.number}>{number}</span>
          <Swatch outline={outline} classList={classList} />
          <span className={classes.words}>
            <b>{name}</b>
            {maskOf(outline) || outline.points.length > 0 ? makingOf(outline) : "No mask yet"}
          </span>
          <Standing outline={outline} active={active} />
        </button>
      )}
      <ActionIcon
        variant="subtle"
        size="md"
        aria-label={`${outline.hidden ? "Show" : "Hide"} object ${number}`}
        onClick={() => actions.toggleHidden(outline.id)}
      >
        {outline.hidden ? <IconEyeOff size={17} aria-hidden /> : <IconEye size={17} aria-hidden />}
      </ActionIcon>
      <More {...props} rename={() => setRenaming(true)} />
    </li>
  );
};

interface ObjectListProps {
  readonly snapshot: Snapshot;
  readonly commands: EditorCommands;
  readonly actions: Actions;
}

/** The objects of the picture, from the front to the back. */
export const ObjectList = ({ snapshot, commands, actions }: ObjectListProps) => {
  const { doc, job } = snapshot;
  const many = doc.outlines.length;
  return (
    <section className={classes.section} aria-label="Objects">
      <header>
        <h2>
          Objects <span>{many}</span>
        </h2>
        <CommandButton command={commands.steps.fresh} variant="default" size="xs" showKey>
          New
        </CommandButton>
      </header>
      {many === 0 && <p className={classes.none}>None yet. The first four points make one.</p>}
      <ol>
        {doc.outlines.map((outline, index) => (
          <Row
            key={outline.id}
            outline={outline}
            number={index + 1}
            many={many}
            active={outline.id === doc.selected}
            classList={job?.classes ?? []}
            actions={actions}
          />
        ))}
      </ol>
    </section>
  );
};
