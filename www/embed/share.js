// S4: nobody signs in; the secret of a link opens one recording, or the recordings of one room.

import { askAsHost, introduce, listen, notice, otherSite } from "./sites.js";

const element = document.createElement("meet-recordings");
const form = document.querySelector("form");
introduce(otherSite);
listen(element, ["meet-ready", "meet-load", "meet-error", "meet-play"]);

/** What a link of the meeting server's opens: `…/recording/ID?secret=…` or `…/room/ID?secret=…`. */
function readLink(link) {
  const { pathname, searchParams } = new URL(link, location.href);
  const [, kind, id] = pathname.match(/\/(recording|room)\/([^/]+)/) ?? [];
  const secret = searchParams.get("recordingSecret") ?? searchParams.get("secret");
  return kind && secret ? { kind, id: decodeURIComponent(id), secret } : undefined;
}

function show(link) {
  const opened = readLink(link);
  if (!opened) {
    notice("That is no link with a secret to a recording or a room.");
    return;
  }
  notice();
  element.serverUrl = otherSite;
  element.recordingSecret = opened.secret;
  element.recordingId = opened.kind === "recording" ? opened.id : null;
  element.roomId = opened.kind === "room" ? opened.id : null;
  // Not before: without a secret it would ask to sign in.
  if (!element.isConnected) form.after(element);
}

// Up to 3.4.0 the server answers a room's secret with a cookie, which the browser keeps back here.
element.addEventListener("meet-error", ({ detail }) => {
  if (element.roomId && detail.code === "forbidden") {
    notice("With this version of the server a room's link works on its own site only. Start a newer one: cargo xtask demo --dialect 3.9");
  }
});

/** Links as the meeting server makes them, asked for as the host's own server would. */
async function links() {
  const list = await askAsHost("/api/v1/recordings?maxItems=50");
  const ready = list?.recordings?.find((it) => it.status.toLowerCase() === "complete");
  const recording = ready && (await askAsHost(`/api/v1/recordings/${encodeURIComponent(ready.recordingId)}/url`));
  const rooms = await askAsHost("/api/v1/rooms?maxItems=50");
  const room = rooms?.rooms?.find((it) => it.roomId === ready?.roomId) ?? rooms?.rooms?.[0];
  return { recording: recording?.url, room: room?.access?.anonymous.recording.url ?? room?.speakerUrl };
}

const made = await links();
for (const button of form.querySelectorAll("[data-link]")) {
  button.disabled = !made[button.dataset.link];
  button.addEventListener("click", () => {
    form.elements.link.value = made[button.dataset.link];
    show(form.elements.link.value);
  });
}
form.addEventListener("submit", (event) => {
  event.preventDefault();
  show(form.elements.link.value);
});
form.querySelector("[data-link=recording]").click();
