// Stores each script and style of the build compressed beside itself; the server sends that to whoever takes gzip.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { constants, gzipSync } from "node:zlib";

const DIST = new URL("../dist/", import.meta.url).pathname;

for (const name of readdirSync(DIST, { recursive: true })) {
  if (!/\.(js|css|svg)$/.test(name)) continue;
  const file = join(DIST, name);
  writeFileSync(`${file}.gz`, gzipSync(readFileSync(file), { level: constants.Z_BEST_COMPRESSION }));
}
