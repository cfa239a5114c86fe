import { Button, SegmentedControl } from "@mantine/core";
import { useClipboard } from "@mantine/hooks";
import { IconCheck, IconCopy } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { type ClipboardEvent, useState } from "react";
import classes from "./ExportsPage.module.css";
import { isOfMasks } from "./formats";
import { curlFor, pythonFor } from "./request";
import type { Wish } from "./wish";

const WRITTEN = { python: pythonFor, curl: curlFor };
type Language = keyof typeof WRITTEN;

const LANGUAGES = [
  { value: "python", label: "Python" },
  { value: "curl", label: "curl" },
];

/** Copying with nothing selected copies all. */
const copyAll = (code: string) => (event: ClipboardEvent) => {
  if (!document.getSelection()?.isCollapsed) return;
  event.clipboardData.setData("text/plain", code);
  event.preventDefault();
};

/** The same rows by a script: never with a token in it. */
export const Request = ({ wish }: { wish: Wish }) => {
  const [language, setLanguage] = useState<Language>("python");
  const { copy, copied, error } = useClipboard({ timeout: 4000 });
  const streams = !isOfMasks(wish.format);
  const code = WRITTEN[streams ? language : "python"](wish, window.location.origin);
  return (
    <section aria-label="The same by a script" className={classes.part}>
      <div className={classes.bar}>
        <h2>The same by a script</h2>
        {streams && (
          <SegmentedControl
            aria-label="Language"
            data={LANGUAGES}
            value={language}
            onChange={(chosen) => setLanguage(chosen as Language)}
          />
        )}
        <Button
          variant="default"
          aria-live="polite"
          leftSection={copied ? <IconCheck size={16} aria-hidden /> : <IconCopy size={16} aria-hidden />}
          onClick={() => copy(code)}
        >
          {copied ? "Copied" : "Copy"}
        </Button>
      </div>
      {error && <p role="alert">Copying is not allowed here: select the text and copy it by hand.</p>}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: Ctrl+C copies all while it has the focus; it also scrolls. */}
      <section className={classes.code} tabIndex={0} aria-label="Code" onCopy={copyAll(code)}>
        <pre>{code}</pre>
      </section>
      <p className={classes.second}>
        It reads a token from the environment, as LABELAPP_TOKEN. <Link to="/account">Make a token</Link>{" "}
        {streams ? "that may only read." : "that is not read-only: asking for a file writes an export."}
      </p>
    </section>
  );
};
