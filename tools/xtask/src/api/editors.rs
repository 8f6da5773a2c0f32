//! What editors read: VS Code's custom data (version 1.1) and JetBrains' web-types.

use serde_json::{Value, json};

use super::{Api, Named, Property, manifest::event_doc, typescript};

pub fn vscode_html(api: &Api) -> Value {
    let attributes: Vec<Value> = api
        .attributes()
        .map(|(name, it)| {
            let mut json = json!({ "name": name, "description": it.doc });
            let values: Vec<Value> = it
                .values
                .iter()
                .map(|it| json!({ "name": it.value, "description": it.doc }))
                .collect();
            if it.definition == "boolean" {
                // "v": the attribute has no value.
                json["valueSet"] = json!("v");
            } else if !values.is_empty() {
                json["values"] = Value::Array(values);
            }
            json
        })
        .collect();
    json!({
        "version": 1.1,
        "tags": [{ "name": api.tag, "description": api.doc, "attributes": attributes }],
    })
}

pub fn vscode_css(api: &Api) -> Value {
    let tokens: Vec<Value> = api
        .tokens
        .iter()
        .map(|it| {
            let doc = format!("{}. Default: `{}`", it.doc, it.default);
            json!({ "name": it.name, "syntax": it.syntax, "description": doc })
        })
        .collect();
    let classes: Vec<Value> = api
        .css_states
        .iter()
        .map(|it| json!({ "name": format!(":state({})", it.name), "description": it.doc }))
        .collect();
    let parts: Vec<Value> = api
        .parts
        .iter()
        .map(|it| json!({ "name": format!("::part({})", it.name), "description": it.doc }))
        .collect();
    json!({ "version": 1.1, "properties": tokens, "pseudoClasses": classes, "pseudoElements": parts })
}

pub fn web_types(api: &Api, version: &str) -> Value {
    let attributes: Vec<Value> = api.attributes().map(|(name, it)| attribute(name, it)).collect();
    let properties: Vec<Value> = api
        .properties
        .iter()
        .map(|it| json!({ "name": it.name, "description": it.doc, "value": { "type": it.definition } }))
        .collect();
    let events: Vec<Value> = api
        .events
        .iter()
        .map(|it| {
            json!({
                "name": it.name,
                "description": event_doc(it),
                "arguments": [{ "name": "event", "type": typescript::event_type(it) }],
            })
        })
        .collect();
    let tokens: Vec<Value> = api
        .tokens
        .iter()
        .map(|it| json!({ "name": it.name, "description": it.doc, "default": it.default }))
        .collect();
    json!({
        "$schema": "https://raw.githubusercontent.com/JetBrains/web-types/master/schema/web-types.json",
        "name": api.tag,
        "version": version,
        "js-types-syntax": "typescript",
        "description-markup": "markdown",
        "contributions": {
            "html": {
                "elements": [{
                    "name": api.tag,
                    "description": api.doc,
                    "attributes": attributes,
                    "slots": named(&api.slots),
                    "js": { "properties": properties, "events": events },
                    "css": { "properties": tokens, "parts": named(&api.parts) },
                }],
            },
        },
    })
}

fn attribute(name: &str, it: &Property) -> Value {
    let kind = if it.definition == "boolean" { "no-value" } else { "plain" };
    let mut value = json!({ "kind": kind, "type": it.definition });
    if let Some(default) = &it.default {
        value["default"] = json!(default.trim_matches('"'));
    }
    json!({ "name": name, "description": it.doc, "value": value })
}

fn named(each: &[Named]) -> Vec<Value> {
    each.iter().map(|it| json!({ "name": it.name, "description": it.doc })).collect()
}
