import { IconAlertTriangle, IconCloudCheck, IconCloudUp, IconDeviceFloppy } from "@tabler/icons-react";
import classes from "./SavedState.module.css";

/**
 * Where a person's work is, in words:
 * `saved` the server has it; `saving` on its way; `kept` on this device, the server has not answered;
 * `unsaved` neither, only this page holds it.
 */
export type Saved = "saved" | "saving" | "kept" | "unsaved";

const ICONS = {
  saved: IconCloudCheck,
  saving: IconCloudUp,
  kept: IconDeviceFloppy,
  unsaved: IconAlertTriangle,
};
const WORDS = { saved: "Saved", saving: "Saving", kept: "Kept here", unsaved: "Not saved yet" };

/** The saved state, always on the screen. `detail` follows the word: "Kept here, 4 marks". */
export const SavedState = ({ state, detail }: { state: Saved; detail?: string }) => {
  const Icon = ICONS[state];
  return (
    <span role="status" className={classes.state} data-state={state}>
      <Icon size={17} aria-hidden />
      {detail ? `${WORDS[state]}, ${detail}` : WORDS[state]}
    </span>
  );
};
