//! `custom-elements.json`, the manifest that documentation and design tools read: schema 2.1.0 of
//! github.com/webcomponents/custom-elements-manifest.

use serde_json::{Value, json};

use super::{Access, Api, Field, Method, Named, Property, typescript};

const MODULE: &str = "element.js";
const REGISTERING_MODULE: &str = "index.js";

pub fn manifest(api: &Api) -> Value {
    let declaration = json!({ "name": api.class, "module": MODULE });
    json!({
        "schemaVersion": "2.1.0",
        "readme": "README.md",
        "modules": [
            {
                "kind": "javascript-module",
                "path": MODULE,
                "declarations": [element(api)],
                "exports": [{ "kind": "js", "name": api.class, "declaration": declaration }],
            },
            {
                "kind": "javascript-module",
                "path": REGISTERING_MODULE,
                "declarations": [],
                "exports": [
                    { "kind": "js", "name": api.class, "declaration": declaration },
                    { "kind": "custom-element-definition", "name": api.tag, "declaration": declaration },
                ],
            },
        ],
    })
}

fn element(api: &Api) -> Value {
    let version = json!({
        "kind": "field", "name": "version", "static": true, "readonly": true,
        "type": { "text": "string" }, "description": "The version of the package",
    });
    let fields = api.properties.iter().map(field);
    let members: Vec<Value> =
        std::iter::once(version).chain(fields).chain(api.methods.iter().map(method)).collect();
    let attributes: Vec<Value> = api.attributes().map(|(name, it)| attribute(name, it)).collect();
    let events: Vec<Value> = api
        .events
        .iter()
        .map(|it| {
            let kind = typescript::event_type(it);
            json!({ "name": it.name, "type": { "text": kind }, "description": event_doc(it) })
        })
        .collect();
    let tokens: Vec<Value> = api
        .tokens
        .iter()
        .map(|it| {
            json!({ "name": it.name, "syntax": it.syntax, "default": it.default, "description": it.doc })
        })
        .collect();
    json!({
        "kind": "class",
        "customElement": true,
        "name": api.class,
        "tagName": api.tag,
        "summary": api.doc,
        "description": api.doc,
        "superclass": { "name": "HTMLElement", "package": "global:" },
        "attributes": attributes,
        "members": members,
        "events": events,
        "slots": named(&api.slots),
        "cssStates": named(&api.css_states),
        "cssParts": named(&api.parts),
        "cssProperties": tokens,
    })
}

pub fn event_doc(it: &super::Event) -> String {
    if it.cancelable { format!("{}; can be cancelled", it.doc) } else { it.doc.clone() }
}

fn attribute(name: &str, it: &Property) -> Value {
    let mut json = json!({
        "name": name, "fieldName": it.name, "type": { "text": it.definition }, "description": it.doc,
    });
    put(&mut json, "default", it.default.as_deref());
    json
}

fn field(it: &Property) -> Value {
    let mut json = json!({
        "kind": "field", "name": it.name, "type": { "text": it.definition },
        "description": match it.access {
            Access::WriteOnly => format!("{} (write-only)", it.doc),
            _ => it.doc.clone(),
        },
    });
    put(&mut json, "default", it.default.as_deref());
    put(&mut json, "attribute", it.attribute.as_deref());
    let flags = [
        ("readonly", it.access == Access::ReadOnly),
        ("reflects", it.attribute.is_some() && it.access == Access::ReadWrite),
    ];
    for (name, _) in flags.into_iter().filter(|(_, is_so)| *is_so) {
        json[name] = Value::Bool(true);
    }
    if it.inherited {
        json["inheritedFrom"] = json!({ "name": "HTMLElement", "package": "global:" });
    }
    json
}

fn method(it: &Method) -> Value {
    let parameters: Vec<Value> = it.parameters.iter().map(parameter).collect();
    let mut json = json!({
        "kind": "method", "name": it.name, "description": it.doc, "parameters": parameters,
        "return": { "type": { "text": it.returns } },
    });
    if it.is_static {
        json["static"] = Value::Bool(true);
    }
    json
}

fn parameter(it: &Field) -> Value {
    json!({
        "name": it.name, "type": { "text": it.definition }, "optional": it.optional, "description": it.doc,
    })
}

fn named(each: &[Named]) -> Vec<Value> {
    each.iter().map(|it| json!({ "name": it.name, "description": it.doc })).collect()
}

fn put(json: &mut Value, key: &str, value: Option<&str>) {
    if let Some(value) = value {
        json[key] = Value::String(value.to_owned());
    }
}
