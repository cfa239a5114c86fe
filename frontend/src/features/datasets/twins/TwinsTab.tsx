import { IconCopy, IconRefresh } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { CommandButton } from "@/shared/commands/CommandButton";
import { useCommands } from "@/shared/commands/commands";
import type { Command } from "@/shared/commands/registry";
import { useMe } from "@/shared/session/session";
import { Dotted } from "@/shared/ui/Badge";
import { Failed, Refused } from "@/shared/ui/Problems";
import { Empty, Loading } from "@/shared/ui/States";
import { isAtWork, type Search, searchTwins, type Twins, twinsQuery } from "./api";
import { Groups } from "./Groups";
import classes from "./Twins.module.css";
import { comparedWords, foundWords, workWords } from "./words";

const Standing = ({ twins, search }: { twins: Twins; search: Search }) => (
  <div>
    <h2 className={classes.title}>{foundWords(twins)}</h2>
    <p className={classes.second} role="status">
      {isAtWork(search) ? (
        <Dotted tone="focus">{workWords(search)}</Dotted>
      ) : search.state === "failed" ? (
        <Dotted tone="wrong">{search.message}</Dotted>
      ) : (
        comparedWords(search)
      )}
    </p>
  </div>
);

/** The search is asked for by a key and a button, by those who may. */
const useSearch = (dataset: string, atWork: boolean, label: string) => {
  const client = useQueryClient();
  const isAdmin = useMe().role === "admin";
  const asking = useMutation({
    mutationFn: () => searchTwins(dataset),
    onSuccess: (twins) => client.setQueryData(twinsQuery(dataset).queryKey, twins),
  });
  const command: Command = {
    id: "twins.search",
    label,
    group: "Near-duplicates",
    keys: ["KeyS"],
    enabled: !atWork && !asking.isPending,
    run: () => asking.mutate(),
  };
  useCommands(isAdmin ? [command] : []);
  return { command: isAdmin ? command : null, error: asking.error };
};

const Nothing = ({ title, children, action }: { title: string; children: ReactNode; action: ReactNode }) => (
  <Empty icon={<IconCopy size={32} aria-hidden />} title={title} action={action}>
    {children}
  </Empty>
);

const Found = ({ dataset, twins }: { dataset: string; twins: Twins }) => {
  const { search } = twins;
  const never = search === null;
  const { command, error } = useSearch(
    dataset,
    isAtWork(search),
    never ? "Search for near-duplicates" : "Search again",
  );
  const button = command && (
    <CommandButton
      command={command}
      variant={never ? "filled" : "default"}
      leftSection={<IconRefresh size={16} aria-hidden />}
    />
  );
  if (never)
    return (
      <Nothing title="The pictures were not compared yet" action={button}>
        Each import compares its dataset by itself. Pictures that came before it could do so wait for this
        search.
        <Refused error={error} />
      </Nothing>
    );
  return (
    <div className={classes.twins}>
      <div className={classes.head}>
        <Standing twins={twins} search={search} />
        {button}
      </div>
      <Refused error={error} />
      {twins.groups > 0 && <Groups key={search.id} dataset={dataset} search={search.id} />}
      {twins.groups === 0 && search.state === "done" && (
        <Nothing title="No two pictures are nearly the same" action={null}>
          Pictures count as nearly the same when at most 4 of 64 comparisons of light and dark come out
          differently, and a model that has seen both agrees.
        </Nothing>
      )}
    </div>
  );
};

/** Pictures that are nearly the same, shown together. */
export const TwinsTab = ({ dataset }: { dataset: string }) => {
  const twins = useQuery(twinsQuery(dataset));
  if (twins.isError)
    return <Failed what="The near-duplicates" error={twins.error} onRetry={() => void twins.refetch()} />;
  if (!twins.data) return <Loading what="near-duplicates" />;
  return <Found dataset={dataset} twins={twins.data} />;
};
