/** What a refused request says: RFC 9457 problem JSON, as every error of the API comes. */
export interface ProblemDocument {
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  /** Machine-readable, such as `lease_lost`. */
  readonly code: string;
  /** Messages by field or by row. */
  readonly errors: Readonly<Record<string, unknown>>;
  readonly request_id: string;
  /** Some refusals say more, such as the stored draft. */
  readonly [more: string]: unknown;
}

/** The server refused, and said why. */
export class Problem extends Error {
  override readonly name = "Problem";
  readonly document: ProblemDocument;

  constructor(document: ProblemDocument) {
    super(document.detail || document.title);
    this.document = document;
  }

  get status(): number {
    return this.document.status;
  }

  get code(): string {
    return this.document.code;
  }

  /** The messages for one field of a form, as one sentence; undefined when the field was fine. */
  field(name: string): string | undefined {
    return sentences(this.document.errors[name]).join(" ") || undefined;
  }

  /** Messages for the fields that a form has, ready for `form.setErrors`. */
  fields(names: readonly string[]): Record<string, string> {
    return Object.fromEntries(
      names.flatMap((name) => {
        const message = this.field(name);
        return message ? [[name, message]] : [];
      }),
    );
  }
}

/** No answer came: the connection or the server is gone. What was asked may or may not have happened. */
export class Unreachable extends Error {
  override readonly name = "Unreachable";

  constructor(cause?: unknown) {
    super("The server cannot be reached.", { cause });
  }
}

const sentences = (value: unknown): string[] => {
  if (typeof value === "string") return [value];
  if (Array.isArray(value)) return value.flatMap(sentences);
  if (typeof value === "object" && value !== null) return Object.values(value).flatMap(sentences);
  return [];
};

const isDocument = (body: unknown): body is Partial<ProblemDocument> =>
  typeof body === "object" && body !== null && !Array.isArray(body);

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
};

/** Reads the refusal out of an answer; a proxy's HTML page becomes a plain sentence. */
export const problemFrom = async (response: Response): Promise<Problem> => {
  const body = parse(await response.text());
  const said = isDocument(body) ? body : {};
  return new Problem({
    ...said,
    title: said.title ?? `The server answered ${response.status}.`,
    status: response.status,
    detail: said.detail ?? "",
    code: said.code ?? `http_${response.status}`,
    errors: said.errors ?? {},
    request_id: said.request_id ?? response.headers.get("X-Request-Id") ?? "",
  });
};

/** One sentence about any failure, for the part of the screen that failed. */
export const reasonOf = (error: unknown): string => {
  if (error instanceof Problem || error instanceof Unreachable) return error.message;
  return "This part of the page stopped. Reload the page to go on.";
};

/** Does trying again, unchanged, have a chance? True when the fault was the network's or the server's. */
export const isPassing = (error: unknown): boolean =>
  error instanceof Unreachable || (error instanceof Problem && (error.status >= 500 || error.status === 429));
