// Runs in the page: elements that may have a role (and a name), in document order, shadow roots included. It
// only proposes; WebDriver's computed role and label decide. arguments: the role, the name or null, whether the
// name is only how it begins, the root or null, and what to give: "one" of them, brought into sight, by its number; their
// "count", "texts" or "names"; or a "description" of all that there is.
const [role, name, begins, root, give, number] = arguments;

const INPUTS = {
  checkbox: "checkbox", radio: "radio", range: "slider", search: "searchbox", button: "button", submit: "button",
};
const ROLES = {
  aside: "complementary", button: "button", dialog: "dialog", select: "combobox", nav: "navigation", main: "main", option: "option",
  textarea: "textbox", video: "video",
};

function roleOf(element) {
  const own = element.getAttribute("role");
  if (own) return own;
  const tag = element.localName;
  if (tag === "input") return INPUTS[element.type] ?? "textbox";
  if (tag === "a") return element.hasAttribute("href") ? "link" : "";
  if (/^h[1-6]$/.test(tag)) return "heading";
  return ROLES[tag] ?? "";
}

/** Text that is read out: decoration is not. */
function spoken(node) {
  if (node.nodeType === Node.TEXT_NODE) return node.data;
  if (node.ariaHidden === "true") return "";
  return [...node.childNodes].map(spoken).join("");
}

const clean = (text) => text.replace(/\s+/g, " ").trim();

function nameOf(element) {
  const own = element.getAttribute("aria-label");
  if (own) return clean(own);
  const label = element.labels?.[0];
  if (label) return clean(spoken(label.querySelector("span") ?? label));
  return clean(spoken(element) || element.title || "");
}

function* deep(node) {
  for (const element of node.querySelectorAll("*")) {
    yield element;
    if (element.shadowRoot) yield* deep(element.shadowRoot);
  }
}

/** Whether somebody with a screen reader could come upon it. */
function isThere(element) {
  // The options of a closed list are drawn nowhere, but can be chosen.
  const drawn = element.localName === "option" ? element.closest("select") : element;
  if (!drawn.checkVisibility({ visibilityProperty: true })) return false;
  for (let node = element; node; node = node.parentElement ?? node.getRootNode().host) {
    if (node.inert || node.ariaHidden === "true") return false;
  }
  return true;
}

/** Also in the shadow root of something in it. */
function isIn(box, element) {
  for (let node = element; node; node = node.getRootNode().host) if (box.contains(node)) return true;
  return false;
}

const all = [...deep(root ?? document)];
const modal = root ? null : all.filter((element) => element.matches("dialog:modal")).at(-1);
const within = modal ? all.filter((element) => isIn(modal, element)) : all;
if (give === "description") {
  const lines = within.filter((it) => roleOf(it) && isThere(it)).map((it) => `${roleOf(it)} “${nameOf(it).slice(0, 80)}”`);
  const shown = lines.filter((line) => !/^(row|gridcell|rowgroup) /.test(line));
  return shown.slice(0, 80).join("\n") + (shown.length > 80 ? `\n… ${shown.length} in all` : "");
}
const found = within.filter((element) => {
  if (roleOf(element) !== role) return false;
  if (name !== null && !(begins ? nameOf(element).startsWith(name) : nameOf(element) === name)) return false;
  return isThere(element);
});
if (give === "count") return found.length;
if (give === "one") {
  found[number]?.scrollIntoView({ block: "center" });
  return found.slice(number, number + 1);
}
return found.map(give === "texts" ? (it) => clean(it.innerText) : nameOf);
