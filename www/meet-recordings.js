// <meet-recordings>, as the host page sees it: a real element at once, drawn by a skeleton, with the Rust
// program behind it fetched when it comes near the viewport. This file knows attributes, events, loading,
// failing and leaving; what a recording is, it does not know. It touches no global, so that Node can import
// it too.

const TAG = "meet-recordings";

/** Of the program; empty for a file that nobody has finished, and then nothing is checked. */
const WASM_INTEGRITY = "";

/** How far outside the viewport loading begins: about one flick of a finger. */
const NEAR = "400px";

const SKELETON_ROWS = 5;

const STYLE = `
:host { display: block; block-size: min(85vh, 56rem); min-block-size: 12rem; overflow: hidden; color-scheme: inherit; }
:host([hidden]) { display: none; }
:host([theme=light]) { color-scheme: light; background: Canvas; color: CanvasText; }
:host([theme=dark]) { color-scheme: dark; background: Canvas; color: CanvasText; }
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

/** Where the program comes from; `loader.js` and `inline.js` of the package put something else here. */
export const source = {
  glue: importGlue,
  wasm: () => fetch(new URL("./meet_recordings_bg.wasm", import.meta.url), { integrity: WASM_INTEGRITY, cache }),
};

/** After a failure what the browser keeps may be what has failed. */
let cache = "default";

/** Texts by their English, where the page is in one of these. */
const languages = {
  ar: () => import("./lang/ar.js"),
  de: () => import("./lang/de.js"),
  es: () => import("./lang/es.js"),
  fr: () => import("./lang/fr.js"),
  hi: () => import("./lang/hi.js"),
  it: () => import("./lang/it.js"),
  ja: () => import("./lang/ja.js"),
  nl: () => import("./lang/nl.js"),
  pl: () => import("./lang/pl.js"),
  pt: () => import("./lang/pt.js"),
  zh: () => import("./lang/zh.js"),
};

/** The program, shared by every element of the page. Forgotten when it fails, so that the next try is one. */
let program;
/** It has failed: nothing of it may be called before it has begun anew. */
let isStopped = false;
/** The elements that it shows something in. */
const shown = new Set();
let lastNumber = 0;

function loadProgram() {
  program ??= startProgram().catch((error) => {
    program = undefined;
    cache = "reload";
    throw error;
  });
  return program;
}

async function startProgram() {
  const wasm = source.wasm();
  // Its failure is met where it is awaited; when the glue fails first, nobody does.
  wasm.catch?.(() => {});
  const glue = await source.glue();
  await glue.default({ module_or_path: wasm });
  glue.watch(stopped);
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
    const address = new URL(/* webpackIgnore: true */ name, import.meta.url).href;
    return import(/* @vite-ignore */ /* webpackIgnore: true */ address).catch(() => {
      throw error;
    });
  }
}

/**
 * The program has failed, in the code of the element with this number (0: of any). That one says so; the others
 * begin anew with another instance of it.
 */
function stopped(number, place) {
  if (isStopped) return;
  isStopped = true;
  const elements = [...shown];
  shown.clear();
  // Not before the failed call has ended.
  queueMicrotask(() => elements.forEach((element) => element[stop](number, place)));
}

const stop = Symbol();

/** What the program does not say of itself, such as an end of the stack. */
function onError({ error }) {
  if (error instanceof WebAssembly.RuntimeError && /meet.recordings/.test(error.stack)) stopped(0, error.message);
}

function revive(glue) {
  if (!isStopped) return;
  glue.__wbg_reset_state();
  glue.watch(stopped);
  isStopped = false;
}

/** A tag that `Intl` takes, or nothing: a browser may call its language "C". */
function languageTag(text) {
  try {
    return Intl.getCanonicalLocales(text)[0] ?? "";
  } catch {
    return "";
  }
}

/** The page's language as it is said for this element, in the reader's variety of it. */
function languageOf(element) {
  const reader = languageTag(globalThis.navigator?.language ?? []) || "en";
  let said = "";
  for (let node = element; node && !said; node = node.getRootNode().host) said = node.closest("[lang]")?.lang ?? "";
  const tag = languageTag(said);
  return !tag || reader.split("-")[0] === tag ? reader : tag;
}

async function textsIn(language) {
  try {
    return (await languages[language.split("-")[0]]?.())?.default;
  } catch {
    // English is better than nothing.
    return undefined;
  }
}

const RTL = /^(ar|fa|he|ur)\b/;

/** Attributes by their properties. A list has the values that count, the first of them for all others. */
const ATTRIBUTES = {
  serverUrl: "",
  provider: "",
  auth: "",
  roomId: "",
  recordingId: "",
  view: ["library", "recording", "rooms"],
  layout: ["table", "cards", "grid"],
  pageSize: 100,
  theme: ["auto", "light", "dark"],
  noDelete: false,
  noDownload: false,
  noShare: false,
  noSearch: false,
  loading: ["lazy", "eager"],
  persist: false,
  controls: ["", "native"],
};

const attributeOf = (property) => property.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

function read(element, property) {
  const fallback = ATTRIBUTES[property];
  const value = element.getAttribute(attributeOf(property));
  if (fallback === false) return value !== null;
  if (fallback === 100) return Math.min(Math.max(Math.trunc(value) || fallback, 1), fallback);
  if (Array.isArray(fallback)) return fallback.includes(value) ? value : fallback[0];
  return value ?? fallback;
}

function write(element, property, value) {
  const attribute = attributeOf(property);
  if (ATTRIBUTES[property] === false) element.toggleAttribute(attribute, Boolean(value));
  else if (value === null || value === undefined) element.removeAttribute(attribute);
  else element.setAttribute(attribute, value);
}

const Base = globalThis.HTMLElement ?? class {};

/** The element; `custom-elements.json` describes it. */
export class MeetRecordings extends Base {
  static version = "0.0.0";

  static observedAttributes = [...Object.keys(ATTRIBUTES).map(attributeOf), "recording-secret", "lang"];

  /** Registers the element. Doing so twice is harmless, and so is a place without custom elements. */
  static define(tag = TAG, registry = globalThis.customElements) {
    const other = registry?.get(tag);
    if (registry && !other) {
      // A class can carry one tag only; another one gets a class of its own.
      registry.define(tag, tag === TAG ? this : class extends this {});
    } else if (other && other.version !== this.version) {
      console.warn(`<${tag}> is there already, in version ${other.version}; ${this.version} is not used.`);
    }
    return this;
  }

  static {
    for (const property of Object.keys(ATTRIBUTES)) {
      Object.defineProperty(this.prototype, property, {
        configurable: true,
        enumerable: true,
        get() {
          return read(this, property);
        },
        set(value) {
          write(this, property, value);
        },
      });
    }
  }

  #internals = this.attachInternals?.();
  /** A server may have drawn into it before, and a copy of such an element has the root of that. */
  #root = this.shadowRoot ?? this.#internals?.shadowRoot ?? this.attachShadow({ mode: "open", delegatesFocus: true });
  #states = this.#internals?.states;
  #prototype = Object.getPrototypeOf(this);
  #number = (lastNumber += 1);
  #handle;
  #observer;
  #hasFailed = false;
  /** Changes on leaving, so that a load begun before does not mount after. */
  #stay = {};
  #ready = deferred();
  #state = "idle";
  #fetchToken;
  #messages;
  #columns;
  #secret = "";
  #query = "";
  /** To be selected once there are rows. */
  #selection = [];
  #refreshes = [];
  #early;
  /** Those of the reader's language, once they are there. */
  #texts;
  /** Where those who see no skeleton hear of it. */
  #said;
  #isStarting = false;
  #isChanging = false;

  /** Settles when the program has mounted, or could not; a retry brings a new promise. */
  get ready() {
    return this.#ready.promise;
  }

  get state() {
    return this.#state;
  }

  get fetchToken() {
    return this.#fetchToken;
  }

  set fetchToken(value) {
    const isNews = typeof value !== typeof this.#fetchToken;
    this.#fetchToken = value;
    // Another function is asked from now on; frameworks hand over a new one at every turn.
    if (isNews || this.#hasFailed) this.#change();
  }

  get recordingSecret() {
    return "";
  }

  /** Nobody can read it back. */
  set recordingSecret(value) {
    if (value === this.#secret) return;
    this.#secret = value ?? "";
    this.#change();
  }

  get messages() {
    return this.#messages;
  }

  set messages(value) {
    if (JSON.stringify(value) === JSON.stringify(this.#messages)) return;
    this.#messages = value;
    this.#change();
  }

  get columns() {
    return this.#columns;
  }

  set columns(value) {
    const before = String(this.#columns);
    this.#columns = Array.isArray(value) ? value.map(String) : undefined;
    if (String(this.#columns) === before) return;
    if (this.#handle) this.#handle.look(`columns=${encodeURIComponent(this.#columns?.join(",") ?? "")}`);
  }

  get query() {
    return this.#handle ? this.#handle.query : this.#query;
  }

  set query(value) {
    this.#query = String(value ?? "");
    if (this.#handle) this.#handle.query = this.#query;
  }

  get selection() {
    return this.#handle && this.#state === "ready" ? this.#handle.selection : [...this.#selection];
  }

  set selection(value) {
    this.#selection = Array.isArray(value) ? value.map(String) : [];
    if (this.#handle && String(this.#handle.selection) !== String(this.#selection)) {
      this.#handle.selection = this.#selection;
    }
  }

  /** Asks the server for the list again; settles when that is there, or could not be had. */
  async refresh() {
    const handle = await this.#loaded();
    const done = new Promise((resolve) => this.#refreshes.push(resolve));
    handle.refresh();
    return done;
  }

  /** Plays a recording, from `at` seconds on; without an id what is in the player goes on. */
  async play(id, at) {
    const handle = await this.#loaded();
    return id === undefined ? handle.resume() : handle.play(String(id), Number.isFinite(at) ? at : undefined);
  }

  async pause() {
    (await this.#loaded()).pause();
  }

  /** To `at` seconds from the start of what is in the player. */
  async seek(at) {
    const handle = await this.#loaded();
    if (Number.isFinite(at)) handle.seek(at);
  }

  select(ids) {
    this.selection = ids;
  }

  focus(options) {
    if (this.#handle) this.#handle.focus();
    else super.focus(options);
  }

  connectedCallback() {
    const others = ["fetchToken", "recordingSecret", "messages", "columns", "query", "selection"];
    for (const name of [...Object.keys(ATTRIBUTES), ...others]) this.#upgrade(name);
    if (this.#handle || this.#observer || this.#isStarting) return;
    if (this.ownerDocument !== globalThis.document) {
      const message = "The element works only in the page that has loaded it, not in one that it was moved to.";
      this.#fail(new Error(message), "refused", message);
      return;
    }
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

  adoptedCallback() {
    // Firefox gives it a plain one of the other document.
    Object.setPrototypeOf(this, this.#prototype);
    this.#leave();
  }

  attributeChangedCallback(name, before, value) {
    if (before === value) return;
    if (name === "recording-secret") {
      if (value === null) return;
      this.recordingSecret = value;
      this.removeAttribute(name);
    } else if (name === "loading") {
      if (this.loading === "eager" && this.#observer) this.#start();
    } else if (name === "controls") {
      if (this.#handle) this.#handle.controls = this.controls;
    } else if (name === "layout") {
      if (this.#handle) this.#handle.look(`layout=${this.layout}`);
    } else if (name !== "theme") {
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
        this.#keep();
        this.#ready = deferred();
        this.#start();
      } else if (this.#hasFailed) {
        this.#retry();
      }
    });
  }

  #options(language) {
    const texts = this.#texts || this.#messages ? { ...this.#texts, ...this.#messages } : undefined;
    const options = { language, texts, element: this.#number, query: this.#query, secret: this.#secret };
    for (const property of Object.keys(ATTRIBUTES)) options[property] = this[property];
    // What opens one recording shows that one, unless told otherwise.
    if (this.recordingId && !this.hasAttribute("view")) options.view = "recording";
    const look = new URLSearchParams();
    if (this.hasAttribute("layout")) look.set("layout", this.layout);
    if (this.#columns) look.set("columns", this.#columns.join(","));
    options.look = String(look);
    if (typeof this.#fetchToken === "function") options.fetchToken = () => this.#fetchToken();
    options.hear = (type, detail) => this.#hear(type, detail);
    options.allows = (type, detail) => this.#tell(type, detail, true);
    options.rowActions = () =>
      [...this.children]
        .filter((it) => it.slot === "row-actions")
        .map((it) => [it.getAttribute("value") ?? it.textContent.trim(), it.textContent.trim()]);
    return options;
  }

  #hear(type, detail) {
    if (type === "condition") {
      this.#become(detail.state, detail);
      return;
    }
    if (type === "meet-query-change") this.#query = detail.query;
    if (type === "meet-load" && this.#selection.length > 0) {
      this.#handle.selection = this.#selection;
      this.#selection = [];
    }
    if (type === "meet-load" || type === "meet-error" || type === "meet-auth-required") {
      for (const resolve of this.#refreshes.splice(0)) resolve();
    }
    this.#tell(type, detail);
  }

  #become(state, { authenticated = false, playing = false, selecting = false } = {}) {
    this.#state = state;
    const all = { loading: state === "loading", empty: state === "empty", error: state === "error" };
    for (const [name, isSo] of Object.entries({ ...all, authenticated, playing, selecting })) {
      if (isSo) this.#states?.add(name);
      else this.#states?.delete(name);
    }
  }

  /** A property set before the class was known hides the accessor: set it again. */
  #upgrade(name) {
    if (!Object.hasOwn(this, name)) return;
    const value = this[name];
    delete this[name];
    this[name] = value;
  }

  /** Whoever calls a method does not wait for somebody to scroll here. */
  async #loaded() {
    if (this.#observer) this.#start();
    await this.ready;
    return this.#handle;
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

  /** The first request of a program that finds out which server it is, so that it need not wait for that. */
  #ask() {
    if (!/^(openvidu-meet)?$/.test(this.provider) || !/^(server)?$/.test(this.auth) || this.#secret) return;
    if (this.recordingId || this.view !== "library") return;
    const page = this.ownerDocument.location.href;
    let url;
    try {
      const { protocol, origin, pathname, username, password } = new URL(this.serverUrl || "/", page);
      const isSecure = protocol === "https:" || (protocol === "http:" && !page.startsWith("https:"));
      if (!isSecure || username || password) return;
      const base = origin + pathname.replace(/\/+$/, "").replace(/\/meet$/, "");
      url = `${base}/api/v1/recordings?maxItems=${this.pageSize}`;
    } catch {
      return;
    }
    const stop = new AbortController();
    const about = { credentials: "include", cache: "no-store", redirect: "error", signal: stop.signal };
    const response = fetch(url, { ...about, headers: { "x-requested-with": "meet-recordings" } });
    // Its failure is met by who awaits it.
    response.catch(() => {});
    this.#early = { url, response, stop };
  }

  async #start() {
    this.#stopObserving();
    if (!this.#handle) this.#ask();
    if (!this.#handle) this.#become("loading");
    // A load begun before, as by a move within the page, is not to mount as well.
    const stay = (this.#stay = {});
    this.#isStarting = true;
    const language = languageOf(this);
    const texts = textsIn(language).then((texts) => {
      if (stay !== this.#stay) return;
      this.#texts = texts;
      this.#said.textContent = this.#word("Loading…");
    });
    let program;
    try {
      [program] = await Promise.all([loadProgram(), texts]);
    } catch (error) {
      // To tell of it in the reader's language.
      await texts;
      if (stay === this.#stay) this.#fail(error, "load-failed", this.#reasonFor(error));
      return;
    }
    if (stay !== this.#stay) return;
    this.#isStarting = false;
    // What the program refuses to do it says why, such as an address that is none.
    try {
      revive(program);
      const options = this.#options(language);
      const isFirst = !this.#handle;
      if (isFirst) options.early = this.#early;
      this.#early = undefined;
      if (isFirst) this.#handle = program.mount(this.#root, options);
      else this.#handle.set(options);
      if (RTL.test(language) && !this.closest("[dir]")) this.#root.firstElementChild.dir = "rtl";
      if (shown.size === 0) addEventListener("error", onError);
      shown.add(this);
      this.#ready.resolve(this);
      if (isFirst) this.#tell("meet-ready", {});
    } catch (error) {
      this.#end();
      this.#fail(error, "refused", error instanceof Error ? error.message : String(error));
    }
  }

  /** What the shell has to say is in the texts of the program too. */
  #word(english) {
    return String(this.#messages?.[english] ?? this.#texts?.[english] ?? english);
  }

  #reasonFor(error) {
    if (typeof WebAssembly === "undefined") return this.#word("This browser has no WebAssembly.");
    const detail = error instanceof Error ? error.message : String(error);
    return /content security policy|unsafe-eval|\bCSP\b/i.test(detail)
      ? this.#word("This page's Content-Security-Policy forbids WebAssembly: it must allow 'wasm-unsafe-eval'.")
      : this.#word("The program could not be loaded: {reason}.").replace("{reason}", () => detail);
  }

  #fail(error, code, message) {
    this.#isStarting = false;
    this.#hasFailed = true;
    this.#become("error");
    this.#drawError(message, code === "stopped" ? this.#word("Reload") : this.#word("Try again"));
    this.#ready.reject(error);
    this.#tell("meet-error", { code, message, status: null, retryable: true });
  }

  #retry() {
    this.#hasFailed = false;
    this.#ready = deferred();
    this.#drawSkeleton();
    this.#start();
  }

  /** The program has failed: this element's view is dead, and whose fault it is says so. */
  [stop](number, place) {
    this.#handle = undefined;
    this.#ready = deferred();
    // What goes must not call it once more.
    const events = ["focusout", "blur", "toggle", "close", "pause"];
    const hush = (event) => event.stopImmediatePropagation();
    for (const event of events) this.#root.addEventListener(event, hush, true);
    this.#drawSkeleton();
    for (const event of events) this.#root.removeEventListener(event, hush, true);
    if (number && number !== this.#number) {
      this.#start();
      return;
    }
    const text = this.#word("This is a bug in the element ({place}). What the server keeps is not harmed.");
    const message = text.replace("{place}", () => place);
    this.#fail(new Error(message), "stopped", message);
  }

  #leave() {
    this.#stay = {};
    this.#isStarting = false;
    this.#keep();
    this.#hasFailed = false;
    this.#early?.stop.abort();
    this.#early = undefined;
    this.#stopObserving();
    this.#end();
    this.#ready = deferred();
    this.#become("idle");
  }

  /** What outlasts the view. */
  #keep() {
    if (!this.#handle) return;
    this.#query = this.query;
    this.#selection = this.selection;
  }

  #end() {
    shown.delete(this);
    if (shown.size === 0) globalThis.removeEventListener?.("error", onError);
    this.#handle?.destroy();
    this.#handle = undefined;
  }

  #stopObserving() {
    this.#observer?.disconnect();
    this.#observer = undefined;
  }

  /** Whether nobody has prevented it. */
  #tell(type, detail, cancelable = false) {
    const about = { bubbles: true, composed: true, cancelable, detail: Object.freeze(detail) };
    return this.dispatchEvent(new CustomEvent(type, about));
  }

  #draw(...nodes) {
    this.#root.adoptedStyleSheets = [sheetFor(this.ownerDocument)];
    this.#root.replaceChildren(...nodes);
  }

  #drawSkeleton() {
    const rows = Array.from({ length: SKELETON_ROWS }, () => this.#element("div", "row"));
    const skeleton = this.#element("div", "skeleton", this.#element("div", "bar"), ...rows);
    skeleton.ariaHidden = "true";
    const slot = this.#element("slot", "", skeleton);
    slot.name = "loading";
    this.#said = this.#element("div", "said");
    this.#said.role = "status";
    this.#draw(slot, this.#said);
  }

  /** With what the page has put into the element for this case. */
  #drawError(message, again) {
    const retry = this.#element("button", "retry", again);
    retry.type = "button";
    retry.addEventListener("click", () => this.#retry());
    const title = this.#element("strong", "title", this.#word("Recordings cannot be shown"));
    const panel = this.#element("div", "error", title, this.#element("p", "reason", message), retry);
    panel.role = "alert";
    panel.dir = "auto";
    panel.part = "error";
    this.#draw(panel, this.#element("slot", ""));
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
