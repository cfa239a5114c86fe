import { Button } from "@mantine/core";
import { IconArrowBackUp, IconArrowForwardUp } from "@tabler/icons-react";
import type { Snapshot } from "../engine/snapshot";
import type { Board, Tool } from "./board";
import type { EditorCommands } from "./commands";
import { TOOL_ICONS } from "./Rail";
import classes from "./TouchBar.module.css";

const TOOLS: readonly (readonly [tool: Tool, word: string])[] = [
  ["points", "Points"],
  ["add", "Add"],
  ["remove", "Remove"],
  ["brush", "Brush"],
  ["eraser", "Erase"],
  ["polygon", "Polygon"],
  ["hole", "Hole"],
  ["move", "Move"],
];

interface TouchBarProps {
  readonly snapshot: Snapshot;
  readonly board: Board;
  readonly commands: EditorCommands;
}

/** Where a mask was accepted a moment ago, the second tap of a double tap would finish the picture. */
const APART = 600;

function isSecondTap({ history }: Snapshot): boolean {
  const step = history.steps[history.at - 1];
  return step?.kind === "accept" && Date.now() - step.at < APART;
}

/** For fingers: every tool with its word at the foot of the screen. */
export const TouchBar = ({ snapshot, board, commands }: TouchBarProps) => {
  const { undo, redo, accept, finish } = commands.steps;
  const refines = snapshot.selected !== null && snapshot.selected.points.length === 4;
  const idle = (tool: Tool) => !refines && (tool === "add" || tool === "remove");
  const last = snapshot.selected || board.corners.length > 0 ? accept : finish;
  return (
    <footer className={classes.bar}>
      {[undo, redo].map((command, index) => (
        <button
          key={command.id}
          type="button"
          disabled={command.enabled === false}
          onClick={() => command.run()}
        >
          {index === 0 ? (
            <IconArrowBackUp size={22} aria-hidden />
          ) : (
            <IconArrowForwardUp size={22} aria-hidden />
          )}
          {command.label}
        </button>
      ))}
      <i />
      {TOOLS.map(([tool, word]) => {
        const Icon = TOOL_ICONS[tool];
        return (
          <button
            key={tool}
            type="button"
            aria-pressed={board.tool === tool}
            disabled={commands.tools[tool].enabled === false || idle(tool)}
            onClick={() => board.setTool(tool)}
          >
            <Icon size={22} aria-hidden />
            {word}
          </button>
        );
      })}
      <Button
        size="lg"
        disabled={last.enabled === false}
        onClick={() => (last === finish && isSecondTap(snapshot) ? undefined : last.run())}
      >
        {last === accept ? "Accept mask" : "Finish image"}
      </Button>
    </footer>
  );
};
