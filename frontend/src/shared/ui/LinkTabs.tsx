import { Link, type LinkProps } from "@tanstack/react-router";
import type { ReactNode } from "react";
import classes from "./LinkTabs.module.css";

interface Tab extends Pick<LinkProps, "to" | "params" | "search"> {
  readonly label: ReactNode;
  readonly current: boolean;
}

/** Parts of one screen, each with its own address: links, so that Back and a bookmark work. */
export const LinkTabs = ({ label, tabs }: { label: string; tabs: readonly Tab[] }) => (
  <nav aria-label={label} className={classes.tabs}>
    {tabs.map(({ label: text, current, ...link }) => (
      <Link
        key={JSON.stringify(link)}
        {...link}
        className={classes.tab}
        data-current={current || undefined}
        aria-current={current ? "page" : undefined}
      >
        {text}
      </Link>
    ))}
  </nav>
);
