// Writes src/shared/api/schema.d.ts from the server's own OpenAPI schema; with --check only says whether
// the committed file is stale. Python is taken from $PYTHON, else from the project's .venv.
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import openapiTS, { astToString } from "openapi-typescript";

const at = (path) => fileURLToPath(new URL(path, import.meta.url));
const TYPES = at("../src/shared/api/schema.d.ts");
const HEAD = "// Generated from the server's schema by `npm run api:generate`. Do not edit.\n\n";

const interpreter = () => {
  if (process.env.PYTHON) return process.env.PYTHON;
  const own = at("../../.venv/bin/python");
  if (existsSync(own)) return own;
  throw new Error("No Python: set PYTHON, or make ../.venv with `make setup`.");
};

const schema = () =>
  execFileSync(interpreter(), ["manage.py", "spectacular", "--format", "openapi-json"], {
    cwd: at("../.."),
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
    stdio: ["ignore", "pipe", "inherit"],
  });

const types =
  HEAD + astToString(await openapiTS(JSON.parse(schema()), { alphabetize: true, defaultNonNullable: false }));
if (!process.argv.includes("--check")) {
  writeFileSync(TYPES, types);
} else if (!existsSync(TYPES) || readFileSync(TYPES, "utf8") !== types) {
  process.stderr.write("The API changed: run `npm run api:generate` and commit the result.\n");
  process.exitCode = 1;
}
