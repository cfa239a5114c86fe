import { Menu, VisuallyHidden } from "@mantine/core";
import {
  IconAlertTriangle,
  IconCheck,
  IconChevronDown,
  IconClock,
  IconFileOff,
  IconPointFilled,
} from "@tabler/icons-react";
import { useState } from "react";
import { KeysRest } from "@/shared/commands/commands";
import type { Model } from "../engine/snapshot";
import type { Segmenter } from "../engine/wire";
import classes from "./ModelChip.module.css";
import { useElapsed } from "./useEditor";
import { type ModelWords, modelInWords, refusalInWords } from "./words";

const ICONS: Record<ModelWords["tone"], typeof IconClock> = {
  ready: IconPointFilled,
  busy: IconClock,
  failed: IconAlertTriangle,
};

interface ModelChipProps {
  readonly model: Model;
  readonly choose: (segmenter: string) => void;
}

interface RowProps {
  readonly one: Segmenter;
  readonly active: boolean;
  readonly onClick: () => void;
}

/** A model to choose; one that cannot draw here says why, and is not taken. */
const Row = ({ one, active, onClick }: RowProps) => (
  <Menu.RadioItem
    value={one.name}
    checked={active}
    checkIcon={<IconCheck size={18} aria-hidden />}
    closeMenuOnClick={one.available}
    rightSection={!one.available && <IconFileOff size={18} aria-hidden />}
    className={classes.row}
    onChange={onClick}
  >
    <b>{one.name}</b> {!one.available && <em>not here</em>}
    <span>{one.available ? one.title : one.reason}</span>
  </Menu.RadioItem>
);

/** What the model is doing, always on the screen: a shape, a word and a colour. A press shows all models. */
export const ModelChip = ({ model, choose }: ModelChipProps) => {
  const [refused, setRefused] = useState<Segmenter | null>(null);
  const { segmenter, segmenters, why } = model;
  const waited = useElapsed(model.asked?.since ?? (model.warm === "warming" ? model.since : null));
  const { tone, text, figure } = modelInWords(model, waited);
  const Icon = ICONS[tone];
  const said = refused ? refusalInWords(refused) : why;
  return (
    <Menu position="bottom" width={400} shadow="md" returnFocus onClose={() => setRefused(null)}>
      {/* A menu holds nothing but what can be chosen: it is said beside it. */}
      <VisuallyHidden role="alert">{refused && said}</VisuallyHidden>
      <Menu.Target>
        <button type="button" className={classes.chip} data-chip data-tone={tone}>
          <Icon size={16} aria-hidden />
          <b>{segmenter?.name || "Model"}</b>
          <span>{text}</span>
          {figure && <b className={classes.figure}>{figure}</b>}
          <IconChevronDown size={14} aria-hidden />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <KeysRest />
        <Menu.Label>Draws the masks</Menu.Label>
        {segmenters.map((one) => (
          <Row
            key={one.name}
            one={one}
            active={one.name === segmenter?.name}
            onClick={() => (one.available ? choose(one.name) : setRefused(one))}
          />
        ))}
        {segmenters.length === 0 && (
          <p className={classes.words}>The server has not said yet which there are.</p>
        )}
        {said && (
          <p className={classes.words} aria-hidden={refused !== null}>
            {said}
          </p>
        )}
      </Menu.Dropdown>
    </Menu>
  );
};
