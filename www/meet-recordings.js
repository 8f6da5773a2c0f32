// <meet-recordings>, as the host page sees it: a real element at once, drawn by a skeleton, with the Rust
// program behind it fetched when it comes near the viewport. It knows attributes, events, loading, failing
// and leaving; what a recording is, it does not know. It touches no global, so that Node can import it too.
// A build makes one file of it and what it imports; `import.meta.url` and dynamic imports mean the place of
// that one.

import { ATTRIBUTES, attributeOf, read, write } from "./element/attributes.js";
import { askEarly } from "./element/early.js";
import { draw, failure, skeleton } from "./element/face.js";
import { RTL, languageOf, textsIn } from "./element/language.js";
import { enter, leave, loadProgram, revive, stop } from "./element/program.js";

export { source } from "./element/program.js";

const TAG = "meet-recordings";

/** How far outside the viewport loading begins: about one flick of a finger. */
const NEAR = "400px";

let lastNumber = 0;

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

  async #start() {
    this.#stopObserving();
    if (!this.#handle) {
      this.#early = askEarly(this, this.#secret);
      this.#become("loading");
    }
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
      enter(this);
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
    leave(this);
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

  #drawSkeleton() {
    const [slot, said] = skeleton(this.ownerDocument);
    this.#said = said;
    draw(this.#root, slot, said);
  }

  #drawError(reason, again) {
    const title = this.#word("Recordings cannot be shown");
    draw(this.#root, ...failure(this.ownerDocument, title, reason, again, () => this.#retry()));
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
