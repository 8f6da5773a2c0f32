// Put into every page before anything of its own runs. Notes when the list's skeleton and its first row are painted, and
// what that costs the page; and lets elements come and go. Knows the element by its tag, a row by its role.
(() => {
  "use strict";

  /** ms. */
  const PATIENCE = 60_000;
  /** ms after the first row, in which what follows by itself is still noted. */
  const AFTERMATH = 1000;
  const API = /^\/(internal-)?api\//;

  const rootOf = (element) => element?.shadowRoot ?? document;
  const hasRow = (root) => Boolean(root.querySelector('[role="row"][aria-rowindex="2"]')?.textContent.trim());

  const painted = { skeleton: null, rows: null };
  const shown = Promise.withResolvers();
  // Told by `end`.
  shown.promise.catch(() => {});

  let shift = 0;
  const tasks = [];
  const tops = [];
  const observe = (type, note) =>
    new PerformanceObserver((list) => list.getEntries().forEach(note)).observe({ type, buffered: true });
  observe("layout-shift", (it) => (shift += it.value));
  observe("longtask", (it) => tasks.push(it));

  const channel = new MessageChannel();
  let seen = null;
  // Received when the frame that was looked at is painted.
  channel.port1.onmessage = () => {
    painted[seen] ??= performance.now();
    if (painted.rows) shown.resolve();
  };

  /** In each frame until there are rows. */
  const look = () => {
    const root = rootOf(document.querySelector("meet-recordings"));
    const below = document.getElementById("below");
    if (below) tops.push(below.getBoundingClientRect().top);
    seen = hasRow(root) ? "rows" : root.querySelector(".skeleton") ? "skeleton" : null;
    if (seen && !painted[seen]) channel.port2.postMessage(null);
    if (seen !== "rows") requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
  addEventListener("meet-error", ({ detail }) => shown.reject(new Error(detail.message)));
  setTimeout(() => shown.reject(new Error(`no row within ${PATIENCE / 1000} s`)), PATIENCE);

  const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

  const end = async () => {
    await shown.promise;
    await pause(AFTERMATH);
    const { rows } = painted;
    const asked = performance.getEntriesByType("resource");
    const files = asked.filter((it) => !API.test(new URL(it.name).pathname));
    const last = document.getElementById("below").getBoundingClientRect().top;
    return {
      ...painted,
      requests: asked.filter((it) => it.startTime < rows).map((it) => it.name),
      bytes: files.reduce((bytes, it) => bytes + it.encodedBodySize, 0),
      isPacked: files.every((it) => it.decodedBodySize < 1000 || it.encodedBodySize < it.decodedBodySize),
      shift,
      // The page has to scroll no further to see it move when the element, not the reader, does something.
      moved: Math.max(...tops, last) - Math.min(...tops, last),
      tasks: tasks.filter((it) => it.startTime < rows).length,
    };
  };

  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));

  /** One more element in the page, once it shows its rows. */
  const add = async () => {
    const element = document.createElement("meet-recordings");
    element.serverUrl = "/";
    element.loading = "eager";
    document.body.append(element);
    await element.ready;
    const start = performance.now();
    while (!hasRow(element.shadowRoot)) {
      if (performance.now() - start > PATIENCE) throw new Error("an element without rows");
      await frame();
    }
    return element;
  };

  /** Elements that come, show their rows and go, one after the other. */
  const cycle = async (times) => {
    for (let turn = 0; turn < times; turn += 1) {
      (await add()).remove();
      await frame();
    }
  };

  globalThis.visit = {
    end,
    cycle,
    add: () => add().then(() => pause(AFTERMATH)),
    /** The browser remembers every request for scripts to read: that is not the element's doing. */
    forget: () => performance.clearResourceTimings(),
  };
})();
