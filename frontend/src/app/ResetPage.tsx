import { Button, PasswordInput, Stack } from "@mantine/core";
import { useDocumentTitle } from "@mantine/hooks";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { answer, api } from "@/shared/api/client";
import { Problem } from "@/shared/api/problem";
import { type Me, signIn } from "@/shared/session/session";
import { Mark } from "@/shared/ui/Mark";
import { Refused } from "@/shared/ui/Problems";
import classes from "./SignInPage.module.css";

const route = getRouteApi("/reset/$token");

const LEAST = 8;

const useReset = () => {
  const { token } = route.useParams();
  const client = useQueryClient();
  const navigate = useNavigate();
  return useMutation({
    mutationFn: async (password: string): Promise<Me> => {
      const { username } = await answer(api.POST("/api/v1/auth/reset/", { body: { token, password } }));
      return signIn(client, username, password);
    },
    onSuccess: () => navigate({ to: "/" }),
  });
};

/** Where a one-time link leads: choose a password, and be signed in with it. */
export const ResetPage = () => {
  useDocumentTitle("Choose a password - labelapp");
  const [password, setPassword] = useState("");
  const reset = useReset();
  const wrong = reset.error instanceof Problem ? reset.error.field("password") : undefined;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    reset.mutate(password);
  };
  return (
    <main className={classes.page}>
      <div className={classes.panel}>
        <div className={classes.brand}>
          <Mark size={28} />
          <h1 className={classes.title}>Choose a password</h1>
        </div>
        <form onSubmit={submit}>
          <Stack gap="lg">
            <PasswordInput
              label="New password"
              description={`At least ${LEAST} characters`}
              size="lg"
              autoComplete="new-password"
              visibilityToggleButtonProps={{ "aria-label": "Show the password" }}
              value={password}
              error={wrong}
              onChange={(event) => setPassword(event.currentTarget.value)}
            />
            {wrong === undefined && <Refused error={reset.error} />}
            <Button
              type="submit"
              size="lg"
              fullWidth
              disabled={password.length < LEAST}
              loading={reset.isPending}
            >
              Save and sign in
            </Button>
          </Stack>
        </form>
      </div>
    </main>
  );
};
