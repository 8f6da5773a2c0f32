// Starts the app. xtask appends this file to wasm-bindgen's glue, whose `__wbg_init` it calls, and puts the
// hashed name of the module in place of admin_bg.wasm. When the app cannot start, the skeleton gives way to
// the reason: an empty page helps nobody.

/** What there is beside English, in `lang/` next to the page. */
const LANGUAGES = ["ar", "de", "es", "fr", "hi", "it", "ja", "nl", "pl", "pt", "zh"];

/** The first language of the reader's that there is, and its texts. The program calls this. */
async function readerLanguage() {
  const name = (tag) => tag.split("-")[0];
  const tag = navigator.languages.find((it) => name(it) === "en" || LANGUAGES.includes(name(it))) ?? "en";
  if (name(tag) === "en") return [tag];
  const texts = await import(new URL(`lang/${name(tag)}.js`, document.baseURI).href);
  document.documentElement.lang = name(tag);
  document.documentElement.dir = name(tag) === "ar" ? "rtl" : "";
  return [tag, texts.default];
}

/** What went wrong, for a reader who did not write this. */
function reasonFor(error) {
  const detail = error instanceof Error ? error.message : String(error);
  if (typeof WebAssembly === "undefined") {
    return "This browser has no WebAssembly. It may be too old, or WebAssembly may be turned off.";
  }
  if (/content security policy|unsafe-eval/i.test(detail)) {
    return "The server's Content-Security-Policy forbids WebAssembly: it must allow 'wasm-unsafe-eval'.";
  }
  if (error instanceof WebAssembly.RuntimeError) {
    return `This is a bug in the app (${detail}). What the server keeps is not harmed.`;
  }
  return `The app could not be loaded (${detail}).`;
}

function showError(title, error) {
  const heading = document.createElement("h1");
  heading.textContent = title;
  const reason = document.createElement("p");
  reason.textContent = reasonFor(error);
  const reload = document.createElement("button");
  reload.type = "button";
  reload.textContent = "Reload";
  reload.addEventListener("click", () => location.reload());
  const notice = document.createElement("div");
  notice.className = "notice";
  notice.setAttribute("role", "alert");
  notice.append(heading, reason, reload);
  document.getElementById("app").replaceChildren(notice);
}

__wbg_init({ module_or_path: new URL("./admin_bg.wasm", import.meta.url) })
  .catch((error) => showError("Recordings cannot start", error));

// After a panic the program must not be called again: its memory may be in any state.
addEventListener("error", (event) => {
  if (event.error instanceof WebAssembly.RuntimeError) showError("Recordings has stopped", event.error);
});
