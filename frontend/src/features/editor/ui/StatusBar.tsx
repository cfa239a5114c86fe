import { ActionIcon, Button } from "@mantine/core";
import { IconArrowBackUp, IconArrowForwardUp, IconMinus, IconPlus } from "@tabler/icons-react";
import { CommandButton } from "@/shared/commands/CommandButton";
import { Keys } from "@/shared/commands/Keys";
import { THIN } from "@/shared/lib/format";
import { useStore } from "@/shared/lib/store";
import type { Board, Tool } from "./board";
import type { EditorCommands } from "./commands";
import classes from "./StatusBar.module.css";
import { type Stage, useView } from "./useField";

type Hint = readonly [key: string, word: string, held?: "hold"];

const REFINE: readonly Hint[] = [
  ["KeyE", "four points"],
  ["KeyA", "add"],
  ["KeyS", "remove"],
  ["KeyB", "brush"],
  ["KeyM", "hide masks", "hold"],
];
const PAINT: readonly Hint[] = [
  ["Alt", "the opposite", "hold"],
  ["BracketLeft", "smaller"],
  ["BracketRight", "larger"],
  ["KeyH", "hole"],
  ["Space", "move", "hold"],
];
const HINTS: Partial<Record<Tool, readonly Hint[]>> = {
  brush: PAINT,
  eraser: PAINT,
  polygon: [
    ["Enter", "close"],
    ["Escape", "last corner back"],
    ["Alt", "close to remove", "hold"],
  ],
};

const KeyLine = ({ tool }: { tool: Tool }) => (
  <div className={classes.keys} aria-hidden>
    {(HINTS[tool] ?? REFINE).map(([key, word, held]) => (
      <span key={key}>
        {held} <Keys of={key} /> {word}
      </span>
    ))}
  </div>
);

const Place = ({ board }: { board: Board }) => {
  const pointer = useStore(board.live.pointer);
  const at = pointer ?? board.cross;
  return (
    <span className={classes.place} aria-hidden>
      {at && `x ${Math.floor(at.x)} y ${Math.floor(at.y)}`}
    </span>
  );
};

interface StatusBarProps {
  readonly commands: EditorCommands;
  readonly board: Board;
  readonly stage: Stage;
}

export const Zoom = ({ commands, stage }: Omit<StatusBarProps, "board">) => {
  const { zoomIn, zoomOut, fit } = commands.view;
  const { scale } = useView(stage);
  return (
    <div className={classes.zoom}>
      <ActionIcon variant="default" size={28} aria-label={zoomOut.label} onClick={() => zoomOut.run()}>
        <IconMinus size={16} aria-hidden />
      </ActionIcon>
      <output aria-label="Zoom">
        {Math.round(100 * scale)}
        {THIN}%
      </output>
      <ActionIcon variant="default" size={28} aria-label={zoomIn.label} onClick={() => zoomIn.run()}>
        <IconPlus size={16} aria-hidden />
      </ActionIcon>
      <Button variant="default" size="xs" rightSection={<Keys of="Digit0" quiet />} onClick={() => fit.run()}>
        {fit.label}
      </Button>
    </div>
  );
};

export const StatusBar = ({ commands, board, stage }: StatusBarProps) => {
  const { undo, redo } = commands.steps;
  return (
    <footer className={classes.bar}>
      <div className={classes.undo}>
        <CommandButton
          command={undo}
          variant="default"
          size="xs"
          showKey
          leftSection={<IconArrowBackUp size={16} aria-hidden />}
        />
        <CommandButton
          command={redo}
          variant="default"
          size="xs"
          leftSection={<IconArrowForwardUp size={16} aria-hidden />}
        />
      </div>
      <KeyLine tool={board.tool} />
      <Place board={board} />
      <Zoom commands={commands} stage={stage} />
    </footer>
  );
};
