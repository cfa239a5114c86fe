import { MultiSelect, Select } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { confidence } from "@/shared/lib/format";
import { smallLook } from "@/shared/lib/looks";
import { Picture as Whole } from "@/shared/ui/Picture";
import { type Item, itemsQuery, type Job, type Outcome } from "./api";
import classes from "./JobPictures.module.css";
import { Tiles } from "./Tiles";
import { OUTCOMES, outcomeWord } from "./words";

const route = getRouteApi("/signed-in/shell/jobs/$job");

const Filters = ({ job }: { job: Job }) => {
  const { outcome, label_class } = route.useSearch();
  const navigate = route.useNavigate();
  const show = "pictures" as const;
  return (
    <div className={classes.filters}>
      <MultiSelect
        aria-label="Outcome"
        placeholder={outcome?.length ? undefined : "Any outcome"}
        data={OUTCOMES.map((one) => ({ value: one.outcome, label: one.word }))}
        value={outcome ?? []}
        clearable
        clearButtonProps={{ "aria-label": "Any outcome" }}
        onChange={(chosen) =>
          void navigate({
            search: { show, label_class, ...(chosen.length > 0 ? { outcome: chosen as Outcome[] } : {}) },
          })
        }
      />
      <Select
        aria-label="Class"
        placeholder="All classes"
        data={job.by_class.map(({ label_class: one }) => ({ value: one.id, label: one.name }))}
        value={label_class ?? null}
        searchable
        clearable
        clearButtonProps={{ "aria-label": "All classes" }}
        onChange={(chosen) =>
          void navigate({ search: { show, outcome, ...(chosen ? { label_class: chosen } : {}) } })
        }
      />
    </div>
  );
};

const counts = (item: Item): string =>
  [
    [item.confirm_count, "right"],
    [item.disconfirm_count, "wrong"],
    [item.unsure_count, "unsure"],
  ]
    .filter(([number]) => number)
    .map(([number, word]) => `${number} ${word}`)
    .join(", ") || "not looked at yet";

const Picture = ({ item }: { item: Item }) => (
  <li className={classes.tile}>
    <a href={item.full_url} target="_blank" rel="noreferrer" className={classes.mat}>
      <Whole {...smallLook(item)} alt={`${item.label_class.name}, ${item.image_ref}`} lazy />
    </a>
    <p className={classes.outcome} data-outcome={item.outcome}>
      {outcomeWord(item.outcome)}
    </p>
    <p className={classes.name}>{item.label_class.name}</p>
    <p className={classes.small}>
      {counts(item)}; confidence {confidence(item.confidence)}
    </p>
  </li>
);

/** The pictures behind the numbers of a job: whole, with their counts. What is shown stands in the address. */
export const JobPictures = ({ job }: { job: Job }) => {
  const { outcome, label_class } = route.useSearch();
  const items = useInfiniteQuery(itemsQuery(job.id, { outcome: outcome ?? [], label_class }));
  return (
    <div className={classes.pictures}>
      <Filters job={job} />
      <Tiles
        items={items}
        otherwise="Choose another outcome or class."
        tile={(item) => <Picture item={item} />}
      />
    </div>
  );
};
