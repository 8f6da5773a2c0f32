//! The tables of the READMEs, each between `<!-- api:NAME -->` and `<!-- /api:NAME -->`: what people read about the element
//! where they find it.

use std::fs;

use anyhow::{Context, Result, ensure};

use super::{Access, Api, Property, manifest::event_doc, typescript};
use crate::workspace::Workspace;

const READMES: [&str; 2] = ["README.md", "pkg-template/README.md"];
const COMMAND: &str = "cargo xtask package --tables";

/// Writes the tables into the READMEs.
pub fn write(workspace: &Workspace, api: &Api) -> Result<()> {
    for name in READMES {
        let file = workspace.root.join(name);
        let text = fs::read_to_string(&file).with_context(|| format!("cannot read {name}"))?;
        let filled = fill_in(api, &text).with_context(|| name.to_owned())?;
        if filled != text {
            fs::write(&file, filled)?;
            eprintln!("[xtask] {name}: tables written");
        }
    }
    Ok(())
}

pub fn check(workspace: &Workspace, api: &Api) -> Result<()> {
    for name in READMES {
        let text = fs::read_to_string(workspace.root.join(name))
            .with_context(|| format!("cannot read {name}"))?;
        let filled = fill_in(api, &text).with_context(|| name.to_owned())?;
        ensure!(filled == text, "{name} differs from {}: run `{COMMAND}`", super::SOURCE);
    }
    Ok(())
}

/// `text` with every table that it has a place for.
fn fill_in(api: &Api, text: &str) -> Result<String> {
    const OPENING: &str = "<!-- api:";
    let mut filled = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(OPENING) {
        let (name, after) = after.split_once(" -->").context("an opening mark has no end")?;
        let closing = format!("<!-- /api:{name} -->");
        let (_, after) =
            after.split_once(&closing).with_context(|| format!("{closing} is missing"))?;
        let table = table(api, name).with_context(|| format!("there is no table \"{name}\""))?;
        filled.push_str(&format!("{before}{OPENING}{name} -->\n{table}{closing}"));
        rest = after;
    }
    Ok(filled + rest)
}

fn table(api: &Api, name: &str) -> Option<String> {
    let (head, rows) = match name {
        "attributes" => (
            "attribute | property | type | default | means",
            api.attributes().map(|(name, it)| attribute_row(name, it)).collect(),
        ),
        "properties" => (
            "property | type | default | means",
            api.properties.iter().filter(|it| it.attribute.is_none()).map(property_row).collect(),
        ),
        "types" => (
            "type | is",
            api.types
                .iter()
                .map(|it| vec![code(&it.name), format!("{}: {}", code(&it.definition), it.doc)])
                .collect(),
        ),
        "methods" => (
            "method | does",
            api.methods
                .iter()
                .map(|it| {
                    let owner =
                        if it.is_static { format!("{}.", api.class) } else { String::new() };
                    let parameters = typescript::parameters(&it.parameters);
                    let call = format!("{owner}{}({parameters}): {}", it.name, it.returns);
                    vec![code(&call), it.doc.clone()]
                })
                .collect(),
        ),
        "events" => (
            "event | `detail` | when",
            api.events
                .iter()
                .map(|it| {
                    let fields =
                        it.detail.iter().map(|it| format!("{}: {}", it.name, it.definition));
                    let fields = fields.collect::<Vec<_>>().join("; ");
                    let detail = if fields.is_empty() {
                        String::new()
                    } else {
                        code(&format!("{{ {fields} }}"))
                    };
                    vec![code(&it.name), detail, event_doc(it)]
                })
                .collect(),
        ),
        "slots" => (
            "slot | what is put there",
            api.slots
                .iter()
                .map(|it| match it.name.as_str() {
                    "" => vec!["(none)".to_owned(), it.doc.clone()],
                    name => vec![code(name), it.doc.clone()],
                })
                .collect(),
        ),
        "states" => (
            "state | when",
            api.css_states
                .iter()
                .map(|it| vec![code(&format!(":state({})", it.name)), it.doc.clone()])
                .collect(),
        ),
        "parts" => (
            "part | is",
            api.parts
                .iter()
                .map(|it| vec![code(&format!("::part({})", it.name)), it.doc.clone()])
                .collect(),
        ),
        "tokens" => (
            "token | default | is",
            api.tokens
                .iter()
                .map(|it| vec![code(&it.name), code(&it.default), it.doc.clone()])
                .collect(),
        ),
        _ => return None,
    };
    Some(markdown(head, rows))
}

fn markdown(head: &str, rows: Vec<Vec<String>>) -> String {
    let columns = head.split('|').count();
    let mut text = format!("| {head} |\n|{}\n", " --- |".repeat(columns));
    for row in rows {
        // A bar would end the cell, also within backquotes.
        let cells: Vec<String> = row.iter().map(|cell| cell.replace('|', "\\|")).collect();
        text.push_str(&format!("| {} |\n", cells.join(" | ")));
    }
    text
}

fn attribute_row(name: &str, it: &Property) -> Vec<String> {
    let mut row = property_row(it);
    row.insert(0, code(name));
    row
}

fn property_row(it: &Property) -> Vec<String> {
    let default = match (&it.default, it.access) {
        (_, Access::ReadOnly) => "(read-only)".to_owned(),
        (_, Access::WriteOnly) => "(write-only)".to_owned(),
        (Some(default), Access::ReadWrite) => code(default),
        (None, Access::ReadWrite) => String::new(),
    };
    vec![code(&it.name), code(&it.definition), default, it.doc.clone()]
}

/// As Markdown's code, which a backquote inside must not end.
fn code(text: &str) -> String {
    if text.contains('`') { format!("`` {text} ``") } else { format!("`{text}`") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn api() -> Api {
        Api::parse(include_str!("../../../../pkg-template/api.toml")).unwrap()
    }

    #[test]
    fn a_table_is_written_where_the_marks_are_and_twice_is_once() {
        let text = "a\n<!-- api:slots -->\nold\n<!-- /api:slots -->\nz\n";
        let filled = fill_in(&api(), text).unwrap();
        assert!(filled.starts_with("a\n<!-- api:slots -->\n| slot |"), "{filled}");
        assert!(filled.ends_with("|\n<!-- /api:slots -->\nz\n") && !filled.contains("old"));
        assert_eq!(fill_in(&api(), &filled).unwrap(), filled);
    }

    #[test]
    fn what_has_no_table_or_no_end_is_said_so() {
        for text in ["<!-- api:nothing -->\n<!-- /api:nothing -->", "<!-- api:slots -->"] {
            assert!(fill_in(&api(), text).is_err(), "{text}");
        }
    }

    #[test]
    fn every_row_has_as_many_cells_as_the_head() {
        for name in [
            "attributes",
            "properties",
            "types",
            "methods",
            "events",
            "slots",
            "states",
            "parts",
            "tokens",
        ] {
            let table = table(&api(), name).unwrap().replace("\\|", "");
            let mut counts = table.lines().map(|line| line.matches('|').count());
            let first = counts.next().unwrap();
            assert!(counts.all(|it| it == first), "{name}");
        }
    }
}
