import { createContext, type ReactNode, use, useEffect, useLayoutEffect, useMemo, useRef } from "react";
import { preferences } from "@/shared/lib/preferences";
import { type Command, CommandRegistry } from "./registry";

const Registry = createContext<CommandRegistry | null>(null);

export const useRegistry = (): CommandRegistry => {
  const registry = use(Registry);
  if (!registry) throw new Error("Commands need a <CommandProvider> above them.");
  return registry;
};

/** Listens to the keyboard once for the whole app. */
export const CommandProvider = ({ children }: { children: ReactNode }) => {
  const registry = useMemo(
    () => new CommandRegistry({ characterKeys: () => preferences().characterKeys, warn: console.warn }),
    [],
  );
  useEffect(() => {
    window.addEventListener("keydown", registry.handleKeyDown);
    window.addEventListener("keyup", registry.handleKeyUp);
    window.addEventListener("blur", registry.letGo);
    return () => {
      window.removeEventListener("keydown", registry.handleKeyDown);
      window.removeEventListener("keyup", registry.handleKeyUp);
      window.removeEventListener("blur", registry.letGo);
    };
  }, [registry]);
  return <Registry value={registry}>{children}</Registry>;
};

const useLayer = (commands: readonly Command[], covers: boolean): void => {
  const registry = useRegistry();
  const latest = useRef(commands);
  useLayoutEffect(() => {
    latest.current = commands;
  });
  useEffect(() => registry.add(() => latest.current, covers), [registry, covers]);
};

/** These commands can be given while the component is on the screen. */
export const useCommands = (commands: readonly Command[]): void => useLayer(commands, false);

/** For a dialog over the page: only these commands can be given while it is there. */
export const useCoveringCommands = (commands: readonly Command[]): void => useLayer(commands, true);

/** In a menu: while it is open the keys of the screen rest, wherever the focus is. Escape closes the menu alone. */
export const KeysRest = (): null => {
  useCoveringCommands([]);
  return null;
};
