import { IconPhotoPlus, IconWand } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { count, moment } from "@/shared/lib/format";
import { useMe } from "@/shared/session/session";
import { Dotted } from "@/shared/ui/Badge";
import { LinkButton } from "@/shared/ui/LinkButton";
import { Failed } from "@/shared/ui/Problems";
import { Empty, Loading } from "@/shared/ui/States";
import { Table } from "@/shared/ui/Table";
import type { DatasetDetail } from "../api";
import { isAtWork, type Model, modelsQuery, type Only, type Run, type RunRow, runsQuery } from "./api";
import { PredictForm } from "./PredictForm";
import classes from "./Predictions.module.css";
import { RunPanel } from "./RunPanel";
import { onlyWords, stateOf } from "./words";

const route = getRouteApi("/signed-in/shell/datasets/$dataset");

const COLUMNS = [
  { label: "Model" },
  { label: "Pictures" },
  { label: "State" },
  { label: "Labelled", number: true },
  { label: "Unreadable", number: true },
  { label: "By" },
  { label: "When" },
];

interface RowProps {
  readonly run: RunRow;
  readonly names: ReadonlyMap<string, string>;
  readonly current: boolean;
}

const Row = ({ run, names, current }: RowProps) => {
  const { words, tone } = stateOf(run);
  return (
    <tr data-current={current || undefined}>
      <td>
        <Link
          to="/datasets/$dataset"
          params={{ dataset: run.dataset }}
          search={{ show: "predictions", run: run.id }}
          aria-current={current || undefined}
          className={classes.link}
        >
          {run.model_version.name} {run.model_version.version}
        </Link>
      </td>
      <td>{onlyWords(run.only as Only, names)}</td>
      <td>
        <Dotted tone={tone}>{words}</Dotted>
      </td>
      <td data-number>{count(run.labelled)}</td>
      <td data-number>{count(run.unreadable)}</td>
      <td>{run.requested_by}</td>
      <td>{moment(run.created_at)}</td>
    </tr>
  );
};

const NoPictures = ({ dataset }: { dataset: string }) => {
  const isAdmin = useMe().role === "admin";
  return (
    <Empty
      icon={<IconPhotoPlus size={32} aria-hidden />}
      title="There are no pictures to label yet"
      action={
        isAdmin && (
          <LinkButton to="/datasets/$dataset/import" params={{ dataset }}>
            Import pictures
          </LinkButton>
        )
      }
    >
      A folder or a zip of pictures is enough. A model then says what each shows, with a confidence, and
      people check it.
    </Empty>
  );
};

const NoRuns = () => (
  <Empty icon={<IconWand size={32} aria-hidden />} title="No model has labelled this dataset yet">
    A run gives each picture the likeliest class as a label, with its confidence. People then check the labels
    in a job. Labels that are here already stay.
  </Empty>
);

/** The one that is asked for, else one that is at work, else the latest. */
const shownOf = (runs: readonly RunRow[], asked: string | undefined): string | undefined =>
  asked ?? (runs.find(isAtWork) ?? runs[0])?.id;

interface TabProps {
  readonly dataset: DatasetDetail;
}

const firstModel = (models: readonly Model[], asked: string | undefined, last: RunRow | undefined) =>
  models.find(({ id }) => id === asked) ??
  models.find(({ id }) => id === last?.model_version.id) ??
  models[0];

interface StartProps extends TabProps {
  readonly last: RunRow | undefined;
  readonly onStarted: (run: Run) => void;
}

const Start = ({ dataset, last, onStarted }: StartProps) => {
  const { model: asked } = route.useSearch();
  const models = useQuery(modelsQuery);
  if (models.isError)
    return <Failed what="The models" error={models.error} onRetry={() => void models.refetch()} />;
  if (!models.data) return <Loading what="models" />;
  const first = firstModel(models.data, asked, last);
  if (!first)
    return <Empty title="No model is here" action={<LinkButton to="/models">Go to the models</LinkButton>} />;
  return (
    <PredictForm key={asked} dataset={dataset} models={models.data} model={first} onStarted={onStarted} />
  );
};

/** Labels by a model: start a run, watch it, see what it could not read, make a job of what it said. */
export const PredictionsTab = ({ dataset }: TabProps) => {
  const isAdmin = useMe().role === "admin";
  const navigate = route.useNavigate();
  const { run: asked } = route.useSearch();
  const runs = useQuery(runsQuery(dataset.id));
  if (dataset.images === 0) return <NoPictures dataset={dataset.id} />;
  if (runs.isError) return <Failed what="The runs" error={runs.error} onRetry={() => void runs.refetch()} />;
  if (!runs.data) return <Loading what="runs" />;
  const shown = shownOf(runs.data, asked);
  const names = new Map(dataset.by_class.map(({ label_class: { id, name } }) => [id, name]));
  const look = ({ id }: Run) => void navigate({ search: (before) => ({ ...before, run: id }) });
  return (
    <div className={isAdmin ? classes.halves : undefined}>
      {isAdmin && <Start dataset={dataset} last={runs.data[0]} onStarted={look} />}
      <div className={classes.runs}>
        {shown ? <RunPanel key={shown} id={shown} names={names} onStarted={look} /> : <NoRuns />}
        {runs.data.length > 1 && (
          <Table caption="Runs, newest first" columns={COLUMNS}>
            {runs.data.map((run) => (
              <Row key={run.id} run={run} names={names} current={run.id === shown} />
            ))}
          </Table>
        )}
      </div>
    </div>
  );
};
