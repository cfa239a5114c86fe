import { useEffect, useState, useSyncExternalStore } from "react";
import { preferences } from "@/shared/lib/preferences";
import { onSignedIn, setUnsaved } from "@/shared/session/session";
import { makeServer } from "../engine/server";
import { EditorSession } from "../engine/session";
import type { Kept, Snapshot } from "../engine/snapshot";
import { type EditorStore, NO_STORE, openStore } from "../engine/store";
import { browser } from "../engine/surface";
import { keptInWords } from "./words";

const TIMING = {
  save: 400,
  heartbeat: 60_000,
  backOff: [1_000, 2_000, 4_000, 8_000, 15_000, 30_000],
  poll: 5_000,
  look: 150,
  gap: 150,
  nobody: 15_000,
};

/** The browser may give us no database (a private window, a full disk): the page alone then holds the steps. */
async function storeFor(user: string, job: string): Promise<EditorStore> {
  try {
    return await openStore(user, job);
  } catch (error) {
    if (error instanceof DOMException) {
      return NO_STORE;
    }
    throw error;
  }
}

/** Opens the session of a person in a job; null for the moment that the device needs to open its database. */
export function useEditorSession(user: string, job: string): EditorSession | null {
  const [session, setSession] = useState<EditorSession | null>(null);
  useEffect(() => {
    let opened: EditorSession | null = null;
    let left = false;
    void storeFor(user, job).then(async (store) => {
      if (left) {
        store.close();
        return;
      }
      const { segmenter } = preferences();
      const server = makeServer();
      opened = new EditorSession({ job, server, store, surface: browser, timing: TIMING, segmenter });
      await opened.start();
      setSession(opened);
    });
    return () => {
      left = true;
      opened?.stop();
      setSession(null);
    };
  }, [user, job]);
  useEffect(() => (session ? onSignedIn(() => session.signedIn()) : undefined), [session]);
  return session;
}

export function useSnapshot(session: EditorSession): Snapshot {
  return useSyncExternalStore(session.subscribe, session.getSnapshot);
}

/** What the sign-in dialog promises to save, and what the browser must not close over. */
export function useUnsavedWarning(kept: Kept): void {
  const waiting = kept.state === "saved" ? null : keptInWords(kept);
  useEffect(() => {
    setUnsaved(waiting);
    return () => setUnsaved(null);
  }, [waiting]);
  const onlyHere = kept.state === "unsaved";
  useEffect(() => {
    if (!onlyHere) {
      return;
    }
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", ask);
    return () => window.removeEventListener("beforeunload", ask);
  }, [onlyHere]);
}

/** Milliseconds since a moment, told anew four times a second while there is something to tell. */
export function useElapsed(since: number | null): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (since === null) {
      return;
    }
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), 250);
    return () => clearInterval(timer);
  }, [since]);
  return since === null ? 0 : Math.max(0, now - since);
}

/** Lets the page itself open without a connection: the worker keeps the files that it was built of. */
export function useOfflineReadiness(): void {
  useEffect(() => {
    const prepare = async () => {
      if (!("serviceWorker" in navigator) || !import.meta.env.PROD) {
        return;
      }
      await import("@/shared/commands/KeySheetDialog");
      await navigator.serviceWorker.register("/sw.js");
      const { active } = await navigator.serviceWorker.ready;
      const loaded = performance.getEntriesByType("resource").map(({ name }) => name);
      active?.postMessage({ keep: loaded.filter((name) => name.startsWith(`${location.origin}/`)) });
    };
    // Without a connection, or where the browser allows no worker, the page works on as it is.
    const timer = setTimeout(() => void prepare().catch(() => undefined), 2_500);
    return () => clearTimeout(timer);
  }, []);
}
