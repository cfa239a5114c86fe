import { Button } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { IconDownload } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useMemo, useRef } from "react";
import { useCommands } from "@/shared/commands/commands";
import { clock, count, counted } from "@/shared/lib/format";
import { Badge } from "@/shared/ui/Badge";
import { Page } from "@/shared/ui/Page";
import { Failed } from "@/shared/ui/Problems";
import { Empty, Loading } from "@/shared/ui/States";
import classes from "./AnalysisPage.module.css";
import { type Analysis, type Job, jobQuery } from "./api";
import { ByClass } from "./ByClass";
import { Controls } from "./Controls";
import { isThere } from "./cells";
import { EdgesControl } from "./EdgesControl";
import { Gallery } from "./Gallery";
import { HeatTable } from "./HeatTable";
import { isUnclear } from "./heat";
import { Legend } from "./Legend";
import { type Question, useQuestion } from "./useQuestion";

const route = getRouteApi("/signed-in/shell/analysis/$job");
const NARROW = "(max-width: 48em)";

/** The classes that the filters leave, in the order of the job. */
const useRows = (analysis: Analysis, { name, unclear, ratio }: Question) =>
  useMemo(() => {
    const wanted = name.trim().toLocaleLowerCase();
    return analysis.table.classes.filter(
      (row) =>
        row.label_class.name.toLocaleLowerCase().includes(wanted) && (!unclear || isUnclear(row, ratio)),
    );
  }, [analysis, name, unclear, ratio]);

const NoReviews = ({ job }: { job: Job }) => (
  <p className={classes.notice} role="status">
    No reviews yet: {counted(job.items, "picture")} in {counted(job.batches, "batch", "batches")} wait. The
    table fills as batches are sent.
  </p>
);

/** The figures stay on the screen when the connection is lost, with their time. */
const Stopped = ({ since }: { since: number }) => (
  <p className={classes.notice} role="alert">
    Live view stopped: these figures are as of {clock(new Date(since))}. Trying again.
  </p>
);

const Figures = ({ analysis, question }: { analysis: Analysis; question: Question }) => {
  const rows = useRows(analysis, question);
  const narrow = useMediaQuery(NARROW, false, { getInitialValueInEffect: false });
  const { ratio, edges, lowest, bars, published, opened } = question;
  const shown = { analysis, rows, ratio, onOpen: question.open };
  const edgesControl = <EdgesControl {...{ edges, bars }} onEdges={question.setEdges} />;
  if (narrow) return <ByClass {...shown} edgesControl={edgesControl} />;
  return (
    <HeatTable
      {...shown}
      {...{ edges, lowest, bars, published, opened, edgesControl }}
      onEdges={question.setEdges}
    />
  );
};

const Opened = ({ job, analysis, question }: { job: Job; analysis: Analysis; question: Question }) => {
  const { opened, only } = question;
  if (!opened || !isThere(analysis, opened)) return null;
  return (
    <Gallery
      key={`${opened.row} ${opened.column}`}
      {...{ job, analysis, only }}
      cell={opened}
      onOnly={question.setOnly}
      onClose={question.close}
    />
  );
};

const Asked = ({ job, question }: { job: Job; question: Question }) => {
  const search = useRef<HTMLInputElement>(null);
  useCommands([
    {
      id: "analysis.filter",
      label: "Filter classes by name",
      group: "Table",
      keys: ["/"],
      run: () => search.current?.focus(),
    },
  ]);
  const { analysis } = question;
  return (
    <>
      <Controls
        {...question}
        onRatio={question.setRatio}
        onPublished={question.setPublished}
        onUnclear={question.setUnclear}
        onName={question.setName}
        search={search}
      />
      {question.error !== null && !analysis && (
        <Failed what="The table" error={question.error} onRetry={question.retry} />
      )}
      {question.error === null && !analysis && <Loading what="the table" />}
      {analysis && question.error !== null && <Stopped since={question.since} />}
      {analysis && analysis.table.totals.decided === 0 && <NoReviews job={job} />}
      {analysis && <Figures analysis={analysis} question={question} />}
      <Legend />
      {analysis && <Opened {...{ job, analysis, question }} />}
    </>
  );
};

const Loaded = ({ job }: { job: Job }) => {
  const question = useQuestion(job);
  const draft = job.state === "draft";
  return (
    <Page
      title={job.name}
      parent={{ label: "Analysis", to: "/analysis" }}
      flush
      actions={
        <>
          <Badge>
            {count(job.items)} pictures, {counted(job.reviewers_per_item, "opinion")} each
          </Badge>
          <Button
            variant="default"
            renderRoot={(props) => <Link {...props} to="/jobs/$job" params={{ job: job.id }} />}
          >
            Job
          </Button>
          {!draft && (
            <Button
              leftSection={<IconDownload size={16} aria-hidden />}
              renderRoot={(props) => <Link {...props} to="/exports" search={{ job: job.id }} />}
            >
              Export
            </Button>
          )}
        </>
      }
    >
      {draft ? (
        <Empty title="This check has not started">Start it on the page of the job to fill this table.</Empty>
      ) : (
        <div className={classes.analysis}>
          <Asked job={job} question={question} />
        </div>
      )}
    </Page>
  );
};

/** Classes by confidence, with a threshold for each: what the verdicts of a job say about its classes. */
export const AnalysisPage = () => {
  const { job: id } = route.useParams();
  const job = useQuery(jobQuery(id));
  if (job.data) return <Loaded key={id} job={job.data} />;
  return (
    <Page title="Analysis">
      {job.isError ? (
        <Failed what="This job" error={job.error} onRetry={() => void job.refetch()} />
      ) : (
        <Loading what="the job" />
      )}
    </Page>
  );
};
