import { Button, type ButtonProps, Tooltip } from "@mantine/core";
import type { ReactNode } from "react";
import { Keys } from "./Keys";
import { ariaKey } from "./keys";
import type { Command } from "./registry";

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
