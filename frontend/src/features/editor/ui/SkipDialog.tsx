import { Button, Group, Stack, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { Keys } from "@/shared/commands/Keys";
import { Dialog } from "@/shared/ui/Dialog";
import type { Actions } from "./actions";
import type { Board } from "./board";

const LONGEST_REASON = 200;

interface QuestionProps {
  readonly skip: (reason: string) => void;
  readonly cancel: () => void;
}

const Question = ({ skip, cancel }: QuestionProps) => {
  const [reason, setReason] = useState("");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    skip(reason);
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="lg">
        <p>It goes to somebody else and does not come back to you. What you drew on it is kept.</p>
        <TextInput
          data-autofocus
          label="Why, if you like"
          placeholder="Too blurred to see the edges"
          value={reason}
          maxLength={LONGEST_REASON}
          autoComplete="off"
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={cancel}>
            Cancel
          </Button>
          <Button type="submit" rightSection={<Keys of="Enter" quiet />}>
            Skip this picture
          </Button>
        </Group>
      </Stack>
    </form>
  );
};

interface SkipDialogProps {
  readonly opened: boolean;
  readonly board: Board;
  readonly actions: Actions;
}

/** Skipping asks for nothing: Enter does it, a reason may be typed before. */
export const SkipDialog = ({ opened, board, actions }: SkipDialogProps) => (
  <Dialog opened={opened} onClose={() => board.setSkipping(false)} title="Skip this picture">
    <Question skip={actions.skip} cancel={() => board.setSkipping(false)} />
  </Dialog>
);
