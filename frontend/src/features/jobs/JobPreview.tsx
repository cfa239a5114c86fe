import { Menu, UnstyledButton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useEffectEvent } from "react";
import { Problem, reasonOf } from "@/shared/api/problem";
import { count, counted, duration } from "@/shared/lib/format";
import { smallLook } from "@/shared/lib/looks";
import { Picture } from "@/shared/ui/Picture";
import { Empty, Loading } from "@/shared/ui/States";
import type { JobWish } from "./api";
import { type Preview, previewQuery } from "./api";
import { CorrectPreview } from "./CorrectPreview";
import type { Form } from "./Field";
import { emptyForm } from "./form";
import classes from "./JobPreview.module.css";
import { OutlinePreview } from "./OutlinePreview";
import { Figure } from "./PreviewFigure";

const Figures = ({ preview, wish }: { preview: Preview; wish: JobWish }) => {
  const pace = preview.seconds_per_item;
  const opinions = wish.reviewers_per_item ?? 1;
  return (
    <dl className={classes.figures} aria-live="polite">
      <Figure
        label="Batches"
        value={count(preview.batches)}
        detail={`${counted(preview.by_class.length, "class", "classes")}, last ones partly full`}
      />
      <Figure
        label="Single looks"
        value={count(preview.looks)}
        detail={`${opinions} for each of ${counted(preview.items, "picture")}`}
      />
      {preview.masks > 0 && (
        <Figure
          label="With a mask"
          value={count(preview.masks)}
          detail={`of ${counted(preview.items, "label")}; tiles show their outlines`}
        />
      )}
      <Figure
        label="Work in all"
        value={pace === null ? "–" : duration(pace * preview.looks)}
        detail={pace === null ? "no estimate before the first batches" : "at the pace of past jobs"}
      />
    </dl>
  );
};

type Sample = Preview["sample"][number];

const SampleTile = ({ tile, form, index }: { tile: Sample; form: Form; index: number }) => {
  const { examples } = form.values;
  const chosen = examples.find((example) => example.image === tile.image);
  const rest = examples.filter((example) => example.image !== tile.image);
  const choose = (right: boolean) =>
    form.setFieldValue("examples", [
      ...rest,
      { image: tile.image, right, label_class: tile.label_class?.id ?? null, caption: "" },
    ]);
  const word = chosen && (chosen.right ? "Right" : "Wrong");
  return (
    <Menu width={200}>
      <Menu.Target>
        <UnstyledButton
          className={classes.tile}
          aria-label={`Picture ${index + 1}${word ? `, example of ${word.toLowerCase()}` : ""}`}
        >
          <Picture {...smallLook(tile)} alt="" lazy />
          {word && <span className={classes.mark}>{word}</span>}
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => choose(true)}>Example of right</Menu.Item>
        <Menu.Item onClick={() => choose(false)}>Example of wrong</Menu.Item>
        {chosen && <Menu.Item onClick={() => form.setFieldValue("examples", rest)}>No example</Menu.Item>}
      </Menu.Dropdown>
    </Menu>
  );
};

const SampleBatch = ({ preview, form }: { preview: Preview; form: Form }) => {
  const [first] = preview.sample;
  if (!first) return null;
  return (
    <section className={classes.panel} aria-label="A batch">
      <h2 className={classes.question}>
        {first.label_class?.name}
        <span className={classes.mark2}>?</span>{" "}
        <span className={classes.detail}>
          A batch as a reviewer sees it. Press a picture to make it an example.
        </span>
      </h2>
      <div className={classes.grid}>
        {preview.sample.map((tile, index) => (
          <SampleTile key={`${tile.image}${tile.close_up?.outline}`} tile={tile} form={form} index={index} />
        ))}
      </div>
    </section>
  );
};

const MOST_BARS = 24;

const Bars = ({ batches }: { batches: number }) => (
  <span aria-hidden className={classes.bars}>
    {Array.from({ length: Math.min(batches, MOST_BARS) }, (_, bar) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: bars are alike; only their number matters.
      <span key={bar} className={classes.bar} />
    ))}
    {batches > MOST_BARS && <span className={classes.detail}>…</span>}
  </span>
);

const MOST_CLASSES = 50;

const ByClass = ({ preview }: { preview: Preview }) => (
  <section className={classes.panel} aria-label="Batches by class">
    <h2 className={classes.title}>Batches by class</h2>
    <ul>
      {preview.by_class.slice(0, MOST_CLASSES).map(({ label_class, items, batches }) => (
        <li key={label_class.id} className={classes.classRow}>
          <span className={classes.className}>{label_class.name}</span>
          <span className={classes.number}>{counted(items, "picture")}</span>
          <Bars batches={batches} />
          <span className={classes.number}>{counted(batches, "batch", "batches")}</span>
        </li>
      ))}
    </ul>
    {preview.by_class.length > MOST_CLASSES && (
      <p className={classes.detail}>
        {counted(preview.by_class.length - MOST_CLASSES, "more class", "more classes")}
      </p>
    )}
  </section>
);

/** Names the filter to loosen when nothing is left. */
const whatRemovesAll = (wish: JobWish): string => {
  const filters = [
    wish.min_confidence != null || wish.max_confidence != null ? "the confidence limits" : "",
    wish.source ? `the source ${wish.source}` : "",
    wish.label_classes?.length ? "the chosen classes" : "",
    wish.changed_since ? "“what changed since”" : "",
    wish.unjudged ? "“only what nobody has judged yet”" : "",
    wish.with_mask ? "the masks only" : "",
  ].filter(Boolean);
  if (filters.length === 0) return "This dataset has no labels yet. Import some first.";
  return `Loosen ${filters.join(" or ")}: together they leave nothing.`;
};

/** What the server refuses to preview stands beside its field, until it no longer does. */
const useRefusals = (form: Form, error: Error | null) => {
  const place = useEffectEvent((refused: Readonly<Record<string, string>>) => {
    for (const [field, message] of Object.entries(refused)) form.setFieldError(field, message);
  });
  const take = useEffectEvent((refused: Readonly<Record<string, string>>) => {
    for (const field of Object.keys(refused)) form.clearFieldError(field);
  });
  useEffect(() => {
    if (!(error instanceof Problem)) return;
    const refused = error.fields(Object.keys(emptyForm()));
    place(refused);
    return () => take(refused);
  }, [error]);
};

interface JobPreviewProps {
  readonly form: Form;
  /** What is previewed; null while the form cannot be sent. */
  readonly wish: JobWish | null;
}

/** What the job would make, always live: batches, looks, hours, and a true batch. */
export const JobPreview = ({ form, wish }: JobPreviewProps) => {
  const preview = useQuery(previewQuery(wish));
  useRefusals(form, preview.error);
  if (wish === null)
    return form.values.dataset === "" ? (
      <Empty title="Choose a dataset">What the job would make appears here.</Empty>
    ) : (
      <Empty title="No preview">Something in the form needs another look.</Empty>
    );
  if (preview.isError)
    return (
      <Empty title="No preview">
        <span role="alert">{reasonOf(preview.error)}</span>
      </Empty>
    );
  if (!preview.data) return <Loading what="the preview" />;
  if (wish.kind === "segmentation") return <OutlinePreview preview={preview.data} wish={wish} />;
  if (wish.kind === "correction") return <CorrectPreview preview={preview.data} />;
  if (preview.data.items === 0) return <Empty title="No label matches">{whatRemovesAll(wish)}</Empty>;
  return (
    <div className={classes.preview}>
      <Figures preview={preview.data} wish={wish} />
      <SampleBatch preview={preview.data} form={form} />
      <ByClass preview={preview.data} />
    </div>
  );
};
