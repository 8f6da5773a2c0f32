// Runs in the page, with a line behind it that says what for: the list of rooms, where only a window on its rows is in the
// page, and the open form.
/** The element's, in a page that has one. */
const root = () => document.querySelector("meet-recordings")?.shadowRoot ?? document;
const grid = () => root().querySelector("[role=grid][aria-label=Rooms]");
const viewport = () => grid().closest(".viewport");
const words = (element) => element?.textContent.trim() ?? "";
/** As sentences have it: without what would turn them around. */
const titleOf = (element) => words(element).replace(/[\u202a-\u202e\u2066-\u2069]/g, "");

function count() {
  return Math.max(0, Number(grid()?.getAttribute("aria-rowcount") ?? 1) - 1);
}

/** Those in the page, but for the one that is kept there only because it has the focus. */
function rows() {
  const found = [...(grid()?.querySelectorAll("[role=row][aria-rowindex]:not(.is-away):has([role=gridcell])") ?? [])];
  return found.sort((a, b) => a.getAttribute("aria-rowindex") - b.getAttribute("aria-rowindex"));
}

function shown(row) {
  const cell = (name) => row.querySelector(`[role=gridcell].${name}`);
  const status = cell("status-cell")?.querySelector("bdi");
  return [Number(row.getAttribute("aria-rowindex")), titleOf(cell("room")?.querySelector("b")), words(cell("room")?.querySelector("small")),
    words(status), words(cell("count-cell"))];
}

const drawn = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));

async function scroll(share) {
  const { scrollHeight, clientHeight } = viewport();
  viewport().scrollTop = share * (scrollHeight - clientHeight);
  await drawn();
  await drawn();
}

const form = () => [...root().querySelectorAll("dialog[open]")].at(-1);

/** Controls that something can be entered in. */
function fields() {
  return [...form().querySelectorAll("input, select, textarea")].filter((it) => it.checkVisibility({ visibilityProperty: true }));
}

const nameOf = (field) => field.getAttribute("aria-label") ?? words(field.labels?.[0]);

/** Names of fields that are not right, and why. */
function wrong() {
  return fields().filter((it) => it.ariaInvalid === "true").map((it) => {
    const why = (it.getAttribute("aria-describedby") ?? "").split(" ").map((id) => root().getElementById(id));
    return [nameOf(it), why.filter((it) => it?.matches(".problem")).map(words).join(" ")];
  });
}

function setDate(minutes) {
  const field = form().querySelector("input[type=datetime-local]");
  const at = new Date(Date.now() + minutes * 60_000);
  field.focus();
  field.value = new Date(at - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.blur();
}
