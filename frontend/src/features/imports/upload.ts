import { csrfToken, refusalIn } from "@/shared/api/client";
import { Unreachable } from "@/shared/api/problem";
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
 * Sends the files and starts their check. Not by `fetch`, which does not tell how far an upload is.
 *
 * @param onSent - hears the bytes that went out, and how many there are
 * @throws Problem when the server refuses, Unreachable when the connection breaks: nothing was imported then
 */
export const sendImport = (
  upload: Upload,
  onSent: (bytes: number, total: number) => void,
  signal: AbortSignal,
): Promise<Import> =>
  new Promise((done, fail) => {
    const request = new XMLHttpRequest();
    request.open("POST", "/api/v1/imports/");
    request.setRequestHeader("X-CSRFToken", csrfToken() ?? "");
    request.setRequestHeader("Accept", "application/json");
    request.upload.onprogress = (event) => onSent(event.loaded, event.total);
    request.onerror = () => fail(new Unreachable());
    request.onabort = () => fail(signal.reason);
    request.onload = () => {
      if (request.status === 202) done(JSON.parse(request.responseText) as Import);
      else refusalIn(new Response(request.responseText, { status: request.status })).then(fail, fail);
    };
    signal.addEventListener("abort", () => request.abort(), { once: true });
    request.send(formOf(upload));
  });
