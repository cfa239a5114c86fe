import { Button } from "@mantine/core";
import { IconRestore, IconTrash } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { day } from "@/shared/lib/format";
import { useMe } from "@/shared/session/session";
import { Failed, Refused } from "@/shared/ui/Problems";
import { Empty, Loading } from "@/shared/ui/States";
import { Table } from "@/shared/ui/Table";
import { type Binned, binQuery, restoreDataset } from "./api";
import classes from "./Datasets.module.css";

const COLUMNS = [
  { label: "Dataset" },
  { label: "Deleted" },
  { label: "By" },
  { label: "Removed for good" },
  { label: "Actions", quiet: true },
];

const BinRow = ({ binned, onRestore }: { binned: Binned; onRestore?: () => void }) => (
  <tr>
    <td className={classes.strong}>{binned.name}</td>
    <td>{day(binned.deleted_at)}</td>
    <td>{binned.deleted_by}</td>
    <td>{day(binned.purged_at)}</td>
    <td className={classes.end}>
      {onRestore && (
        <Button
          variant="default"
          leftSection={<IconRestore size={16} aria-hidden />}
          aria-label={`Restore ${binned.name}`}
          onClick={onRestore}
        >
          Restore
        </Button>
      )}
    </td>
  </tr>
);

/** Deleted datasets: whole until they are removed for good. */
export const Bin = () => {
  const client = useQueryClient();
  const mayChange = useMe().role === "admin";
  const bin = useQuery(binQuery);
  const restore = useMutation({
    mutationFn: (id: string) => restoreDataset(id),
    onSuccess: () => client.invalidateQueries({ queryKey: ["datasets"] }),
  });
  if (bin.isError) return <Failed what="The bin" error={bin.error} onRetry={() => void bin.refetch()} />;
  if (!bin.data) return <Loading what="the bin" />;
  if (bin.data.length === 0)
    return (
      <Empty icon={<IconTrash size={32} aria-hidden />} title="The bin is empty">
        A deleted dataset stays here for 30 days and can be restored as it was.
      </Empty>
    );
  return (
    <>
      <div className={classes.refused}>
        <Refused error={restore.error} />
      </div>
      <Table caption="Deleted datasets" columns={COLUMNS}>
        {bin.data.map((binned) => (
          <BinRow
            key={binned.id}
            binned={binned}
            onRestore={mayChange ? () => restore.mutate(binned.id) : undefined}
          />
        ))}
      </Table>
    </>
  );
};
