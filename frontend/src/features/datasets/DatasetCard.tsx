import { Progress } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { counted, duration } from "@/shared/lib/format";
import { Dotted } from "@/shared/ui/Badge";
import { Picture } from "@/shared/ui/Picture";
import { type Dataset, type Import, isBusy } from "./api";
import classes from "./DatasetCard.module.css";
import { barsOf, checkedWords, type Standing, thinWords } from "./facts";

const Samples = ({ dataset }: { dataset: Dataset }) => (
  <div className={classes.samples}>
    {dataset.samples.length === 0 && <p className={classes.none}>No pictures yet</p>}
    {dataset.samples.map((picture) => (
      <Picture key={picture.id} src={picture.thumb_url} alt="" />
    ))}
  </div>
);

const Distribution = ({ dataset }: { dataset: Dataset }) => {
  const thin = thinWords(dataset.by_class);
  const words = `Labels by class, the largest first${thin ? `; ${thin}` : ""}`;
  return (
    <div role="img" aria-label={words} className={classes.bars}>
      {barsOf(dataset.by_class).map((bar) => (
        <span
          key={bar.id}
          className={classes.bar}
          data-thin={bar.thin || undefined}
          style={{ height: `max(3px, ${100 * bar.height}%)` }}
        />
      ))}
    </div>
  );
};

const Checked = ({ labels, checked }: { labels: number; checked: number }) => (
  <div className={classes.foot}>
    <Progress
      value={labels === 0 ? 0 : (100 * checked) / labels}
      size={6}
      className={classes.progress}
      aria-label="Labels checked"
    />
    <span className={classes.footWords}>{checkedWords(checked, labels)}</span>
  </div>
);

const Importing = ({ work }: { work: Import }) => {
  const { done, total, seconds_left, message } = work.progress;
  return (
    <div className={classes.foot}>
      <Progress
        value={total ? (100 * done) / total : 0}
        size={6}
        color="focus"
        className={classes.progress}
        aria-label="Import"
      />
      <span className={classes.footWords}>
        {seconds_left === null ? message || "waiting" : `${duration(seconds_left)} left`}
      </span>
    </div>
  );
};

interface DatasetCardProps {
  readonly dataset: Dataset;
  readonly standing: Standing;
  readonly checked: number;
  readonly imports: readonly Import[];
}

/** One dataset: five whole pictures, how its labels spread over the classes, how much was checked. */
export const DatasetCard = ({ dataset, standing, checked, imports }: DatasetCardProps) => {
  const importing = imports.find((work) => work.dataset === dataset.id && isBusy(work) && !work.dry_run);
  return (
    <article className={classes.card}>
      <Samples dataset={dataset} />
      <div className={classes.text}>
        <div className={classes.line}>
          <h2 className={classes.name}>
            <Link to="/datasets/$dataset" params={{ dataset: dataset.id }} className={classes.link} data-card>
              {dataset.name}
            </Link>
          </h2>
          {standing.tone === "quiet" ? (
            <span className={classes.quiet}>{standing.words}</span>
          ) : (
            <Dotted tone={standing.tone}>{standing.words}</Dotted>
          )}
        </div>
        <div className={classes.line}>
          <span>
            {counted(dataset.images, "picture")}
            <span className={classes.gap} />
            {counted(dataset.classes, "class", "classes")}
          </span>
          <span className={classes.thin}>{thinWords(dataset.by_class)}</span>
        </div>
        {dataset.labels > 0 && <Distribution dataset={dataset} />}
        {importing && <Importing work={importing} />}
        {!importing && dataset.labels > 0 && <Checked labels={dataset.labels} checked={checked} />}
      </div>
    </article>
  );
};
