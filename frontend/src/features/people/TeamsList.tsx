import { ActionIcon, Button, Group, Stack, TextInput } from "@mantine/core";
import { IconPencil, IconUsersGroup } from "@tabler/icons-react";
import { useMutation, useQueries, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { Problem } from "@/shared/api/problem";
import { listed } from "@/shared/lib/format";
import { Dialog } from "@/shared/ui/Dialog";
import { Failed, Refused } from "@/shared/ui/Problems";
import { Empty, Loading } from "@/shared/ui/States";
import { Table } from "@/shared/ui/Table";
import { type Person, peopleQuery, saveTeam, type Team, teamsQuery } from "./api";
import classes from "./People.module.css";
import { nameOf } from "./PersonDialogs";

/** A team that is new, or one that gets another name. */
export type OpenTeam = { readonly team?: Team };

const TeamForm = ({ team, onDone }: { team?: Team; onDone: () => void }) => {
  const client = useQueryClient();
  const [name, setName] = useState(team?.name ?? "");
  const save = useMutation({
    mutationFn: () => saveTeam(name.trim(), team),
    onSuccess: async () => {
      await Promise.all(["teams", "people"].map((key) => client.invalidateQueries({ queryKey: [key] })));
      onDone();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate();
  };
  const wrong = save.error instanceof Problem ? save.error.field("name") : undefined;
  return (
    <form onSubmit={submit}>
      <Stack gap="lg">
        <TextInput
          data-autofocus
          label="Name of the team"
          value={name}
          error={wrong}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        {wrong === undefined && <Refused error={save.error} />}
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onDone}>
            Cancel
          </Button>
          <Button type="submit" disabled={name.trim() === ""} loading={save.isPending}>
            {team ? "Rename" : "Make the team"}
          </Button>
        </Group>
      </Stack>
    </form>
  );
};

const SHOWN = 6;

const members = (team: Team, people: readonly Person[]): string => {
  const names = people
    .filter((person) => person.is_active && person.teams.some(({ id }) => id === team.id))
    .map(nameOf);
  if (names.length <= SHOWN) return listed(names);
  return listed([...names.slice(0, SHOWN), `${names.length - SHOWN} more`]);
};

interface TeamsListProps {
  readonly open: OpenTeam | null;
  readonly onOpen: (open: OpenTeam | null) => void;
}

const TeamRow = ({
  team,
  people,
  onRename,
}: {
  team: Team;
  people: readonly Person[];
  onRename: () => void;
}) => (
  <tr>
    <td className={classes.name}>{team.name}</td>
    <td>{members(team, people) || <span className={classes.none}>Nobody yet</span>}</td>
    <td className={classes.end}>
      <ActionIcon variant="subtle" size={32} aria-label={`Rename ${team.name}`} onClick={onRename}>
        <IconPencil size={17} aria-hidden />
      </ActionIcon>
    </td>
  </tr>
);

const COLUMNS = [{ label: "Team" }, { label: "Members" }, { label: "Actions", quiet: true }];

const NoTeams = ({ onAdd }: { onAdd: () => void }) => (
  <Empty
    icon={<IconUsersGroup size={32} aria-hidden />}
    title="No teams yet"
    action={<Button onClick={onAdd}>Make the first team</Button>}
  >
    A job belongs to a team. The labelers of that team see it and are dealt its batches.
  </Empty>
);

export const TeamsList = ({ open, onOpen }: TeamsListProps) => {
  const [teams, people] = useQueries({ queries: [teamsQuery, peopleQuery] });
  const failed = [teams, people].find((query) => query.isError);
  if (failed) return <Failed what="The teams" error={failed.error} onRetry={() => void failed.refetch()} />;
  if (!teams.data || !people.data) return <Loading what="teams" />;
  return (
    <>
      {teams.data.length === 0 ? (
        <NoTeams onAdd={() => onOpen({})} />
      ) : (
        <Table caption="Teams" columns={COLUMNS}>
          {teams.data.map((team) => (
            <TeamRow key={team.id} team={team} people={people.data} onRename={() => onOpen({ team })} />
          ))}
        </Table>
      )}
      <Dialog
        opened={open !== null}
        title={open?.team ? `Rename ${open.team.name}` : "New team"}
        onClose={() => onOpen(null)}
      >
        <TeamForm team={open?.team} onDone={() => onOpen(null)} />
      </Dialog>
    </>
  );
};
