import { IconArrowRight, IconCpu, IconListCheck, IconPhoto, IconPlayerPlay } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link, type LinkProps } from "@tanstack/react-router";
import { Fragment, type ReactNode } from "react";
import { count, counted, day } from "@/shared/lib/format";
import { type Card, isAtWork, jobsQuery, type Run, runsQuery } from "./api";
import { latestCheck, lessonOf, lessonWords } from "./facts";
import classes from "./ModelPage.module.css";

interface Step {
  readonly key: string;
  readonly icon: ReactNode;
  readonly title: string;
  readonly words: string;
  readonly link?: Pick<LinkProps, "to" | "params" | "search">;
  readonly current?: boolean;
}

const runWords = (run: Run): string => {
  if (isAtWork(run)) return `${count(run.progress.done)} of ${count(run.progress.total ?? 0)} pictures`;
  return `${counted(run.labelled + run.unchanged, "picture")} labelled`;
};

const stepOfRun = (run: Run): Step => ({
  key: run.id,
  icon: <IconPlayerPlay size={16} aria-hidden />,
  title: `Run on ${run.dataset_name}`,
  words: runWords(run),
  link: {
    to: "/datasets/$dataset",
    params: { dataset: run.dataset },
    search: { show: "predictions", run: run.id },
  },
});

/** What it learned from; of a training of our own, the way there. */
const dataOf = (card: Card): Step => {
  const lesson = lessonOf(card);
  const { text } = card.trained_on;
  const icon = <IconPhoto size={16} aria-hidden />;
  if (!lesson)
    return { key: "data", icon, title: "Trained on", words: typeof text === "string" ? text : "not told" };
  return {
    key: "data",
    icon,
    title: `Trained on ${lesson.dataset.name}`,
    words: lessonWords(lesson),
    link: {
      to: "/datasets/$dataset",
      params: { dataset: lesson.dataset.id },
      search: { show: "training", run: lesson.run },
    },
  };
};

const stepOfBase = ({ id, name, version }: NonNullable<Card["base"]>): Step => ({
  key: id,
  icon: <IconCpu size={16} aria-hidden />,
  title: `${name} ${version}`,
  words: "stands on its features",
  link: { to: "/models/$version", params: { version: id } },
});

const Face = ({ step }: { step: Step }) => (
  <>
    {step.icon}
    <span className={classes.stepText}>
      <span className={classes.stepTitle}>{step.title}</span>
      <span className={classes.stepWords}>{step.words}</span>
    </span>
  </>
);

/** From what it learned from to what people checked of it; each step that is here is a link. */
export const Lineage = ({ card }: { card: Card }) => {
  const [run] = useQuery(runsQuery(card.id)).data ?? [];
  const check = latestCheck(useQuery(jobsQuery).data ?? [], card.label_source);
  const steps: Step[] = [
    dataOf(card),
    ...(card.base ? [stepOfBase(card.base)] : []),
    {
      key: "model",
      icon: <IconCpu size={16} aria-hidden />,
      title: `${card.name} ${card.version}`,
      words: `here since ${day(card.created_at)}`,
      current: true,
    },
    ...(run ? [stepOfRun(run)] : []),
    ...(check
      ? [
          {
            key: check.id,
            icon: <IconListCheck size={16} aria-hidden />,
            title: check.name,
            words: `${counted(check.items, "label")} asked about`,
            link: { to: "/jobs/$job", params: { job: check.id } } as const,
          },
        ]
      : []),
  ];
  return (
    <ol aria-label="From data to checks" className={classes.lineage}>
      {steps.map((step, at) => (
        <Fragment key={step.key}>
          {at > 0 && (
            <li aria-hidden className={classes.arrow}>
              <IconArrowRight size={18} />
            </li>
          )}
          <li className={classes.stepItem}>
            {step.link ? (
              <Link {...step.link} className={classes.step}>
                <Face step={step} />
              </Link>
            ) : (
              <span className={classes.step} data-current={step.current || undefined} title={step.words}>
                <Face step={step} />
              </span>
            )}
          </li>
        </Fragment>
      ))}
    </ol>
  );
};
