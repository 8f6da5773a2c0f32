// S2: the page and the meeting server are two origins of one site, so the server's cookies go along.

import { make } from "./make.js";
import { appOfSameSite, introduce, isDemo, listen, notice, sameSite } from "./sites.js";

const element = document.querySelector("meet-recordings");
introduce(sameSite);
listen(element, ["meet-load", "meet-auth-required", "meet-error"]);

if (location.origin === appOfSameSite) {
  element.serverUrl = sameSite;
} else if (isDemo) {
  const address = appOfSameSite + location.pathname;
  element.remove();
  notice("This page has to be at ", make("a", { href: address }, address), ", which is this machine too.");
}
