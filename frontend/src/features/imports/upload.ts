import { sendForm } from "@/shared/api/upload";
import type { Import, MissingImages } from "./api";

/** What goes up: a label file, pictures from at most one place, and how to read them. */
export interface Upload {
  readonly dataset: string;
  readonly file: File | null;
  readonly images: Blob | null;
  readonly imagesName: string;
  readonly image_root: string;
  readonly s3_uri: string;
  readonly missing_images: MissingImages;
  readonly source: string;
}

const formOf = (upload: Upload): FormData => {
  const form = new FormData();
  form.set("dataset", upload.dataset);
  form.set("missing_images", upload.missing_images);
  // Nothing is written before the person has seen what it would do.
  form.set("dry_run", "true");
  for (const name of ["image_root", "s3_uri", "source"] as const)
    if (upload[name] !== "") form.set(name, upload[name]);
  if (upload.file) form.set("file", upload.file);
  if (upload.images) form.set("images", upload.images, upload.imagesName);
  return form;
};

/**
 * Sends the files and starts their check.
 *
 * @param onSent - hears the bytes that went out, and how many there are
 * @throws Problem when the server refuses, Unreachable when the connection breaks: nothing was imported then
 */
export const sendImport = (
  upload: Upload,
  onSent: (bytes: number, total: number) => void,
  signal: AbortSignal,
): Promise<Import> => sendForm<Import>("/api/v1/imports/", formOf(upload), onSent, signal);
