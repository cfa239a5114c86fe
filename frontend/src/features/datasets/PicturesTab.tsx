import { Select, TextInput } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useState } from "react";
import { shortConfidence } from "@/shared/lib/format";
import { smallLook } from "@/shared/lib/looks";
import { Picture } from "@/shared/ui/Picture";
import { Failed } from "@/shared/ui/Problems";
import { ShowMore } from "@/shared/ui/ShowMore";
import { Empty, Loading } from "@/shared/ui/States";
import { type DatasetDetail, type Label, labelsQuery } from "./api";
import { limitOf } from "./limits";
import { PictureDialog } from "./PictureDialog";
import classes from "./PicturesTab.module.css";

const route = getRouteApi("/signed-in/shell/datasets/$dataset");

interface LimitProps {
  readonly label: string;
  readonly value: number | undefined;
  readonly onChange: (value: number | undefined) => void;
}

/** One end of the confidences; taken over by Enter or by leaving the field. */
const Limit = ({ label, value, onChange }: LimitProps) => {
  const [typed, setTyped] = useState(value === undefined ? "" : `${value}`);
  const read = limitOf(typed);
  const commit = () => {
    if (read !== "wrong") onChange(read);
  };
  return (
    <TextInput
      label={label}
      inputMode="decimal"
      placeholder="any"
      value={typed}
      error={read === "wrong" ? "From 0 to 1" : undefined}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onBlur={commit}
      onKeyDown={(event) => {
        if (event.key === "Enter") commit();
      }}
    />
  );
};

const Filters = ({ dataset }: { dataset: DatasetDetail }) => {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const narrow = (more: Partial<typeof search>) =>
    void navigate({ search: { ...search, ...more, picture: undefined }, replace: true });
  return (
    <search className={classes.filters} aria-label="Filter the labels">
      <Select
        label="Class"
        placeholder="All classes"
        data={dataset.by_class.map(({ label_class }) => ({ value: label_class.id, label: label_class.name }))}
        value={search.label_class ?? null}
        searchable
        clearable
        clearButtonProps={{ "aria-label": "All classes" }}
        onChange={(chosen) => narrow({ label_class: chosen ?? undefined })}
      />
      <Select
        label="Source"
        placeholder="All sources"
        data={dataset.sources.map(({ source }) => source)}
        value={search.source ?? null}
        clearable
        clearButtonProps={{ "aria-label": "All sources" }}
        onChange={(chosen) => narrow({ source: chosen ?? undefined })}
      />
      <Limit label="Confidence from" value={search.min} onChange={(min) => narrow({ min })} />
      <Limit label="to, not included" value={search.max} onChange={(max) => narrow({ max })} />
    </search>
  );
};

const Tile = ({ label, onOpen }: { label: Label; onOpen: () => void }) => (
  <li>
    <button type="button" className={classes.tile} onClick={onOpen}>
      <span className={classes.mat}>
        <Picture {...smallLook(label)} alt="" lazy />
      </span>
      <span className={classes.name}>{label.label_class.name}</span>
      <span className={classes.second}>
        {shortConfidence(label.confidence)}
        <span className={classes.ref}>{label.image_ref}</span>
      </span>
    </button>
  </li>
);

/** The labels with their pictures; what is shown stands in the address. */
export const PicturesTab = ({ dataset }: { dataset: DatasetDetail }) => {
  const { label_class, source, min, max, picture } = route.useSearch();
  const navigate = route.useNavigate();
  const labels = useInfiniteQuery(
    labelsQuery(dataset.id, { label_class, source, min_confidence: min, max_confidence: max }),
  );
  const found = labels.data?.pages.flatMap((page) => page.results);
  const show = (next: string | undefined) =>
    void navigate({ search: (before) => ({ ...before, picture: next }), replace: true });
  return (
    <div className={classes.pictures}>
      <Filters dataset={dataset} />
      {labels.isError && (
        <Failed what="The labels" error={labels.error} onRetry={() => void labels.refetch()} />
      )}
      {!labels.isError && !found && <Loading what="labels" />}
      {found?.length === 0 && (
        <Empty title="No label is like that">Choose another class or source, or wider confidences.</Empty>
      )}
      {found && found.length > 0 && (
        <ul aria-label="Labels" className={classes.grid}>
          {found.map((label) => (
            <Tile key={label.id} label={label} onOpen={() => show(label.image)} />
          ))}
        </ul>
      )}
      <ShowMore of={labels} />
      <PictureDialog
        picture={picture}
        among={[...new Set(found?.map((label) => label.image) ?? [])]}
        onShow={show}
      />
    </div>
  );
};
