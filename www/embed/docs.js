// The page of everything: reads the description of the element and makes the reference, the playground and the contents of it.

import { make, withCopy } from "./make.js";
import { playground } from "./playground.js";
import { SECTIONS, anchor, section } from "./reference.js";
import { Stage } from "./stage.js";

const answer = await fetch("api.json");
const api = await answer.json();
const stage = new Stage(api.event);

document.querySelector("#reference").replaceChildren(...SECTIONS.map((one) => section(one, api, stage)));
playground(document.querySelector("#tokens"), api.token, stage);
for (const block of document.querySelectorAll("pre:not(:has(.copy))")) withCopy(block);

const contents = document.querySelector("#contents");
for (const one of SECTIONS) {
  const place = contents.querySelector(`[href="#${one.id}"]`).parentNode;
  const links = one.entries(api).map((it) => make("li", {}, make("a", { href: `#${anchor(one, it)}` }, one.name(it))));
  place.append(make("ul", {}, links));
}

// What the address asks for has only just been made.
if (location.hash) document.getElementById(location.hash.slice(1))?.scrollIntoView();

// Which section is read: the last one that begins above the middle.
const sections = [...document.querySelectorAll("main section[id]")];
const mark = () => {
  const current = sections.findLast((it) => it.getBoundingClientRect().top < innerHeight / 2) ?? sections[0];
  for (const link of contents.querySelectorAll(":scope > ul > li > a")) {
    if (link.hash === `#${current.id}`) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
};
addEventListener("scroll", mark, { passive: true });
mark();
