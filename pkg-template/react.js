// <MeetRecordings> for React 18 and 19: values as attributes or properties, events as `onMeet…`, and what every element has
// as it is. React 19 does most of that by itself, React 18 knows only attributes: one way serves both.
import { createElement, useEffect, useImperativeHandle, useLayoutEffect, useRef } from "react";
import { MeetRecordings as Element } from "./index.js";

// A server has no layout, and React 18 says so on the console.
const useCommit = typeof document === "undefined" ? useEffect : useLayoutEffect;

const kebab = (name) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** A secret is not put where the page's HTML shows it. */
const isAttribute = (name) => name !== "recordingSecret" && Element.observedAttributes.includes(kebab(name));

const isProperty = (name) => Object.hasOwn(Element.prototype, name);

export function MeetRecordings({ className, ref, ...props }) {
  const attributes = { class: className };
  const properties = {};
  const listeners = {};
  for (const [name, value] of Object.entries(props)) {
    if (/^onMeet[A-Z]/.test(name)) listeners[kebab(name).slice("on-".length)] = value;
    // React 18 would write "false".
    else if (isAttribute(name)) attributes[kebab(name)] = value === false ? undefined : value;
    else if (isProperty(name)) properties[name] = value;
    else attributes[name] = value;
  }

  const element = useRef(null);
  useImperativeHandle(ref, () => element.current, []);

  const before = useRef({});
  useCommit(() => {
    for (const name of Object.keys({ ...before.current, ...properties })) {
      // What people have changed since, such as the query, stays unless the page changes its mind.
      if (properties[name] !== before.current[name]) element.current[name] = properties[name];
    }
    before.current = properties;
  });

  useCommit(() => {
    const target = element.current;
    const each = Object.entries(listeners).filter(([, listener]) => listener);
    for (const [type, listener] of each) target.addEventListener(type, listener);
    return () => {
      for (const [type, listener] of each) target.removeEventListener(type, listener);
    };
  });

  return createElement("meet-recordings", { ...attributes, ref: element });
}
