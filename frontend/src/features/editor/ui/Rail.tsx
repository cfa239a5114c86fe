import { Tooltip } from "@mantine/core";
import {
  IconBrush,
  IconCircleDashed,
  IconCircleMinus,
  IconCirclePlus,
  IconCurrentLocation,
  IconEraser,
  IconEyeOff,
  IconHandStop,
  IconKeyboard,
  IconPointer,
  IconPolygon,
} from "@tabler/icons-react";
import { memo } from "react";
import { Keys } from "@/shared/commands/Keys";
import { ariaKey, keyCaps } from "@/shared/commands/keys";
import type { Command } from "@/shared/commands/registry";
import type { Board, Tool } from "./board";
import type { EditorCommands } from "./commands";
import classes from "./Rail.module.css";

type Icon = typeof IconBrush;

export const TOOL_ICONS: Record<Tool, Icon> = {
  select: IconPointer,
  points: IconCurrentLocation,
  add: IconCirclePlus,
  remove: IconCircleMinus,
  brush: IconBrush,
  eraser: IconEraser,
  polygon: IconPolygon,
  hole: IconCircleDashed,
  move: IconHandStop,
};
const TOOLS: readonly Tool[] = ["select", "points", "add", "remove", "brush", "eraser", "polygon", "hole"];

interface ButtonProps {
  readonly command: Pick<Command, "label" | "keys" | "enabled">;
  readonly icon: Icon;
  readonly pressed?: boolean;
  readonly cap?: string;
  readonly onClick: () => void;
}

/** What a press does never changes (it sets the board), so only what is seen counts. */
const looksTheSame = (a: ButtonProps, b: ButtonProps): boolean =>
  a.pressed === b.pressed && a.command.label === b.command.label && a.command.enabled === b.command.enabled;

const RailButton = memo(({ command, icon: Icon, pressed, cap, onClick }: ButtonProps) => {
  const [key] = command.keys;
  return (
    <Tooltip
      position="right"
      openDelay={400}
      label={
        <>
          {command.label} {key && <Keys of={key} quiet />}
        </>
      }
    >
      <button
        type="button"
        className={classes.tool}
        aria-label={command.label}
        aria-pressed={pressed}
        aria-keyshortcuts={command.keys.map(ariaKey).join(" ") || undefined}
        disabled={command.enabled === false}
        onClick={onClick}
      >
        <Icon size={20} aria-hidden />
        <span aria-hidden>{cap ?? keyCaps(key ?? "").join("")}</span>
      </button>
    </Tooltip>
  );
}, looksTheSame);

interface RailProps {
  readonly commands: EditorCommands;
  readonly board: Board;
  readonly openKeys: () => void;
}

/** The tools. A press picks the tool; with the keys, A and S also act where the cross is. */
export const Rail = ({ commands, board, openKeys }: RailProps) => (
  <nav className={classes.rail} aria-label="Tools">
    {TOOLS.map((tool) => (
      <RailButton
        key={tool}
        command={commands.tools[tool]}
        icon={TOOL_ICONS[tool]}
        pressed={board.tool === tool}
        onClick={() => board.setTool(tool)}
      />
    ))}
    <i />
    <RailButton
      command={{ ...commands.tools.move, keys: ["Space"] }}
      icon={TOOL_ICONS.move}
      pressed={board.tool === "move" || board.moving}
      cap="␣"
      onClick={() => board.setTool("move")}
    />
    <RailButton
      command={{ ...commands.view.hideMasks, label: board.masksHidden ? "Show masks" : "Hide masks" }}
      icon={IconEyeOff}
      pressed={board.masksHidden}
      onClick={board.toggleMasks}
    />
    <RailButton command={{ label: "All keys", keys: ["?"] }} icon={IconKeyboard} onClick={openKeys} />
  </nav>
);
