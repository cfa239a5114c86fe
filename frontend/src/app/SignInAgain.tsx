import { lazy, Suspense, useEffect, useState } from "react";
import { useSession } from "@/shared/session/session";

const fetchDialog = () => import("./SignInAgainDialog");
const Dialog = lazy(() => fetchDialog().then((module) => ({ default: module.SignInAgainDialog })));

/** Long enough for the page itself to be there first. */
const AFTER_THE_PAGE_MS = 5000;

/**
 * Lies over whatever page the session ended under. The page below keeps its state; only the same person
 * can go on with it. The dialog is fetched ahead, since a server that was updated may no longer have it.
 */
export const SignInAgain = () => {
  const { ended } = useSession();
  const [needed, setNeeded] = useState(false);
  useEffect(() => {
    if (ended) setNeeded(true);
    const timer = setTimeout(() => void fetchDialog().catch(() => {}), AFTER_THE_PAGE_MS);
    return () => clearTimeout(timer);
  }, [ended]);
  return needed ? (
    <Suspense>
      <Dialog />
    </Suspense>
  ) : null;
};
