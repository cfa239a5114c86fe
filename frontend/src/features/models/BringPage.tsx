import { Button, Group, Progress, Stack } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useNavigate } from "@tanstack/react-router";
import { useRef, useState } from "react";
import { Unreachable } from "@/shared/api/problem";
import { bytesWords } from "@/shared/lib/format";
import { Page } from "@/shared/ui/Page";
import { Refused } from "@/shared/ui/Problems";
import classes from "./Bring.module.css";
import { BringFields } from "./BringFields";
import { CHECKS, EMPTY, refusedFields } from "./form";
import { useBring } from "./useBring";

/** While the file goes up, and while the server runs the model once. */
const Sending = ({ bring }: { bring: ReturnType<typeof useBring> }) => {
  const { sent, total } = bring.progress;
  const isSent = total === 0 || sent >= total;
  const words = isSent
    ? "Trying the model out on pictures of noise"
    : `Sending ${bytesWords(sent)} of ${bytesWords(total)}`;
  return (
    <Stack gap="sm">
      <p role="status">{words}</p>
      <Progress value={isSent ? 100 : (100 * sent) / total} animated={isSent} size={8} aria-label={words} />
      <Group justify="space-between">
        <span className={classes.hint}>
          {isSent
            ? "Up to two minutes. Nothing is kept of a model that does not run."
            : "Keep this page open."}
        </span>
        <Button variant="default" onClick={bring.stop}>
          Cancel
        </Button>
      </Group>
    </Stack>
  );
};

/** To the first field that something is wrong with, once its message is drawn. */
const useFirstProblem = () => {
  const form = useRef<HTMLFormElement>(null);
  const focus = () =>
    requestAnimationFrame(() =>
      form.current?.querySelector<HTMLElement>('[aria-invalid="true"], [data-problem]')?.focus(),
    );
  return { ref: form, focus };
};

/** Admin: an ONNX classifier of one's own, with what it takes and what it answers. */
export const BringPage = () => {
  const navigate = useNavigate();
  const form = useForm({ initialValues: EMPTY, validate: CHECKS, validateInputOnBlur: true });
  const [file, setFile] = useState<File | null>(null);
  const problem = useFirstProblem();
  const bring = useBring({
    onBrought: (card) => navigate({ to: "/models/$version", params: { version: card.id } }),
    onRefused: (error) => {
      form.setErrors(refusedFields(error, form.getValues()));
      problem.focus();
    },
  });
  const send = form.onSubmit((values) => {
    if (values.place === "upload" && !file) {
      form.setFieldError("file", "Choose the model's file");
      problem.focus();
    } else bring.start(values, file);
  }, problem.focus);
  const beside = Object.keys(refusedFields(bring.error, form.values)).length > 0;
  return (
    <Page title="Bring a model" parent={{ label: "Models", to: "/models" }}>
      <form ref={problem.ref} onSubmit={send} noValidate className={classes.form}>
        <p className={classes.lead}>
          An ONNX classifier: one batch of colour pictures in, a number for each class out. It runs once, in a
          process of its own, before it is taken in.
        </p>
        <BringFields form={form} file={file} onFile={setFile} />
        {!beside && <Refused error={bring.error} />}
        {beside && (
          <p role="alert" className={classes.refused}>
            The model was not taken in. What was wrong stands beside its field.
          </p>
        )}
        {bring.error instanceof Unreachable && (
          <p className={classes.refused}>Send it again; nothing was kept.</p>
        )}
        {bring.busy ? (
          <Sending bring={bring} />
        ) : (
          <Group justify="flex-end">
            <Button type="submit">Send and try out</Button>
          </Group>
        )}
      </form>
    </Page>
  );
};
