import { FORMATS } from "./formats";
import type { Wish } from "./wish";

/** What a worker writes is asked for, waited for and fetched. */
const waitingFor = (wish: Wish, file: string, origin: string): string => {
  const { job, dataset, outcome, label_classes, min_confidence, format } = wish;
  const ask = {
    job,
    dataset,
    format,
    ...(outcome.length > 0 ? { outcome } : {}),
    ...(label_classes.length > 0 ? { label_classes } : {}),
    min_confidence,
  };
  return [
    "import os, requests, time",
    "",
    `host = ${JSON.stringify(origin)}`,
    "api = requests.Session()",
    'api.headers["Authorization"] = f"Bearer {os.environ[\'LABELAPP_TOKEN\']}"',
    `ask = ${JSON.stringify(ask)}`,
    'made = api.post(f"{host}/api/v1/exports/", json=ask)',
    "made.raise_for_status()",
    "found = made.json()",
    'while found["state"] in ("queued", "running"):',
    "    time.sleep(1)",
    "    found = api.get(f\"{host}/api/v1/exports/{found['id']}/\").json()",
    'if found["state"] != "done":',
    '    raise SystemExit(found["message"] or found["state"])',
    'with api.get(host + found["url"], stream=True) as answer:',
    "    answer.raise_for_status()",
    `    with open(${JSON.stringify(file)}, "wb") as file:`,
    "        for part in answer.iter_content(1 << 20):",
    "            file.write(part)",
  ].join("\n");
};

/** Name and value of each part of the request, in order; a list is a name several times. */
const parts = (wish: Wish): (readonly [name: string, value: string | number | boolean])[] => [
  ...(wish.job === undefined ? [] : [["job", wish.job] as const]),
  ...(wish.dataset === undefined ? [] : [["dataset", wish.dataset] as const]),
  ...wish.outcome.map((outcome) => ["outcome", outcome] as const),
  ...wish.label_classes.map((id) => ["label_classes", id] as const),
  ...(wish.min_confidence === undefined ? [] : [["min_confidence", wish.min_confidence] as const]),
  ...(wish.latest ? [["latest", true] as const] : []),
  ["format", wish.format],
  ...(wish.format === "csv" && !wish.guard_formulas ? [["guard_formulas", false] as const] : []),
  ...(wish.reviewers ? [["reviewers", true] as const] : []),
];

export const addressOf = (origin: string): string => `${origin}/api/v1/exports/labels/`;

/** Python writes True where JSON writes true; texts and numbers are the same. */
const literal = (value: string | number | boolean): string =>
  typeof value === "boolean" ? (value ? "True" : "False") : JSON.stringify(value);

/** A script that fetches the same rows, line by line. It reads the token from the environment. */
export const pythonFor = (wish: Wish, origin: string): string => {
  const { file } = FORMATS[wish.format];
  if (file !== undefined) return waitingFor(wish, file, origin);
  const names = [...new Set(parts(wish).map(([name]) => name))];
  const asked = names.map((name) => {
    const values = parts(wish)
      .filter(([other]) => other === name)
      .map(([, value]) => literal(value));
    const list = name === "outcome" || name === "label_classes";
    return `    "${name}": ${list ? `[${values.join(", ")}]` : values.join("")},`;
  });
  return [
    "import os, requests",
    "",
    `url = ${JSON.stringify(addressOf(origin))}`,
    `head = {"Authorization": f"Bearer {os.environ['LABELAPP_TOKEN']}"}`,
    "ask = {",
    ...asked,
    "}",
    "with requests.get(url, params=ask, headers=head, stream=True) as answer:",
    "    answer.raise_for_status()",
    "    for line in answer.iter_lines(decode_unicode=True):",
    "        print(line)",
  ].join("\n");
};

/** For a POSIX shell: nothing inside single quotes is special but the quote itself. */
const quoted = (value: string): string => `'${value.replaceAll("'", `'\\''`)}'`;

/** The same with curl, into a file. */
export const curlFor = (wish: Wish, origin: string): string =>
  [
    `curl --fail --get ${quoted(addressOf(origin))}`,
    '--header "Authorization: Bearer $LABELAPP_TOKEN"',
    ...parts(wish).map(([name, value]) => `--data-urlencode ${quoted(`${name}=${value}`)}`),
    `--output labels.${wish.format}`,
  ].join(" \\\n  ");
