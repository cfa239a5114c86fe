export interface paths {
  "/api/v1/me/": { get: operations["me"] };
  "/api/v1/auth/session/": { post: operations["signIn"]; delete: operations["signOut"] };
}
export interface components {
  schemas: {
    Me: {
      id: string;
      username: string;
      name: string;
      role: "admin" | "labeler" | "analyst";
      teams: { id: string; name: string }[];
    };
  };
}
interface operations {
  me: { responses: { 200: { content: { "application/json": components["schemas"]["Me"] } } } };
  signIn: {
    requestBody: { content: { "application/json": { username: string; password: string } } };
    responses: { 200: { content: { "application/json": components["schemas"]["Me"] } } };
  };
  signOut: { responses: { 204: { content?: never } } };
}
