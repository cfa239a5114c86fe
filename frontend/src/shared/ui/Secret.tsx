import { Button, Group, TextInput } from "@mantine/core";
import { useClipboard } from "@mantine/hooks";
import { IconCheck, IconCopy } from "@tabler/icons-react";

/** Something that is shown once (a token, a one-time link), ready to be copied. */
export const Secret = ({ label, value }: { label: string; value: string }) => {
  const { copy, copied, error } = useClipboard({ timeout: 4000 });
  return (
    <Group align="flex-end" gap="sm" wrap="nowrap">
      <TextInput
        label={label}
        value={value}
        readOnly
        style={{ flex: 1 }}
        styles={{ input: { fontFamily: "var(--mantine-font-family-monospace)", fontSize: 12 } }}
        onFocus={(event) => event.currentTarget.select()}
        error={error ? "Copying is not allowed here: select the text and copy it by hand" : undefined}
      />
      <Button
        variant="default"
        leftSection={copied ? <IconCheck size={16} aria-hidden /> : <IconCopy size={16} aria-hidden />}
        onClick={() => copy(value)}
        aria-live="polite"
      >
        {copied ? "Copied" : "Copy"}
      </Button>
    </Group>
  );
};
