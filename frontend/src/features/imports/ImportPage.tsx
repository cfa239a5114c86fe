import { Button } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { type ReactNode, useEffect, useMemo, useState } from "react";
import { type Given, handover } from "@/shared/lib/dropped";
import { Page } from "@/shared/ui/Page";
import { Failed } from "@/shared/ui/Problems";
import { Loading } from "@/shared/ui/States";
import { cancelImport, datasetQuery, type Import, importQuery, isBusy } from "./api";
import { CheckedImport, ImportButton } from "./CheckedImport";
import { localPictures } from "./localPictures";
import { Report } from "./Report";
import { StartImport } from "./StartImport";
import { sortGiven } from "./sorting";
import { useChanges } from "./useChanges";

const route = getRouteApi("/signed-in/shell/datasets/$dataset/import");

/** The page around each step. */
const Frame = ({ actions, children }: { actions?: ReactNode; children: ReactNode }) => {
  const { dataset: id } = route.useParams();
  const dataset = useQuery(datasetQuery(id));
  return (
    <Page
      title="Import labels"
      parent={[
        { label: "Datasets", to: "/datasets" },
        { label: dataset.data?.name ?? "Dataset", to: "/datasets/$dataset", params: { dataset: id } },
      ]}
      flush
      actions={actions}
    >
      {dataset.isError ? (
        <Failed what="The dataset" error={dataset.error} onRetry={() => void dataset.refetch()} />
      ) : (
        children
      )}
    </Page>
  );
};

interface WorkProps {
  readonly work: Import;
  readonly given: readonly Given[];
  readonly onAgain: () => void;
}

/** What else on the screen shows what an import brought. */
const useRefreshed = (work: Import) => {
  const client = useQueryClient();
  const isWritten = work.state === "done" && !work.dry_run;
  useEffect(() => {
    if (isWritten)
      for (const key of ["datasets", "overview"]) void client.invalidateQueries({ queryKey: [key] });
  }, [client, isWritten]);
};

const Work = ({ work, given, onAgain }: WorkProps) => {
  const client = useQueryClient();
  const changes = useChanges(work);
  const find = useMemo(() => localPictures(sortGiven(given)), [given]);
  useRefreshed(work);
  const cancel = useMutation({
    mutationFn: () => cancelImport(work.id),
    onSuccess: (answered) => client.setQueryData(importQuery(work.id).queryKey, answered),
  });
  if (!isBusy(work) && !work.is_open)
    return (
      <Frame>
        <Report work={work} onAgain={onAgain} />
      </Frame>
    );
  const replace = () => {
    cancel.mutate();
    onAgain();
  };
  return (
    <Frame
      actions={
        <>
          <Button variant="subtle" loading={cancel.isPending} onClick={() => cancel.mutate()}>
            Cancel
          </Button>
          <ImportButton work={work} changes={changes} />
        </>
      }
    >
      <CheckedImport work={work} changes={changes} find={find} onReplace={replace} />
    </Frame>
  );
};

const Fetched = ({ id, given, onAgain }: { id: string } & Omit<WorkProps, "work">) => {
  const work = useQuery(importQuery(id));
  if (work.data) return <Work key={id} work={work.data} given={given} onAgain={onAgain} />;
  return (
    <Frame>
      {work.isError ? (
        <Failed what="The import" error={work.error} onRetry={() => void work.refetch()} />
      ) : (
        <Loading what="the import" />
      )}
    </Frame>
  );
};

/** Files that an earlier screen handed over; taken once. */
const useHandedOver = () => {
  const [given, setGiven] = useState<readonly Given[]>(() => handover.get());
  useEffect(() => handover.set([]), []);
  return [given, setGiven] as const;
};

/**
 * Bringing labels in: choose files, see what would come of them, say what is unclear, import, read the
 * report. Once files were sent, the import stands in the address, so a reload or a link comes back to it.
 */
export const ImportPage = () => {
  const { dataset } = route.useParams();
  const { work } = route.useSearch();
  const navigate = route.useNavigate();
  const [given, setGiven] = useHandedOver();
  if (work !== undefined)
    return <Fetched id={work} given={given} onAgain={() => void navigate({ search: {} })} />;
  return (
    <Frame>
      <StartImport dataset={dataset} given={given} onGiven={setGiven} />
    </Frame>
  );
};
