import { Button, PasswordInput, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type Me, signIn } from "@/shared/session/session";
import { Face } from "@/shared/ui/Face";
import { Refused } from "@/shared/ui/Problems";

interface SignInFormProps {
  /** The only person who may sign in here; left out: anybody. */
  readonly as?: string;
  readonly action?: string;
  readonly onSignedIn?: (me: Me) => void;
}

/** User name and password. A wrong pair is answered beside the button; what was typed stays. */
export const SignInForm = ({ as, action = "Sign in", onSignedIn }: SignInFormProps) => {
  const client = useQueryClient();
  const form = useForm({
    initialValues: { username: as ?? "", password: "" },
    validate: {
      username: (value) => (value.trim() === "" ? "Your user name is missing" : null),
      password: (value) => (value === "" ? "Your password is missing" : null),
    },
  });
  const attempt = useMutation({
    mutationFn: ({ username, password }: typeof form.values) => signIn(client, username.trim(), password),
    onSuccess: (me) => onSignedIn?.(me),
  });
  return (
    <form onSubmit={form.onSubmit((values) => attempt.mutate(values))} noValidate>
      <Stack gap="lg">
        <TextInput
          label={as === undefined ? "User name" : "Signing in as"}
          size="lg"
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          readOnly={as !== undefined}
          leftSection={as === undefined ? undefined : <Face name={as} />}
          data-autofocus={as === undefined || undefined}
          {...form.getInputProps("username")}
        />
        <PasswordInput
          label="Password"
          size="lg"
          autoComplete="current-password"
          data-autofocus={as !== undefined || undefined}
          visibilityToggleButtonProps={{ "aria-label": "Show the password" }}
          {...form.getInputProps("password")}
        />
        <Refused error={attempt.error} />
        <Button type="submit" size="lg" fullWidth loading={attempt.isPending}>
          {action}
        </Button>
      </Stack>
    </form>
  );
};
