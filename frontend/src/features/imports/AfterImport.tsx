import { count } from "@/shared/lib/format";
import type { Import } from "./api";
import classes from "./Panels.module.css";

const Line = ({ label, value }: { label: string; value: number | string }) => (
  <div className={classes.line}>
    <dt>{label}</dt>
    <dd>{typeof value === "number" ? count(value) : value}</dd>
  </div>
);

const classesOf = (work: Import): number =>
  new Set(work.classes.map((one) => one.becomes).filter((name) => name !== null)).size;

/** The figures of an import: what it would bring, or what it brought. */
export const Figures = ({ work }: { work: Import }) => {
  const { labels, images, unchanged, updated } = work.counts;
  return (
    <dl>
      <Line label="New labels" value={labels} />
      <Line label="New pictures" value={images} />
      {work.classes.length > 0 && <Line label="Classes in the file" value={classesOf(work)} />}
      {updated > 0 && <Line label="With a new confidence" value={updated} />}
      {unchanged > 0 && <Line label="There already, unchanged" value={unchanged} />}
      <Line label="Source" value={work.source} />
    </dl>
  );
};

export const AfterImport = ({ work }: { work: Import }) => (
  <section aria-label="After import" className={classes.after}>
    <h2 className={classes.heading}>After import</h2>
    <Figures work={work} />
  </section>
);
