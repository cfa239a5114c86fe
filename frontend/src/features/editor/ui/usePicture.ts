import { useEffect, useState } from "react";
import { type Loaded, loadPicture } from "./paint";

export interface PictureState {
  readonly loaded: Loaded | null;
  readonly failed: boolean;
  readonly retry: () => void;
}

/** Loads the picture on the screen, and lets the browser fetch the one after it. */
export function usePicture(url: string | undefined, next: string | undefined): PictureState {
  const [state, setState] = useState<{ url: string; loaded: Loaded | null } | null>(null);
  const [attempt, setAttempt] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt loads the same address again
  useEffect(() => {
    if (url === undefined) {
      return;
    }
    let left = false;
    const arrived = (loaded: Loaded | null) => {
      if (!left) {
        setState({ url, loaded });
      }
    };
    loadPicture(url).then(arrived, (error: unknown) => {
      if (!(error instanceof DOMException)) {
        throw error;
      }
      arrived(null);
    });
    return () => {
      left = true;
    };
  }, [url, attempt]);
  const own = state?.url === url ? state : null;
  const ready = own?.loaded != null;
  useEffect(() => {
    if (ready && next !== undefined) {
      new Image().src = next;
    }
  }, [ready, next]);
  return {
    loaded: own?.loaded ?? null,
    failed: own !== null && own.loaded === null,
    retry: () => {
      setState(null);
      setAttempt((before) => before + 1);
    },
  };
}
