// Two sites on one machine. The demo's server answers to every name of it, and browsers go by names: `localhost` and
// `127.0.0.1` are two sites, `app.example.localhost` and `meet.example.localhost` two origins of one.

import { make, withCopy } from "./make.js";

const at = (name) => `${location.protocol}//${name}${location.port && `:${location.port}`}`;

/** The meeting server as another site than this page. */
export const otherSite = at(location.hostname === "localhost" ? "127.0.0.1" : "localhost");

/** The meeting server as another origin of this page's site. */
export const sameSite = at("meet.example.localhost");

/** The host page's address for that. */
export const appOfSameSite = at("app.example.localhost");

/** Whether there are other names at all: not where the demo runs behind a name of its own. */
export const isDemo = /^(localhost|127\.0\.0\.1|.+\.localhost)$/.test(location.hostname);

/** Writes into the page's `.notice`; nothing takes it away. */
export function notice(...words) {
  const place = document.querySelector(".notice");
  place.replaceChildren(...words);
  place.hidden = words.length === 0;
}

/** Which sites they are, for those who read along, and where the server of the example is in the code. */
export function introduce(server) {
  for (const place of document.querySelectorAll("[data-server]")) place.textContent = server;
  for (const place of document.querySelectorAll("[data-page]")) place.textContent = location.origin;
  for (const block of document.querySelectorAll("pre")) withCopy(block);
  if (!isDemo) notice("This example needs a second name for the same server: run the demo on your own machine.");
}

/**
 * Asks the sample server as the host's own server would, with a key that no page should have. `path` is below the API's
 * base, which has moved between the server's versions.
 */
export async function askAsHost(path, options) {
  for (const base of ["/meet", ""]) {
    const headers = { "x-api-key": "meet-api-key", "content-type": "application/json" };
    const answer = await fetch(base + path, { headers, credentials: "omit", ...options });
    const isJson = answer.headers.get("content-type")?.includes("json");
    if (answer.ok && isJson) return answer.json();
  }
  return undefined;
}

/** Tells on the page what the element says. */
export function listen(element, types) {
  const list = document.querySelector(".events");
  for (const type of types) {
    element.addEventListener(type, ({ detail }) => {
      const words = Object.keys(detail).length > 0 ? ` ${JSON.stringify(detail)}` : "";
      list.prepend(make("li", {}, make("code", {}, type + words)));
      while (list.children.length > 8) list.lastChild.remove();
    });
  }
}
