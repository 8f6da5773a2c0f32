// The least that shows a list of recordings: what the element's loading is measured against. As whoever embeds the list
// would write it by hand for one server, without anything that can be done with a recording.

const answer = await fetch("/api/v1/recordings?maxItems=100");
const { recordings } = await answer.json();
const date = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" });

const rows = recordings.map((it, at) => {
  const row = document.createElement("tr");
  row.role = "row";
  row.ariaRowIndex = at + 2;
  const megabytes = it.size === undefined ? "" : `${Math.round(it.size / 1e6)} MB`;
  for (const text of [it.filename, it.roomId, it.startDate ? date.format(it.startDate) : "", it.duration, megabytes]) {
    const cell = document.createElement("td");
    cell.textContent = text ?? "";
    row.append(cell);
  }
  return row;
});
document.querySelector("table").replaceChildren(...rows);
