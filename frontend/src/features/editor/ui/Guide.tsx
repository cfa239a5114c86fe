import { ActionIcon } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import type { Snapshot } from "../engine/snapshot";
import type { Board } from "./board";
import classes from "./Guide.module.css";

/** The job's instructions, beside the picture; the tools work on. */
export const Guide = ({ snapshot, board }: { snapshot: Snapshot; board: Board }) => (
  <aside className={classes.guide} aria-label="Instructions">
    <header>
      <h2>{snapshot.job?.name}</h2>
      <ActionIcon variant="subtle" aria-label="Close the instructions" onClick={() => board.setGuide(false)}>
        <IconX size={18} aria-hidden />
      </ActionIcon>
    </header>
    <div
      className={classes.text}
      // biome-ignore lint/security/noDangerouslySetInnerHtml: the server makes it from Markdown without HTML and sanitises it
      dangerouslySetInnerHTML={{ __html: snapshot.job?.instructions_html ?? "" }}
    />
  </aside>
);
