// Put into every page before anything of its own runs. Measures from a trusted input event to the frame that shows what
// came of it, finds what to click, and tells what wasm holds. Knows roles and names, not who drew them.
(() => {
  "use strict";

  /** ms without a change until what is shown counts as final. */
  const QUIET = 250;
  /** ms. */
  const PATIENCE = 60_000;
  /** ms between two looks at the clock while rows stream in. */
  const BEAT = 5;

  const memories = new Set();
  for (const name of ["instantiate", "instantiateStreaming"]) {
    const original = WebAssembly[name];
    WebAssembly[name] = async (...given) => {
      const made = await original.apply(WebAssembly, given);
      for (const it of Object.values((made.instance ?? made).exports)) {
        if (it instanceof WebAssembly.Memory) memories.add(it);
      }
      return made;
    };
  }

  /** Every element that fits, inside shadow roots too. */
  const all = (selector, root = document) => [
    ...root.querySelectorAll(selector),
    ...[...root.querySelectorAll("*")].flatMap((it) => (it.shadowRoot ? all(selector, it.shadowRoot) : [])),
  ];

  /** Whether it is there, and not in a page that the app keeps behind the one that is shown. */
  const isInFront = (it) => it?.isConnected && !it.closest("[inert]");

  const known = new Map();
  /** The first that fits. Looked for again only when it is gone: looking costs more than what is measured. */
  const first = (selector) => {
    if (!isInFront(known.get(selector))) known.set(selector, all(selector).find(isInFront));
    return known.get(selector);
  };

  const grid = () => first('[role="grid"], [role="treegrid"]');
  const search = () => first('input[type="search"], [role="searchbox"]');

  /** Rows in view, the header not counted; -1 while that is not known. */
  const count = () => {
    const told = Number(grid()?.getAttribute("aria-rowcount") ?? 0);
    return told > 0 ? told - 1 : told;
  };

  /** All that a reader could tell two states of the list, or two pages, apart by. */
  const shown = () => {
    const list = grid();
    const parts = [search()?.value];
    for (const it of document.querySelectorAll('[role="region"]')) {
      if (isInFront(it)) parts.push(it.getAttribute("aria-label"), list ? null : it.textContent);
    }
    if (list) {
      parts.push(list.getAttribute("aria-rowcount"));
      for (const it of list.querySelectorAll("[aria-sort]")) parts.push(it.getAttribute("aria-sort"));
      for (const it of list.querySelectorAll('[role="row"][aria-rowindex]')) {
        parts.push(it.getAttribute("aria-rowindex"), it.getAttribute("aria-selected"), it.textContent);
      }
    }
    return parts.join("\n");
  };

  const channel = new MessageChannel();
  let probe = null;
  let drawn = null;
  let read = null;

  /**
   * Calls back after the next frame is painted, with what that frame shows. Read in a resize observer: those run after
   * every animation frame callback, also those of the page, and right before the painting.
   */
  const frame = (callback) => {
    if (!probe) {
      probe = document.createElement("div");
      probe.style.cssText = "position: fixed; inset: 0 auto auto 0; block-size: 1px; visibility: hidden";
      document.documentElement.append(probe);
      new ResizeObserver(() => {
        if (!drawn) return;
        read = shown();
        channel.port2.postMessage(null);
      }).observe(probe);
      channel.port1.onmessage = () => {
        const call = drawn;
        drawn = null;
        call(read, performance.now());
      };
    }
    requestAnimationFrame(() => {
      drawn = callback;
      probe.style.inlineSize = probe.style.inlineSize === "1px" ? "2px" : "1px";
    });
  };

  let sample = null;

  /** Begins to wait for one trusted event of this type; `result` has what came of it. */
  const watch = (type) => {
    const before = shown();
    const rows = count();
    sample = new Promise((resolve, reject) => {
      const giveUp = setTimeout(() => {
        removeEventListener(type, begin, true);
        reject(new Error(`nothing came of a ${type} within ${PATIENCE / 1000} s`));
      }, PATIENCE);
      const begin = (event) => {
        if (!event.isTrusted) return;
        removeEventListener(type, begin, true);
        let state = before;
        let changedAt = 0;
        let frameAt = performance.now();
        let worst = 0;
        let longest = 0;
        const look = (now, at) => {
          worst = Math.max(worst, at - frameAt);
          frameAt = at;
          if (now !== state) {
            state = now;
            changedAt = at;
            longest = worst;
          }
          if (changedAt && at - changedAt > QUIET) {
            clearTimeout(giveUp);
            resolve({ latency: changedAt - event.timeStamp, longest, rows: count(), before: rows });
          } else {
            frame(look);
          }
        };
        frame(look);
      };
      addEventListener(type, begin, { capture: true, passive: true });
    });
    // Told by `result`.
    sample.catch(() => {});
  };

  const centre = (it) => {
    const box = it.getBoundingClientRect();
    return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  };

  /** Where to click the first visible element of this kind whose name or text begins so. */
  const find = (selector, name = "") => {
    const named = (it) => (it.getAttribute("aria-label") ?? it.textContent).trim().startsWith(name);
    const found = all(selector).find((it) => named(it) && it.getClientRects().length > 0);
    return found ? centre(found) : null;
  };

  const heading = { down: true };
  /** Where to turn the wheel, and how far for so many screens: down to the end, then up to the start, and again. */
  const wheel = (selector, screens) => {
    const viewport = first(selector);
    const { scrollTop, scrollHeight, clientHeight } = viewport;
    const far = Math.min(screens * clientHeight, scrollHeight - clientHeight);
    if (scrollTop + clientHeight + far > scrollHeight) heading.down = false;
    if (scrollTop < far) heading.down = true;
    return { ...centre(viewport), far: heading.down ? far : -far };
  };

  let stream = null;

  /** Begins to note how long the main thread is busy at a time. */
  const startStream = () => {
    const noted = { task: 0, gap: 0 };
    const observer = new PerformanceObserver((list) => {
      for (const it of list.getEntries()) noted.task = Math.max(noted.task, it.duration);
    });
    observer.observe({ type: "longtask" });
    let last = performance.now();
    const timer = setInterval(() => {
      const now = performance.now();
      noted.gap = Math.max(noted.gap, now - last - BEAT);
      last = now;
    }, BEAT);
    stream = () => {
      clearInterval(timer);
      observer.disconnect();
      return noted;
    };
  };

  globalThis.bench = {
    count,
    find,
    watch,
    wheel,
    startStream,
    /** The longest task that the browser calls long (from 50 ms), 0 if none, and the longest gap between two beats; ms. */
    endStream: () => stream(),
    /** `latency`: ms from the event to the frame. `longest`: ms of the longest frame until then. */
    result: () => sample,
    focusSearch: () => search().focus(),
    focusGrid: () => all('[role="grid"][tabindex="0"], [role="grid"] [tabindex="0"]').find(isInFront)?.focus(),
    /** Instances of wasm that have a memory. */
    programs: () => memories.size,
    wasm: () => [...memories].reduce((bytes, it) => bytes + it.buffer.byteLength, 0),
  };
})();
