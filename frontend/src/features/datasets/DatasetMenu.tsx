import { ActionIcon, Menu } from "@mantine/core";
import { IconDots, IconPencil, IconTrash } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { counted } from "@/shared/lib/format";
import { Confirm } from "@/shared/ui/Confirm";
import { Dialog } from "@/shared/ui/Dialog";
import { type DatasetDetail, deleteDataset, renameDataset } from "./api";
import { NameForm } from "./NameForm";

const Delete = ({ dataset, onClose }: { dataset: DatasetDetail; onClose: () => void }) => {
  const client = useQueryClient();
  const navigate = useNavigate();
  const removal = useMutation({
    mutationFn: () => deleteDataset(dataset.id, dataset.name),
    onSuccess: async () => {
      await navigate({ to: "/datasets" });
      await client.invalidateQueries({ queryKey: ["datasets"] });
    },
  });
  return (
    <Confirm
      opened
      title={`Delete ${dataset.name}`}
      action={`Delete ${counted(dataset.images, "picture")} and ${counted(dataset.labels, "label")}`}
      name={dataset.name}
      busy={removal.isPending}
      error={removal.error}
      onConfirm={() => removal.mutate()}
      onClose={onClose}
    >
      {counted(dataset.images, "picture")} and {counted(dataset.labels, "label")} go to the bin. There they
      can be restored for 30 days; then rows and files are removed for good.
    </Confirm>
  );
};

/** Rename and delete. */
export const DatasetMenu = ({ dataset }: { dataset: DatasetDetail }) => {
  const client = useQueryClient();
  const [open, setOpen] = useState<"rename" | "delete" | null>(null);
  const close = () => setOpen(null);
  const rename = async (name: string) => {
    await renameDataset(dataset.id, name);
    await client.invalidateQueries({ queryKey: ["datasets"] });
    close();
  };
  return (
    <>
      <Menu position="bottom-end" width={200}>
        <Menu.Target>
          <ActionIcon variant="subtle" size={32} aria-label="Rename or delete this dataset">
            <IconDots size={18} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconPencil size={16} />} onClick={() => setOpen("rename")}>
            Rename
          </Menu.Item>
          <Menu.Item color="wrong" leftSection={<IconTrash size={16} />} onClick={() => setOpen("delete")}>
            Delete
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Dialog opened={open === "rename"} title={`Rename ${dataset.name}`} onClose={close}>
        <NameForm
          label="Name of the dataset"
          first={dataset.name}
          action="Rename"
          save={rename}
          onClose={close}
        />
      </Dialog>
      {open === "delete" && <Delete dataset={dataset} onClose={close} />}
    </>
  );
};
