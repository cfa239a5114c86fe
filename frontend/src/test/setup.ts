import "fake-indexeddb/auto";

// Most tests are of plain functions; only those that ask for a page (`@vitest-environment jsdom`) pay for one.
if (typeof window !== "undefined") await import("./dom");
