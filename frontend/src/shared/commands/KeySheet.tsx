import { lazy, type ReactNode, Suspense, useState } from "react";
import { useCommands, useRegistry } from "./commands";
import type { Command } from "./registry";

const KeySheetDialog = lazy(() =>
  import("./KeySheetDialog").then((module) => ({ default: module.KeySheetDialog })),
);

/** All keys of the screen, from the same list that the keys themselves are read from. `?` opens it. */
export const useKeySheet = (): { open: () => void; sheet: ReactNode } => {
  const registry = useRegistry();
  const [asked, setAsked] = useState(false);
  const [shown, setShown] = useState<readonly Command[] | null>(null);
  const open = () => {
    setAsked(true);
    setShown(registry.active());
  };
  useCommands([{ id: "keys.open", label: "All keys", group: "Everywhere", keys: ["?"], run: open }]);
  const sheet = asked && (
    <Suspense>
      <KeySheetDialog commands={shown} onClose={() => setShown(null)} />
    </Suspense>
  );
  return { open, sheet };
};
