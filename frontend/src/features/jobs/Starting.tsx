import { count } from "@/shared/lib/format";
import { Empty } from "@/shared/ui/States";
import type { Job } from "./api";

/** A job that a worker is making ready. */
export const Starting = ({ job }: { job: Job }) => (
  <Empty title="Freezing what this job holds">
    <p role="status">
      {job.starting?.total
        ? `${count(job.starting.done)} of ${count(job.starting.total)} done. `
        : "Waiting for a worker. "}
      People get work as soon as this is done.
    </p>
  </Empty>
);
