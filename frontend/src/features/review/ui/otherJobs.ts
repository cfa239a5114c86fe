import { queryOptions } from "@tanstack/react-query";
import { answer, api } from "@/shared/api/client";

const MOST = 3;

/** Other running jobs that this person may work on. */
export const otherJobsQuery = (job: string) =>
  queryOptions({
    queryKey: ["review", "other-jobs", job],
    queryFn: async () => {
      const { results } = await answer(api.GET("/api/v1/jobs/", { params: { query: { page_size: 100 } } }));
      return results
        .filter(({ id, state, kind }) => id !== job && state === "running" && kind !== "segmentation")
        .slice(0, MOST);
    },
  });
