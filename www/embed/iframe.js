// S5: the meeting server's own page in a frame, on another site.

import { introduce, otherSite } from "./sites.js";

introduce(otherSite);
document.querySelector("iframe").src = `${otherSite}/embed/framed.html`;
