import { IconAlertTriangle, IconClock, IconPointFilled } from "@tabler/icons-react";
import type { Model } from "../engine/snapshot";
import classes from "./Header.module.css";
import { useElapsed } from "./useEditor";
import { type ModelWords, modelInWords } from "./words";

const ICONS: Record<ModelWords["tone"], typeof IconClock> = {
  ready: IconPointFilled,
  busy: IconClock,
  failed: IconAlertTriangle,
};

/** What the model is doing, always on the screen: a shape, a word and a colour. */
export const ModelChip = ({ model }: { model: Model }) => {
  const since = model.asked?.since ?? (model.warm === "warming" ? model.since : null);
  const waited = useElapsed(since);
  const { tone, text, figure } = modelInWords(model, waited);
  const Icon = ICONS[tone];
  return (
    <p className={classes.chip} data-tone={tone}>
      <Icon size={16} aria-hidden />
      <b>{model.name || "Model"}</b>
      <span>{text}</span>
      {figure && <b className={classes.chipFigure}>{figure}</b>}
    </p>
  );
};
