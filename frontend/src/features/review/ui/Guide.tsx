import { ActionIcon } from "@mantine/core";
import { IconCheck, IconX } from "@tabler/icons-react";
import type { Snapshot } from "../engine/snapshot";
import type { Example } from "../engine/wire";
import type { Board } from "./board";
import classes from "./Guide.module.css";

const Examples = ({ examples, right }: { examples: readonly Example[]; right: boolean }) => {
  const Icon = right ? IconCheck : IconX;
  if (examples.length === 0) {
    return null;
  }
  return (
    <section className={classes.examples}>
      <h3>
        <Icon size={16} aria-hidden /> {right ? "Right" : "Wrong"}
      </h3>
      {examples.map(({ url, full_url, caption }) => (
        <figure key={url}>
          <img src={full_url || url} alt={caption || (right ? "A right one" : "A wrong one")} />
          {caption && <figcaption>{caption}</figcaption>}
        </figure>
      ))}
    </section>
  );
};

/** What the class is and is not: the job's instructions and reference pictures, beside the grid. */
export const Guide = ({ snapshot, board }: { snapshot: Snapshot; board: Board }) => {
  const { job, current } = snapshot;
  const examples = job?.examples ?? [];
  const html = job?.instructions_html ?? "";
  return (
    <aside className={classes.guide} aria-label="Guide of this class" data-review-layer>
      <header>
        <h2>{current?.labelClass.name ?? job?.name}</h2>
        <ActionIcon variant="subtle" aria-label="Close the guide" onClick={() => board.setLayer("none")}>
          <IconX size={18} />
        </ActionIcon>
      </header>
      {html ? (
        // biome-ignore lint/security/noDangerouslySetInnerHtml: the server makes it from Markdown without HTML and sanitises it
        <div className={classes.text} dangerouslySetInnerHTML={{ __html: html }} />
      ) : (
        <p className={classes.none}>This job has no written instructions.</p>
      )}
      <Examples examples={examples.filter(({ right }) => right)} right />
      <Examples examples={examples.filter(({ right }) => !right)} right={false} />
    </aside>
  );
};
