import { useNavigate } from "@tanstack/react-router";
import { useCallback, useEffect, useState, useSyncExternalStore } from "react";
import { type JobKind, workScreen } from "@/shared/lib/kinds";
import { onSignedIn, setUnsaved } from "@/shared/session/session";
import { TIMING } from "../engine/courier";
import { decodeImage } from "../engine/pictures";
import { makeServer } from "../engine/server";
import { ReviewSession } from "../engine/session";
import type { Snapshot } from "../engine/snapshot";
import { NoStore, openStore, type ReviewStore } from "../engine/store";
import { browser } from "../engine/surface";
import { keptInWords } from "./words";

/** The browser may give us no database (a private window, a full disk): the page alone then holds the marks. */
async function storeFor(user: string, job: string): Promise<ReviewStore> {
  try {
    return await openStore(user, job);
  } catch (error) {
    if (error instanceof DOMException) {
      return new NoStore();
    }
    throw error;
  }
}

/**
 * The session of a person in a job; null for the moment that the device needs to open its database. Leaves for the
 * job's own screen where it is of another kind.
 */
export function useReviewSession(user: string, job: string, kind: JobKind): ReviewSession | null {
  const navigate = useNavigate();
  const elsewhere = useCallback(
    (other: JobKind) => void navigate({ to: workScreen({ kind: other }), params: { job }, replace: true }),
    [navigate, job],
  );
  const [session, setSession] = useState<ReviewSession | null>(null);
  useEffect(() => {
    let opened: ReviewSession | null = null;
    let left = false;
    void storeFor(user, job).then(async (store) => {
      if (left) {
        store.close();
        return;
      }
      const server = makeServer(kind, elsewhere);
      opened = new ReviewSession({
        job,
        server,
        store,
        decode: decodeImage,
        surface: browser,
        timing: TIMING,
      });
      await opened.start();
      setSession(opened);
    });
    return () => {
      left = true;
      opened?.stop();
      setSession(null);
    };
  }, [user, job, kind, elsewhere]);
  useEffect(() => (session ? onSignedIn(() => session.signedIn()) : undefined), [session]);
  return session;
}

export function useSnapshot(session: ReviewSession): Snapshot {
  return useSyncExternalStore(session.subscribe, session.getSnapshot);
}

/** What the sign-in dialog promises to save, and what the browser must not close over. */
export function useUnsavedWarning({ kept }: Snapshot): void {
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

/** Any sign of a person keeps the clock of active work running. */
export function useActivity(session: ReviewSession): void {
  useEffect(() => {
    const touch = () => session.touch();
    const events = ["pointermove", "pointerdown", "keydown", "wheel"] as const;
    for (const event of events) {
      window.addEventListener(event, touch, { passive: true });
    }
    return () => {
      for (const event of events) {
        window.removeEventListener(event, touch);
      }
    };
  }, [session]);
}
