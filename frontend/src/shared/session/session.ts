import { type QueryClient, queryOptions, useQuery } from "@tanstack/react-query";
import { answer, api, onSignedOut } from "@/shared/api/client";
import { Problem, Unreachable } from "@/shared/api/problem";
import type { components } from "@/shared/api/schema";
import { createStore, useStore } from "@/shared/lib/store";

export type Me = components["schemas"]["MeOut"];
export type Role = Me["role"];

interface SessionState {
  /** The session ended under an open page: the sign-in dialog lies over it. */
  readonly ended: boolean;
  /** What a new sign-in will save, such as "4 marks"; null when nothing waits. */
  readonly unsaved: string | null;
}

const store = createStore<SessionState>({ ended: false, unsaved: null });

/** What the dialog promises to save ("Sign in and save 4 marks"); null takes the promise back. */
export const setUnsaved = (unsaved: string | null): void => store.set({ ...store.get(), unsaved });

export const useSession = (): SessionState => useStore(store);

const REMEMBERED_AS = "labelapp.me";

/** Who worked here last, so that a page that opens without a connection knows whose work it shows. */
const remember = (me: Me | null): void => {
  if (me) localStorage.setItem(REMEMBERED_AS, JSON.stringify(me));
  else localStorage.removeItem(REMEMBERED_AS);
};

const remembered = (): Me | null => {
  const stored = localStorage.getItem(REMEMBERED_AS);
  return stored ? (JSON.parse(stored) as Me) : null;
};

const fetchMe = async (): Promise<Me | null> => {
  try {
    const me = await answer(api.GET("/api/v1/me/"));
    remember(me);
    return me;
  } catch (error) {
    if (error instanceof Problem && error.status === 401) return null;
    const last = remembered();
    if (error instanceof Unreachable && last) return last;
    throw error;
  }
};

/** Who is signed in; null when nobody is. Without a connection: who was, last. */
export const meQuery = queryOptions({ queryKey: ["me"], queryFn: fetchMe, staleTime: 60_000 });

/** Who is signed in. Only below the sign-in gate, which lets nobody else pass. */
export const useMe = (): Me => {
  const { data } = useQuery(meQuery);
  const last = data ?? remembered();
  if (!last) throw new Error("useMe() stands above the sign-in gate.");
  return last;
};

/** Signs in. As another person than before, everything that was read for the former one is forgotten. */
export const signIn = async (client: QueryClient, username: string, password: string): Promise<Me> => {
  const me = await answer(api.POST("/api/v1/auth/session/", { body: { username, password } }));
  const before = client.getQueryData(meQuery.queryKey);
  if (before && before.id !== me.id) client.clear();
  remember(me);
  client.setQueryData(meQuery.queryKey, me);
  store.set({ ...store.get(), ended: false });
  for (const listener of signedInListeners) listener(me);
  return me;
};

/** Forgets who was signed in, and all that was read for them. Marks that wait on this device stay. */
export const forgetSession = (client: QueryClient): void => {
  remember(null);
  client.clear();
  client.setQueryData(meQuery.queryKey, null);
};

export const signOut = async (client: QueryClient): Promise<void> => {
  await api.DELETE("/api/v1/auth/session/");
  forgetSession(client);
};

const signedInListeners = new Set<(me: Me) => void>();

/** Calls back after each sign-in, also the one in place: time to send what waits. Returns what stops it. */
export const onSignedIn = (listener: (me: Me) => void): (() => void) => {
  signedInListeners.add(listener);
  return () => signedInListeners.delete(listener);
};

/** Raises the sign-in dialog when any request finds the session ended under somebody signed in. */
export const watchSession = (client: QueryClient): (() => void) =>
  onSignedOut(() => {
    if (client.getQueryData(meQuery.queryKey)) store.set({ ...store.get(), ended: true });
  });
