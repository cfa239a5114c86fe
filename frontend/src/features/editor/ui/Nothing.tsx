import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { Snapshot } from "../engine/snapshot";
import classes from "./Nothing.module.css";
import { keptInWords, nothingInWords } from "./words";

const Stage = ({ title, text, children }: { title: string; text: string; children?: ReactNode }) => (
  <div className={classes.nothing}>
    <div>
      <div role="status">
        <h2>{title}</h2>
        <p>{text}</p>
      </div>
      {children}
    </div>
  </div>
);

/** None on this device, and the server cannot be had: what is kept, and that it goes on by itself. */
function strandedInWords({ kept, link, outbox }: Snapshot): { title: string; text: string } {
  const waits = outbox > 0 || kept.steps > 0;
  const what = kept.steps > 0 ? keptInWords(kept) : "finished pictures";
  const back = waits
    ? `Your ${what} are kept here and go out as soon as the connection is back.`
    : "New pictures are loaded as soon as the connection is back.";
  const title = link === "offline" ? "No more pictures on this device" : "The server does not answer well";
  return { title, text: back };
}

/** No picture on the screen: why, and what happens next. */
export const Nothing = ({ snapshot, tryNow }: { snapshot: Snapshot; tryNow: () => void }) => {
  const { phase, nothing, refusal } = snapshot;
  if (phase === "stranded") {
    return (
      <Stage {...strandedInWords(snapshot)}>
        <Button variant="default" onClick={tryNow}>
          Try now
        </Button>
      </Stage>
    );
  }
  if (phase === "refused" || !nothing) {
    return (
      <Stage title="This job cannot be opened" text={refusal}>
        <Button variant="default" onClick={tryNow}>
          Try again
        </Button>
      </Stage>
    );
  }
  return (
    <Stage {...nothingInWords(nothing)}>
      <Button variant="default" renderRoot={(props) => <Link {...props} to="/" />}>
        Back to your work
      </Button>
    </Stage>
  );
};
