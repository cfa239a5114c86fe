import { csrfToken, refusalIn } from "./client";
import { Unreachable } from "./problem";

type Listener = (bytes: number, total: number) => void;

/**
 * Sends a form with files. Not by `fetch`, which does not tell how far an upload is.
 *
 * @param onSent - hears the bytes that went out, and how many there are
 * @throws Problem when the server refuses, Unreachable when the connection breaks
 */
export const sendForm = <Answer>(
  url: string,
  form: FormData,
  onSent: Listener,
  signal: AbortSignal,
): Promise<Answer> =>
  new Promise((done, fail) => {
    const request = new XMLHttpRequest();
    request.open("POST", url);
    request.setRequestHeader("X-CSRFToken", csrfToken() ?? "");
    request.setRequestHeader("Accept", "application/json");
    request.upload.onprogress = (event) => onSent(event.loaded, event.total);
    request.onerror = () => fail(new Unreachable());
    request.onabort = () => fail(signal.reason);
    request.onload = () => {
      const { status, responseText } = request;
      if (status >= 200 && status < 300) done(JSON.parse(responseText) as Answer);
      else refusalIn(new Response(responseText, { status })).then(fail, fail);
    };
    signal.addEventListener("abort", () => request.abort(), { once: true });
    request.send(form);
  });
