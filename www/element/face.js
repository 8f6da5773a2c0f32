// What is shown as long as the program is not: a skeleton while it comes, a panel when it does not.

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

/** In place of what is in the root. */
export function draw(root, ...nodes) {
  root.adoptedStyleSheets = [sheetFor(root.ownerDocument)];
  root.replaceChildren(...nodes);
}

/** Behind what the page has for it, and where those who see no skeleton hear of it. */
export function skeleton(document) {
  const rows = Array.from({ length: SKELETON_ROWS }, () => make(document, "div", "row"));
  const shape = make(document, "div", "skeleton", make(document, "div", "bar"), ...rows);
  shape.ariaHidden = "true";
  const slot = make(document, "slot", "", shape);
  slot.name = "loading";
  const said = make(document, "div", "said");
  said.role = "status";
  return [slot, said];
}

/** With what the page has put into the element for this case. */
export function failure(document, title, reason, again, retry) {
  const button = make(document, "button", "retry", again);
  button.type = "button";
  button.addEventListener("click", retry);
  const lines = [make(document, "strong", "title", title), make(document, "p", "reason", reason)];
  const panel = make(document, "div", "error", ...lines, button);
  panel.role = "alert";
  panel.dir = "auto";
  panel.part = "error";
  return [panel, make(document, "slot", "")];
}

function make(document, tag, className, ...children) {
  const element = document.createElement(tag);
  element.className = className;
  element.append(...children);
  return element;
}
