// Elements for the pages of this folder, made without innerHTML: the strictest policies forbid that.

/** An element with attributes (functions are listeners, `true` an empty value, `false` none) and children. */
export function make(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (typeof value === "function") element.addEventListener(name, value);
    else if (value !== undefined && value !== false) element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat(Infinity).filter((it) => it !== undefined && it !== false));
  return element;
}

/** Text in which `backticks` mark code. */
export function prose(text) {
  return text.split(/(`+)(.+?)\1/).reduce((nodes, piece, place) => {
    if (place % 3 === 0 && piece) nodes.push(piece);
    if (place % 3 === 2) nodes.push(make("code", {}, piece));
    return nodes;
  }, []);
}

export function snippet(text) {
  const block = make("pre", {}, make("code", {}, text));
  withCopy(block);
  return block;
}

/** Gives a block of code its button; what it copies is what stands there at that moment. */
export function withCopy(block) {
  const code = block.querySelector("code");
  const button = make("button", { type: "button", class: "copy", click: () => copy(code, button) }, "Copy");
  block.append(button);
}

async function copy(code, button) {
  try {
    await navigator.clipboard.writeText(code.textContent);
    button.textContent = "Copied";
  } catch {
    // Not allowed here: then by hand.
    getSelection().selectAllChildren(code);
    button.textContent = "Selected";
  }
  said().textContent = button.textContent;
  setTimeout(() => {
    button.textContent = "Copy";
    said().textContent = "";
  }, 2000);
}

/** What screen readers are told. */
function said() {
  return document.querySelector(".said") ?? document.body.appendChild(make("p", { class: "said", role: "status" }));
}
