import { TextInput } from "@mantine/core";
import { IconPlus, IconSearch } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useRef, useState } from "react";
import { CommandButton } from "@/shared/commands/CommandButton";
import { useCommands } from "@/shared/commands/commands";
import { Keys } from "@/shared/commands/Keys";
import type { Command } from "@/shared/commands/registry";
import type { Given } from "@/shared/lib/dropped";
import { useMe } from "@/shared/session/session";
import { Dropzone } from "@/shared/ui/Dropzone";
import { LinkTabs } from "@/shared/ui/LinkTabs";
import { Page } from "@/shared/ui/Page";
import { Failed } from "@/shared/ui/Problems";
import { Bone, Empty, Loading } from "@/shared/ui/States";
import { type Dataset, datasetsQuery, importsQuery, jobsQuery, overviewQuery } from "./api";
import { Bin } from "./Bin";
import { DatasetCard } from "./DatasetCard";
import classes from "./Datasets.module.css";
import { checkedOf, needsOf, standingOf } from "./facts";
import { BiggestDataset, NeedsYou } from "./NeedsYou";
import { NewDataset } from "./NewDataset";
import { useArrows } from "./useArrows";

const route = getRouteApi("/signed-in/shell/datasets");

const FirstSteps = ({ onGiven }: { onGiven: (given: Given[]) => void }) => (
  <div className={classes.first}>
    <h2 className={classes.firstTitle}>No datasets yet</h2>
    <ol className={classes.steps}>
      <li>
        <strong>Bring labels in</strong>A table of pictures, classes and confidences, and the pictures.
      </li>
      <li>
        <strong>Make a check</strong>Labels are dealt to people in batches of one class.
      </li>
      <li>
        <strong>Read the result</strong>How often each class is right, and from which confidence on.
      </li>
    </ol>
    <Dropzone title="Drop labels and pictures here" onGiven={onGiven}>
      A CSV or JSON Lines file, a zip of pictures, or a folder. Nothing is written before you say so.
    </Dropzone>
  </div>
);

const Skeletons = () => (
  <div className={classes.cards}>
    {["a", "b", "c", "d"].map((key) => (
      <div key={key} className={classes.skeleton}>
        <Bone height={72} />
      </div>
    ))}
  </div>
);

const Cards = ({ shown, all }: { shown: readonly Dataset[]; all: readonly Dataset[] }) => {
  const isAdmin = useMe().role === "admin";
  const jobs = useQuery(jobsQuery).data ?? [];
  const imports = useQuery(importsQuery()).data ?? [];
  const { data: overview } = useQuery(overviewQuery);
  const cards = useRef<HTMLDivElement>(null);
  useCommands(useArrows(cards, { noun: "Card", group: "Datasets" }));
  const biggest = all.toSorted((a, b) => b.labels - a.labels)[0];
  return (
    <div className={classes.layout}>
      <div ref={cards} className={classes.cards}>
        {shown.map((dataset) => {
          const checked = checkedOf(dataset, overview);
          return (
            <DatasetCard
              key={dataset.id}
              dataset={dataset}
              checked={checked}
              standing={standingOf(dataset, jobs, imports, checked)}
              imports={imports}
            />
          );
        })}
        {shown.length === 0 && <Empty title="No dataset is called that" />}
      </div>
      <aside className={classes.aside} aria-label="What waits, and the biggest dataset">
        {isAdmin && <NeedsYou needs={needsOf(all, jobs, imports, overview)} />}
        {biggest && biggest.labels > 0 && <BiggestDataset dataset={biggest} overview={overview} />}
      </aside>
    </div>
  );
};

interface ListProps {
  readonly search: string;
  readonly onGiven: (given: Given[]) => void;
}

const List = ({ search, onGiven }: ListProps) => {
  const isAdmin = useMe().role === "admin";
  const datasets = useQuery(datasetsQuery);
  if (datasets.isError)
    return <Failed what="The datasets" error={datasets.error} onRetry={() => void datasets.refetch()} />;
  if (!datasets.data)
    return (
      <Loading what="datasets">
        <Skeletons />
      </Loading>
    );
  if (datasets.data.length === 0)
    return isAdmin ? (
      <FirstSteps onGiven={onGiven} />
    ) : (
      <Empty title="No datasets yet">An admin brings the first labels in.</Empty>
    );
  const wanted = search.trim().toLocaleLowerCase();
  const shown = datasets.data.filter((dataset) => dataset.name.toLocaleLowerCase().includes(wanted));
  return <Cards shown={shown} all={datasets.data} />;
};

const Search = ({ value, onChange }: { value: string; onChange: (value: string) => void }) => {
  const input = useRef<HTMLInputElement>(null);
  useCommands([
    {
      id: "datasets.search",
      label: "Search",
      group: "Datasets",
      keys: ["/"],
      run: () => input.current?.focus(),
    },
  ]);
  return (
    <TextInput
      ref={input}
      type="search"
      aria-label="Search datasets"
      placeholder="Search"
      className={classes.search}
      leftSection={<IconSearch size={16} aria-hidden />}
      rightSection={value === "" ? <Keys of="/" /> : undefined}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        onChange("");
        event.currentTarget.blur();
      }}
    />
  );
};

/** The datasets as cards, what waits for the admin, and the bin. */
export const DatasetsPage = () => {
  const { show } = route.useSearch();
  const isAdmin = useMe().role === "admin";
  const [search, setSearch] = useState("");
  const [given, setGiven] = useState<Given[] | null>(null);
  const make: Command = {
    id: "datasets.new",
    label: "New dataset",
    group: "Datasets",
    keys: ["KeyN"],
    run: () => setGiven([]),
  };
  useCommands(isAdmin ? [make] : []);
  const take = (files: Given[]) => {
    if (files.length > 0) setGiven(files);
  };
  return (
    <Page
      title="Datasets"
      flush
      actions={
        <>
          {show === undefined && <Search value={search} onChange={setSearch} />}
          {isAdmin && <CommandButton command={make} leftSection={<IconPlus size={16} aria-hidden />} />}
        </>
      }
      below={
        <LinkTabs
          label="Parts of this page"
          tabs={[
            { to: "/datasets", search: {}, label: "Datasets", current: show === undefined },
            { to: "/datasets", search: { show: "bin" }, label: "Bin", current: show === "bin" },
          ]}
        />
      }
    >
      {show === "bin" ? <Bin /> : <List search={search} onGiven={take} />}
      <NewDataset opened={given !== null} given={given ?? []} onClose={() => setGiven(null)} />
    </Page>
  );
};
