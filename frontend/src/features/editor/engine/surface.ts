/** The browser around the screen. */
import type { PageEvent, Surface } from "./session";

const VISIBLE: Partial<Record<PageEvent, boolean>> = { visible: true, hidden: false };

export const browser: Surface = {
  now: () => Date.now(),
  online: () => navigator.onLine,
  visible: () => document.visibilityState === "visible",
  listen(event, heard) {
    const wanted = VISIBLE[event];
    if (wanted === undefined) {
      window.addEventListener(event, heard);
      return () => window.removeEventListener(event, heard);
    }
    const turned = () => {
      if (browser.visible() === wanted) {
        heard();
      }
    };
    document.addEventListener("visibilitychange", turned);
    return () => document.removeEventListener("visibilitychange", turned);
  },
};
