import { ActionIcon, Menu } from "@mantine/core";
import { IconArrowMerge, IconDots, IconPencil, IconPhotoPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { count, counted } from "@/shared/lib/format";
import { useMe } from "@/shared/session/session";
import { Badge, Dotted } from "@/shared/ui/Badge";
import { Histogram } from "@/shared/ui/Histogram";
import { LinkButton } from "@/shared/ui/LinkButton";
import { Failed } from "@/shared/ui/Problems";
import { Empty, Loading } from "@/shared/ui/States";
import { Table } from "@/shared/ui/Table";
import { classesQuery, type DatasetDetail, jobsQuery, type LabelClass } from "./api";
import { ClassDialogs, type OpenClass } from "./ClassDialogs";
import classes from "./ClassesTab.module.css";
import { isThin, THIN } from "./facts";

const COLUMNS = [
  { label: "Class" },
  { label: "Labels", number: true },
  { label: "Confidence, 0 to 1" },
  { label: "Without", number: true },
  { label: "Actions", quiet: true },
];

const histogramWords = (one: LabelClass): string => {
  const upper = one.histogram.slice(16).reduce((sum, bar) => sum + bar, 0);
  return `Confidences of ${one.name}: ${upper} of ${counted(one.labels, "label")} at 0.80 and above`;
};

interface ClassRowProps {
  readonly one: LabelClass;
  readonly dataset: string;
  readonly onOpen?: (open: OpenClass) => void;
}

const ClassMenu = ({ one, onOpen }: { one: LabelClass; onOpen: (open: OpenClass) => void }) => (
  <Menu position="bottom-end" width={200}>
    <Menu.Target>
      <ActionIcon variant="subtle" size={32} aria-label={`Actions for ${one.name}`}>
        <IconDots size={18} aria-hidden />
      </ActionIcon>
    </Menu.Target>
    <Menu.Dropdown>
      <Menu.Item leftSection={<IconPencil size={16} />} onClick={() => onOpen({ what: "rename", one })}>
        Rename
      </Menu.Item>
      <Menu.Item leftSection={<IconArrowMerge size={16} />} onClick={() => onOpen({ what: "merge", one })}>
        Merge into another
      </Menu.Item>
    </Menu.Dropdown>
  </Menu>
);

const ClassRow = ({ one, dataset, onOpen }: ClassRowProps) => (
  <tr>
    <td>
      <Link
        to="/datasets/$dataset"
        params={{ dataset }}
        search={{ show: "pictures", label_class: one.id }}
        className={classes.link}
      >
        {one.name}
      </Link>
      {isThin(one) && <Badge tone="unsure">under {THIN}</Badge>}
    </td>
    <td data-number>{count(one.labels)}</td>
    <td className={classes.histogram}>
      <Histogram bars={one.histogram} label={histogramWords(one)} height={28} />
    </td>
    <td data-number>{one.without > 0 ? count(one.without) : "–"}</td>
    <td className={classes.end}>{onOpen && <ClassMenu one={one} onOpen={onOpen} />}</td>
  </tr>
);

const Sources = ({ dataset }: { dataset: DatasetDetail }) => (
  <section aria-labelledby="sources">
    <h2 id="sources" className={classes.heading}>
      Sources
    </h2>
    <ul>
      {dataset.sources.map(({ source, labels }) => (
        <li key={source} className={classes.line}>
          <Link
            to="/datasets/$dataset"
            params={{ dataset: dataset.id }}
            search={{ show: "pictures", source }}
            className={classes.source}
          >
            {source}
          </Link>
          <span>{count(labels)}</span>
        </li>
      ))}
    </ul>
  </section>
);

const TONES = {
  running: "ok",
  starting: "focus",
  paused: "unsure",
  draft: "quiet",
  closed: "quiet",
} as const;

const Jobs = ({ dataset }: { dataset: DatasetDetail }) => {
  const jobs = (useQuery(jobsQuery).data ?? []).filter((job) => job.dataset === dataset.id);
  return (
    <section aria-labelledby="jobs-on-it">
      <h2 id="jobs-on-it" className={classes.heading}>
        Jobs on it
      </h2>
      {jobs.length === 0 && <p className={classes.quiet}>None yet.</p>}
      <ul>
        {jobs.map((job) => (
          <li key={job.id} className={classes.line}>
            <Link to="/jobs/$job" params={{ job: job.id }} className={classes.source}>
              {job.name}
            </Link>
            <Dotted tone={TONES[job.state ?? "draft"]}>{job.state}</Dotted>
          </li>
        ))}
      </ul>
    </section>
  );
};

const NoClasses = ({ dataset, isAdmin }: { dataset: DatasetDetail; isAdmin: boolean }) => (
  <Empty
    icon={<IconPhotoPlus size={32} aria-hidden />}
    title={dataset.images === 0 ? "This dataset is empty" : "No labels yet"}
    action={
      isAdmin && (
        <>
          {dataset.images > 0 && (
            <LinkButton
              to="/datasets/$dataset"
              params={{ dataset: dataset.id }}
              search={{ show: "predictions" }}
            >
              Label by a model
            </LinkButton>
          )}
          <LinkButton
            variant={dataset.images > 0 ? "default" : "filled"}
            to="/datasets/$dataset/import"
            params={{ dataset: dataset.id }}
          >
            Import labels
          </LinkButton>
        </>
      )
    }
  >
    {dataset.images > 0 && `${counted(dataset.images, "picture")} are here. `}
    Labels say what a picture shows and how sure that is; people then check them.
  </Empty>
);

/** The classes with how many labels each has and how sure they are; sources and jobs beside them. */
export const ClassesTab = ({ dataset }: { dataset: DatasetDetail }) => {
  const isAdmin = useMe().role === "admin";
  const found = useQuery(classesQuery(dataset.id));
  const [open, setOpen] = useState<OpenClass | null>(null);
  if (found.isError)
    return <Failed what="The classes" error={found.error} onRetry={() => void found.refetch()} />;
  if (!found.data) return <Loading what="classes" />;
  if (found.data.length === 0) return <NoClasses dataset={dataset} isAdmin={isAdmin} />;
  const sorted = found.data.toSorted((a, b) => b.labels - a.labels || a.name.localeCompare(b.name));
  return (
    <div className={classes.layout}>
      <Table caption="Classes" columns={COLUMNS}>
        {sorted.map((one) => (
          <ClassRow key={one.id} one={one} dataset={dataset.id} onOpen={isAdmin ? setOpen : undefined} />
        ))}
      </Table>
      <aside className={classes.aside} aria-label="Sources and jobs">
        <Sources dataset={dataset} />
        <Jobs dataset={dataset} />
      </aside>
      <ClassDialogs open={open} all={sorted} onClose={() => setOpen(null)} />
    </div>
  );
};
