import { Modal } from "@mantine/core";
import type { ReactNode } from "react";
import { useCoveringCommands } from "@/shared/commands/commands";

interface DialogProps {
  readonly opened: boolean;
  readonly title: string;
  readonly onClose: () => void;
  /** Rendered anew each time the dialog opens: no state of the last time is left. */
  readonly children: ReactNode;
}

const Covering = ({ children }: { children: ReactNode }) => {
  useCoveringCommands([]);
  return children;
};

/** A dialog over the page; the keys of the page rest while it is open, and focus returns when it closes. */
export const Dialog = ({ opened, title, onClose, children }: DialogProps) => (
  <Modal
    opened={opened}
    onClose={onClose}
    title={title}
    centered
    closeButtonProps={{ "aria-label": "Close" }}
    overlayProps={{ backgroundOpacity: 0.4 }}
    styles={{ title: { fontSize: 16, fontWeight: 640 } }}
  >
    <Covering>{children}</Covering>
  </Modal>
);
