import { ActionIcon, Menu } from "@mantine/core";
import {
  IconArrowLeft,
  IconBook2,
  IconDots,
  IconHistory,
  IconKeyboard,
  IconRotateClockwise2,
} from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { SavedState } from "@/shared/ui/SavedState";
import type { Snapshot } from "../engine/snapshot";
import { Done } from "../ui/Header";
import classes from "../ui/Header.module.css";
import { keptInWords } from "../ui/words";
import type { CorrectCommands } from "./commands";
import type { Correcting } from "./useCorrecting";

const More = ({ commands, openKeys }: { commands: CorrectCommands; openKeys: () => void }) => {
  const { reopen, sent, guide } = commands.batch;
  const items = [
    { ...reopen, Icon: IconRotateClockwise2 },
    { ...sent, Icon: IconHistory },
    { ...guide, Icon: IconBook2 },
  ];
  return (
    <Menu position="bottom-end" withinPortal returnFocus={false}>
      <Menu.Target>
        <ActionIcon variant="subtle" size="lg" aria-label="More">
          <IconDots size={20} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {items.map(({ id, label, run, Icon }) => (
          <Menu.Item key={id} leftSection={<Icon size={16} />} onClick={() => run()}>
            {label}
          </Menu.Item>
        ))}
        <Menu.Item leftSection={<IconKeyboard size={16} />} onClick={openKeys}>
          All keys
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
};

/** What the label said, and whether the reviewers agreed that it is wrong. */
const saidBefore = ({ current }: Snapshot, { item }: Correcting): string => {
  if (!current) return "";
  const { id, name } = current.labelClass;
  return item?.suggested?.[0] === id
    ? `Labelled ${name}; the reviewers differed`
    : `Labelled ${name}, and that was found wrong`;
};

interface HeaderProps {
  readonly snapshot: Snapshot;
  readonly correcting: Correcting;
  readonly commands: CorrectCommands;
  readonly openKeys: () => void;
}

export const Header = ({ snapshot, correcting, commands, openKeys }: HeaderProps) => {
  const { current, job, progress, kept } = snapshot;
  return (
    <header className={classes.header}>
      <Link to="/" className={classes.back} aria-label="Back to home">
        <IconArrowLeft size={20} aria-hidden />
      </Link>
      <div className={classes.question}>
        <p className={classes.over}>
          {current ? saidBefore(snapshot, correcting) : job?.name}
          {current?.reopened && " · opened again"}
        </p>
        <h1 className={classes.class} data-long={!current}>
          {current ? "What is it?" : "Corrections"}
        </h1>
      </div>
      {progress && <Done progress={progress} reopened={current?.reopened === true} />}
      <div className={classes.figure} data-last>
        <span>Your work</span>
        <SavedState state={kept.state} detail={kept.state === "saved" ? undefined : keptInWords(kept)} />
      </div>
      <More commands={commands} openKeys={openKeys} />
    </header>
  );
};
