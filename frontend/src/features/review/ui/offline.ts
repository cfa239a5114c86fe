import { useEffect } from "react";

/** Long enough for the first batch to be there first. */
const AFTER_THE_PAGE_MS = 2_500;

/** What lies over the grid is fetched when it is first asked for, or ahead of a lost connection. */
export const layers = {
  enlarged: () => import("./Enlarged"),
  guide: () => import("./Guide"),
  report: () => import("./ReportDialog"),
  sent: () => import("./SentDialog"),
};

async function fetchLayers(): Promise<void> {
  await Promise.all([...Object.values(layers).map((fetched) => fetched()), fetchKeySheet()]);
}

const fetchKeySheet = () => import("@/shared/commands/KeySheetDialog");

/** Lets the page open without a connection: the worker keeps the files that this page was built of. */
async function keepThePage(): Promise<void> {
  if (!("serviceWorker" in navigator) || !import.meta.env.PROD) {
    return;
  }
  await navigator.serviceWorker.register("/sw.js");
  const { active } = await navigator.serviceWorker.ready;
  const loaded = performance.getEntriesByType("resource").map(({ name }) => name);
  active?.postMessage({ keep: loaded.filter((name) => name.startsWith(`${location.origin}/`)) });
}

/** Once the first batch is there, makes ready for a connection that goes away. */
export function useOfflineReadiness(): void {
  useEffect(() => {
    const prepare = async () => {
      await fetchLayers();
      await keepThePage();
    };
    // Without a connection, or where the browser allows no worker, the page works on as it is.
    const timer = setTimeout(() => void prepare().catch(() => undefined), AFTER_THE_PAGE_MS);
    return () => clearTimeout(timer);
  }, []);
}
