// The attributes that are properties too, both ways.

/** Attributes by their properties. A list has the values that count, the first of them for all others. */
export const ATTRIBUTES = {
  serverUrl: "",
  provider: "",
  auth: "",
  roomId: "",
  recordingId: "",
  view: ["library", "recording", "rooms"],
  layout: ["table", "cards", "grid"],
  pageSize: 100,
  theme: ["auto", "light", "dark"],
  noDelete: false,
  noDownload: false,
  noShare: false,
  noSearch: false,
  loading: ["lazy", "eager"],
  persist: false,
  controls: ["", "native"],
};

export const attributeOf = (property) => property.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

export function read(element, property) {
  const fallback = ATTRIBUTES[property];
  const value = element.getAttribute(attributeOf(property));
  if (fallback === false) return value !== null;
  if (fallback === 100) return Math.min(Math.max(Math.trunc(value) || fallback, 1), fallback);
  if (Array.isArray(fallback)) return fallback.includes(value) ? value : fallback[0];
  return value ?? fallback;
}

export function write(element, property, value) {
  const attribute = attributeOf(property);
  if (ATTRIBUTES[property] === false) element.toggleAttribute(attribute, Boolean(value));
  else if (value === null || value === undefined) element.removeAttribute(attribute);
  else element.setAttribute(attribute, value);
}
