// <meet-recordings>, as the host page sees it: a real element at once, drawn by a skeleton, with the Rust
// program behind it fetched when it comes near the viewport. This file knows attributes, loading, failing and
// leaving; what a recording is, it does not know. It touches no global, so that Node can import it too.

const TAG = "meet-recordings";

/** How far outside the viewport loading begins: about one flick of a finger. */
const NEAR = "400px";

const SKELETON_ROWS = 5;

const STYLE = `
:host { display: block; min-block-size: 12rem; color-scheme: inherit; }
:host([hidden]) { display: none; }
.skeleton { padding: 24px 20px; }
.row, .bar { border-block-end: 1px solid color-mix(in srgb, currentColor 12%, transparent); }
.bar { block-size: 36px; margin-block-end: 20px; }
.row { block-size: 68px; display: flex; align-items: center; gap: 14px; }
.row::before, .row::after { content: ""; border-radius: 6px; background: color-mix(in srgb, currentColor 10%, transparent); }
.row::before { flex: 0 0 96px; block-size: 54px; }
.row::after { flex: 0 1 40ch; block-size: 12px; }
.said { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); }
.error { padding: 24px 20px; max-inline-size: 60ch; overflow-wrap: anywhere; }
.error strong { display: block; }
.error p { margin-block: 8px 12px; }
.error button { font: inherit; padding: 6px 12px; }
`;

/** One sheet per document, because a document adopts only its own. */
const sheets = new WeakMap();

function sheetFor(document) {
  let sheet = sheets.get(document);
  if (!sheet) {
    sheet = new document.defaultView.CSSStyleSheet();
    sheet.replaceSync(STYLE);
    sheets.set(document, sheet);
  }
  return sheet;
}

/** The program, shared by every element of the page. Forgotten when it fails, so that the next try is one. */
let program;

function loadProgram() {
  program ??= importProgram().catch((error) => {
    program = undefined;
    throw error;
  });
  return program;
}

async function importProgram() {
  if (typeof WebAssembly === "undefined") throw new Error("this browser has no WebAssembly");
  const glue = await importGlue();
  await glue.default({ module_or_path: new URL("./meet_recordings_bg.wasm", import.meta.url) });
  return glue;
}

let failedImports = 0;

async function importGlue() {
  try {
    return await import("./meet_recordings.js");
  } catch (error) {
    failedImports += 1;
    if (failedImports === 1) throw error;
    // Firefox remembers a failed import as long as the page lives: only another address is another try. Where
    // a bundler renamed the file there is nothing at that address, and the first error stands.
    const name = `meet_recordings.js?retry=${failedImports}`;
    const address = new URL(name, import.meta.url).href;
    return import(/* @vite-ignore */ /* webpackIgnore: true */ address).catch(() => {
      throw error;
    });
  }
}

function reasonFor(error) {
  const detail = error instanceof Error ? error.message : String(error);
  return /content security policy|unsafe-eval/i.test(detail)
    ? "This page's Content-Security-Policy forbids WebAssembly: it must allow 'wasm-unsafe-eval'."
    : `The program could not be loaded: ${detail}.`;
}

const Base = globalThis.HTMLElement ?? class {};

/**
 * @fires meet-ready - the recordings have taken over from the skeleton
 * @fires meet-error - loading failed; `detail` is `{ code, message, retryable }`
 * @fires meet-query-change - people look at the list in another way; `detail` is `{ query }`
 */
export class MeetRecordings extends Base {
  static observedAttributes = ["server-url", "provider", "auth", "loading", "persist", "controls"];

  /** Registers the element. Doing so twice is harmless, and so is a place without custom elements. */
  static define(tag = TAG, registry = globalThis.customElements) {
    if (registry && !registry.get(tag)) {
      // A class can carry one tag only; another one gets a class of its own.
      registry.define(tag, tag === TAG ? this : class extends this {});
    }
    return this;
  }

  #root = this.attachShadow({ mode: "open" });
  #handle;
  #observer;
  #hasFailed = false;
  /** Changes on leaving, so that a load begun before does not mount after. */
  #stay = {};
  #ready = deferred();
  #fetchToken;
  /** While nothing is mounted. */
  #query = "";
  #isChanging = false;

  /** Settles when the program has mounted, or could not; a retry brings a new promise. */
  get ready() {
    return this.#ready.promise;
  }

  /** The meeting server's address; relative to the page. */
  get serverUrl() {
    return this.getAttribute("server-url") ?? "";
  }

  set serverUrl(value) {
    this.setAttribute("server-url", value);
  }

  /** The kind of server: "openvidu-meet" (found out when empty), "plugnmeet", "whereby" or "superviz". */
  get provider() {
    return this.getAttribute("provider") ?? "";
  }

  set provider(value) {
    this.setAttribute("provider", value);
  }

  /** Who signs in: "server" (its own form), "gateway", or "token" (`fetchToken`). */
  get auth() {
    return this.getAttribute("auth") ?? "";
  }

  set auth(value) {
    this.setAttribute("auth", value);
  }

  /** With `auth="token"`: asked for a token whenever one is needed; answers a string or a promise of one. */
  get fetchToken() {
    return this.#fetchToken;
  }

  set fetchToken(value) {
    const isNews = typeof value !== typeof this.#fetchToken;
    this.#fetchToken = value;
    // Another function is asked from now on; frameworks hand over a new one at every turn.
    if (isNews || this.#hasFailed) this.#change();
  }

  /** "lazy": when near the viewport; "eager": as soon as the element is in the page. */
  get loading() {
    return this.getAttribute("loading") === "eager" ? "eager" : "lazy";
  }

  set loading(value) {
    this.setAttribute("loading", value);
  }

  /** Whether the browser may keep the list, how it and the player are liked, and where recordings were left. */
  get persist() {
    return this.hasAttribute("persist");
  }

  set persist(value) {
    this.toggleAttribute("persist", Boolean(value));
  }

  /** "native": the browser's own controls over a video, in place of the element's. */
  get controls() {
    return this.getAttribute("controls") === "native" ? "native" : "";
  }

  set controls(value) {
    this.setAttribute("controls", value);
  }

  /** How the list is looked at (search, filters, order, layout), as the query of a link; empty for the default. */
  get query() {
    return this.#handle ? this.#handle.query : this.#query;
  }

  set query(value) {
    this.#query = String(value ?? "");
    if (this.#handle) this.#handle.query = this.#query;
  }

  connectedCallback() {
    const names = ["serverUrl", "provider", "auth", "fetchToken", "loading", "persist", "controls", "query"];
    for (const name of names) this.#upgrade(name);
    if (this.#handle || this.#observer) return;
    this.#drawSkeleton();
    this.#loadWhenNear();
  }

  disconnectedCallback() {
    // A move within the page disconnects and connects in one task: nothing is lost then. And the view is not
    // taken down while one of its own handlers is running.
    queueMicrotask(() => {
      if (!this.isConnected) this.#leave();
    });
  }

  /** Present so that `moveBefore()` does not disconnect. */
  connectedMoveCallback() {}

  attributeChangedCallback(name, before, value) {
    if (before === value) return;
    if (name === "loading") {
      if (this.loading === "eager" && this.#observer) this.#start();
    } else if (name === "controls") {
      if (this.#handle) this.#handle.controls = this.controls;
    } else {
      this.#change();
    }
  }

  /** Begins anew, once for all that changes in one go. */
  #change() {
    if (this.#isChanging) return;
    this.#isChanging = true;
    queueMicrotask(() => {
      this.#isChanging = false;
      if (this.#handle) {
        this.#ready = deferred();
        this.#attempt(() => {
          this.#handle.set(this.#options());
          this.#ready.resolve(this);
        });
      } else if (this.#hasFailed) {
        this.#retry();
      }
    });
  }

  #options() {
    const { serverUrl, provider, auth, persist, controls, query } = this;
    this.#query = query;
    const fetchToken = typeof this.#fetchToken === "function" ? () => this.#fetchToken() : undefined;
    const onQuery = (query) => this.#tell("meet-query-change", { query });
    return { serverUrl, provider, auth, fetchToken, persist, controls, query, onQuery };
  }

  /** A property set before the class was known hides the accessor: set it again. */
  #upgrade(name) {
    if (!Object.hasOwn(this, name)) return;
    const value = this[name];
    delete this[name];
    this[name] = value;
  }

  #loadWhenNear() {
    if (this.loading === "eager" || typeof IntersectionObserver === "undefined") {
      this.#start();
      return;
    }
    this.#observer = new IntersectionObserver(
      (entries) => entries.some((entry) => entry.isIntersecting) && this.#start(),
      { rootMargin: NEAR },
    );
    this.#observer.observe(this);
  }

  async #start() {
    this.#stopObserving();
    // A load begun before, as by a move within the page, is not to mount as well.
    const stay = (this.#stay = {});
    let program;
    try {
      program = await loadProgram();
    } catch (error) {
      if (stay === this.#stay) this.#fail(error, "load-failed", reasonFor(error));
      return;
    }
    if (stay !== this.#stay) return;
    this.#attempt(() => {
      this.#handle = program.mount(this.#root, this.#options());
      this.#ready.resolve(this);
      this.#tell("meet-ready", {});
    });
  }

  /** What the program refuses to do it says why, such as an address that is none. */
  #attempt(action) {
    try {
      action();
    } catch (error) {
      this.#handle?.destroy();
      this.#handle = undefined;
      this.#fail(error, "refused", error instanceof Error ? error.message : String(error));
    }
  }

  #fail(error, code, message) {
    this.#hasFailed = true;
    this.#drawError(message);
    this.#ready.reject(error);
    this.#tell("meet-error", { code, message, retryable: true });
  }

  #retry() {
    this.#hasFailed = false;
    this.#ready = deferred();
    this.#drawSkeleton();
    this.#start();
  }

  #leave() {
    this.#stay = {};
    this.#query = this.query;
    this.#hasFailed = false;
    this.#stopObserving();
    this.#handle?.destroy();
    this.#handle = undefined;
    this.#ready = deferred();
  }

  #stopObserving() {
    this.#observer?.disconnect();
    this.#observer = undefined;
  }

  #tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { bubbles: true, composed: true, detail }));
  }

  #draw(...nodes) {
    this.#root.adoptedStyleSheets = [sheetFor(this.ownerDocument)];
    this.#root.replaceChildren(...nodes);
  }

  #drawSkeleton() {
    const rows = Array.from({ length: SKELETON_ROWS }, () => this.#element("div", "row"));
    const skeleton = this.#element("div", "skeleton", this.#element("div", "bar"), ...rows);
    skeleton.ariaHidden = "true";
    const said = this.#element("div", "said", "Loading recordings…");
    said.role = "status";
    this.#draw(skeleton, said);
  }

  #drawError(message) {
    const retry = this.#element("button", "retry", "Retry");
    retry.type = "button";
    retry.addEventListener("click", () => this.#retry());
    const title = this.#element("strong", "title", "Recordings cannot be shown");
    const panel = this.#element("div", "error", title, this.#element("p", "reason", message), retry);
    panel.role = "alert";
    panel.part = "error";
    this.#draw(panel);
  }

  #element(tag, className, ...children) {
    const element = this.ownerDocument.createElement(tag);
    element.className = className;
    element.append(...children);
    return element;
  }
}

/** A promise to settle later. Nobody has to wait for it: a failure is also an event and a panel. */
function deferred() {
  let settle;
  const promise = new Promise((resolve, reject) => {
    settle = { resolve, reject };
  });
  promise.catch(() => {});
  return { promise, ...settle };
}
