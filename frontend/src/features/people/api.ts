import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { answer, api } from "@/shared/api/client";
import type { components } from "@/shared/api/schema";

export type Person = components["schemas"]["UserOut"];
export type Team = components["schemas"]["TeamOut"];
export type AuditEntry = components["schemas"]["AuditEntryOut"];
type NewPerson = components["schemas"]["UserInRequest"];
type PersonChange = components["schemas"]["PatchedUserChangeInRequest"];

const ALL = { query: { page_size: 2000 } };

export const peopleQuery = queryOptions({
  queryKey: ["people"],
  queryFn: async ({ signal }) => (await answer(api.GET("/api/v1/users/", { params: ALL, signal }))).results,
});

export const teamsQuery = queryOptions({
  queryKey: ["teams"],
  queryFn: async ({ signal }) => (await answer(api.GET("/api/v1/teams/", { params: ALL, signal }))).results,
});

const cursorOf = (next: string | null): string | undefined =>
  next === null ? undefined : (new URL(next).searchParams.get("cursor") ?? undefined);

export const auditQuery = infiniteQueryOptions({
  queryKey: ["audit"],
  initialPageParam: undefined as string | undefined,
  queryFn: ({ pageParam, signal }) =>
    answer(api.GET("/api/v1/audit/", { params: { query: { page_size: 100, cursor: pageParam } }, signal })),
  getNextPageParam: (page) => cursorOf(page.next),
});

export const makeLink = async (person: string): Promise<string> => {
  const path = { user_id: person };
  return (await answer(api.POST("/api/v1/users/{user_id}/reset-link/", { params: { path } }))).url;
};

/** Adds a person and gives the one-time link with which they choose their password. */
export const invite = async (body: NewPerson): Promise<{ person: Person; link: string }> => {
  const person = await answer(api.POST("/api/v1/users/", { body }));
  return { person, link: await makeLink(person.id) };
};

export const changePerson = (id: string, body: PersonChange): Promise<Person> =>
  answer(api.PATCH("/api/v1/users/{user_id}/", { params: { path: { user_id: id } }, body }));

/** Makes a team, or renames the one given. */
export const saveTeam = (name: string, team?: Team): Promise<Team> =>
  team
    ? answer(
        api.PATCH("/api/v1/teams/{team_id}/", { params: { path: { team_id: team.id } }, body: { name } }),
      )
    : answer(api.POST("/api/v1/teams/", { body: { name } }));
