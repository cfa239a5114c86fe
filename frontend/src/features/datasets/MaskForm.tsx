import { MultiSelect, Radio, Select } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { CommandButton } from "@/shared/commands/CommandButton";
import { useCommands } from "@/shared/commands/commands";
import type { Command } from "@/shared/commands/registry";
import { counted } from "@/shared/lib/format";
import { useMe } from "@/shared/session/session";
import { Failed, Refused } from "@/shared/ui/Problems";
import { Loading } from "@/shared/ui/States";
import classes from "./MasksTab.module.css";
import {
  classChoices,
  type Drawable,
  drawable,
  drawableQuery,
  type Segmenter,
  segmentersQuery,
  sourceChoices,
  startMasks,
} from "./masks";
import "@mantine/core/styles/Radio.layer.css";

interface SegmentersProps {
  readonly all: readonly Segmenter[];
  readonly chosen: string;
  readonly onChange: (name: string) => void;
}

/** Those that are not there stand below, off, with what to do about it. */
const Segmenters = ({ all, chosen, onChange }: SegmentersProps) => (
  <Radio.Group label="Drawn by" value={chosen} onChange={onChange}>
    <div className={classes.segmenters}>
      {all
        .toSorted((a, b) => Number(b.available) - Number(a.available))
        .map(({ name, title, available, reason }) => (
          <Radio
            key={name}
            value={name}
            disabled={!available}
            label={name}
            description={
              <>
                {title}
                {!available && <span className={classes.missing}>{reason}</span>}
              </>
            }
          />
        ))}
    </div>
  </Radio.Group>
);

const forecastWords = ({ labels, missing }: { labels: number; missing: number }, name: string): string => {
  const all = `${counted(labels, "label")} with a box or four points`;
  if (labels === 0) return "No label of this choice has a box or four points.";
  if (missing === 0) return `${all}; ${name} has drawn a mask for each.`;
  return missing === labels ? `${all}.` : `${all}; ${counted(missing, "mask")} by ${name} missing.`;
};

interface FormProps {
  readonly dataset: string;
  readonly segmenters: readonly Segmenter[];
  readonly rows: readonly Drawable[];
  readonly chosen: string;
  readonly onSegmenter: (name: string) => void;
}

const useStart = (dataset: string) => {
  const client = useQueryClient();
  return useMutation({
    mutationFn: startMasks,
    onSuccess: () => client.invalidateQueries({ queryKey: ["mask-runs", dataset] }),
  });
};

const Form = ({ dataset, segmenters, rows, chosen, onSegmenter }: FormProps) => {
  const isAdmin = useMe().role === "admin";
  const [source, setSource] = useState("");
  const [label_classes, setClasses] = useState<string[]>([]);
  const start = useStart(dataset);
  const found = drawable(rows, source, label_classes);
  const draw: Command = {
    id: "dataset.masks",
    label: found.missing > 0 ? `Draw ${counted(found.missing, "mask")}` : "Draw masks",
    group: "Dataset",
    keys: ["KeyD"],
    enabled: isAdmin && found.missing > 0 && chosen !== "" && !start.isPending,
    run: () => start.mutate({ dataset, source, label_classes, segmenter: chosen }),
  };
  useCommands([draw]);
  return (
    <section aria-labelledby="draw-masks" className={classes.form}>
      <div>
        <h2 id="draw-masks" className={classes.heading}>
          Draw masks
        </h2>
        <p className={classes.second}>
          For each label that has a box or four points, a label with the object's outline is made beside it.
        </p>
      </div>
      <Select
        label="Source"
        placeholder="All sources"
        data={sourceChoices(rows)}
        clearable
        clearButtonProps={{ "aria-label": "All sources" }}
        value={source || null}
        onChange={(one) => setSource(one ?? "")}
      />
      <MultiSelect
        label="Classes"
        placeholder={label_classes.length === 0 ? "All classes" : undefined}
        data={classChoices(rows)}
        searchable
        clearable
        clearButtonProps={{ "aria-label": "All classes" }}
        value={label_classes}
        onChange={setClasses}
      />
      <Segmenters all={segmenters} chosen={chosen} onChange={onSegmenter} />
      <p role="status" className={classes.second}>
        {forecastWords(found, chosen)}
      </p>
      {isAdmin && <CommandButton command={draw} loading={start.isPending} className={classes.begin} />}
      <Refused error={start.error} />
    </section>
  );
};

/** The one that drew last, else the default one, else the first that is there; empty where none is. */
const firstChoice = (all: readonly Segmenter[], last: string | undefined): string => {
  const there = all.filter(({ available }) => available);
  const found = there.find(({ name }) => name === last) ?? there.find((one) => one.default) ?? there[0];
  return found?.name ?? "";
};

interface MaskFormProps {
  readonly dataset: string;
  /** The segmenter of the latest run. */
  readonly last: string | undefined;
  /** Stands here when no label says where its object is. */
  readonly none: ReactNode;
}

/** What is to be drawn, and by which segmenter. */
export const MaskForm = ({ dataset, last, none }: MaskFormProps) => {
  const [picked, pick] = useState<string | null>(null);
  const segmenters = useQuery(segmentersQuery);
  const chosen = picked ?? firstChoice(segmenters.data ?? [], last);
  const rows = useQuery({ ...drawableQuery(dataset, chosen), enabled: segmenters.data !== undefined });
  const broken = [segmenters, rows].find((query) => query.isError);
  if (broken) return <Failed what="The choice" error={broken.error} onRetry={() => void broken.refetch()} />;
  if (!segmenters.data || (!rows.data && picked === null)) return <Loading what="what can be drawn" />;
  if (rows.data?.length === 0) return none;
  return (
    <Form
      dataset={dataset}
      segmenters={segmenters.data}
      rows={rows.data ?? []}
      chosen={chosen}
      onSegmenter={pick}
    />
  );
};
