import { IconCheck, IconHelp } from "@tabler/icons-react";
import { useEffect, useRef } from "react";
import { Picture } from "@/shared/ui/Picture";
import type { Snapshot } from "../engine/snapshot";
import { shownOf } from "../model/batch";
import { answerOf } from "./options";
import classes from "./Strip.module.css";

interface StripProps {
  readonly snapshot: Snapshot;
  readonly focus: number;
  readonly go: (index: number) => void;
}

/** The pictures of the batch with their answers; the one in hand is framed. */
export const Strip = ({ snapshot: { current, job, unreadable }, focus, go }: StripProps) => {
  const now = useRef<HTMLButtonElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another picture in hand is why it scrolls
  useEffect(() => {
    now.current?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }, [focus]);
  return (
    <ol className={classes.strip} aria-label="Pictures of this batch">
      {current?.batch.items.map((item, index) => {
        const mark = current.batch.tiles[index]?.mark ?? "none";
        const broken = unreadable.has(item.id);
        const answer = broken ? "Did not load" : answerOf(mark, job?.classes ?? []);
        const Icon = mark === "unsure" || broken ? IconHelp : IconCheck;
        return (
          <li key={item.id}>
            <button
              type="button"
              ref={index === focus ? now : undefined}
              className={classes.tile}
              aria-current={index === focus}
              aria-label={`Picture ${index + 1}, ${answer ?? "no answer yet"}`}
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => go(index)}
            >
              <span className={classes.picture}>
                <Picture src={shownOf(item).url} alt="" />
              </span>
              <span className={classes.answer} data-open={answer === null}>
                {answer !== null && <Icon size={13} aria-hidden />}
                <span>{answer ?? "–"}</span>
              </span>
            </button>
          </li>
        );
      })}
    </ol>
  );
};
