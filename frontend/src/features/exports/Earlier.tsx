import { Button, Progress } from "@mantine/core";
import { IconDownload, IconFileInfo } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { count, counted, duration, moment } from "@/shared/lib/format";
import { Badge, type Tone } from "@/shared/ui/Badge";
import { Failed, Refused } from "@/shared/ui/Problems";
import { Loading } from "@/shared/ui/States";
import { cancelExport, type Export, exportsQuery } from "./api";
import classes from "./ExportsPage.module.css";
import { filterWords } from "./filterWords";
import { FORMATS, rowOf } from "./formats";
import type { Sources } from "./useSources";

/** The states that an export knows; other long work has more. */
const STATES: Partial<Record<Export["state"], { readonly word: string; readonly tone: Tone }>> = {
  queued: { word: "Waiting", tone: "quiet" },
  running: { word: "Being written", tone: "focus" },
  done: { word: "Ready", tone: "ok" },
  failed: { word: "Failed", tone: "wrong" },
  cancelled: { word: "Cancelled", tone: "quiet" },
};

const Working = ({ one }: { one: Export }) => {
  const { done, total, seconds_left: left } = one.progress;
  const name = `Export of ${one.job_name ?? one.dataset_name}`;
  return (
    <div className={classes.working}>
      <Progress.Root size="sm">
        <Progress.Section aria-label={name} value={total ? (100 * done) / total : 0} />
      </Progress.Root>
      <span className={classes.second}>
        {count(done)} of {total === null ? "…" : counted(total, rowOf(one.format))}
        {left !== null && `, ${duration(left)} left`}
      </span>
    </div>
  );
};

const Cancel = ({ one }: { one: Export }) => {
  const client = useQueryClient();
  const cancel = useMutation({
    mutationFn: () => cancelExport(one.id),
    onSettled: () => client.invalidateQueries({ queryKey: exportsQuery.queryKey }),
  });
  return (
    <>
      <Button variant="default" loading={cancel.isPending} onClick={() => cancel.mutate()}>
        Cancel
      </Button>
      <Refused error={cancel.error} />
    </>
  );
};

const Files = ({ one }: { one: Export }) => (
  <>
    {one.url && (
      <Button
        component="a"
        href={one.url}
        download
        variant="default"
        leftSection={<IconDownload size={16} aria-hidden />}
      >
        Download
      </Button>
    )}
    {one.manifest_url && (
      <Button
        component="a"
        href={one.manifest_url}
        download
        variant="subtle"
        leftSection={<IconFileInfo size={16} aria-hidden />}
      >
        Manifest
      </Button>
    )}
  </>
);

const Line = ({ one, sources }: { one: Export; sources: Sources }) => {
  const working = one.state === "queued" || one.state === "running";
  const { word, tone } = STATES[one.state] ?? { word: one.state, tone: "quiet" };
  const who = one.requested_by ? ` by ${one.requested_by}` : "";
  return (
    <li className={classes.line}>
      <div className={classes.grow}>
        <p className={classes.name}>
          {one.job_name ?? one.dataset_name} <Badge tone={tone}>{word}</Badge>
        </p>
        <p className={classes.second}>
          {[
            one.rows === null ? null : counted(one.rows, rowOf(one.format)),
            FORMATS[one.format].name,
            filterWords(one.filters, sources),
            `${moment(one.created_at)}${who}`,
          ]
            .filter(Boolean)
            .join(" · ")}
        </p>
        {one.manifest && <p className={classes.sha}>sha256 {one.manifest.labels_sha256}</p>}
        {one.message && <p className={classes.second}>{one.message}</p>}
        {working && <Working one={one} />}
      </div>
      {working ? <Cancel one={one} /> : <Files one={one} />}
    </li>
  );
};

/** What was exported before, with its file and its manifest; what is being written now. */
export const Earlier = ({ sources }: { sources: Sources }) => {
  const all = useQuery(exportsQuery);
  if (all.isError)
    return <Failed what="Earlier exports" error={all.error} onRetry={() => void all.refetch()} />;
  if (!all.data) return <Loading what="earlier exports" />;
  return (
    <section aria-label="Earlier exports" className={classes.part}>
      <h2>Earlier exports</h2>
      {all.data.length === 0 ? (
        <p className={classes.second}>
          None yet. An export is kept here with its manifest, so that it can be fetched again.
        </p>
      ) : (
        <ul className={classes.framed}>
          {all.data.map((one) => (
            <Line key={one.id} one={one} sources={sources} />
          ))}
        </ul>
      )}
    </section>
  );
};
