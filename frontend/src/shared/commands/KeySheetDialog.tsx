import { Modal, Switch } from "@mantine/core";
import { setPreference, usePreferences } from "@/shared/lib/preferences";
import { useCoveringCommands } from "./commands";
import classes from "./KeySheetDialog.module.css";
import { Keys } from "./Keys";
import type { Command } from "./registry";

const byGroup = (commands: readonly Command[]): [string, Command[]][] => {
  const groups = new Map<string, Command[]>();
  for (const command of commands) {
    if (command.keys.length > 0) groups.set(command.group, [...(groups.get(command.group) ?? []), command]);
  }
  return [...groups];
};

const Sheet = ({ commands, onClose }: { commands: readonly Command[]; onClose: () => void }) => {
  const { characterKeys } = usePreferences();
  useCoveringCommands([{ id: "keys.close", label: "Close", group: "This sheet", keys: ["?"], run: onClose }]);
  return (
    <>
      <div className={classes.groups}>
        {byGroup(commands).map(([group, members]) => (
          <section key={group} aria-label={group}>
            <h3 className={classes.group}>{group}</h3>
            <dl className={classes.list}>
              {members.map((command) => (
                <div key={command.id} className={classes.row}>
                  <dt>{command.label}</dt>
                  <dd className={classes.caps}>
                    {command.keys.map((key) => (
                      <Keys key={key} of={key} />
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
      <Switch
        className={classes.switch}
        label="Keys that are one letter, digit or sign"
        description="Switch them off when you speak to your computer, or when they get in your way."
        checked={characterKeys}
        onChange={(event) => setPreference("characterKeys", event.currentTarget.checked)}
      />
    </>
  );
};

interface KeySheetDialogProps {
  readonly commands: readonly Command[] | null;
  readonly onClose: () => void;
}

export const KeySheetDialog = ({ commands, onClose }: KeySheetDialogProps) => (
  <Modal
    opened={commands !== null}
    onClose={onClose}
    title="Keys"
    size="lg"
    centered
    closeButtonProps={{ "aria-label": "Close" }}
  >
    {commands && <Sheet commands={commands} onClose={onClose} />}
  </Modal>
);
