import { IconFileImport, IconListCheck } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { CommandButton } from "@/shared/commands/CommandButton";
import { useCommands } from "@/shared/commands/commands";
import type { Command } from "@/shared/commands/registry";
import { count } from "@/shared/lib/format";
import { useMe } from "@/shared/session/session";
import { LinkButton } from "@/shared/ui/LinkButton";
import { LinkTabs } from "@/shared/ui/LinkTabs";
import { Page } from "@/shared/ui/Page";
import { Failed } from "@/shared/ui/Problems";
import { Loading } from "@/shared/ui/States";
import { AlikeView } from "./alike/AlikeView";
import { type DatasetDetail, datasetQuery } from "./api";
import { ClassesTab } from "./ClassesTab";
import { DatasetMenu } from "./DatasetMenu";
import { ImportsTab } from "./ImportsTab";
import { MasksTab } from "./MasksTab";
import { PicturesTab } from "./PicturesTab";
import { PredictionsTab } from "./predictions/PredictionsTab";
import { TrainingTab } from "./training/TrainingTab";
import { TwinsTab } from "./twins/TwinsTab";

const route = getRouteApi("/signed-in/shell/datasets/$dataset");
const DATASETS = { label: "Datasets", to: "/datasets" } as const;

const Tabs = ({ dataset }: { dataset: DatasetDetail }) => {
  const { show } = route.useSearch();
  const to = { to: "/datasets/$dataset", params: { dataset: dataset.id } } as const;
  return (
    <LinkTabs
      label="Parts of this dataset"
      tabs={[
        { ...to, search: {}, label: `Classes ${count(dataset.classes)}`, current: show === undefined },
        {
          ...to,
          search: { show: "pictures" },
          label: `Labels ${count(dataset.labels)}`,
          current: show === "pictures",
        },
        {
          ...to,
          search: { show: "near-duplicates" },
          label: "Near-duplicates",
          current: show === "near-duplicates",
        },
        {
          ...to,
          search: { show: "predictions" },
          label: "Predictions",
          current: show === "predictions",
        },
        { ...to, search: { show: "training" }, label: "Training", current: show === "training" },
        { ...to, search: { show: "masks" }, label: "Masks", current: show === "masks" },
        { ...to, search: { show: "imports" }, label: "Imports", current: show === "imports" },
      ]}
    />
  );
};

const AdminActions = ({ dataset }: { dataset: DatasetDetail }) => {
  const navigate = useNavigate();
  const bring: Command = {
    id: "dataset.import",
    label: "Import labels",
    group: "Dataset",
    keys: ["KeyI"],
    run: () => void navigate({ to: "/datasets/$dataset/import", params: { dataset: dataset.id } }),
  };
  useCommands([bring]);
  return (
    <>
      <DatasetMenu dataset={dataset} />
      {dataset.images > 0 && (
        <LinkButton
          variant="default"
          to="/jobs/new"
          search={{ dataset: dataset.id, ...(dataset.labels === 0 && { kind: "segmentation" as const }) }}
          leftSection={<IconListCheck size={16} aria-hidden />}
        >
          New job
        </LinkButton>
      )}
      <CommandButton command={bring} leftSection={<IconFileImport size={16} aria-hidden />} />
    </>
  );
};

const Loaded = ({ dataset }: { dataset: DatasetDetail }) => {
  const { show, like } = route.useSearch();
  const isAdmin = useMe().role === "admin";
  return (
    <Page
      title={dataset.name}
      parent={DATASETS}
      flush
      actions={isAdmin && <AdminActions dataset={dataset} />}
      below={<Tabs dataset={dataset} />}
    >
      {show === undefined && <ClassesTab dataset={dataset} />}
      {show === "pictures" && <PicturesTab dataset={dataset} />}
      {show === "near-duplicates" && <TwinsTab dataset={dataset.id} />}
      {show === "alike" && like && <AlikeView key={like} dataset={dataset.id} image={like} />}
      {show === "predictions" && <PredictionsTab dataset={dataset} />}
      {show === "training" && <TrainingTab dataset={dataset} />}
      {show === "masks" && <MasksTab dataset={dataset.id} />}
      {show === "imports" && <ImportsTab dataset={dataset} />}
    </Page>
  );
};

/** One dataset: its classes, the labels with their pictures, and where they came from. */
export const DatasetPage = () => {
  const { dataset: id } = route.useParams();
  const dataset = useQuery(datasetQuery(id));
  if (dataset.data) return <Loaded dataset={dataset.data} />;
  return (
    <Page title="Dataset" parent={DATASETS}>
      {dataset.isError ? (
        <Failed what="The dataset" error={dataset.error} onRetry={() => void dataset.refetch()} />
      ) : (
        <Loading what="the dataset" />
      )}
    </Page>
  );
};
