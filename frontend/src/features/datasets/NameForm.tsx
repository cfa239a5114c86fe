import { Button, Group, Stack, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, type ReactNode, useState } from "react";
import { Problem } from "@/shared/api/problem";
import { Refused } from "@/shared/ui/Problems";

interface NameFormProps {
  readonly label: string;
  readonly first?: string;
  readonly action: string;
  readonly children?: ReactNode;
  /** Resolves when the name was taken; a refusal is shown beside the field. */
  readonly save: (name: string) => Promise<unknown>;
  readonly onClose: () => void;
}

/** One name, of a dataset or a class: for something new, or another name for what is there. */
export const NameForm = ({ label, first = "", action, children, save, onClose }: NameFormProps) => {
  const [name, setName] = useState(first);
  const saving = useMutation({ mutationFn: () => save(name.trim()) });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    saving.mutate();
  };
  const wrong = saving.error instanceof Problem ? saving.error.field("name") : undefined;
  return (
    <form onSubmit={submit}>
      <Stack gap="lg">
        <TextInput
          data-autofocus
          label={label}
          value={name}
          error={wrong}
          maxLength={150}
          autoComplete="off"
          onFocus={(event) => event.currentTarget.select()}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        {children}
        {wrong === undefined && <Refused error={saving.error} />}
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" disabled={name.trim() === ""} loading={saving.isPending}>
            {action}
          </Button>
        </Group>
      </Stack>
    </form>
  );
};
