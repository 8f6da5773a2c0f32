// Runs in the page, with a line behind it that says what for: the list as it is in the page, where only a window on its
// rows is, in the order in which they are shown.
function* deep(node) {
  for (const element of node.querySelectorAll("*")) {
    yield element;
    if (element.shadowRoot) yield* deep(element.shadowRoot);
  }
}

function find(selector) {
  for (const element of deep(document)) if (element.matches(selector)) return element;
  return null;
}

/** Rows without the headers; -1 when the server has more than is known, 0 when there is no list. */
function count() {
  const grid = find("[role=grid][aria-label=Recordings]");
  const rows = Number(grid?.getAttribute("aria-rowcount") ?? 1);
  return rows < 0 ? rows : rows - 1;
}

const viewport = () => find(".viewport:has([role=grid])");
const placeOf = (row) => Number(row.getAttribute("aria-rowindex"));
const words = (element) => element?.textContent.trim() ?? "";

/** Those in the page, but for the one that is kept there only because it has the focus. */
function inPage() {
  const rows = [...deep(document)].filter((it) => it.matches("[role=row][aria-rowindex]:not(.is-away):has([role=gridcell])"));
  return rows.sort((a, b) => placeOf(a) - placeOf(b));
}

function rowAt(place) {
  return inPage().find((row) => placeOf(row) === place) ?? null;
}

/** What stands in a row, behind its place. */
function shown(row) {
  const cell = (name) => row.querySelector(`[role=gridcell].${name}`);
  const title = cell("room");
  const date = cell("date")?.querySelector("[title]")?.title ?? "";
  return [placeOf(row), words(title?.querySelector("b")), words(title?.querySelector("small")), date,
    words(cell("duration")), words(cell("size"))];
}

/** After the next frame was drawn. */
const drawn = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));

async function scrollTo(top) {
  viewport().scrollTop = top;
  await drawn();
  await drawn();
}

/** All rows, from the first screen to the last; then it is at the top again. */
async function wholeList() {
  const seen = new Map();
  const look = () => inPage().forEach((row) => seen.set(placeOf(row), shown(row)));
  if (!viewport()) return [];
  await scrollTo(0);
  look();
  for (;;) {
    const { scrollTop, clientHeight, scrollHeight } = viewport();
    if (scrollTop + clientHeight >= scrollHeight - 1) break;
    await scrollTo(scrollTop + clientHeight * 0.8);
    look();
  }
  await scrollTo(0);
  return [...seen.values()].sort((a, b) => a[0] - b[0]);
}
