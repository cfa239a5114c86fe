import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { describe, expect, it } from "vitest";
import { brokenImports } from "./layers";

const SRC = join(process.cwd(), "src");

const files = readdirSync(SRC, { recursive: true, encoding: "utf8" })
  .filter((file) => /\.tsx?$/.test(file) && !file.startsWith("test/") && !file.endsWith(".d.ts"))
  .map((file) => relative(SRC, join(SRC, file)));

describe("the layers of the front end", () => {
  it("finds the files it is meant to hold together", () => {
    expect(files).toContain("app/router.tsx");
    expect(files).toContain("shared/commands/registry.ts");
  });

  it.each(files)("hold in %s", (file) => {
    expect(brokenImports(file, readFileSync(join(SRC, file), "utf8"))).toEqual([]);
  });
});

describe("the rule itself", () => {
  it.each([
    ["shared/ui/Page.tsx", 'import { JobPage } from "@/features/jobs/JobPage";'],
    ["shared/ui/Page.tsx", 'import { router } from "../../app/router";'],
    ["features/jobs/JobPage.tsx", 'import { makeRouter } from "@/app/router";'],
    ["features/jobs/JobPage.tsx", 'import type { Tile } from "../review/model/batch";'],
    ["features/jobs/JobPage.tsx", 'const Page = lazy(() => import("@/features/review/ReviewPage"));'],
    ["features/jobs/JobPage.tsx", 'export { batch } from "@/features/review/model/batch";'],
    ["shared/ui/Page.tsx", 'import "@/features/review/review.css";'],
  ])("refuses %s: %s", (file, source) => {
    expect(brokenImports(file, source)).toHaveLength(1);
  });

  it.each([
    ["app/router.tsx", 'import("@/features/people/PeoplePage")'],
    ["features/jobs/JobPage.tsx", 'import { Page } from "@/shared/ui/Page";'],
    ["features/jobs/ui/Bars.tsx", 'import { bars } from "../model/bars";'],
    ["shared/ui/Page.tsx", 'import { Link } from "@tanstack/react-router";'],
  ])("allows %s: %s", (file, source) => {
    expect(brokenImports(file, source)).toEqual([]);
  });
});
