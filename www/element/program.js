// The program behind the element: one for all elements of the page, fetched when the first of them needs it,
// and begun anew after a failure.

/** Of the program; empty for a file that nobody has finished, and then nothing is checked. */
const WASM_INTEGRITY = "";

/** Where the program comes from; `loader.js` and `inline.js` of the package put something else here. */
export const source = {
  glue: importGlue,
  wasm: () => fetch(new URL("./meet_recordings_bg.wasm", import.meta.url), { integrity: WASM_INTEGRITY, cache }),
};

/** After a failure what the browser keeps may be what has failed. */
let cache = "default";

/** The program, shared by every element of the page. Forgotten when it fails, so that the next try is one. */
let program;
/** It has failed: nothing of it may be called before it has begun anew. */
let isStopped = false;
/** The elements that it shows something in. */
const shown = new Set();

export function loadProgram() {
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

/** What an element does when the program has failed. */
export const stop = Symbol();

/** What the program does not say of itself, such as an end of the stack. */
function onError({ error }) {
  if (error instanceof WebAssembly.RuntimeError && /meet.recordings/.test(error.stack)) stopped(0, error.message);
}

/** Before anything is done with a program that another element may have made to fail. */
export function revive(glue) {
  if (!isStopped) return;
  glue.__wbg_reset_state();
  glue.watch(stopped);
  isStopped = false;
}

/** From now on the program shows something in this element. */
export function enter(element) {
  if (shown.size === 0) addEventListener("error", onError);
  shown.add(element);
}

/** And from now on no more. */
export function leave(element) {
  shown.delete(element);
  if (shown.size === 0) globalThis.removeEventListener?.("error", onError);
}
