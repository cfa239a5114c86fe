import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { bringModel, type Card, versionsQuery } from "./api";
import { type BringForm, bodyOf } from "./form";

interface Heard {
  readonly onBrought: (card: Card) => unknown;
  readonly onRefused: (error: unknown) => void;
}

const NOTHING = { sent: 0, total: 0 };

/** Sends a model; leaving the page, or `stop`, breaks it off. */
export const useBring = ({ onBrought, onRefused }: Heard) => {
  const client = useQueryClient();
  const [progress, setProgress] = useState(NOTHING);
  const stopper = useRef<AbortController | null>(null);
  const sending = useMutation({
    mutationFn: ({ form, file }: { form: BringForm; file: File | null }) => {
      stopper.current = new AbortController();
      const heard = (sent: number, total: number) => setProgress({ sent, total });
      return bringModel(bodyOf(form, file), heard, stopper.current.signal);
    },
    onSuccess: async (card) => {
      await client.invalidateQueries({ queryKey: versionsQuery.queryKey });
      await onBrought(card);
    },
    onError: onRefused,
  });
  useEffect(() => () => stopper.current?.abort(), []);
  const isStopped = sending.error instanceof DOMException && sending.error.name === "AbortError";
  return {
    progress,
    busy: sending.isPending,
    error: isStopped ? null : sending.error,
    start: (form: BringForm, file: File | null) => {
      setProgress(NOTHING);
      sending.mutate({ form, file });
    },
    stop: () => stopper.current?.abort(),
  };
};
