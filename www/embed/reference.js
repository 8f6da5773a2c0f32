// Every attribute, property, method, event, slot, state and part, from the description that the package is made of.

import { make, prose, snippet } from "./make.js";
import * as tries from "./tries.js";

/** Sections of the description in the order of the page; each says how one entry of it looks. */
export const SECTIONS = [
  {
    id: "attributes",
    title: "Attributes",
    lead: "Each is also a property, in camel case, and the two are one. What makes no sense counts as the default.",
    entries: (api) => api.property.filter((it) => it.attribute),
    name: (it) => it.attribute,
    facts: (it) => [
      ["type", it.type],
      ["property", it.name],
      it.default && ["default", it.default],
      it.access === "write-only" && ["read", "as empty"],
    ],
    more: (it) => [it.values && values(it.values), snippet(attributeCode(it))],
    attempt: tries.attribute,
  },
  {
    id: "properties",
    title: "Properties",
    lead: "What is more than a text. They can be set at any time, also before the element is defined.",
    entries: (api) => api.property.filter((it) => !it.attribute),
    name: (it) => it.name,
    facts: (it) => [["type", it.type], it.default && ["default", it.default], it.access === "read-only" && ["access", "read only"]],
    more: (it) => [snippet(PROPERTY_CODE[it.name] ?? `element.${it.name}`)],
    attempt: tries.property,
  },
  {
    id: "methods",
    title: "Methods",
    lead: "They can be called before the program is there: it is then loaded at once.",
    entries: (api) => api.method,
    name: (it) => it.name,
    facts: (it) => [["returns", it.returns], it.static && ["of", "the class"]],
    more: (it) => [it.parameters && values(it.parameters.map((one) => ({ value: one.name, doc: one.doc }))), snippet(methodCode(it))],
    attempt: tries.method,
  },
  {
    id: "events",
    title: "Events",
    lead: "All bubble and leave shadow roots. Details are frozen, plain, and without secrets. What your page does by properties and attributes fires none.",
    entries: (api) => api.event,
    name: (it) => it.name,
    facts: (it) => [it.cancelable && ["", "can be prevented"]],
    more: (it) => [it.detail && values(it.detail.map((one) => ({ value: `detail.${one.name}`, type: one.type, doc: one.doc }))), snippet(eventCode(it))],
    attempt: tries.event,
  },
  {
    id: "slots",
    title: "Slots",
    lead: "What you put into the element, and where it goes.",
    entries: (api) => api.slot,
    name: (it) => it.name || "(default)",
    facts: () => [],
    more: (it) => [snippet(slotCode(it))],
    attempt: tries.slot,
  },
  {
    id: "states",
    title: "States",
    lead: "For your stylesheet: what the element is doing.",
    entries: (api) => api["css-state"],
    name: (it) => `:state(${it.name})`,
    facts: () => [],
    more: (it) => [snippet(`meet-recordings:state(${it.name}) { … }`)],
    attempt: tries.state,
  },
  {
    id: "parts",
    title: "Parts",
    lead: "What your stylesheet can reach inside. Colours and measures are easier set by tokens.",
    entries: (api) => api.part,
    name: (it) => `::part(${it.name})`,
    facts: () => [],
    more: (it) => [snippet(`meet-recordings::part(${it.name}) { … }`)],
    attempt: tries.part,
  },
];

export function section(one, api, stage) {
  const entries = one.entries(api).map((it) => entry(one, it, stage));
  return make("section", { id: one.id }, make("h2", {}, one.title), make("p", { class: "lead" }, one.lead), entries);
}

export const anchor = (one, it) => `${one.id}-${it.attribute ?? (it.name || "default")}`;

function entry(one, it, stage) {
  const facts = one.facts(it).filter(Boolean);
  return make(
    "article",
    { class: "entry", id: anchor(one, it) },
    make(
      "header",
      {},
      make("h3", {}, make("a", { href: `#${anchor(one, it)}` }, one.name(it))),
      facts.length > 0 && make("dl", {}, facts.map(([name, value]) => make("div", {}, name && make("dt", {}, name), make(name ? "dd" : "dt", {}, value)))),
    ),
    make("div", {}, make("p", {}, prose(`${it.doc}.`)), one.more(it), one.attempt(it, stage)),
  );
}

function values(list) {
  const row = ({ value, type, doc }) => [
    make("dt", {}, make("code", {}, value), type && make("small", {}, ` ${type}`)),
    make("dd", {}, prose(doc)),
  ];
  return make("dl", { class: "values" }, list.map(row));
}

const ATTRIBUTE_VALUES = {
  "server-url": "https://meet.example.com",
  provider: "openvidu-meet@3.8",
  auth: "token",
  "room-id": "physics-101",
  "recording-id": "physics-101--EG_x--1",
  "recording-secret": "f1a2…",
  view: "rooms",
  layout: "grid",
  "page-size": "50",
  theme: "dark",
  lang: "de",
  loading: "eager",
  controls: "native",
};

function attributeCode({ attribute, type }) {
  const value = type === "boolean" ? "" : `="${ATTRIBUTE_VALUES[attribute] ?? "…"}"`;
  return `<meet-recordings ${attribute}${value}></meet-recordings>`;
}

const PROPERTY_CODE = {
  fetchToken: 'element.auth = "token";\nelement.fetchToken = async () => {\n  const answer = await fetch("/meeting-token", { method: "POST" });\n  return answer.ok ? answer.text() : "";\n};',
  columns: 'element.columns = ["room", "date", "size"];',
  messages: 'element.messages = { Recordings: "Lectures" };',
  query: 'element.query = "q=physics&sort=-size";',
  selection: "element.selection = [];",
  state: 'if (element.state === "empty") { … }',
  ready: "await element.ready;",
};

function methodCode({ name, parameters, static: isStatic }) {
  if (isStatic) return 'import { MeetRecordings } from "meet-recordings/element";\nMeetRecordings.define("my-recordings");';
  const given = { id: "id", at: "90", ids: "[id]", options: "" };
  const list = (parameters ?? []).map((it) => given[it.name]).filter(Boolean).join(", ");
  return `element.${name}(${list});`;
}

function eventCode({ name, detail, cancelable }) {
  const names = (detail ?? []).map((it) => it.name);
  if (cancelable) return `element.addEventListener("${name}", (event) => {\n  if (!allowed(event.detail.${names[0]})) event.preventDefault();\n});`;
  const values = names.map((it) => `event.detail.${it}`).join(", ");
  return `element.addEventListener("${name}", (${values && "event"}) => console.log(${values}));`;
}

export const SLOT_CODE = {
  "": "<p>Recordings are not available in this browser. <a href=\"/help\">What to do</a></p>",
  header: '<p slot="header">Recordings are kept for 90 days.</p>',
  empty: '<p slot="empty">Your first meeting is still ahead of you.</p>',
  "signed-out": '<p slot="signed-out">Please <a href="/sign-in">sign in</a> to see recordings.</p>',
  loading: '<p slot="loading">One moment…</p>',
  "row-actions": '<button slot="row-actions" value="transcribe">Transcribe</button>',
};

function slotCode({ name }) {
  return `<meet-recordings>\n  ${SLOT_CODE[name] ?? `<p slot="${name}">…</p>`}\n</meet-recordings>`;
}
