import { IconArrowsDiff, IconPlayerPlay } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { CommandButton } from "@/shared/commands/CommandButton";
import { useCommands } from "@/shared/commands/commands";
import type { Command } from "@/shared/commands/registry";
import { useMe } from "@/shared/session/session";
import { Page } from "@/shared/ui/Page";
import { Failed } from "@/shared/ui/Problems";
import { Loading } from "@/shared/ui/States";
import { AGAINST } from "./Against";
import { type Card, cardQuery, trainingQuery, versionsQuery } from "./api";
import { nextVersion } from "./facts";
import { Lineage } from "./Lineage";
import { Measures } from "./Measures";
import { ModelCard } from "./ModelCard";
import classes from "./ModelPage.module.css";
import { measuredOf } from "./measured";
import { RunDialog } from "./RunDialog";
import { Runs } from "./Runs";

const route = getRouteApi("/signed-in/shell/models/$version");
const MODELS = { label: "Models", to: "/models" } as const;

/** The versions of this model, the oldest first, as links; nothing where there is only one. */
const Versions = ({ card }: { card: Card }) => {
  const navigate = useNavigate();
  const all = useQuery(versionsQuery).data ?? [];
  const its = all.filter(({ name }) => name === card.name).toReversed();
  const next = nextVersion(its, card.id);
  const go: Command = {
    id: "models.next",
    label: "Next version",
    group: "Models",
    keys: ["KeyV"],
    run: () => next && void navigate({ to: "/models/$version", params: { version: next.id } }),
  };
  useCommands(next ? [go] : []);
  if (its.length < 2) return null;
  return (
    <nav aria-label="Versions" className={classes.versions}>
      {its.map(({ id, version }) => (
        <Link key={id} to="/models/$version" params={{ version: id }} className={classes.one}>
          {version}
        </Link>
      ))}
    </nav>
  );
};

const RunButton = ({ card }: { card: Card }) => {
  const [open, setOpen] = useState(false);
  const run: Command = {
    id: "models.run",
    label: "Run on a dataset",
    group: "Models",
    keys: ["KeyR"],
    run: () => setOpen(true),
  };
  useCommands([run]);
  return (
    <>
      <CommandButton command={run} leftSection={<IconPlayerPlay size={16} aria-hidden />} />
      <RunDialog card={card} opened={open} onClose={() => setOpen(false)} />
    </>
  );
};

/** Goes to the comparison with another version, where there is one. */
const CompareButton = ({ card }: { card: Card }) => {
  const compare: Command = {
    id: "models.compare",
    label: "Compare",
    group: "Models",
    keys: ["KeyC"],
    run: () => {
      const heading = document.getElementById(AGAINST);
      heading?.focus();
      heading?.closest("section")?.scrollIntoView({ block: "nearest" });
    },
  };
  const there = measuredOf(card)?.comparison != null;
  useCommands(there ? [compare] : []);
  if (!there) return null;
  return (
    <CommandButton
      command={compare}
      variant="default"
      leftSection={<IconArrowsDiff size={16} aria-hidden />}
    />
  );
};

/** How good it is, where it was trained here. */
const Judged = ({ card }: { card: Card }) => {
  const measured = measuredOf(card);
  const training = useQuery({ ...trainingQuery(card.id), enabled: measured !== null });
  if (!measured || training.data === null) return null;
  if (training.isError)
    return <Failed what="The training" error={training.error} onRetry={() => void training.refetch()} />;
  if (!training.data) return <Loading what="how good it is" />;
  return <Measures card={card} measured={measured} training={training.data} />;
};

const Loaded = ({ card }: { card: Card }) => {
  const isAdmin = useMe().role === "admin";
  return (
    <Page
      title={`${card.name} ${card.version}`}
      parent={MODELS}
      flush
      actions={
        <>
          <Versions card={card} />
          <CompareButton card={card} />
          {isAdmin && <RunButton card={card} />}
        </>
      }
      below={<Lineage card={card} />}
    >
      <div className={classes.halves}>
        <ModelCard card={card} />
        <div className={classes.right}>
          <Judged card={card} />
          <Runs card={card} />
        </div>
      </div>
    </Page>
  );
};

/** One version of a model: what it is, where it comes from, what it was run over. */
export const ModelPage = () => {
  const { version } = route.useParams();
  const card = useQuery(cardQuery(version));
  if (card.data) return <Loaded key={version} card={card.data} />;
  return (
    <Page title="Model" parent={MODELS}>
      {card.isError ? (
        <Failed what="The model" error={card.error} onRetry={() => void card.refetch()} />
      ) : (
        <Loading what="the model" />
      )}
    </Page>
  );
};
