import { Button, Group, Select, Stack, Text } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { counted } from "@/shared/lib/format";
import { Dialog } from "@/shared/ui/Dialog";
import { Refused } from "@/shared/ui/Problems";
import { type LabelClass, mergeClass, renameClass } from "./api";
import { NameForm } from "./NameForm";

export interface OpenClass {
  readonly what: "rename" | "merge";
  readonly one: LabelClass;
}

interface MergeProps {
  readonly one: LabelClass;
  readonly others: readonly LabelClass[];
  readonly onDone: () => void;
  readonly onClose: () => void;
}

const Merge = ({ one, others, onDone, onClose }: MergeProps) => {
  const [into, setInto] = useState<string | null>(null);
  const merging = useMutation({
    mutationFn: (target: string) => mergeClass(one.id, target),
    onSuccess: onDone,
  });
  const target = others.find((other) => other.id === into);
  const labels = counted(one.labels, "label");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (target) merging.mutate(target.id);
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="lg">
        <Select
          data-autofocus
          label="Class that stays"
          data={others.map((other) => ({ value: other.id, label: other.name }))}
          value={into}
          searchable
          nothingFoundMessage="No class is called that"
          onChange={setInto}
        />
        <Text size="md">
          {labels} of {one.name} become {target ? target.name : "labels of that class"}, and {one.name} is
          gone. Where both were said of one picture, the label of the class that stays is kept; both
          confidences stay in the history. Started jobs keep the name {one.name}. This cannot be undone.
        </Text>
        <Refused error={merging.error} />
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" color="wrong" disabled={!target} loading={merging.isPending}>
            {target ? `Merge ${labels} into ${target.name}` : `Merge ${labels}`}
          </Button>
        </Group>
      </Stack>
    </form>
  );
};

interface ClassDialogsProps {
  readonly open: OpenClass | null;
  readonly all: readonly LabelClass[];
  readonly onClose: () => void;
}

/** Rename a class, or merge it into another. */
export const ClassDialogs = ({ open, all, onClose }: ClassDialogsProps) => {
  const client = useQueryClient();
  const done = async () => {
    await client.invalidateQueries({ queryKey: ["datasets"] });
    await client.invalidateQueries({ queryKey: ["overview"] });
    onClose();
  };
  const one = open?.one;
  return (
    <>
      <Dialog opened={open?.what === "rename"} title={`Rename ${one?.name ?? ""}`} onClose={onClose}>
        {one && (
          <NameForm
            label="Name of the class"
            first={one.name}
            action="Rename"
            save={async (name) => {
              await renameClass(one.id, name);
              await done();
            }}
            onClose={onClose}
          >
            <Text size="md">
              {counted(one.labels, "label")} are then called that. Started jobs keep the name {one.name}.
            </Text>
          </NameForm>
        )}
      </Dialog>
      <Dialog opened={open?.what === "merge"} title={`Merge ${one?.name ?? ""} into`} onClose={onClose}>
        {one && (
          <Merge
            one={one}
            others={all.filter((other) => other.id !== one.id)}
            onDone={() => void done()}
            onClose={onClose}
          />
        )}
      </Dialog>
    </>
  );
};
