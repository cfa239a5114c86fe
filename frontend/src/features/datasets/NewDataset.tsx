import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { type Given, handover } from "@/shared/lib/dropped";
import { Dialog } from "@/shared/ui/Dialog";
import { makeDataset } from "./api";
import { NameForm } from "./NameForm";

/** What a dataset may be called after what was dropped: "crab/1.jpg" or "crab.csv" make "crab". */
export const nameFor = (given: readonly Given[]): string => {
  const [first] = given;
  if (!first) return "";
  const [folder = "", ...rest] = first.path.split("/");
  return rest.length > 0 ? folder : folder.replace(/(\.(csv|jsonl|ndjson|json|manifest|tsv|zip|gz))+$/i, "");
};

interface NewDatasetProps {
  readonly opened: boolean;
  /** Files that wait for the dataset; the import screen goes on with them. */
  readonly given: readonly Given[];
  readonly onClose: () => void;
}

/** Asks for the name, makes the dataset and leads to its import: an empty dataset is of no use. */
export const NewDataset = ({ opened, given, onClose }: NewDatasetProps) => {
  const client = useQueryClient();
  const navigate = useNavigate();
  const make = async (name: string) => {
    const made = await makeDataset(name);
    handover.set(given);
    void client.invalidateQueries({ queryKey: ["datasets"] });
    await navigate({ to: "/datasets/$dataset/import", params: { dataset: made.id } });
  };
  return (
    <Dialog opened={opened} title="New dataset" onClose={onClose}>
      <NameForm
        label="Name of the dataset"
        first={nameFor(given)}
        action="Make the dataset"
        save={make}
        onClose={onClose}
      />
    </Dialog>
  );
};
