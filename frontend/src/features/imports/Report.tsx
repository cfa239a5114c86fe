import { Button, Group } from "@mantine/core";
import { IconCircleCheck, IconCircleX, IconFileAlert } from "@tabler/icons-react";
import { counted } from "@/shared/lib/format";
import { LinkButton } from "@/shared/ui/LinkButton";
import { Empty } from "@/shared/ui/States";
import { Figures } from "./AfterImport";
import type { Import } from "./api";
import classes from "./Report.module.css";
import { Notices, SkipList } from "./Skips";

interface ReportProps {
  readonly work: Import;
  readonly onAgain: () => void;
}

const Again = ({ onAgain }: Pick<ReportProps, "onAgain">) => <Button onClick={onAgain}>Upload again</Button>;

const titleOf = ({ counts }: Import): string => {
  if (counts.labels > 0) return `${counted(counts.labels, "label")} imported`;
  if (counts.updated > 0) return `${counted(counts.updated, "label")} updated`;
  if (counts.images > 0) return `${counted(counts.images, "picture")} imported`;
  return "Nothing was new";
};

const Done = ({ work, onAgain }: ReportProps) => (
  <div className={classes.report}>
    <h2 className={classes.title}>
      <IconCircleCheck size={26} aria-hidden className={classes.ok} />
      <span role="status">{titleOf(work)}</span>
    </h2>
    <div className={classes.figures}>
      <Figures work={work} />
    </div>
    <Notices work={work} />
    <section aria-labelledby="skips">
      <SkipList work={work} verb="skipped" />
    </section>
    <Group gap="sm">
      {work.counts.labels + work.counts.unchanged + work.counts.updated > 0 && (
        <LinkButton to="/jobs/new" search={{ dataset: work.dataset }}>
          New job
        </LinkButton>
      )}
      <LinkButton
        variant="default"
        to="/datasets/$dataset"
        params={{ dataset: work.dataset }}
        search={{ show: "pictures", source: work.source }}
      >
        See the labels
      </LinkButton>
      <Button variant="default" onClick={onAgain}>
        Import more
      </Button>
    </Group>
  </div>
);

/** How an import ended: what came in, what did not and why, and what to do next. */
export const Report = ({ work, onAgain }: ReportProps) => {
  if (work.state === "failed")
    return (
      <Empty
        icon={<IconFileAlert size={32} aria-hidden />}
        title="Nothing was imported"
        action={<Again onAgain={onAgain} />}
      >
        <p role="alert">{work.message}</p>
      </Empty>
    );
  if (work.state === "cancelled")
    return (
      <Empty
        icon={<IconCircleX size={32} aria-hidden />}
        title="Cancelled; nothing was imported"
        action={<Again onAgain={onAgain} />}
      >
        {work.message}
      </Empty>
    );
  return <Done work={work} onAgain={onAgain} />;
};
