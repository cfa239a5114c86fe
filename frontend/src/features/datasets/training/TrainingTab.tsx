import { IconSchool } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { count, moment } from "@/shared/lib/format";
import { useMe } from "@/shared/session/session";
import { Dotted } from "@/shared/ui/Badge";
import { Failed } from "@/shared/ui/Problems";
import { Empty, Loading } from "@/shared/ui/States";
import { Table } from "@/shared/ui/Table";
import type { DatasetDetail } from "../api";
import classes from "../predictions/Predictions.module.css";
import { isAtWork, type Training, type TrainingRow, trainingsQuery } from "./api";
import { TrainForm } from "./TrainForm";
import { TrainPanel } from "./TrainPanel";
import { stateOf } from "./words";

const route = getRouteApi("/signed-in/shell/datasets/$dataset");

const COLUMNS = [
  { label: "Version" },
  { label: "State" },
  { label: "Confirmed", number: true },
  { label: "Corrected", number: true },
  { label: "By" },
  { label: "When" },
];

const Row = ({ run, current }: { run: TrainingRow; current: boolean }) => {
  const { words, tone } = stateOf(run);
  return (
    <tr data-current={current || undefined}>
      <td>
        <Link
          to="/datasets/$dataset"
          params={{ dataset: run.dataset }}
          search={{ show: "training", run: run.id }}
          aria-current={current || undefined}
          className={classes.link}
        >
          {run.name} {run.version}
        </Link>
      </td>
      <td>
        <Dotted tone={tone}>{words}</Dotted>
      </td>
      <td data-number>{count(run.counts.confirmed ?? 0)}</td>
      <td data-number>{count(run.counts.corrected ?? 0)}</td>
      <td>{run.requested_by}</td>
      <td>{moment(run.created_at)}</td>
    </tr>
  );
};

const Nothing = () => (
  <Empty icon={<IconSchool size={32} aria-hidden />} title="Nothing was trained on this dataset yet">
    What people confirm and correct teaches a model, in seconds to minutes. It is judged on pictures that it
    has not learned from; then it can label, and people check only what changed.
  </Empty>
);

/** Models trained on what people said of this dataset: start one, watch it, go to its card. */
export const TrainingTab = ({ dataset }: { dataset: DatasetDetail }) => {
  const isAdmin = useMe().role === "admin";
  const navigate = route.useNavigate();
  const { run: asked } = route.useSearch();
  const runs = useQuery(trainingsQuery(dataset.id));
  if (runs.isError)
    return <Failed what="The trainings" error={runs.error} onRetry={() => void runs.refetch()} />;
  if (!runs.data) return <Loading what="trainings" />;
  const shown = asked ?? (runs.data.find(isAtWork) ?? runs.data[0])?.id;
  const look = ({ id }: Training) => void navigate({ search: (before) => ({ ...before, run: id }) });
  return (
    <div className={isAdmin ? classes.halves : undefined}>
      {isAdmin && <TrainForm dataset={dataset} onStarted={look} />}
      <div className={classes.runs}>
        {shown ? <TrainPanel key={shown} id={shown} /> : <Nothing />}
        {runs.data.length > 1 && (
          <Table caption="Trainings, newest first" columns={COLUMNS}>
            {runs.data.map((run) => (
              <Row key={run.id} run={run} current={run.id === shown} />
            ))}
          </Table>
        )}
      </div>
    </div>
  );
};
