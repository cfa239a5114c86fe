import { Button, Group } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { counted } from "@/shared/lib/format";
import { Badge, type Tone } from "@/shared/ui/Badge";
import { AgainstClasses } from "./AgainstClasses";
import type { Card } from "./api";
import type { Asked } from "./Behind";
import { Dumbbell } from "./Dumbbell";
import classes from "./Measures.module.css";
import { type Comparison, gainWords, type Share, shareWords, verdictWord } from "./measured";

/** Where the comparison stands on the page. */
export const AGAINST = "against";

const TONES: Readonly<Record<Comparison["verdict"], Tone>> = {
  better: "ok",
  worse: "wrong",
  no_evidence: "quiet",
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
    <section aria-labelledby={AGAINST} className={classes.against}>
      <h3 id={AGAINST} tabIndex={-1} className={classes.heading}>
        Version {card.version} against{" "}
        <Link to="/models/$version" params={{ version: other.id }} className={classes.link}>
          {otherName(card, other)}
        </Link>{" "}
        <span className={classes.small}>on the same {counted(pictures, "picture")}</span>{" "}
        <Badge tone={TONES[comparison.verdict]}>{verdictWord(comparison)}</Badge>
      </h3>
      <Dumbbell before={before} now={now} verdict={comparison.verdict} />
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
      {comparison.classes && <AgainstClasses changes={comparison.classes} onAsk={onAsk} />}
    </section>
  );
};
