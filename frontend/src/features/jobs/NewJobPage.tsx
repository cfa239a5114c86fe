import { Button } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useDebouncedValue } from "@mantine/hooks";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { Problem } from "@/shared/api/problem";
import { counted } from "@/shared/lib/format";
import type { JobKind } from "@/shared/lib/kinds";
import { Confirm } from "@/shared/ui/Confirm";
import { Page } from "@/shared/ui/Page";
import { Refused } from "@/shared/ui/Problems";
import { datasetsQuery, type Job, jobQuery, makeJob, previewQuery, startJob } from "./api";
import { CHECKS, emptyForm, previewOf, wishOf } from "./form";
import { JobFields } from "./JobFields";
import { JobPreview } from "./JobPreview";
import classes from "./NewJobPage.module.css";

const route = getRouteApi("/signed-in/shell/jobs/new");

const TYPING_MS = 300;
const LONGEST_NAME = 150;

const isTooFew = (error: unknown): boolean => error instanceof Problem && error.code === "too_few_reviewers";

/** Makes the job, and with `start` starts it. A job that was made but could not start is kept as a draft. */
const useMake = (form: ReturnType<typeof useJobForm>) => {
  const client = useQueryClient();
  const navigate = useNavigate();
  const [made, setMade] = useState<Job | null>(null);
  const show = async (job: Job) => {
    // People who were picked one by one are a team now.
    const changed = ["jobs", "teams", "people"];
    await Promise.all(changed.map((key) => client.invalidateQueries({ queryKey: [key] })));
    await navigate({ to: "/jobs/$job", params: { job: job.id } });
  };
  const make = useMutation({
    mutationFn: async ({ start }: { start: boolean }) => {
      const job = made ?? (await makeJob(wishOf(form.getValues())));
      setMade(job);
      return start ? startJob(job.id) : job;
    },
    onSuccess: show,
    onError: (error) => {
      if (error instanceof Problem) form.setErrors(error.fields(Object.keys(form.getValues())));
    },
  });
  const force = useMutation({ mutationFn: (job: Job) => startJob(job.id, true), onSuccess: show });
  return { made, make, force, show };
};

/** Where there is only one dataset, it is the one. */
const useJobForm = () => {
  const { dataset, kind, from, source = "", changed_since = "" } = route.useSearch();
  const { data: datasets } = useQuery(datasetsQuery);
  const form = useForm({
    initialValues: {
      ...emptyForm(dataset, kind, from),
      source,
      changed_since,
      name: changed_since && `Changed since ${changed_since}`.slice(0, LONGEST_NAME),
    },
    validate: CHECKS,
    validateInputOnBlur: true,
  });
  const only = datasets?.length === 1 ? datasets[0]?.id : undefined;
  const { setFieldValue } = form;
  useEffect(() => {
    if (only) setFieldValue("dataset", (chosen) => chosen || only);
  }, [only, setFieldValue]);
  const { data: check } = useQuery({ ...jobQuery(from ?? ""), enabled: from !== undefined });
  useEffect(() => {
    if (!check) return;
    setFieldValue("dataset", check.dataset);
    setFieldValue("name", (typed) => typed || `Correct: ${check.name}`.slice(0, LONGEST_NAME));
  }, [check, setFieldValue]);
  return form;
};

const TooFew = ({ job, state }: { job: Job; state: ReturnType<typeof useMake> }) => (
  <Confirm
    opened
    title="Fewer reviewers than opinions"
    action="Start anyway"
    busy={state.force.isPending}
    error={state.force.error}
    onConfirm={() => state.force.mutate(job)}
    onClose={() => void state.show(job)}
  >
    The team has fewer active labelers than this job wants opinions for each picture. You can start now and
    add people later; until then some pictures stay pending. Cancel keeps the job as a draft.
  </Confirm>
);

/** The consequence before the button: what is made, and how much of it. */
const promise = (kind: JobKind, batches: number): string => {
  if (kind === "segmentation") return batches === 0 ? "Deal pictures" : `Deal ${counted(batches, "picture")}`;
  return batches === 0 ? "Create batches" : `Create ${counted(batches, "batch", "batches")}`;
};

/** Admin: a new job, with what it makes on the right, live. */
export const NewJobPage = () => {
  const form = useJobForm();
  const state = useMake(form);
  const [wish] = useDebouncedValue(previewOf(form.values), TYPING_MS);
  const preview = useQuery(previewQuery(wish));
  // What was previewed for another kind of work promises nothing.
  const batches = wish?.kind === form.values.kind ? (preview.data?.batches ?? 0) : 0;
  const submit = (start: boolean) => form.onSubmit(() => state.make.mutate({ start }))();
  const tooFew = isTooFew(state.make.error);
  return (
    <Page
      title="New job"
      parent={{ label: "Jobs", to: "/jobs" }}
      flush
      actions={
        <>
          <Button variant="subtle" disabled={state.make.isPending} onClick={() => submit(false)}>
            Save draft
          </Button>
          <Button loading={state.make.isPending} disabled={batches === 0} onClick={() => submit(true)}>
            {promise(form.values.kind, batches)}
          </Button>
        </>
      }
    >
      <div className={classes.halves}>
        <form onSubmit={(event) => event.preventDefault()} noValidate>
          {!tooFew && state.make.isError && (
            <div className={classes.refused}>
              <Refused error={state.make.error} />
            </div>
          )}
          <JobFields form={form} isNew />
        </form>
        <section className={classes.preview} aria-label="What this makes">
          <JobPreview form={form} wish={wish} />
        </section>
      </div>
      {tooFew && state.made && <TooFew job={state.made} state={state} />}
    </Page>
  );
};
