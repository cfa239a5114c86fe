import { Button, Group, MultiSelect, Radio, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Problem } from "@/shared/api/problem";
import type { Role } from "@/shared/session/session";
import { Refused } from "@/shared/ui/Problems";
import { changePerson, invite, type Person, type Team } from "./api";
import "@mantine/core/styles/Radio.layer.css";

const ROLES: readonly { value: Role; label: string; may: string }[] = [
  { value: "labeler", label: "Labeler", may: "Reviews the jobs of their teams" },
  { value: "analyst", label: "Analyst", may: "Reads everything, exports" },
  { value: "admin", label: "Admin", may: "Everything, people included" },
];

const USERNAME = /^[\w.@+-]+$/;

const checkUsername = (value: string): string | null => {
  if (value.trim() === "") return "A user name is missing";
  return USERNAME.test(value.trim()) ? null : "Letters, digits and . @ + - _ only";
};

interface PersonFormProps {
  /** Who is changed; left out: somebody new. */
  readonly person?: Person;
  readonly teams: readonly Team[];
  readonly onInvited: (person: Person, link: string) => void;
  readonly onDone: () => void;
}

const useSave = ({ person, onInvited, onDone }: PersonFormProps) => {
  const client = useQueryClient();
  const form = useForm({
    initialValues: {
      username: person?.username ?? "",
      name: person?.name ?? "",
      role: person?.role ?? ("labeler" as Role),
      teams: person?.teams.map((team) => team.id) ?? [],
    },
    validate: { username: checkUsername },
  });
  const save = useMutation({
    mutationFn: async (values: typeof form.values) => {
      const body = { ...values, username: values.username.trim(), name: values.name.trim() };
      if (!person) return invite(body);
      await changePerson(person.id, body);
      return null;
    },
    onSuccess: async (invited) => {
      await client.invalidateQueries({ queryKey: ["people"] });
      if (invited) onInvited(invited.person, invited.link);
      else onDone();
    },
    onError: (error) => {
      if (error instanceof Problem) form.setErrors(error.fields(["username", "name", "role", "teams"]));
    },
  });
  return { form, save };
};

export const PersonForm = (props: PersonFormProps) => {
  const { person, teams, onDone } = props;
  const { form, save } = useSave(props);
  const action = person ? "Save" : "Add and make a sign-in link";
  return (
    <form onSubmit={form.onSubmit((values) => save.mutate(values))} noValidate>
      <Stack gap="lg">
        <TextInput
          label="User name"
          description={
            person ? "Stays as it is: records name it" : "For signing in. Letters, digits and . @ + - _"
          }
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          disabled={person !== undefined}
          data-autofocus={person === undefined || undefined}
          {...form.getInputProps("username")}
        />
        <TextInput
          label="Name"
          description="As others see it"
          autoComplete="off"
          {...form.getInputProps("name")}
        />
        <Radio.Group label="Role" {...form.getInputProps("role")}>
          <Stack gap="sm" mt="xs">
            {ROLES.map(({ value, label, may }) => (
              <Radio key={value} value={value} label={label} description={may} />
            ))}
          </Stack>
        </Radio.Group>
        <MultiSelect
          label="Teams"
          description="A labeler sees the jobs of these teams"
          data={teams.map((team) => ({ value: team.id, label: team.name }))}
          placeholder={teams.length === 0 ? "No teams yet" : undefined}
          searchable
          {...form.getInputProps("teams")}
        />
        <Refused error={save.error} />
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onDone}>
            Cancel
          </Button>
          <Button type="submit" loading={save.isPending}>
            {action}
          </Button>
        </Group>
      </Stack>
    </form>
  );
};
