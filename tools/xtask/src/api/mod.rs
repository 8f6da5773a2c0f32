//! What `<meet-recordings>` offers to a page, read from `pkg-template/api.toml`, and all that is made of it: types, the
//! manifest, what editors read, the tables of the READMEs. None of that is written by hand or kept, so it cannot differ; what
//! is kept (the READMEs, the shell, the stylesheet) is compared.

mod drift;
mod editors;
mod manifest;
mod tables;
mod typescript;

use std::fs;

use anyhow::{Context, Result, ensure};
use serde::Deserialize;

pub use drift::check;
pub use tables::write as write_tables;

use crate::workspace::Workspace;

const SOURCE: &str = "pkg-template/api.toml";

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Api {
    pub tag: String,
    /// Of the JavaScript class.
    pub class: String,
    pub doc: String,
    #[serde(rename = "type")]
    types: Vec<NamedType>,
    #[serde(rename = "property")]
    properties: Vec<Property>,
    #[serde(rename = "method")]
    methods: Vec<Method>,
    #[serde(rename = "event")]
    events: Vec<Event>,
    #[serde(rename = "slot")]
    slots: Vec<Named>,
    #[serde(rename = "css-state")]
    css_states: Vec<Named>,
    #[serde(rename = "part")]
    parts: Vec<Named>,
    #[serde(rename = "token")]
    tokens: Vec<Token>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NamedType {
    name: String,
    #[serde(rename = "type")]
    definition: String,
    doc: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Property {
    name: String,
    /// The one that reflects it; a property without is for values that are no text.
    attribute: Option<String>,
    #[serde(rename = "type")]
    definition: String,
    default: Option<String>,
    #[serde(default)]
    access: Access,
    /// Whether every element has it.
    #[serde(default)]
    inherited: bool,
    doc: String,
    /// Those that an editor offers.
    #[serde(default)]
    values: Vec<Value>,
}

#[derive(Clone, Copy, Default, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
enum Access {
    #[default]
    ReadWrite,
    ReadOnly,
    WriteOnly,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Value {
    value: String,
    doc: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Method {
    name: String,
    #[serde(default, rename = "static")]
    is_static: bool,
    #[serde(default)]
    inherited: bool,
    #[serde(default)]
    parameters: Vec<Field>,
    returns: String,
    doc: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Event {
    name: String,
    #[serde(default)]
    cancelable: bool,
    #[serde(default)]
    detail: Vec<Field>,
    doc: String,
}

/// A parameter, or a part of an event's detail.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Field {
    name: String,
    #[serde(rename = "type")]
    definition: String,
    #[serde(default)]
    optional: bool,
    doc: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Named {
    name: String,
    doc: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Token {
    name: String,
    syntax: String,
    default: String,
    doc: String,
}

/// The description as JSON, for the pages that show it.
pub fn json(workspace: &Workspace) -> Result<String> {
    let table: toml::Table = toml::from_str(&source(workspace)?)?;
    Ok(serde_json::to_string(&table)?)
}

fn source(workspace: &Workspace) -> Result<String> {
    fs::read_to_string(workspace.root.join(SOURCE)).with_context(|| format!("cannot read {SOURCE}"))
}

impl Api {
    pub fn read(workspace: &Workspace) -> Result<Self> {
        Self::parse(&source(workspace)?)
            .with_context(|| format!("{SOURCE} is not as tools/xtask/src/api reads it"))
    }

    fn parse(text: &str) -> Result<Self> {
        let api: Self = toml::from_str(text)?;
        for doc in api.docs() {
            ensure!(
                !doc.is_empty() && !doc.ends_with('.') && !doc.contains('\n'),
                "not a doc: {doc:?}"
            );
        }
        Ok(api)
    }

    /// Files of the package, by name.
    pub fn files(&self, version: &str) -> Result<Vec<(&'static str, String)>> {
        Ok(vec![
            ("element.d.ts", typescript::class(self)),
            ("custom-elements.json", pretty(&manifest::manifest(self))?),
            ("vscode.html-custom-data.json", pretty(&editors::vscode_html(self))?),
            ("vscode.css-custom-data.json", pretty(&editors::vscode_css(self))?),
            ("web-types.json", pretty(&editors::web_types(self, version))?),
        ])
    }

    /// The properties that an attribute reflects, with its name.
    fn attributes(&self) -> impl Iterator<Item = (&str, &Property)> {
        self.properties.iter().filter_map(|it| Some((it.attribute.as_deref()?, it)))
    }

    fn docs(&self) -> impl Iterator<Item = &str> {
        let types = self.types.iter().map(|it| &it.doc);
        let properties = self.properties.iter().map(|it| &it.doc);
        let values = self.properties.iter().flat_map(|it| &it.values).map(|it| &it.doc);
        let methods = self.methods.iter().map(|it| &it.doc);
        let parameters = self.methods.iter().flat_map(|it| &it.parameters).map(|it| &it.doc);
        let events = self.events.iter().map(|it| &it.doc);
        let details = self.events.iter().flat_map(|it| &it.detail).map(|it| &it.doc);
        let named = [&self.slots, &self.css_states, &self.parts];
        let named = named.into_iter().flatten().map(|it| &it.doc);
        let tokens = self.tokens.iter().map(|it| &it.doc);
        let members = types.chain(properties).chain(values).chain(methods).chain(parameters);
        members.chain(events).chain(details).chain(named).chain(tokens).map(String::as_str)
    }
}

fn pretty(json: &serde_json::Value) -> Result<String> {
    Ok(serde_json::to_string_pretty(json)? + "\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_description_is_read_and_has_what_it_must() {
        let api = Api::parse(include_str!("../../../../pkg-template/api.toml")).unwrap();
        assert_eq!((api.tag.as_str(), api.class.as_str()), ("meet-recordings", "MeetRecordings"));
        for (attribute, property) in api.attributes() {
            assert!(property.access != Access::ReadOnly, "{attribute}");
            let kebab: String = property
                .name
                .chars()
                .flat_map(|it| {
                    let dash = it.is_ascii_uppercase().then_some('-');
                    dash.into_iter().chain([it.to_ascii_lowercase()])
                })
                .collect();
            assert_eq!(attribute, kebab);
        }
        for event in &api.events {
            assert!(event.name.starts_with("meet-"), "{}", event.name);
            assert_eq!(event.cancelable, event.name.starts_with("meet-before-"), "{}", event.name);
        }
    }

    #[test]
    fn what_is_misspelt_is_refused() {
        let whole = include_str!("../../../../pkg-template/api.toml");
        assert!(Api::parse(&whole.replacen("attribute =", "atribute =", 1)).is_err());
        assert!(Api::parse(&whole.replacen("doc = \"Offers", "doc = \".\" # ", 1)).is_err());
    }
}
