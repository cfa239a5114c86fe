import { Button, Group } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { counted } from "@/shared/lib/format";
import { Badge, type Tone } from "@/shared/ui/Badge";
import type { Card } from "./api";
import type { Asked } from "./Behind";
import classes from "./Measures.module.css";
import { type Comparison, gainWords, type Share, shareWords, verdictWord } from "./measured";

const TONES: Readonly<Record<Comparison["verdict"], Tone>> = {
  better: "ok",
  worse: "wrong",
  no_evidence: "quiet",
};

const Dot = ({ share, now }: { share: Share; now: boolean }) =>
  share.value === null ? null : (
    <span className={classes.dot} data-now={now || undefined} style={{ left: `${100 * share.value}%` }} />
  );

/** Both versions on one line from 0 to 100 %. The words beside it say the same. */
const Line = ({ before, now }: { before: Share; now: Share }) => {
  const [a, b] = [before.value ?? 0, now.value ?? 0];
  return (
    <div aria-hidden className={classes.track}>
      <span
        className={classes.bar}
        style={{ left: `${100 * Math.min(a, b)}%`, width: `${100 * Math.abs(a - b)}%` }}
      />
      <Dot share={before} now={false} />
      <Dot share={now} now />
    </div>
  );
};

const otherName = (card: Card, other: Comparison["with"]): string =>
  other.name === card.name ? `version ${other.version}` : `${other.name} ${other.version}`;

interface AgainstProps {
  readonly card: Card;
  readonly comparison: Comparison;
  readonly onAsk: (asked: Asked) => void;
}

/** Two versions on the same held-out pictures, with a test, and the pictures on which they differ. */
export const Against = ({ card, comparison, onAsk }: AgainstProps) => {
  const { with: other, pictures, only_new, only_old, accuracy_before: before, gain } = comparison;
  const now: Share = { ...before, value: before.value === null ? null : before.value + gain };
  const differs = (which: "new" | "old", title: string) => () =>
    onAsk({ title, filter: { part: "held_out", differs: which } });
  return (
    <section aria-labelledby="against" className={classes.against}>
      <h3 id="against" className={classes.heading}>
        Version {card.version} against{" "}
        <Link to="/models/$version" params={{ version: other.id }} className={classes.link}>
          {otherName(card, other)}
        </Link>{" "}
        <span className={classes.small}>on the same {counted(pictures, "picture")}</span>{" "}
        <Badge tone={TONES[comparison.verdict]}>{verdictWord(comparison)}</Badge>
      </h3>
      <Line before={before} now={now} />
      <p>
        {shareWords(before)} → <strong>{shareWords(now)}</strong>{" "}
        <span className={classes.small}>{gainWords(comparison)} (McNemar)</span>
      </p>
      <Group gap="sm">
        <Button
          variant="default"
          disabled={only_new === 0}
          onClick={differs("new", "Only this version is right")}
        >
          {counted(only_new, "picture")} that only this one has right
        </Button>
        <Button
          variant="default"
          disabled={only_old === 0}
          onClick={differs("old", `Only ${otherName(card, other)} was right`)}
        >
          {counted(only_old, "picture")} that only {otherName(card, other)} had right
        </Button>
      </Group>
    </section>
  );
};
