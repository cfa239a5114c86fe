import { ActionIcon, Menu } from "@mantine/core";
import { IconDots, IconLink, IconPencil, IconUserCheck, IconUserOff } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { moment } from "@/shared/lib/format";
import type { Role } from "@/shared/session/session";
import { Badge } from "@/shared/ui/Badge";
import { Face } from "@/shared/ui/Face";
import { Failed, Refused } from "@/shared/ui/Problems";
import { Loading } from "@/shared/ui/States";
import { Table } from "@/shared/ui/Table";
import { changePerson, makeLink, type Person, peopleQuery } from "./api";
import classes from "./People.module.css";
import { nameOf, type Open } from "./PersonDialogs";

const ROLE_WORDS: Record<Role, string> = { admin: "Admin", labeler: "Labeler", analyst: "Analyst" };

const COLUMNS = [
  { label: "Name" },
  { label: "Role" },
  { label: "Teams" },
  { label: "Last signed in" },
  { label: "Actions", quiet: true },
];

interface RowProps {
  readonly person: Person;
  readonly onOpen: (open: Open) => void;
  readonly onLink: () => void;
  readonly onActivate: () => void;
}

const PersonMenu = ({ person, onOpen, onLink, onActivate }: RowProps) => (
  <Menu position="bottom-end" width={230}>
    <Menu.Target>
      <ActionIcon variant="subtle" size={32} aria-label={`Actions for ${nameOf(person)}`}>
        <IconDots size={18} aria-hidden />
      </ActionIcon>
    </Menu.Target>
    <Menu.Dropdown>
      <Menu.Item leftSection={<IconPencil size={16} />} onClick={() => onOpen({ kind: "edit", person })}>
        Change name, role, teams
      </Menu.Item>
      <Menu.Item leftSection={<IconLink size={16} />} disabled={!person.is_active} onClick={onLink}>
        Make a sign-in link
      </Menu.Item>
      {person.is_active ? (
        <Menu.Item
          color="wrong"
          leftSection={<IconUserOff size={16} />}
          onClick={() => onOpen({ kind: "deactivate", person })}
        >
          Deactivate
        </Menu.Item>
      ) : (
        <Menu.Item leftSection={<IconUserCheck size={16} />} onClick={onActivate}>
          Activate again
        </Menu.Item>
      )}
    </Menu.Dropdown>
  </Menu>
);

const PersonRow = (props: RowProps) => {
  const { person } = props;
  return (
    <tr data-off={!person.is_active || undefined} className={classes.row}>
      <td>
        <span className={classes.person}>
          <Face name={nameOf(person)} size={28} />
          <span>
            <span className={classes.name}>{nameOf(person)}</span>
            <span className={classes.second}>{person.username}</span>
          </span>
          {!person.is_active && <Badge>Deactivated</Badge>}
        </span>
      </td>
      <td>{ROLE_WORDS[person.role]}</td>
      <td>
        {person.teams.map((team) => team.name).join(", ") || <span className={classes.none}>None</span>}
      </td>
      <td>{person.last_login ? moment(person.last_login) : <span className={classes.none}>Never</span>}</td>
      <td className={classes.end}>
        <PersonMenu {...props} />
      </td>
    </tr>
  );
};

/** Active people first, each group by name. */
const sorted = (people: readonly Person[]): Person[] =>
  people.toSorted((a, b) => Number(b.is_active) - Number(a.is_active) || nameOf(a).localeCompare(nameOf(b)));

export const PeopleList = ({ onOpen }: { onOpen: (open: Open) => void }) => {
  const client = useQueryClient();
  const people = useQuery(peopleQuery);
  const link = useMutation({
    mutationFn: async (person: Person) => ({ person, link: await makeLink(person.id) }),
    onSuccess: (made) => onOpen({ kind: "link", ...made }),
  });
  const activate = useMutation({
    mutationFn: (person: Person) => changePerson(person.id, { is_active: true }),
    onSuccess: () => client.invalidateQueries({ queryKey: ["people"] }),
  });
  if (people.isError)
    return <Failed what="The people" error={people.error} onRetry={() => void people.refetch()} />;
  if (!people.data) return <Loading what="people" />;
  return (
    <>
      <Refused error={link.error ?? activate.error} />
      <Table caption="People" columns={COLUMNS}>
        {sorted(people.data).map((person) => (
          <PersonRow
            key={person.id}
            person={person}
            onOpen={onOpen}
            onLink={() => link.mutate(person)}
            onActivate={() => activate.mutate(person)}
          />
        ))}
      </Table>
    </>
  );
};
