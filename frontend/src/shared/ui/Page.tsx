import { useDocumentTitle } from "@mantine/hooks";
import { IconChevronRight } from "@tabler/icons-react";
import { Link, type LinkProps } from "@tanstack/react-router";
import { Fragment, type ReactNode } from "react";
import classes from "./Page.module.css";

interface Crumb extends Pick<LinkProps, "to" | "params"> {
  readonly label: string;
}

interface PageProps {
  readonly title: string;
  /** The page above this one, or the way down to it, drawn before the title. */
  readonly parent?: Crumb | readonly Crumb[];
  /** Right end of the header: state, search, buttons. */
  readonly actions?: ReactNode;
  /** Tabs and the like, below the header and above what scrolls. */
  readonly below?: ReactNode;
  /** Let the content touch the edges (tables and panels that bring their own space). */
  readonly flush?: boolean;
  readonly children: ReactNode;
}

/** A screen inside the shell: its heading, what can be done here, and the part that scrolls. */
export const Page = ({ title, parent, actions, below, flush = false, children }: PageProps) => {
  useDocumentTitle(`${title} - labelapp`);
  return (
    <main className={classes.page} id="main" tabIndex={-1}>
      <header className={classes.header}>
        {parent && (
          <nav aria-label="Breadcrumb" className={classes.crumbs}>
            {[parent].flat().map(({ label, ...link }) => (
              <Fragment key={label}>
                <Link {...link} className={classes.parent}>
                  {label}
                </Link>
                <IconChevronRight size={14} aria-hidden />
              </Fragment>
            ))}
          </nav>
        )}
        <h1 className={classes.title}>{title}</h1>
        <div className={classes.actions}>{actions}</div>
      </header>
      {below}
      <div className={flush ? classes.flush : classes.body}>{children}</div>
    </main>
  );
};
