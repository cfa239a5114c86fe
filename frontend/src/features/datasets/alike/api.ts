import { queryOptions } from "@tanstack/react-query";
import { answer, api } from "@/shared/api/client";
import type { components } from "@/shared/api/schema";

type Schemas = components["schemas"];
export type Likes = Schemas["LikesOut"];
export type Like = Schemas["LikeOut"];

/** As many as a screen shows without scrolling far. */
const COUNT = 48;

/** The pictures of its dataset that are most like this one. */
export const likesQuery = (image_id: string) =>
  queryOptions({
    queryKey: ["pictures", image_id, "alike"],
    queryFn: ({ signal }) => {
      const params = { path: { image_id }, query: { count: COUNT } };
      return answer(api.GET("/api/v1/images/{image_id}/alike/", { params, signal }));
    },
  });
