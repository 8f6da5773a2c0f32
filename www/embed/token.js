// S3: the page and the meeting server are two sites. No cookie goes along; the page hands over tokens.

import { askAsHost, introduce, listen, notice, otherSite } from "./sites.js";

const element = document.querySelector("meet-recordings");
introduce(otherSite);
listen(element, ["meet-load", "meet-auth-required", "meet-error", "meet-play"]);

let asked = 0;

/** In earnest the host's own server signs in at the meeting server, and gives the token to whoever is signed in there. */
async function fetchToken() {
  asked += 1;
  document.querySelector("#asked").textContent = asked;
  const body = JSON.stringify({ userId: "admin", username: "admin", password: "admin" });
  const answer = await askAsHost("/internal-api/v1/auth/login", { method: "POST", body });
  if (!answer?.accessToken) {
    notice("This server gives out no tokens. Start one that does: cargo xtask demo --dialect 3.9");
  }
  return answer?.accessToken;
}

element.fetchToken = fetchToken;
element.auth = "token";
element.serverUrl = otherSite;
