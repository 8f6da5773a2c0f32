// The one live example of the page, with what it fires beside it. It goes to where it is wanted and keeps its state:
// a move within the page takes nothing away from the element.

import { make } from "./make.js";

const KEPT = 50;

export class Stage {
  element = document.querySelector("#example");
  #stage = document.querySelector("#stage");
  #home = document.querySelector("#home");
  #log = document.querySelector("#events-fired");

  constructor(events) {
    for (const { name } of events) this.element.addEventListener(name, (event) => this.#write(event));
    document.querySelector("#clear").addEventListener("click", () => this.#log.replaceChildren());
    document.querySelector("#back").addEventListener("click", () => this.goHome());
  }

  /** A fold that has the example in it while it is open; `work` gets the element whenever that begins or ends. */
  fold(label, controls, work) {
    const area = make("div", { class: "area" });
    const toggle = () => {
      if (fold.open) this.#goTo(area);
      else if (area.contains(this.#stage)) this.goHome();
      work?.(fold.open);
    };
    const fold = make("details", { name: "try", class: "try", toggle }, make("summary", {}, label), controls, area);
    return fold;
  }

  goHome() {
    this.#goTo(this.#home);
    document.querySelector("details.try[open]")?.removeAttribute("open");
  }

  /** Begins anew, as after a reload of the page. */
  async restart() {
    const [parent, next] = [this.element.parentNode, this.element.nextSibling];
    this.element.remove();
    // It has left for good once that task is over.
    await new Promise((resolve) => setTimeout(resolve));
    parent.insertBefore(this.element, next);
  }

  #goTo(place) {
    place.prepend(this.#stage);
    document.querySelector("#away").hidden = place === this.#home;
  }

  #write(event) {
    const detail = JSON.stringify(event.detail);
    const time = new Date().toLocaleTimeString("en-GB");
    this.#log.prepend(make("li", {}, make("time", {}, time), " ", make("b", {}, event.type), ` ${detail}`));
    while (this.#log.children.length > KEPT) this.#log.lastChild.remove();
  }
}
