import { useCommands } from "@/shared/commands/commands";
import type { Zoom } from "./useZoom";

/** Keys that are there only while a picture is enlarged. */
export function useZoomCommands(zoom: Zoom): void {
  const group = "Look";
  useCommands([
    { id: "review.zoom.fit", label: "Fit the picture", group, keys: ["Digit0"], run: zoom.fit },
    { id: "review.zoom.original", label: "Original size", group, keys: ["Digit1"], run: zoom.original },
  ]);
}
