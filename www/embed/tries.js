// What can be tried with the live example, one function a kind of entry.

import { make } from "./make.js";

const label = (text, control) => make("label", {}, make("span", {}, text), control);

const other = (text, href) => make("p", { class: "other" }, make("a", { href }, text));

/** What one has to see on a page of its own, with a second origin. */
const ELSEWHERE = {
  "server-url": ["A server on another origin", "same-site.html"],
  provider: ["The servers, and how they are found out", "#servers"],
  auth: ["A page that hands over tokens", "token.html"],
  "recording-secret": ["A page that opens links", "share.html"],
  fetchToken: ["A page that hands over tokens", "token.html"],
};

export function attribute(it, stage) {
  const { attribute: name, type, values } = it;
  if (ELSEWHERE[name]) return other(...ELSEWHERE[name]);
  const { element } = stage;
  const code = make("code", { class: "now" });
  const show = () => {
    const clone = element.cloneNode();
    for (const own of ["id", "class", "style"]) clone.removeAttribute(own);
    code.textContent = clone.outerHTML.replaceAll('=""', "");
  };
  const set = (value) => {
    if (value === null || value === "") element.removeAttribute(name);
    else element.setAttribute(name, value === true ? "" : value);
    show();
  };
  return stage.fold("Try it", make("div", { class: "controls" }, control(it, values, type, set, element), code), show);
}

function control({ attribute: name }, values, type, set, element) {
  if (type === "boolean") {
    const change = (event) => set(event.target.checked || null);
    return label(name, make("input", { type: "checkbox", checked: element.hasAttribute(name), change }));
  }
  const change = (event) => set(event.target.value);
  if (values) {
    const options = ["", ...values.map((it) => it.value)].map((value) =>
      make("option", { value, selected: value === (element.getAttribute(name) ?? "") }, value || "(not set)"),
    );
    return label(name, make("select", { change }, options));
  }
  if (type === "number") return label(name, make("input", { type: "number", min: 1, max: 100, change }));
  return label(name, make("input", { value: element.getAttribute(name) ?? "", placeholder: name === "lang" ? "de" : "", change }));
}

export function property({ name }, stage) {
  if (ELSEWHERE[name]) return other(...ELSEWHERE[name]);
  const { element } = stage;
  const read = {
    ready: () => "settled, once it says so below",
    columns: () => JSON.stringify(element.columns ?? null),
    messages: () => JSON.stringify(element.messages ?? null),
  }[name];
  const value = make("output", { class: "now" });
  const show = () => {
    const text = read ? read() : JSON.stringify(element[name]);
    if (value.textContent !== text) value.textContent = text;
  };
  if (name === "ready") element.ready.then(() => value.before("settled: "), () => value.before("failed: "));
  const set = (to) => () => {
    element[name] = to;
    show();
  };
  const button = (text, to) => make("button", { type: "button", click: set(to) }, text);
  const ways = {
    columns: [button("room, date, size", ["room", "date", "size"]), button("the usual ones", undefined)],
    messages: [button("Recordings are lectures", { Recordings: "Lectures", "Search recordings": "Find a lecture" }), button("as they were", undefined)],
    query: [button("q=sprint&sort=-size", "q=sprint&sort=-size"), button("layout=grid", "layout=grid"), button("the usual one", "")],
    selection: [button("none", [])],
  }[name];
  return stage.fold("Try it", make("div", { class: "controls" }, ways, make("p", {}, make("code", {}, `element.${name}: `), value)), watching(show));
}

/** Looks again and again while it is open: for what no event tells. */
function watching(show) {
  let timer;
  return (isOpen) => {
    clearInterval(timer);
    if (!isOpen) return;
    show();
    timer = setInterval(show, 300);
  };
}

export function method({ name, parameters = [], static: isStatic }, stage) {
  if (isStatic) return undefined;
  const { element } = stage;
  const answer = make("output", { class: "now" });
  const fields = parameters.filter((it) => it.name !== "options").map((it) => [it.name, make("input", { type: it.type === "number" ? "number" : "text" })]);
  const given = ([key, field]) => {
    if (key === "ids") return field.value.split(/[\s,]+/).filter(Boolean);
    if (key === "at") return field.value === "" ? undefined : Number(field.value);
    return field.value || undefined;
  };
  const call = async (event) => {
    event.preventDefault();
    answer.textContent = "…";
    try {
      await element[name](...fields.map(given));
      answer.textContent = "done";
    } catch (error) {
      answer.textContent = `refused: ${error.message}`;
    }
  };
  // Ids are long: that of what was selected or played last is there already.
  const remember = () => {
    const [id] = element.selection;
    for (const [key, field] of fields) if (id && key.startsWith("id")) field.value = key === "ids" ? element.selection.join(", ") : id;
  };
  element.addEventListener("meet-selection-change", remember);
  const controls = make("form", { class: "controls", submit: call }, fields.map(([key, field]) => label(key, field)), make("button", {}, `${name}()`), answer);
  return stage.fold("Try it", controls, (isOpen) => isOpen && remember());
}

/** What brings an event about, where that is not said by its name. */
const CAUSES = {
  "meet-ready": "Begin anew.",
  "meet-load": "Press the round arrow.",
  "meet-error": "Stop the demo's server, then press the round arrow.",
  "meet-auth-required": "Begin anew while you are signed out.",
  "meet-query-change": "Search, sort, or choose another view.",
  "meet-selection-change": "Tick a recording.",
  "meet-ended": "Play one of half a minute to its end.",
  "meet-delete": "Delete a recording and wait ten seconds: until then it can be undone.",
  "meet-share": "Choose “Share…” in a recording's menu.",
  "meet-row-action": "Put a button into the slot row-actions, then choose it in a recording's menu.",
};

export function event({ name, cancelable }, stage) {
  const prevent = (it) => it.preventDefault();
  const change = ({ target }) => {
    if (target.checked) stage.element.addEventListener(name, prevent);
    else stage.element.removeEventListener(name, prevent);
  };
  const controls = make(
    "div",
    { class: "controls" },
    cancelable && label("prevent it", make("input", { type: "checkbox", change })),
    CAUSES[name] && make("p", {}, CAUSES[name]),
    name === "meet-ready" && make("button", { type: "button", click: () => stage.restart() }, "Begin anew"),
  );
  return stage.fold("Try it", controls);
}

/** What the example is given, by slot. */
const CONTENT = {
  header: () => make("p", { slot: "header" }, "Recordings are kept for 90 days."),
  empty: () => make("p", { slot: "empty" }, "Your first meeting is still ahead of you."),
  "signed-out": () => make("p", { slot: "signed-out" }, "Please sign in to the course first."),
  loading: () => make("p", { slot: "loading" }, "One moment…"),
  "row-actions": () => make("button", { slot: "row-actions", value: "transcribe" }, "Transcribe"),
};

export function slot({ name }, stage) {
  if (!CONTENT[name]) return undefined;
  const content = CONTENT[name]();
  const change = ({ target }) => (target.checked ? stage.element.append(content) : content.remove());
  const again = make("button", { type: "button", click: () => stage.restart() }, "Begin anew");
  return stage.fold("Try it", make("div", { class: "controls" }, label("put it in", make("input", { type: "checkbox", change })), again));
}

export function state({ name }, stage) {
  const answer = make("output", { class: "now" });
  const show = () => {
    const text = stage.element.matches(`:state(${name})`) ? "yes" : "no";
    if (answer.textContent !== text) answer.textContent = text;
  };
  return stage.fold("Try it", make("p", { class: "controls" }, make("code", {}, `:state(${name}): `), answer), watching(show));
}

const outlines = new CSSStyleSheet();
document.adoptedStyleSheets.push(outlines);

export function part({ name }, stage) {
  const rule = `meet-recordings::part(${name}) { outline: 2px dashed #d6336c; outline-offset: -2px; }`;
  return stage.fold("Try it", make("p", { class: "controls" }, "Outlined while this is open."), (isOpen) => {
    // Of two folds one opens as the other closes, in either order.
    if (isOpen) outlines.replaceSync(rule);
    else if (outlines.cssRules[0]?.cssText.includes(`(${name})`)) outlines.replaceSync("");
  });
}
