import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import type { Plugin } from "vite";
import { defineConfig } from "vitest/config";

/** Where `npm run dev` finds a running server (`make run` prints its address). */
const SERVER = process.env.LABELAPP_SERVER ?? "http://127.0.0.1:8000";

/** The server's own page sets the security cookie; in development Vite serves the page, so it fetches that. */
const securityCookie = (): Plugin => ({
  name: "labelapp-security-cookie",
  configureServer: (vite) => {
    vite.middlewares.use(async (request, response, next) => {
      if (request.headers.accept?.includes("text/html") && !request.headers.cookie?.includes("csrftoken=")) {
        const page = await fetch(SERVER).catch(() => null);
        response.setHeader("Set-Cookie", page?.headers.getSetCookie() ?? []);
      }
      next();
    });
  },
});

export default defineConfig({
  plugins: [react(), securityCookie()],
  resolve: { alias: { "@": fileURLToPath(new URL("./src", import.meta.url)) } },
  build: {
    outDir: "dist",
    assetsDir: "assets",
    target: "es2022",
    // Pictures and fonts stay files: the page's policy allows no data: fonts, and files are cached.
    assetsInlineLimit: 0,
    reportCompressedSize: true,
  },
  server: {
    host: "127.0.0.1",
    port: 5173,
    proxy: { "^/(api|images|static|readyz|healthz)(/|$)": { target: SERVER } },
  },
  test: {
    environment: "node",
    setupFiles: ["./src/test/setup.ts"],
    include: ["src/**/*.test.{ts,tsx}"],
    css: { modules: { classNameStrategy: "non-scoped" } },
    restoreMocks: true,
  },
});
