import "@mantine/core/styles/Slider.layer.css";
import { Select, Slider, Switch } from "@mantine/core";
import { IconBrush, IconEraser } from "@tabler/icons-react";
import { type MouseEvent, memo, useDeferredValue, useRef } from "react";
import { CommandButton } from "@/shared/commands/CommandButton";
import { Keys } from "@/shared/commands/Keys";
import { counted } from "@/shared/lib/format";
import type { EditorSession } from "../engine/session";
import type { Snapshot } from "../engine/snapshot";
import { maskOf } from "../model/document";
import type { Actions } from "./actions";
import { type Board, LARGEST_BRUSH, type Tool } from "./board";
import { brushStep, type EditorCommands } from "./commands";
import { Figures, Holes, Steps } from "./Made";
import { ObjectList } from "./ObjectList";
import classes from "./Panel.module.css";

export interface PanelProps {
  readonly session: EditorSession;
  readonly snapshot: Snapshot;
  readonly board: Board;
  readonly commands: EditorCommands;
  readonly actions: Actions;
}

/** A switch or slider that a pointer has set gives the keys back to the picture. */
function giveKeysBack(event: MouseEvent): void {
  const { activeElement } = document;
  if (
    event.detail > 0 &&
    activeElement instanceof HTMLElement &&
    activeElement.matches("input, [role=slider]")
  ) {
    activeElement.blur();
  }
}

const MOST_STEPS = 100;
/** The slider is even for the eye: small sizes have as much room as large ones. */
const toSlider = (size: number): number => (MOST_STEPS * Math.log(size)) / Math.log(LARGEST_BRUSH);
const fromSlider = (at: number): number => Math.round(LARGEST_BRUSH ** (at / MOST_STEPS));

const BrushOptions = ({ board, commands }: Pick<PanelProps, "board" | "commands">) => {
  const set = (at: number) => {
    const next = fromSlider(at);
    // An arrow key on the slider always moves the size by something.
    const same = next === board.brush && at !== toSlider(board.brush);
    board.setBrush(same ? brushStep(board.brush, at > toSlider(board.brush) ? 1 : -1) : next);
  };
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: only for what a pointer leaves behind
    <section className={classes.section} aria-label="Brush" onClick={giveKeysBack}>
      <h2>Brush</h2>
      <div className={classes.pair}>
        {(["brush", "eraser"] as const).map((tool) => (
          <button
            key={tool}
            type="button"
            aria-pressed={board.tool === tool}
            onClick={() => commands.tools[tool].run()}
          >
            {tool === "brush" ? <IconBrush size={16} aria-hidden /> : <IconEraser size={16} aria-hidden />}
            {tool === "brush" ? "Add" : "Remove"}
            {tool === "eraser" && <Keys of="Alt" />}
          </button>
        ))}
      </div>
      <p className={classes.size}>
        Size
        <span>
          <b>{board.brush} px</b> <Keys of="BracketLeft" /> <Keys of="BracketRight" />
        </span>
      </p>
      <Slider
        thumbLabel="Size of the brush"
        aria-label="Size of the brush"
        min={0}
        max={MOST_STEPS}
        step={1}
        value={toSlider(board.brush)}
        label={null}
        thumbProps={{ "aria-valuetext": `${board.brush} pixels` }}
        onChange={set}
      />
      <Switch
        labelPosition="left"
        label="Keep other objects"
        description="Strokes stop where another object lies"
        checked={board.keepOthers}
        onChange={(event) => board.setKeepOthers(event.currentTarget.checked)}
      />
      <Switch
        labelPosition="left"
        label="Fill holes under 20 px"
        description="Small gaps that a stroke leaves are closed"
        checked={board.fillSmall}
        onChange={(event) => board.setFillSmall(event.currentTarget.checked)}
      />
    </section>
  );
};

const MOST_CHIPS = 9;

const ClassPalette = ({ snapshot, board, actions }: Pick<PanelProps, "snapshot" | "board" | "actions">) => {
  const search = useRef<HTMLInputElement>(null);
  const all = snapshot.job?.classes ?? [];
  const chosen = snapshot.selected ? snapshot.selected.labelClass : (board.labelClass ?? all[0]?.id);
  if (all.length === 0) {
    return null;
  }
  return (
    <section className={classes.section} aria-label="Class">
      <header>
        <h2>{snapshot.selected ? "Class" : "Class of the next object"}</h2>
        <span aria-hidden>
          <Keys of="1" /> to <Keys of={`${Math.min(MOST_CHIPS, all.length)}`} />
        </span>
      </header>
      <div className={classes.chips}>
        {all.slice(0, MOST_CHIPS).map(({ id, name }, index) => (
          <button key={id} type="button" aria-pressed={id === chosen} onClick={() => actions.setClass(id)}>
            <span>{index + 1}</span> {name}
          </button>
        ))}
      </div>
      {all.length > MOST_CHIPS && (
        <Select
          ref={search}
          aria-label={`All ${all.length} classes`}
          placeholder={`All ${all.length}`}
          searchable
          nothingFoundMessage="No class has that in its name"
          data={all.map(({ id, name }) => ({ value: id, label: name }))}
          value={all.slice(MOST_CHIPS).some(({ id }) => id === chosen) ? (chosen ?? null) : null}
          onChange={(id) => {
            if (id) {
              actions.setClass(id);
              search.current?.blur();
            }
          }}
        />
      )}
    </section>
  );
};

/** What goes out with the picture, said before it goes. */
export const Finish = ({ snapshot, commands }: Pick<PanelProps, "snapshot" | "commands">) => {
  const { outlines } = snapshot.doc;
  const empty = outlines.filter((outline) => maskOf(outline) === null).length;
  return (
    <div className={classes.finish}>
      {empty > 0 && <p>{counted(empty, "object")} without a mask will not count.</p>}
      <CommandButton command={commands.steps.finish} variant="default" size="lg" fullWidth showKey>
        Finish, {counted(outlines.length - empty, "object")}
      </CommandButton>
    </div>
  );
};

/** With these tools in hand, holes are what one looks for. */
const BY_HAND: readonly Tool[] = ["brush", "eraser", "polygon", "hole"];

/** What tells how the objects came about follows a stroke in its own time: the stroke itself is drawn first. */
const LaterObjects = memo(ObjectList);
const LaterFigures = memo(Figures);
const LaterMade = memo(({ snapshot, board, actions, session }: PanelProps) => (
  <>
    {BY_HAND.includes(board.tool) && <Holes snapshot={snapshot} actions={actions} />}
    <Steps snapshot={snapshot} revert={(step) => session.revert(step)} />
  </>
));

/** Everything about the objects of the picture and the tool in hand. */
export const Panel = (props: PanelProps) => {
  const { snapshot, board, commands, actions } = props;
  const later = useDeferredValue(props);
  const paints = !snapshot.lost && (board.tool === "brush" || board.tool === "eraser");
  return (
    <aside className={classes.panel} aria-label="Objects and steps">
      <div className={classes.scroll}>
        {paints && <BrushOptions board={board} commands={commands} />}
        <LaterObjects snapshot={later.snapshot} commands={later.commands} actions={later.actions} />
        {!snapshot.lost && <ClassPalette snapshot={snapshot} board={board} actions={actions} />}
        <LaterMade {...later} />
      </div>
      <div className={classes.foot}>
        <LaterFigures snapshot={later.snapshot} />
        <Finish snapshot={snapshot} commands={commands} />
      </div>
    </aside>
  );
};
