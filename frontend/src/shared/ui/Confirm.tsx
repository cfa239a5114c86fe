import { Button, Group, Stack, TextInput } from "@mantine/core";
import { type FormEvent, type ReactNode, useState } from "react";
import { Dialog } from "./Dialog";
import { Refused } from "./Problems";

interface ConfirmProps {
  readonly opened: boolean;
  /** The question: "Delete Groceries". */
  readonly title: string;
  /** What happens, to whose work, and whether it can be undone. */
  readonly children: ReactNode;
  /** The button says what happens: "Delete 5 101 images". */
  readonly action: string;
  /** What must be typed first; left out for what can be undone. */
  readonly name?: string;
  readonly busy?: boolean;
  readonly error?: unknown;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
}

const Question = ({ children, action, name, busy = false, error, onConfirm, onClose }: ConfirmProps) => {
  const [typed, setTyped] = useState("");
  const sure = name === undefined || typed.trim() === name;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (sure) onConfirm();
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="lg">
        <div>{children}</div>
        {name !== undefined && (
          <TextInput
            data-autofocus
            label={`Type ${name} to confirm`}
            value={typed}
            autoComplete="off"
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
        )}
        <Refused error={error} />
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" color={name === undefined ? "ink" : "wrong"} disabled={!sure} loading={busy}>
            {action}
          </Button>
        </Group>
      </Stack>
    </form>
  );
};

/** Asks before something that others will notice; with `name`, before something that destroys. */
export const Confirm = (props: ConfirmProps) => (
  <Dialog opened={props.opened} onClose={props.onClose} title={props.title}>
    <Question {...props} />
  </Dialog>
);
