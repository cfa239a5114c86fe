import { TextInput } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import { bytesWords, count, counted, day } from "@/shared/lib/format";
import { Badge } from "@/shared/ui/Badge";
import type { Card } from "./api";
import { calibrationWords, type Fact, factsOf, inputWords, kindWord, lessonOf, lessonWords } from "./facts";
import classes from "./ModelPage.module.css";
import { measuredOf } from "./measured";

const Line = ({ label, children }: { label: string; children: ReactNode }) => (
  <div className={classes.line}>
    <dt>{label}</dt>
    <dd>{children}</dd>
  </div>
);

interface PartProps {
  readonly title: string;
  readonly facts: readonly Fact[];
}

const Part = ({ title, facts }: PartProps) =>
  facts.length === 0 ? null : (
    <>
      <h3 className={classes.heading}>{title}</h3>
      <dl>
        {facts.map(({ label, value }) => (
          <Line key={label} label={label}>
            {value}
          </Line>
        ))}
      </dl>
    </>
  );

const MOST_SHOWN = 200;

/** What it can answer, in the order of its outputs; searched, since there may be thousands. */
const Classes = ({ names }: { names: readonly string[] }) => {
  const [search, setSearch] = useState("");
  const wanted = search.trim().toLocaleLowerCase();
  const found = names.filter((name) => name.toLocaleLowerCase().includes(wanted));
  return (
    <details className={classes.classes}>
      <summary>{counted(names.length, "class", "classes")}</summary>
      <TextInput
        type="search"
        aria-label="Search the classes"
        placeholder="Search"
        value={search}
        onChange={(event) => setSearch(event.currentTarget.value)}
      />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard (WCAG 2.1.1). */}
      <ul aria-label="Classes" className={classes.names} tabIndex={0}>
        {found.slice(0, MOST_SHOWN).map((name) => (
          <li key={name}>{name}</li>
        ))}
      </ul>
      {found.length > MOST_SHOWN && (
        <p className={classes.second}>and {count(found.length - MOST_SHOWN)} more</p>
      )}
      {found.length === 0 && <p className={classes.second}>No class is called that</p>}
    </details>
  );
};

const madeBy = ({ made_by, created_by }: Card): string =>
  created_by && created_by !== made_by ? `${made_by}; brought by ${created_by}` : made_by;

/** The sentence of a card that has one, else nothing. */
const textOf = ({ trained_on }: Card): string => (typeof trained_on.text === "string" ? trained_on.text : "");

/** What else a person or a program wrote; of a training of our own the line says all. */
const restOf = (card: Card): Fact[] => {
  const { text, ...rest } = card.trained_on;
  if (lessonOf(card)) return [];
  return factsOf(typeof text === "string" ? rest : { text, ...rest });
};

const TrainedOn = ({ card }: { card: Card }) => {
  const lesson = lessonOf(card);
  if (!lesson) return textOf(card) || (restOf(card).length > 0 ? "see below" : "not told");
  return (
    <>
      <Link
        to="/datasets/$dataset"
        params={{ dataset: lesson.dataset.id }}
        search={{ show: "training", run: lesson.run }}
        className={classes.link}
      >
        {lesson.dataset.name}
      </Link>
      , {lessonWords(lesson)}
    </>
  );
};

const Files = ({ files }: { files: Card["files"] }) => (
  <>
    <h3 className={classes.heading}>Files</h3>
    <dl>
      {Object.entries(files).map(([name, sha]) => (
        <div key={name} className={classes.file}>
          <dt>{name}</dt>
          <dd className={classes.sha}>sha256 {sha}</dd>
        </div>
      ))}
    </dl>
  </>
);

/** What is known of a version: shape, input, training, calibration, licence, files. */
export const ModelCard = ({ card }: { card: Card }) => (
  <section aria-labelledby="model-card" className={classes.card}>
    <h2 id="model-card" className={classes.title}>
      Model card <Badge>{kindWord(card)}</Badge>
    </h2>
    <dl>
      <Line label="Shape">{card.architecture || "not told"}</Line>
      <Line label="Size">{bytesWords(card.weights_bytes)}</Line>
      <Line label="Input">{inputWords(card)}</Line>
      <Line label="Trained on">
        <TrainedOn card={card} />
      </Line>
      {card.base && (
        <Line label="Stands on">
          <Link to="/models/$version" params={{ version: card.base.id }} className={classes.link}>
            {card.base.name} {card.base.version}
          </Link>
        </Line>
      )}
      <Line label="Calibration">{calibrationWords(card)}</Line>
      <Line label="Features">
        {card.features > 0 ? `${count(card.features)} numbers a picture` : "none told"}
      </Line>
      <Line label="Made by">{madeBy(card)}</Line>
      <Line label="Here since">{day(card.created_at)}</Line>
      <Line label="Licence">{card.licence || "not told"}</Line>
      <Line label="Labels' source">
        <code>{card.label_source}</code>
      </Line>
    </dl>
    {card.notes !== "" && <p className={classes.notes}>{card.notes}</p>}
    {!measuredOf(card) && <Part title="Measured" facts={factsOf(card.metrics)} />}
    <Part title="Trained on" facts={restOf(card)} />
    <Classes names={card.classes} />
    <Files files={card.files} />
  </section>
);
