import { Group, Select, Stack } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { counted } from "@/shared/lib/format";
import { Dialog } from "@/shared/ui/Dialog";
import { LinkButton } from "@/shared/ui/LinkButton";
import { type Card, datasetsQuery } from "./api";

const Choice = ({ card }: { card: Card }) => {
  const datasets = (useQuery(datasetsQuery).data ?? []).filter(({ images }) => images > 0);
  const [picked, pick] = useState<string | null>(null);
  const chosen = picked ?? (datasets.length === 1 ? datasets[0]?.id : undefined);
  return (
    <Stack gap="lg">
      <Select
        data-autofocus
        label="Dataset"
        placeholder="Choose a dataset"
        data={datasets.map(({ id, name, images }) => ({
          value: id,
          label: `${name}, ${counted(images, "picture")}`,
        }))}
        searchable
        nothingFoundMessage="No dataset with pictures is called that"
        value={chosen ?? null}
        onChange={pick}
      />
      <Group justify="flex-end">
        <LinkButton
          to="/datasets/$dataset"
          params={{ dataset: chosen ?? "" }}
          search={{ show: "predictions", model: card.id }}
          disabled={chosen === undefined}
        >
          Go on
        </LinkButton>
      </Group>
    </Stack>
  );
};

interface RunDialogProps {
  readonly card: Card;
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** Which dataset; what exactly is labelled is chosen there. */
export const RunDialog = ({ card, opened, onClose }: RunDialogProps) => (
  <Dialog opened={opened} onClose={onClose} title={`Run ${card.name} ${card.version}`}>
    <Choice card={card} />
  </Dialog>
);
