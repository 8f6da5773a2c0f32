//! `element.d.ts`: the class, its events and attributes as TypeScript knows them. What frameworks want of it is made by
//! mapped types in `pkg-template/*.d.ts`.

use std::fmt::Write;

use super::{Access, Api, Event, Field, Method, Property};

const LISTENERS: [&str; 2] = ["addEventListener", "removeEventListener"];

pub fn class(api: &Api) -> String {
    let mut text = String::from(
        "// Made of the description of the element; see custom-elements.json for all of it.\n",
    );
    for it in &api.types {
        let _ =
            write!(text, "\n/** {}. */\nexport type {} = {};\n", it.doc, it.name, it.definition);
    }
    details(api, &mut text);
    event_map(api, &mut text);
    attributes(api, &mut text);
    let class = &api.class;
    let settable = api.properties.iter().filter(|it| it.access != Access::ReadOnly);
    let names: Vec<String> = settable.map(|it| format!("\"{}\"", it.name)).collect();
    let names = names.join(" | ");
    let _ = write!(
        text,
        "\n/** The properties that can be set. */\n\
         export type {class}Properties = Partial<Pick<{class}, {names}>>;\n\
         \n/** {}. */\nexport declare class {class} extends HTMLElement {{\n",
        api.doc
    );
    text.push_str("  /** The version of the package. */\n  static readonly version: string;\n\n");
    text.push_str("  static readonly observedAttributes: readonly string[];\n");
    for it in api.methods.iter().filter(|it| it.is_static) {
        method(it, &mut text);
    }
    for it in api.properties.iter().filter(|it| !it.inherited) {
        property(it, &mut text);
    }
    for it in api.methods.iter().filter(|it| !it.is_static && !it.inherited) {
        method(it, &mut text);
    }
    for name in LISTENERS {
        listener(api, name, &mut text);
    }
    text.push_str("}\n\ndeclare global {\n  interface HTMLElementTagNameMap {\n");
    let _ = write!(text, "    \"{}\": {class};\n  }}\n}}\n", api.tag);
    text
}

/// One interface for each event that carries something.
fn details(api: &Api, text: &mut String) {
    for event in api.events.iter().filter(|it| !it.detail.is_empty()) {
        let _ = write!(text, "\n/** What `{}` carries. */\n", event.name);
        let _ = writeln!(text, "export interface {} {{", detail_name(event));
        for it in &event.detail {
            let _ =
                writeln!(text, "  /** {}. */\n  readonly {}: {};", it.doc, it.name, it.definition);
        }
        text.push_str("}\n");
    }
}

fn event_map(api: &Api, text: &mut String) {
    let _ = write!(text, "\nexport interface {}EventMap {{\n", api.class);
    for it in &api.events {
        let cancelable = if it.cancelable { "; can be cancelled" } else { "" };
        let _ = writeln!(
            text,
            "  /** {}{cancelable}. */\n  \"{}\": {};",
            it.doc,
            it.name,
            event_type(it)
        );
    }
    text.push_str("}\n");
}

fn attributes(api: &Api, text: &mut String) {
    let _ =
        write!(text, "\n/** As HTML has them. */\nexport interface {}Attributes {{\n", api.class);
    for (name, it) in api.attributes() {
        let definition = match it.definition.as_str() {
            "boolean" => "boolean | \"\"",
            "number" => "number | string",
            other => other,
        };
        let _ = writeln!(text, "  /** {}. */\n  \"{name}\"?: {definition};", it.doc);
    }
    text.push_str("}\n");
}

fn property(it: &Property, text: &mut String) {
    let attribute =
        it.attribute.as_ref().map_or_else(String::new, |it| format!(" Attribute `{it}`."));
    let _ = write!(text, "\n  /** {}.{attribute} */\n", it.doc);
    let _ = match it.access {
        Access::ReadWrite => writeln!(text, "  {}: {};", it.name, it.definition),
        Access::ReadOnly => writeln!(text, "  readonly {}: {};", it.name, it.definition),
        Access::WriteOnly => writeln!(text, "  set {}(value: {});", it.name, it.definition),
    };
}

fn method(it: &Method, text: &mut String) {
    let _ = write!(text, "\n  /**\n   * {}.\n", it.doc);
    for parameter in &it.parameters {
        let _ = writeln!(text, "   * @param {} {}.", parameter.name, parameter.doc);
    }
    let is_static = if it.is_static { "static " } else { "" };
    let parameters = parameters(&it.parameters);
    let _ = writeln!(text, "   */\n  {is_static}{}({parameters}): {};", it.name, it.returns);
}

pub fn parameters(parameters: &[Field]) -> String {
    let each = parameters
        .iter()
        .map(|it| format!("{}{}: {}", it.name, if it.optional { "?" } else { "" }, it.definition));
    each.collect::<Vec<_>>().join(", ")
}

fn listener(api: &Api, name: &str, text: &mut String) {
    let class = &api.class;
    let options = match name {
        "addEventListener" => "boolean | AddEventListenerOptions",
        _ => "boolean | EventListenerOptions",
    };
    let _ = write!(
        text,
        "
  {name}<K extends keyof {class}EventMap>(
    type: K,
    listener: (this: {class}, event: {class}EventMap[K]) => unknown,
    options?: {options},
  ): void;
  {name}<K extends keyof HTMLElementEventMap>(
    type: K,
    listener: (this: {class}, event: HTMLElementEventMap[K]) => unknown,
    options?: {options},
  ): void;
  {name}(
    type: string,
    listener: EventListenerOrEventListenerObject,
    options?: {options},
  ): void;
"
    );
}

pub fn event_type(event: &Event) -> String {
    let detail = if event.detail.is_empty() {
        "Record<string, never>".to_owned()
    } else {
        detail_name(event)
    };
    format!("CustomEvent<{detail}>")
}

/// `MeetRowActionDetail` for `meet-row-action`.
fn detail_name(event: &Event) -> String {
    let words = event.name.split('-').map(|word| {
        let (first, rest) = word.split_at(1);
        first.to_uppercase() + rest
    });
    words.collect::<String>() + "Detail"
}
