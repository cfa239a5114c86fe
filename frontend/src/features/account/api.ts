import { queryOptions } from "@tanstack/react-query";
import { answer, api } from "@/shared/api/client";
import type { components } from "@/shared/api/schema";
import type { Me } from "@/shared/session/session";

export type Token = components["schemas"]["TokenOut"];
export type NewToken = components["schemas"]["TokenMadeOut"];
type TokenWish = components["schemas"]["TokenInRequest"];

export const tokensQuery = queryOptions({
  queryKey: ["tokens"],
  queryFn: async ({ signal }) =>
    (await answer(api.GET("/api/v1/tokens/", { params: { query: { page_size: 2000 } }, signal }))).results,
});

export const makeToken = (body: TokenWish): Promise<NewToken> =>
  answer(api.POST("/api/v1/tokens/", { body }));

export const revokeToken = (id: string) =>
  api.DELETE("/api/v1/tokens/{token_id}/", { params: { path: { token_id: id } } });

export const rename = (name: string): Promise<Me> => answer(api.PATCH("/api/v1/me/", { body: { name } }));

export const changePassword = (current: string, next: string) =>
  api.POST("/api/v1/me/password/", { body: { current, new: next } });

export const signOutEverywhere = () => api.POST("/api/v1/me/sign-out-everywhere/");
