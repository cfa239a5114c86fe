import { Button, Radio, Select, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Problem } from "@/shared/api/problem";
import { day, moment } from "@/shared/lib/format";
import { Badge } from "@/shared/ui/Badge";
import { Confirm } from "@/shared/ui/Confirm";
import { Failed, Refused } from "@/shared/ui/Problems";
import { Secret } from "@/shared/ui/Secret";
import { Loading } from "@/shared/ui/States";
import classes from "./Account.module.css";
import { makeToken, type NewToken, revokeToken, type Token, tokensQuery } from "./api";
import { Section } from "./Section";
import "@mantine/core/styles/Radio.layer.css";

const LIVES = [
  { value: "7", label: "7 days" },
  { value: "30", label: "30 days" },
  { value: "90", label: "90 days" },
  { value: "365", label: "One year" },
  { value: "", label: "Until revoked" },
];

const useNewToken = (onMade: (token: NewToken) => void) => {
  const client = useQueryClient();
  const form = useForm({
    initialValues: { name: "", days: "90", access: "read" },
    validate: { name: (value) => (value.trim() === "" ? "A name is missing: what will use it?" : null) },
  });
  const make = useMutation({
    mutationFn: ({ name, days, access }: typeof form.values) =>
      makeToken({ name: name.trim(), days: days === "" ? null : Number(days), read_only: access === "read" }),
    onSuccess: async (token) => {
      form.reset();
      onMade(token);
      await client.invalidateQueries({ queryKey: tokensQuery.queryKey });
    },
    onError: (error) => {
      if (error instanceof Problem) form.setErrors(error.fields(["name", "days"]));
    },
  });
  return { form, make };
};

const NewTokenForm = ({ onMade }: { onMade: (token: NewToken) => void }) => {
  const { form, make } = useNewToken(onMade);
  return (
    <form onSubmit={form.onSubmit((values) => make.mutate(values))} className={classes.content} noValidate>
      <TextInput
        label="Name"
        placeholder="Nightly export"
        autoComplete="off"
        {...form.getInputProps("name")}
      />
      <Select label="Works for" data={LIVES} allowDeselect={false} {...form.getInputProps("days")} />
      <Radio.Group label="May" {...form.getInputProps("access")}>
        <div className={classes.row}>
          <Radio value="read" label="Only read" />
          <Radio value="write" label="Read and write" />
        </div>
      </Radio.Group>
      <Refused error={make.error} />
      <div>
        <Button type="submit" variant="default" loading={make.isPending}>
          Make a token
        </Button>
      </div>
    </form>
  );
};

const life = (token: Token, now: Date): string => {
  if (token.expires_at === null) return "until revoked";
  return new Date(token.expires_at) < now
    ? `expired ${day(token.expires_at)}`
    : `until ${day(token.expires_at)}`;
};

const TokenRow = ({ token, onRevoke }: { token: Token; onRevoke: () => void }) => (
  <li className={classes.token}>
    <div>
      <p className={classes.tokenName}>
        {token.name} <Badge>{token.read_only ? "Reads" : "Reads and writes"}</Badge>
      </p>
      <p className={classes.second}>
        Begins with {token.hint}, {life(token, new Date())},{" "}
        {token.last_used_at ? `last used ${moment(token.last_used_at)}` : "never used"}
      </p>
    </div>
    <Button variant="default" color="wrong" aria-label={`Revoke ${token.name}`} onClick={onRevoke}>
      Revoke
    </Button>
  </li>
);

const Revoke = ({ token, onClose }: { token: Token; onClose: () => void }) => {
  const client = useQueryClient();
  const revoke = useMutation({
    mutationFn: () => revokeToken(token.id),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: tokensQuery.queryKey });
      onClose();
    },
  });
  return (
    <Confirm
      opened
      title={`Revoke ${token.name}`}
      action="Revoke"
      busy={revoke.isPending}
      error={revoke.error}
      onConfirm={() => revoke.mutate()}
      onClose={onClose}
    >
      Scripts that use this token stop working at once. It cannot be brought back.
    </Confirm>
  );
};

const OwnTokens = () => {
  const tokens = useQuery(tokensQuery);
  const [revoking, setRevoking] = useState<Token | null>(null);
  if (tokens.isError)
    return <Failed what="Your tokens" error={tokens.error} onRetry={() => void tokens.refetch()} />;
  if (!tokens.data) return <Loading what="your tokens" />;
  return (
    <>
      {tokens.data.length > 0 && (
        <ul aria-label="Your tokens">
          {tokens.data.map((token) => (
            <TokenRow key={token.id} token={token} onRevoke={() => setRevoking(token)} />
          ))}
        </ul>
      )}
      {revoking && <Revoke token={revoking} onClose={() => setRevoking(null)} />}
    </>
  );
};

/** Personal tokens for scripts: shown once, then known by name and first letters. */
export const Tokens = () => {
  const [made, setMade] = useState<NewToken | null>(null);
  return (
    <Section title="Tokens for scripts" hint="A token may do what you may do, or only read">
      <OwnTokens />
      {made && (
        <div className={classes.made} role="status">
          <Secret label={`Token ${made.name}`} value={made.token} />
          <p className={classes.second}>Copy it now: it is not shown again.</p>
        </div>
      )}
      <NewTokenForm onMade={setMade} />
    </Section>
  );
};
