import { IconCpu, IconPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { CommandButton } from "@/shared/commands/CommandButton";
import { useCommands } from "@/shared/commands/commands";
import type { Command } from "@/shared/commands/registry";
import { day } from "@/shared/lib/format";
import { useMe } from "@/shared/session/session";
import { Badge } from "@/shared/ui/Badge";
import { Page } from "@/shared/ui/Page";
import { Failed } from "@/shared/ui/Problems";
import { Empty, Loading } from "@/shared/ui/States";
import { type Version, versionsQuery } from "./api";
import { byName, isTrained, kindWord, sizeWords } from "./facts";
import classes from "./Models.module.css";

const Older = ({ versions }: { versions: readonly Version[] }) => (
  <p className={classes.older}>
    Earlier:{" "}
    {versions.map(({ id, version }, at) => (
      <span key={id}>
        {at > 0 && ", "}
        <Link to="/models/$version" params={{ version: id }} className={classes.above}>
          {version}
        </Link>
      </span>
    ))}
  </p>
);

const whoseWords = (version: Version): string => {
  if (!version.created_by) return version.made_by;
  return `${isTrained(version) ? "trained" : "brought"} by ${version.created_by}`;
};

const ModelCard = ({ name, versions }: { name: string; versions: readonly Version[] }) => {
  const [newest, ...older] = versions;
  if (!newest) return null;
  return (
    <article className={classes.model}>
      <h2 className={classes.name}>
        <Link to="/models/$version" params={{ version: newest.id }} className={classes.cover}>
          {name}
        </Link>
        <span className={classes.version}>{newest.version}</span>
        <Badge>{kindWord(newest)}</Badge>
      </h2>
      <p>{newest.architecture || "Architecture not told"}</p>
      <p className={classes.second}>{sizeWords(newest)}</p>
      <p className={classes.second}>
        {[newest.licence || "no licence told", day(newest.created_at)].join(", ")}
      </p>
      <p className={classes.second}>{whoseWords(newest)}</p>
      <p className={classes.sha} title={newest.weights_sha256}>
        sha256 {newest.weights_sha256}
      </p>
      {older.length > 0 && <Older versions={older} />}
    </article>
  );
};

const Nothing = () => (
  <Empty icon={<IconCpu size={32} aria-hidden />} title="No model is here yet">
    A model labels pictures, with a confidence for each. One is built in and is listed when the server starts;
    others are brought as ONNX files.
  </Empty>
);

const List = () => {
  const versions = useQuery(versionsQuery);
  if (versions.isError)
    return <Failed what="The models" error={versions.error} onRetry={() => void versions.refetch()} />;
  if (!versions.data) return <Loading what="models" />;
  if (versions.data.length === 0) return <Nothing />;
  return (
    <div className={classes.models}>
      {byName(versions.data).map((model) => (
        <ModelCard key={model.name} {...model} />
      ))}
    </div>
  );
};

/** What can label pictures: each model with its newest version, and the way to bring one's own. */
export const ModelsPage = () => {
  const navigate = useNavigate();
  const isAdmin = useMe().role === "admin";
  const bring: Command = {
    id: "models.bring",
    label: "Bring a model",
    group: "Models",
    keys: ["KeyN"],
    run: () => void navigate({ to: "/models/new" }),
  };
  useCommands(isAdmin ? [bring] : []);
  return (
    <Page
      title="Models"
      actions={isAdmin && <CommandButton command={bring} leftSection={<IconPlus size={16} aria-hidden />} />}
    >
      <List />
    </Page>
  );
};
