import { useEffect, useState } from "react";
import type { ReviewSession } from "../engine/session";
import { Failure } from "../engine/wire";
import type { Item } from "../model/batch";

/** The outline of an enlarged object: as its tile has it, until the exact one has come. Null without one. */
export function useOutline(session: ReviewSession, item: Item | undefined): string | null {
  const [exact, setExact] = useState<{ of: string; path: string } | null>(null);
  useEffect(() => {
    if (!item?.close_up) {
      return;
    }
    let left = false;
    session.outline(item).then(
      (path) => left || setExact({ of: item.id, path }),
      (error: unknown) => {
        // The simpler one stays.
        if (!(error instanceof Failure)) {
          throw error;
        }
      },
    );
    return () => {
      left = true;
    };
  }, [session, item]);
  return exact && exact.of === item?.id ? exact.path : (item?.close_up?.outline ?? null);
}
