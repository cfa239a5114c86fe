// Lets the page itself open without a connection: the one HTML page and the files it is built of, nothing
// else. Marks live in IndexedDB, pictures in the browser's own cache; the API is never touched here.
const SHELL = "labelapp-shell";
/** Files of former builds leave as new ones come. */
const MOST_FILES = 200;

const isFile = ({ pathname }) => /^\/(assets\/|scheme\.js$|mark\.svg$)/.test(pathname);

async function keep(request, response) {
  if (response.ok && response.type === "basic") {
    const cache = await caches.open(SHELL);
    await cache.put(request, response.clone());
  }
  return response;
}

async function trim() {
  const cache = await caches.open(SHELL);
  const files = (await cache.keys()).filter(({ url }) => new URL(url).pathname !== "/");
  await Promise.all(files.slice(0, -MOST_FILES).map((file) => cache.delete(file)));
}

/** The page: as the server has it now, else as it was. Every address of the front end is the same page. */
async function page(request) {
  try {
    return await keep("/", await fetch(request));
  } catch (error) {
    const kept = await caches.match("/");
    if (kept) return kept;
    throw error;
  }
}

/** A file of a build never changes under its name. */
async function file(request) {
  return (await caches.match(request)) ?? keep(request, await fetch(request));
}

self.addEventListener("install", (event) => {
  event.waitUntil(
    fetch("/", { credentials: "same-origin" })
      .then((response) => keep("/", response))
      .then(() => self.skipWaiting()),
  );
});

self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) return;
  if (request.mode === "navigate" && !url.pathname.startsWith("/api/")) event.respondWith(page(request));
  else if (isFile(url)) event.respondWith(file(request));
});

// What a page had loaded before this worker was there.
self.addEventListener("message", ({ data }) => {
  const urls = (data?.keep ?? []).filter((url) => isFile(new URL(url)));
  Promise.all(urls.map((url) => file(new Request(url)))).then(trim);
});
