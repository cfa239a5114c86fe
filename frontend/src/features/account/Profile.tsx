import {
  Button,
  PasswordInput,
  SegmentedControl,
  Switch,
  TextInput,
  useMantineColorScheme,
} from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { Problem } from "@/shared/api/problem";
import { listed } from "@/shared/lib/format";
import { setPreference, usePreferences } from "@/shared/lib/preferences";
import { forgetSession, meQuery, useMe } from "@/shared/session/session";
import { Refused } from "@/shared/ui/Problems";
import classes from "./Account.module.css";
import { changePassword, rename, signOutEverywhere } from "./api";
import { Done, Section } from "./Section";

export const Name = () => {
  const me = useMe();
  const client = useQueryClient();
  const [name, setName] = useState(me.name);
  const save = useMutation({
    mutationFn: () => rename(name.trim()),
    onSuccess: (changed) => client.setQueryData(meQuery.queryKey, changed),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate();
  };
  return (
    <Section title="You" hint="Your name as others see it">
      <form onSubmit={submit} className={classes.row}>
        <TextInput
          className={classes.grow}
          label="Name"
          autoComplete="name"
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Button
          type="submit"
          size="md"
          variant="default"
          loading={save.isPending}
          disabled={name.trim() === me.name}
        >
          Save name
        </Button>
      </form>
      <Refused error={save.error} />
      <Done>{save.isSuccess && name.trim() === me.name && "Your name is saved."}</Done>
      <dl className={classes.facts}>
        <dt>User name</dt>
        <dd>{me.username}</dd>
        <dt>Teams</dt>
        <dd>{me.teams.length === 0 ? "None yet" : listed(me.teams.map((team) => team.name))}</dd>
      </dl>
    </Section>
  );
};

const LEAST = 8;

const usePasswordForm = () => {
  const form = useForm({
    initialValues: { current: "", next: "" },
    validate: {
      current: (value) => (value === "" ? "Your current password is missing" : null),
      next: (value) => (value.length < LEAST ? `At least ${LEAST} characters` : null),
    },
  });
  const change = useMutation({
    mutationFn: ({ current, next }: typeof form.values) => changePassword(current, next),
    onSuccess: () => form.reset(),
    onError: (error) => {
      if (!(error instanceof Problem)) return;
      form.setErrors({
        current: error.field("current"),
        next: error.field("new") ?? error.field("password"),
      });
    },
  });
  return { form, change };
};

export const Password = () => {
  const { form, change } = usePasswordForm();
  return (
    <Section title="Password" hint="A new one ends your sessions in other browsers">
      <form
        onSubmit={form.onSubmit((values) => change.mutate(values))}
        className={classes.content}
        noValidate
      >
        <PasswordInput
          label="Current password"
          autoComplete="current-password"
          visibilityToggleButtonProps={{ "aria-label": "Show the current password" }}
          {...form.getInputProps("current")}
        />
        <PasswordInput
          label="New password"
          description={`At least ${LEAST} characters`}
          autoComplete="new-password"
          visibilityToggleButtonProps={{ "aria-label": "Show the new password" }}
          {...form.getInputProps("next")}
        />
        {Object.keys(form.errors).length === 0 && <Refused error={change.error} />}
        <Done>{change.isSuccess && "Your password is changed."}</Done>
        <div>
          <Button type="submit" variant="default" loading={change.isPending}>
            Change password
          </Button>
        </div>
      </form>
    </Section>
  );
};

export const Sessions = () => {
  const client = useQueryClient();
  const navigate = useNavigate();
  const leave = useMutation({
    mutationFn: signOutEverywhere,
    onSuccess: async () => {
      forgetSession(client);
      await navigate({ to: "/sign-in" });
    },
  });
  return (
    <Section title="Sessions" hint="On a computer you no longer use, or one you lost">
      <div>
        <Button variant="default" loading={leave.isPending} onClick={() => leave.mutate()}>
          Sign out everywhere
        </Button>
      </div>
      <p className={classes.second}>Ends every session of yours, this one too. Tokens go on working.</p>
      <Refused error={leave.error} />
    </Section>
  );
};

const SCHEMES = [
  { value: "auto", label: "As the system" },
  { value: "light", label: "Light" },
  { value: "dark", label: "Dark" },
] as const;

export const ThisDevice = () => {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const { characterKeys, pace } = usePreferences();
  return (
    <Section title="This device" hint="Kept in this browser">
      <SegmentedControl
        aria-label="Colours"
        data={SCHEMES.map((scheme) => ({ ...scheme }))}
        value={colorScheme}
        onChange={(value) => setColorScheme(value as (typeof SCHEMES)[number]["value"])}
      />
      <Switch
        label="Keys that are one letter, digit or sign"
        description="Switch them off when you speak to your computer, or when they get in your way. Space, Enter and the arrows stay."
        checked={characterKeys}
        onChange={(event) => setPreference("characterKeys", event.currentTarget.checked)}
      />
      <Switch
        label="Show my pace while reviewing"
        description="Images a minute over the last ten minutes. Only you see it."
        checked={pace}
        onChange={(event) => setPreference("pace", event.currentTarget.checked)}
      />
    </Section>
  );
};
