import { Button, type ButtonProps, Tooltip } from "@mantine/core";
import { createContext, type ReactNode, use, useEffect, useLayoutEffect, useMemo, useRef } from "react";
import { preferences } from "@/shared/lib/preferences";
import { Keys } from "./Keys";
import { ariaKey } from "./keys";
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

interface CommandButtonProps extends ButtonProps {
  readonly command: Command;
  /** Another text than the command's label, such as one with a count. */
  readonly children?: ReactNode;
  /** Draw the key inside the button, as on "Continue [Enter]"; else it is in the tooltip. */
  readonly showKey?: boolean;
}

/** A button that does what the command's key does, and says the key. */
export const CommandButton = ({ command, children, showKey = false, ...button }: CommandButtonProps) => {
  const [key] = command.keys;
  const face = (
    <Button
      {...button}
      disabled={command.enabled === false || button.disabled === true}
      aria-keyshortcuts={command.keys.map(ariaKey).join(" ") || undefined}
      onClick={() => command.run()}
      rightSection={showKey && key ? <Keys of={key} quiet /> : button.rightSection}
    >
      {children ?? command.label}
    </Button>
  );
  if (!key || showKey) return face;
  return (
    <Tooltip label={<Keys of={key} quiet />} openDelay={400}>
      {face}
    </Tooltip>
  );
};
