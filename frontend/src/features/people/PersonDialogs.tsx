import { Button, Group, Stack, Text } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Confirm } from "@/shared/ui/Confirm";
import { Dialog } from "@/shared/ui/Dialog";
import { Failed } from "@/shared/ui/Problems";
import { Secret } from "@/shared/ui/Secret";
import { changePerson, type Person, teamsQuery } from "./api";
import { PersonForm } from "./PersonForm";

export const nameOf = (person: Pick<Person, "name" | "username">): string => person.name || person.username;

/** What is open over the list of people; one thing at a time. */
export type Open =
  | { readonly kind: "add" }
  | { readonly kind: "edit"; readonly person: Person }
  | { readonly kind: "link"; readonly person: Person; readonly link: string }
  | { readonly kind: "deactivate"; readonly person: Person };

interface PersonDialogsProps {
  readonly open: Open | null;
  readonly onOpen: (open: Open | null) => void;
}

const Deactivate = ({ person, onClose }: { person: Person; onClose: () => void }) => {
  const client = useQueryClient();
  const deactivate = useMutation({
    mutationFn: () => changePerson(person.id, { is_active: false }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ["people"] });
      onClose();
    },
  });
  return (
    <Confirm
      opened
      title={`Deactivate ${nameOf(person)}`}
      action="Deactivate"
      busy={deactivate.isPending}
      error={deactivate.error}
      onConfirm={() => deactivate.mutate()}
      onClose={onClose}
    >
      {nameOf(person)} can no longer sign in. Batches they hold go back to the queue, their verdicts stay. You
      can activate them again at any time.
    </Confirm>
  );
};

const LinkMade = ({ person, link, onClose }: { person: Person; link: string; onClose: () => void }) => (
  <Stack gap="lg">
    <Text size="md">
      Give this link to {nameOf(person)}. They choose a password with it and can sign in. It works once, for
      two days, and is not shown again. Earlier links of theirs no longer work.
    </Text>
    <Secret label="One-time link" value={link} />
    <Group justify="flex-end">
      <Button onClick={onClose}>Done</Button>
    </Group>
  </Stack>
);

const EditPerson = ({ person, onOpen }: { person?: Person; onOpen: PersonDialogsProps["onOpen"] }) => {
  const teams = useQuery(teamsQuery);
  if (teams.isError)
    return <Failed what="The teams" error={teams.error} onRetry={() => void teams.refetch()} />;
  if (!teams.data) return null;
  return (
    <PersonForm
      person={person}
      teams={teams.data}
      onInvited={(invited, link) => onOpen({ kind: "link", person: invited, link })}
      onDone={() => onOpen(null)}
    />
  );
};

export const PersonDialogs = ({ open, onOpen }: PersonDialogsProps) => {
  const close = () => onOpen(null);
  return (
    <>
      <Dialog opened={open?.kind === "add"} title="Add a person" onClose={close}>
        <EditPerson onOpen={onOpen} />
      </Dialog>
      <Dialog
        opened={open?.kind === "edit"}
        title={open?.kind === "edit" ? nameOf(open.person) : ""}
        onClose={close}
      >
        {open?.kind === "edit" && <EditPerson person={open.person} onOpen={onOpen} />}
      </Dialog>
      <Dialog opened={open?.kind === "link"} title="Sign-in link" onClose={close}>
        {open?.kind === "link" && <LinkMade person={open.person} link={open.link} onClose={close} />}
      </Dialog>
      {open?.kind === "deactivate" && <Deactivate person={open.person} onClose={close} />}
    </>
  );
};
