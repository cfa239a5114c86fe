import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useCommands } from "@/shared/commands/commands";
import { count } from "@/shared/lib/format";
import { kindOf } from "@/shared/lib/kinds";
import { useMe } from "@/shared/session/session";
import { LinkTabs } from "@/shared/ui/LinkTabs";
import { Page } from "@/shared/ui/Page";
import { Failed } from "@/shared/ui/Problems";
import { Loading } from "@/shared/ui/States";
import { type Job, jobQuery, progressQuery } from "./api";
import { CorrectPictures } from "./CorrectPictures";
import { CorrectProgress } from "./CorrectProgress";
import { JobActions } from "./JobActions";
import { JobPictures } from "./JobPictures";
import { JobProgress } from "./JobProgress";
import { JobSettings } from "./JobSettings";
import { OutlineProgress } from "./OutlineProgress";
import { DISPUTED } from "./words";

const route = getRouteApi("/signed-in/shell/jobs/$job");

const isDisputed = (outcome: readonly string[] | undefined): boolean =>
  outcome !== undefined && [...outcome].sort().join() === [...DISPUTED].sort().join();

const outlineTabs = (job: Job, show: string | undefined) => {
  const to = { to: "/jobs/$job", params: { job: job.id } } as const;
  return [
    { ...to, search: {}, label: "Progress", current: show !== "settings" },
    { ...to, search: { show: "settings" as const }, label: "Settings", current: show === "settings" },
  ];
};

const OutlineTabs = ({ job }: { job: Job }) => {
  const { show } = route.useSearch();
  return <LinkTabs label="Parts of this job" tabs={outlineTabs(job, show)} />;
};

const CheckTabs = ({ job }: { job: Job }) => <LinkTabs label="Parts of this job" tabs={useTabs(job)} />;

const CorrectTabs = ({ job }: { job: Job }) => {
  const { show } = route.useSearch();
  const [progress, settings] = outlineTabs(job, show);
  const pictures = {
    to: "/jobs/$job",
    params: { job: job.id },
    search: { show: "pictures" },
    label: `Pictures ${count(job.items)}`,
    current: show === "pictures",
  } as const;
  const tabs = [progress && { ...progress, current: show === undefined }, pictures, settings];
  return <LinkTabs label="Parts of this job" tabs={tabs.filter((tab) => tab !== undefined)} />;
};

const ADD = {
  verification: "Add reviewers",
  correction: "Add labelers",
  segmentation: "Add annotators",
} as const;
const TABS = { verification: CheckTabs, correction: CorrectTabs, segmentation: OutlineTabs } as const;

/** What is shown between the tabs and the end of the page. */
const Part = ({ job, mayChange }: { job: Job; mayChange: boolean }) => {
  const { show } = route.useSearch();
  if (job.state === "draft" || show === "settings")
    return <JobSettings key={job.state} job={job} mayChange={mayChange} />;
  if (job.kind === "segmentation") return <OutlineProgress job={job} mayChange={mayChange} />;
  if (job.kind === "correction")
    return show === "pictures" ? (
      <CorrectPictures job={job} />
    ) : (
      <CorrectProgress job={job} mayChange={mayChange} />
    );
  return show === "pictures" ? <JobPictures job={job} /> : <JobProgress job={job} mayChange={mayChange} />;
};

const useTabs = (job: Job) => {
  const { show, outcome } = route.useSearch();
  const { data } = useQuery(progressQuery(job.id));
  const disputed = data ? data.outcomes.split + data.outcomes.unsure : null;
  const to = { to: "/jobs/$job", params: { job: job.id } } as const;
  const pictures = show === "pictures";
  const differing = pictures && isDisputed(outcome);
  return [
    { ...to, search: {}, label: "Progress", current: show === undefined },
    {
      ...to,
      search: { show: "pictures" as const },
      label: `Pictures ${count(job.items)}`,
      current: pictures && !differing,
    },
    {
      ...to,
      search: { show: "pictures" as const, outcome: [...DISPUTED] },
      label: disputed === null ? "Disagreements" : `Disagreements ${count(disputed)}`,
      current: differing,
    },
    { ...to, search: { show: "settings" as const }, label: "Settings", current: show === "settings" },
  ];
};

const Loaded = ({ job }: { job: Job }) => {
  const navigate = route.useNavigate();
  const mayChange = useMe().role === "admin";
  useCommands([
    {
      id: "job.reviewers",
      label: ADD[kindOf(job)],
      group: "Job",
      keys: ["KeyA"],
      enabled: mayChange,
      run: () => void navigate({ search: { show: "settings" } }),
    },
  ]);
  const Tabs = TABS[kindOf(job)];
  return (
    <Page
      title={job.name}
      parent={{ label: "Jobs", to: "/jobs" }}
      flush
      actions={<JobActions job={job} mayChange={mayChange} />}
      below={job.state === "draft" ? undefined : <Tabs job={job} />}
    >
      <Part job={job} mayChange={mayChange} />
    </Page>
  );
};

/** One job: how far it is, who needs help, the pictures behind every number, its settings. */
export const JobPage = () => {
  const { job: id } = route.useParams();
  const job = useQuery(jobQuery(id));
  if (job.data) return <Loaded job={job.data} />;
  return (
    <Page title="Job" parent={{ label: "Jobs", to: "/jobs" }}>
      {job.isError ? (
        <Failed what="This job" error={job.error} onRetry={() => void job.refetch()} />
      ) : (
        <Loading what="the job" />
      )}
    </Page>
  );
};
