import { useMutation } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import type { Import } from "./api";
import type { Options } from "./StartImport";
import type { Sorted } from "./sorting";
import { sendImport } from "./upload";
import { packed } from "./zip";

interface Progress {
  readonly step: "packing" | "sending";
  readonly done: number;
  readonly total: number;
}

const NOTHING: Progress = { step: "sending", done: 0, total: 0 };

interface Given {
  readonly dataset: string;
  readonly sorted: Sorted;
  readonly options: Options;
}

const send = async (
  { dataset, sorted, options }: Given,
  show: (progress: Progress) => void,
  signal: AbortSignal,
): Promise<Import> => {
  const { labels, zip, pictures } = sorted;
  const total = pictures.length;
  const sent = options.place === "upload";
  const pack = () => packed(pictures, (done) => show({ step: "packing", done, total }), signal);
  const images = !sent ? null : (zip?.file ?? (total > 0 ? await pack() : null));
  return sendImport(
    {
      dataset,
      file: labels?.file ?? null,
      images,
      imagesName: zip?.path ?? "pictures.zip",
      image_root: options.place === "root" ? options.image_root.trim() : "",
      s3_uri: options.place === "s3" ? options.s3_uri.trim() : "",
      missing_images: options.place === "none" ? "reference" : options.missing_images,
      source: options.source.trim(),
    },
    (done, all) => show({ step: "sending", done, total: all }),
    signal,
  );
};

/** Packs loose pictures and sends everything; leaving the page, or `stop`, breaks it off. */
export const useUpload = (onSent: (work: Import) => unknown) => {
  const [progress, setProgress] = useState(NOTHING);
  const stopper = useRef<AbortController | null>(null);
  const sending = useMutation({
    mutationFn: (given: Given) => {
      stopper.current = new AbortController();
      return send(given, setProgress, stopper.current.signal);
    },
    onSuccess: onSent,
  });
  useEffect(() => () => stopper.current?.abort(), []);
  const isStopped = sending.error instanceof DOMException && sending.error.name === "AbortError";
  return {
    progress,
    busy: sending.isPending,
    error: isStopped ? null : sending.error,
    start: (dataset: string, sorted: Sorted, options: Options) => {
      setProgress(NOTHING);
      sending.mutate({ dataset, sorted, options });
    },
    stop: () => stopper.current?.abort(),
  };
};
