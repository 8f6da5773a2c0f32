// The tokens, each with something to change it by, and the stylesheet that comes of it: the example wears just that.

import { make, prose } from "./make.js";

const PRESETS = {
  Forest: { "--meet-accent": "light-dark(#2d6a3e, #9fce94)", "--meet-selected": "light-dark(#e4f0e2, #1d2f20)", "--meet-radius": "4px" },
  Paper: {
    "--meet-accent": "light-dark(#8c3b1b, #f0a583)",
    "--meet-surface": "light-dark(#fbf7ef, #1d1a14)",
    "--meet-raised": "light-dark(#fffdf8, #262218)",
    "--meet-hover": "light-dark(#f4eddf, #262218)",
    "--meet-selected": "light-dark(#f3e3d3, #3a2a1c)",
    "--meet-line": "light-dark(#e6dcc8, #38321f)",
  },
  Ink: {
    "--meet-accent": "light-dark(#000, #fff)",
    "--meet-on-accent": "light-dark(#fff, #000)",
    "--meet-selected": "light-dark(#ececec, #2a2a2a)",
    "--meet-radius": "0px",
  },
};

const FONTS = { "as the page": "", "Georgia, serif": "Georgia, serif", "ui-monospace, monospace": "ui-monospace, monospace" };
const SIZES = { usual: "", small: "13px", large: "16px" };

/** Into `section`, for the example of `stage`. */
export function playground(section, tokens, stage) {
  const worn = new CSSStyleSheet();
  document.adoptedStyleSheets.push(worn);
  const code = section.querySelector("code.css");
  const form = section.querySelector("form");
  const chosen = new Map();

  const wear = () => {
    const lines = [...chosen].map(([name, value]) => `  ${name}: ${value};`);
    const text = lines.length > 0 ? `meet-recordings {\n${lines.join("\n")}\n}` : "/* Nothing changed yet. */";
    code.textContent = text;
    worn.replaceSync(text);
  };
  const choose = (name, value) => {
    if (value) chosen.set(name, value);
    else chosen.delete(name);
    wear();
  };

  const rows = tokens.map((token) => row(token, choose));
  const presets = Object.entries(PRESETS).map(([name, values]) => {
    const click = () => {
      chosen.clear();
      for (const [token, value] of Object.entries(values)) chosen.set(token, value);
      rows.forEach((it) => it.show(chosen));
      wear();
    };
    return make("button", { type: "button", click }, name);
  });
  const none = () => {
    chosen.clear();
    form.reset();
    rows.forEach((it) => it.show(chosen));
    stage.element.theme = "auto";
    wear();
  };
  const pick = (text, options, change) =>
    make("label", {}, make("span", {}, text), make("select", { change: (event) => change(event.target.value) }, options));
  const entries = (of) => Object.entries(of).map(([text, value]) => make("option", { value }, text));
  form.append(
    make("p", { class: "controls" }, presets, make("button", { type: "button", click: none }, "As delivered")),
    make(
      "p",
      { class: "controls" },
      pick("scheme", ["auto", "light", "dark"].map((it) => make("option", {}, it)), (value) => (stage.element.theme = value)),
      pick("font", entries(FONTS), (value) => choose("font-family", value)),
      pick("size", entries(SIZES), (value) => choose("font-size", value)),
    ),
    make("ul", { class: "tokens" }, rows.map((it) => it.item)),
  );
  section.querySelector(".snippet").before(stage.fold("See it here", make("p", { class: "controls" }, "The example, as you change it.")));
  wear();
}

function row({ name, syntax, default: usual, doc }, choose) {
  const isColor = syntax === "<color>";
  const text = make("input", { placeholder: usual, "aria-label": name, spellcheck: "false", change: () => choose(name, CSS.supports(isColor ? "color" : "block-size", text.value) ? text.value : "") });
  const picker = isColor && make("input", {
    type: "color",
    "aria-label": `Pick ${name}`,
    input: () => {
      text.value = picker.value;
      choose(name, picker.value);
    },
  });
  const show = (chosen) => {
    text.value = chosen.get(name) ?? "";
    if (picker) picker.value = asHex(text.value || usual);
  };
  // What the form goes back to: without it a colour field has none, and says so on the console.
  if (picker) picker.defaultValue = asHex(usual);
  const item = make("li", { id: `tokens-${name}` }, make("code", {}, name), make("span", { class: "value" }, picker, text), make("small", {}, prose(doc)));
  return { item, show };
}

/** The colour that is seen now, as a colour field wants it. */
function asHex(color) {
  const probe = document.body.appendChild(make("span", { hidden: true }));
  probe.style.color = color;
  const parts = getComputedStyle(probe).color.match(/\d+/g) ?? [0, 0, 0];
  probe.remove();
  return `#${parts.slice(0, 3).map((it) => Number(it).toString(16).padStart(2, "0")).join("")}`;
}
