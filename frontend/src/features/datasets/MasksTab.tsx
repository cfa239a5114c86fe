import { IconPolygon } from "@tabler/icons-react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { count, moment, share } from "@/shared/lib/format";
import { useMe } from "@/shared/session/session";
import { Dotted, type Tone } from "@/shared/ui/Badge";
import { LinkButton } from "@/shared/ui/LinkButton";
import { Failed } from "@/shared/ui/Problems";
import { Empty, Loading } from "@/shared/ui/States";
import { Table } from "@/shared/ui/Table";
import { MaskForm } from "./MaskForm";
import { MaskRunPanel } from "./MaskRunPanel";
import classes from "./MasksTab.module.css";
import { isAtWork, type MaskRun, maskRunsQuery, scopeOf } from "./masks";

const COLUMNS = [
  { label: "Drawn from" },
  { label: "Drawn by" },
  { label: "State" },
  { label: "Masks", number: true },
  { label: "Refused", number: true },
  { label: "By" },
  { label: "When" },
];

const STATES: Record<string, { words: string; tone: Tone }> = {
  queued: { words: "Waiting", tone: "focus" },
  done: { words: "Drawn", tone: "ok" },
  failed: { words: "Stopped", tone: "wrong" },
  cancelled: { words: "Cancelled", tone: "quiet" },
};

const stateOf = ({ state, progress: { done, total } }: MaskRun): { words: string; tone: Tone } =>
  STATES[state] ?? { words: total ? `Drawing, ${share(done, total)}` : "Drawing", tone: "focus" };

const Row = ({ run }: { run: MaskRun }) => {
  const { words, tone } = stateOf(run);
  return (
    <tr>
      <td>{scopeOf(run, "All sources")}</td>
      <td>{run.segmenter}</td>
      <td>
        <Dotted tone={tone}>{words}</Dotted>
      </td>
      <td data-number>{count(run.drawn)}</td>
      <td data-number>{count(run.refused)}</td>
      <td>{run.requested_by}</td>
      <td>{moment(run.created_at)}</td>
    </tr>
  );
};

const Nothing = ({ dataset }: { dataset: string }) => {
  const isAdmin = useMe().role === "admin";
  return (
    <Empty
      icon={<IconPolygon size={32} aria-hidden />}
      title="No label here says where its object is"
      action={
        isAdmin && (
          <LinkButton to="/datasets/$dataset/import" params={{ dataset }}>
            Import labels
          </LinkButton>
        )
      }
    >
      Masks are drawn for labels that have a box or the four outermost points of an object. Bring such labels
      in, or make a job in which people outline.
    </Empty>
  );
};

/** What else on the screen changes when a run has come to its end. */
const useRefreshed = (dataset: string, atWork: boolean) => {
  const client = useQueryClient();
  useEffect(() => {
    if (atWork) return;
    void client.invalidateQueries({ queryKey: ["datasets", dataset] });
    void client.invalidateQueries({ queryKey: ["mask-runs", dataset, "forecast"] });
  }, [client, dataset, atWork]);
};

/** Masks for what a dataset's labels point at: start a run, watch it, see what it refused, review what it drew. */
export const MasksTab = ({ dataset }: { dataset: string }) => {
  const runs = useQuery(maskRunsQuery(dataset));
  const [latest] = runs.data ?? [];
  const atWork = latest !== undefined && isAtWork(latest);
  useRefreshed(dataset, atWork);
  if (runs.isError) return <Failed what="The runs" error={runs.error} onRetry={() => void runs.refetch()} />;
  if (!runs.data) return <Loading what="runs" />;
  return (
    <div className={classes.tab}>
      {latest && <MaskRunPanel run={latest} />}
      {!atWork && (
        <MaskForm dataset={dataset} last={latest?.segmenter} none={<Nothing dataset={dataset} />} />
      )}
      {runs.data.length > 1 && (
        <Table caption="Runs, newest first" columns={COLUMNS}>
          {runs.data.map((run) => (
            <Row key={run.id} run={run} />
          ))}
        </Table>
      )}
    </div>
  );
};
