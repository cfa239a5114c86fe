// Before the first paint: the scheme that was set by hand, else the system's. A file of its own, since the
// page's policy allows no script inside the page.
(() => {
  let chosen = null;
  try {
    chosen = localStorage.getItem("labelapp.scheme");
  } catch {
    // Storage is closed to us: the system's scheme is the answer.
  }
  const dark =
    chosen === "dark" || (chosen !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);
  document.documentElement.setAttribute("data-mantine-color-scheme", dark ? "dark" : "light");
})();
