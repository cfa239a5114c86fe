import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { moment } from "@/shared/lib/format";
import { Dialog } from "@/shared/ui/Dialog";
import { Failed } from "@/shared/ui/Problems";
import { Loading } from "@/shared/ui/States";
import type { ReviewSession } from "../engine/session";
import { Failure } from "../engine/wire";
import classes from "./SentDialog.module.css";

interface SentProps {
  readonly session: ReviewSession;
  readonly job: string;
  readonly onClose: () => void;
}

const MOST = 100;

const SentList = ({ session, job, onClose }: SentProps) => {
  const { data, error, refetch } = useQuery({
    queryKey: ["sent", job],
    queryFn: () => session.sentBatches(),
    staleTime: 0,
    retry: (failures, failure) => failures < 1 && !(failure instanceof Failure),
  });
  if (error) {
    return <Failed what="Your sent batches" error={error} onRetry={() => void refetch()} />;
  }
  if (!data) {
    return <Loading what="your sent batches" />;
  }
  if (data.length === 0) {
    return <p>You have sent no batch of this job yet.</p>;
  }
  return (
    <ul className={classes.list}>
      {data.slice(0, MOST).map(({ id, label_class, submitted_at }) => (
        <li key={id}>
          <span>
            <b>{label_class.name}</b>
            sent {moment(submitted_at)}
          </span>
          <Button
            variant="default"
            aria-label={`Open ${label_class.name}, sent ${moment(submitted_at)}`}
            onClick={() => {
              onClose();
              void session.reopen(id);
            }}
          >
            Open
          </Button>
        </li>
      ))}
    </ul>
  );
};

/** This person's sent batches, the last one first; each can be opened again until the job closes. */
export const SentDialog = (props: SentProps) => (
  <Dialog opened onClose={props.onClose} title="Your sent batches">
    <SentList {...props} />
  </Dialog>
);
