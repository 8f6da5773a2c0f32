// The same recordings in AG Grid Community: the same columns, a search over the same texts, checkboxes. Set up as its
// documentation advises where speed counts: rows without nesting, ids, a cached quick filter, no animation.
"use strict";

const PAGE = 100;

const dates = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" });
const sizes = new Intl.NumberFormat(undefined, { maximumFractionDigits: 1 });

const clock = (seconds) => {
  const two = (number) => String(number).padStart(2, "0");
  const all = Math.round(seconds);
  return `${Math.floor(all / 3600)}:${two(Math.floor(all / 60) % 60)}:${two(all % 60)}`;
};

/** Numbers, which nobody searches for, are no text of the quick filter. */
const number = (field, text) => ({
  field,
  valueFormatter: ({ value }) => (value === undefined ? "" : text(value)),
  getQuickFilterText: () => "",
});

const columns = [
  { field: "roomName", headerName: "Room", flex: 1 },
  { ...number("date", (ms) => dates.format(ms)), headerName: "Date", width: 200 },
  { ...number("duration", clock), headerName: "Duration", width: 120 },
  { ...number("size", (bytes) => `${sizes.format(bytes / 1e6)} MB`), headerName: "Size", width: 120 },
  { field: "status", headerName: "Status", width: 130 },
  { field: "id", hide: true },
];

let rows = [];
let grid = null;

/** Fetches all recordings of the server; resolves to how many there are. */
const load = async () => {
  const body = JSON.stringify({ username: "admin", password: "admin" });
  const headers = { "content-type": "application/json" };
  const signedIn = await fetch("/internal-api/v1/auth/login", { method: "POST", headers, body });
  if (!signedIn.ok) throw new Error(`signing in: ${signedIn.status}`);
  const found = [];
  let token = "";
  do {
    const next = token && `&nextPageToken=${encodeURIComponent(token)}`;
    const answer = await fetch(`/api/v1/recordings?maxItems=${PAGE}${next}`);
    if (!answer.ok) throw new Error(`a page: ${answer.status}`);
    const page = await answer.json();
    for (const it of page.recordings) {
      found.push({
        id: it.recordingId,
        roomName: it.roomName,
        date: it.startDate,
        duration: it.duration,
        size: it.size,
        status: it.status,
      });
    }
    token = page.pagination.nextPageToken ?? "";
  } while (token);
  rows = found;
  return rows.length;
};

const close = () => {
  grid?.destroy();
  grid = null;
};

/** Shows the first `count` rows; all of them when not told. */
const open = (count = rows.length) => {
  close();
  grid = agGrid.createGrid(document.querySelector("main"), {
    columnDefs: columns,
    defaultColDef: { sortable: true, sortingOrder: ["asc", "desc"] },
    rowData: count < rows.length ? rows.slice(0, count) : rows,
    getRowId: ({ data }) => data.id,
    rowSelection: { mode: "multiRow", headerCheckbox: true, enableClickSelection: true },
    cacheQuickFilter: true,
    includeHiddenColumnsInQuickFilter: true,
    animateRows: false,
  });
};

document.querySelector("input").addEventListener("input", ({ target }) => {
  grid?.setGridOption("quickFilterText", target.value);
});
document.querySelector("button").addEventListener("click", () => open());

globalThis.peer = { load, open, close };
