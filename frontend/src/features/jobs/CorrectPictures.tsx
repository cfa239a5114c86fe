import { Select } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { smallLook } from "@/shared/lib/looks";
import { Picture } from "@/shared/ui/Picture";
import { type Answer, type Correction, correctionsQuery, type Job } from "./api";
import classes from "./JobPictures.module.css";
import { Tiles } from "./Tiles";

const route = getRouteApi("/signed-in/shell/jobs/$job");

const ANSWERS: readonly { readonly value: Answer; readonly label: string }[] = [
  { value: "class", label: "Corrected" },
  { value: "none_of_these", label: "None of the classes" },
  { value: "unsure", label: "Not sure" },
  { value: "pending", label: "No answer yet" },
];

const Filters = ({ job }: { job: Job }) => {
  const { answer, label_class } = route.useSearch();
  const navigate = route.useNavigate();
  const show = "pictures" as const;
  return (
    <div className={classes.filters}>
      <Select
        aria-label="Answer"
        placeholder="Any answer"
        data={ANSWERS}
        value={answer ?? null}
        clearable
        clearButtonProps={{ "aria-label": "Any answer" }}
        onChange={(chosen) =>
          void navigate({ search: { show, label_class, ...(chosen ? { answer: chosen as Answer } : {}) } })
        }
      />
      <Select
        aria-label="Labelled as"
        placeholder="Labelled as any class"
        data={job.by_class.map(({ label_class: one }) => ({ value: one.id, label: one.name }))}
        value={label_class ?? null}
        searchable
        clearable
        clearButtonProps={{ "aria-label": "All classes" }}
        onChange={(chosen) =>
          void navigate({ search: { show, answer, ...(chosen ? { label_class: chosen } : {}) } })
        }
      />
    </div>
  );
};

const wordOf = ({ right_class, value }: Correction): string =>
  right_class?.name ?? ANSWERS.find((one) => one.value === value)?.label ?? value;

const Tile = ({ item }: { item: Correction }) => (
  <li className={classes.tile}>
    <a href={item.full_url} target="_blank" rel="noreferrer" className={classes.mat}>
      <Picture
        {...smallLook({ ...item, close_up: item.close_up ?? null })}
        alt={`${wordOf(item)}, ${item.image_ref}`}
        lazy
      />
    </a>
    <p className={classes.outcome} data-outcome={item.value}>
      {wordOf(item)}
    </p>
    <p className={classes.name}>was {item.label_class.name}</p>
    <p className={classes.small}>{[item.person?.name, item.note].filter(Boolean).join(": ")}</p>
  </li>
);

/** The pictures behind the numbers of a job in which classes are corrected. */
export const CorrectPictures = ({ job }: { job: Job }) => {
  const { answer: value, label_class, right_class } = route.useSearch();
  const items = useInfiniteQuery(correctionsQuery(job.id, { value, label_class, right_class }));
  return (
    <div className={classes.pictures}>
      <Filters job={job} />
      <Tiles
        items={items}
        otherwise="Choose another answer or class."
        tile={(item) => <Tile item={item} />}
      />
    </div>
  );
};
