import { Button } from "@mantine/core";
import { IconAlertTriangle, IconRefresh } from "@tabler/icons-react";
import { Problem, reasonOf } from "@/shared/api/problem";
import classes from "./States.module.css";

interface FailedProps {
  /** What could not be shown, as a noun phrase: "The jobs". */
  readonly what: string;
  readonly error: unknown;
  readonly onRetry?: () => void;
}

/** A part of the page that failed: it says so itself and can be tried again; the rest goes on. */
export const Failed = ({ what, error, onRetry }: FailedProps) => (
  <div role="alert" className={classes.failed}>
    <IconAlertTriangle size={18} aria-hidden className={classes.failedIcon} />
    <div>
      <p className={classes.strong}>{what} could not be loaded.</p>
      <p className={classes.second}>{reasonOf(error)}</p>
      {error instanceof Problem && error.status >= 500 && (
        <p className={classes.small}>Request id {error.document.request_id}</p>
      )}
    </div>
    {onRetry && (
      <Button variant="default" leftSection={<IconRefresh size={16} aria-hidden />} onClick={onRetry}>
        Retry
      </Button>
    )}
  </div>
);

/** A refusal of what was just asked for, beside the button that asked. Nothing when there is none. */
export const Refused = ({ error }: { error: unknown }) =>
  error === null || error === undefined ? null : (
    <p role="alert" className={classes.refused}>
      <IconAlertTriangle size={16} aria-hidden />
      <span>{reasonOf(error)}</span>
    </p>
  );
