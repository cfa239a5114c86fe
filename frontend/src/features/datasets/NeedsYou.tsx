import {
  IconAlertTriangle,
  IconArrowsSplit2,
  IconEyeCheck,
  IconFileAlert,
  IconHelpCircle,
  type TablerIcon,
} from "@tabler/icons-react";
import { Link, type LinkProps } from "@tanstack/react-router";
import { counted } from "@/shared/lib/format";
import type { Dataset, Overview } from "./api";
import { checkedByClass, type Need } from "./facts";
import classes from "./NeedsYou.module.css";

const ICONS: Record<Need["kind"], TablerIcon> = {
  questions: IconHelpCircle,
  failed: IconFileAlert,
  dispute: IconArrowsSplit2,
  unchecked: IconEyeCheck,
  thin: IconAlertTriangle,
};

/** Where a need is settled. */
const placeOf = (need: Need): Pick<LinkProps, "to" | "params" | "search"> => {
  switch (need.kind) {
    case "questions":
    case "failed":
      return {
        to: "/datasets/$dataset/import",
        params: { dataset: need.work.dataset },
        search: { work: need.work.id },
      };
    case "dispute":
      return {
        to: "/jobs/$job",
        params: { job: need.job },
        search: { show: "pictures", outcome: ["split", "unsure"] },
      };
    case "unchecked":
      return { to: "/jobs/new", search: { dataset: need.dataset } };
    case "thin":
      return { to: "/datasets/$dataset", params: { dataset: need.dataset } };
  }
};

const NeedRow = ({ need }: { need: Need }) => {
  const Icon = ICONS[need.kind];
  return (
    <li>
      <Link {...placeOf(need)} className={classes.need}>
        <Icon size={18} aria-hidden className={classes.icon} data-kind={need.kind} />
        <span className={classes.words}>
          <span className={classes.title}>{need.title}</span>
          <span className={classes.detail}>{need.detail}</span>
        </span>
      </Link>
    </li>
  );
};

/** What waits for the admin. */
export const NeedsYou = ({ needs }: { needs: readonly Need[] }) => (
  <section aria-labelledby="needs-you">
    <h2 id="needs-you" className={classes.heading}>
      Needs you
    </h2>
    {needs.length === 0 ? (
      <p className={classes.detail}>Nothing waits for you.</p>
    ) : (
      <ul>
        {needs.map((need) => (
          <NeedRow key={`${need.kind} ${need.title} ${need.detail}`} need={need} />
        ))}
      </ul>
    )}
  </section>
);

const SHOWN = 7;

interface BiggestProps {
  readonly dataset: Dataset;
  readonly overview: Overview | undefined;
}

/** The classes of the biggest dataset, and how much of each was checked. */
export const BiggestDataset = ({ dataset, overview }: BiggestProps) => {
  const checked = checkedByClass(overview, dataset.id);
  const most = dataset.by_class[0]?.labels || 1;
  const rest = dataset.by_class.length - SHOWN;
  return (
    <section aria-labelledby="biggest">
      <h2 id="biggest" className={classes.heading}>
        {dataset.name}, by class
      </h2>
      <ul className={classes.classes}>
        {dataset.by_class.slice(0, SHOWN).map(({ label_class, labels }) => {
          const done = Math.min(labels, checked.get(label_class.id) ?? 0);
          return (
            <li key={label_class.id}>
              <div className={classes.classLine}>
                <span className={classes.className}>{label_class.name}</span>
                <span>{labels}</span>
              </div>
              <div
                role="img"
                aria-label={`${done} of ${counted(labels, "label")} checked`}
                className={classes.bar}
                style={{ width: `${(100 * labels) / most}%` }}
              >
                <span className={classes.done} style={{ width: `${labels ? (100 * done) / labels : 0}%` }} />
              </div>
            </li>
          );
        })}
      </ul>
      <p className={classes.legend}>
        <span className={classes.swatch} data-done /> checked
        <span className={classes.swatch} /> not yet
        {rest > 0 && <span className={classes.rest}>{rest} more</span>}
      </p>
    </section>
  );
};
