// The first request of a program that finds out which server it is, so that it need not wait for the program.

/** Of an element; nothing where it is not known what to ask for, or who asks. What aborts it is `stop`. */
export function askEarly(element, secret) {
  if (!/^(openvidu-meet)?$/.test(element.provider) || !/^(server)?$/.test(element.auth) || secret) return;
  if (element.recordingId || element.view !== "library") return;
  const page = element.ownerDocument.location.href;
  let url;
  try {
    const { protocol, origin, pathname, username, password } = new URL(element.serverUrl || "/", page);
    const isSecure = protocol === "https:" || (protocol === "http:" && !page.startsWith("https:"));
    if (!isSecure || username || password) return;
    const base = origin + pathname.replace(/\/+$/, "").replace(/\/meet$/, "");
    url = `${base}/api/v1/recordings?maxItems=${element.pageSize}`;
  } catch {
    return;
  }
  const stop = new AbortController();
  const about = { credentials: "include", cache: "no-store", redirect: "error", signal: stop.signal };
  const response = fetch(url, { ...about, headers: { "x-requested-with": "meet-recordings" } });
  // Its failure is met by who awaits it.
  response.catch(() => {});
  return { url, response, stop };
}
