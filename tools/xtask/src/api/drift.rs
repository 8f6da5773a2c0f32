//! Whether what is kept elsewhere says what the description says: the shell, the events that it and the program fire, the
//! stylesheet, the READMEs.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    process::Command,
};

use anyhow::{Context, Result, bail, ensure};
use serde::Deserialize;

use super::{Access, Api, SOURCE, tables};
use crate::{
    dist::files_below,
    shell::{self, SHELL},
    workspace::Workspace,
};

const TOKENS: &str = "src/ui/style/tokens.css";

/// Where events get their names.
const EVENT_SOURCES: [&str; 2] = ["src/ui/host.rs", "src/element"];

/// Put behind the shell's text and run by Node.js: what the class has.
const DESCRIBE: &str = include_str!("describe.js");

/// What the platform calls.
const CALLBACKS: [&str; 6] = [
    "constructor",
    "connectedCallback",
    "connectedMoveCallback",
    "disconnectedCallback",
    "adoptedCallback",
    "attributeChangedCallback",
];

pub fn check(workspace: &Workspace, api: &Api) -> Result<()> {
    let differences = [
        shell(workspace, api)?,
        events(workspace, api)?,
        parts(workspace, api)?,
        tokens(workspace, api)?,
    ];
    let differences = differences.concat();
    ensure!(
        differences.is_empty(),
        "{SOURCE} says otherwise; change it or what differs:\n  {}",
        differences.join("\n  ")
    );
    tables::check(workspace, api)
}

/// As `describe.js` prints it.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Class {
    observed_attributes: BTreeSet<String>,
    /// `read-write`, `read-only` or `write-only`.
    accessors: BTreeMap<String, Access>,
    methods: BTreeSet<String>,
    statics: BTreeSet<String>,
}

fn shell(workspace: &Workspace, api: &Api) -> Result<Vec<String>> {
    let class = read_class(workspace)?;
    let attributes: BTreeSet<String> = api.attributes().map(|(name, _)| name.to_owned()).collect();
    let own = api.properties.iter().filter(|it| !it.inherited);
    let properties: BTreeMap<String, Access> = own.map(|it| (it.name.clone(), it.access)).collect();
    let methods = |is_static: bool| -> BTreeSet<String> {
        let each = api.methods.iter().filter(|it| it.is_static == is_static);
        each.map(|it| it.name.clone()).collect()
    };
    let mut statics = methods(true);
    statics.extend(["observedAttributes".to_owned(), "version".to_owned()]);
    let mut found = class.methods;
    found.retain(|it| !CALLBACKS.contains(&it.as_str()));

    let mut differences = compare("observed attribute", &attributes, &class.observed_attributes);
    let names = |it: &BTreeMap<String, Access>| it.keys().cloned().collect::<BTreeSet<_>>();
    differences.extend(compare("property", &names(&properties), &names(&class.accessors)));
    for (name, access) in &properties {
        // What is for writing may read as nothing.
        let fits =
            |it: &Access| it == access || (*access, *it) == (Access::WriteOnly, Access::ReadWrite);
        if class.accessors.get(name).is_some_and(|it| !fits(it)) {
            differences.push(format!("property {name} of {SHELL} can be read or set otherwise"));
        }
    }
    differences.extend(compare("method", &methods(false), &found));
    differences.extend(compare("static member", &statics, &class.statics));
    Ok(differences)
}

fn read_class(workspace: &Workspace) -> Result<Class> {
    let shell = shell::read(workspace)?;
    let output = Command::new("node")
        .args(["--input-type=module", "--eval", &format!("{shell}\n{DESCRIBE}")])
        .output()
        .context("cannot start Node.js: install it")?;
    if !output.status.success() {
        bail!("{SHELL} in Node.js: {}", String::from_utf8_lossy(&output.stderr));
    }
    serde_json::from_slice(&output.stdout).context("describe.js printed something else")
}

fn events(workspace: &Workspace, api: &Api) -> Result<Vec<String>> {
    let texts = sources(workspace, &EVENT_SOURCES, "rs")?;
    let names = event_names(&texts).filter(|name| *name != api.tag).map(str::to_owned);
    let described = api.events.iter().map(|it| it.name.clone()).collect();
    let mut differences = compare("event", &described, &names.collect());
    let codes = api.types.iter().filter(|it| it.name == "ErrorCode");
    for code in codes.flat_map(|it| it.definition.split('"').skip(1).step_by(2)) {
        if !texts.contains(&format!("\"{code}\"")) {
            differences.push(format!("no error has the code {code}"));
        }
    }
    Ok(differences)
}

/// Literals such as "meet-ready".
fn event_names(text: &str) -> impl Iterator<Item = &str> {
    text.split(['"', '\'', '`']).filter(|it| {
        let name = it.strip_prefix("meet-").unwrap_or_default();
        !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-')
    })
}

fn parts(workspace: &Workspace, api: &Api) -> Result<Vec<String>> {
    let texts = sources(workspace, &["src/ui"], "rs")?;
    let described = api.parts.iter().map(|it| it.name.clone()).collect();
    Ok(compare("part", &described, &part_names(&texts).map(str::to_owned).collect()))
}

/// Of `.attr("part", "row")` in the program and `.part = "error"` in the shell.
fn part_names(text: &str) -> impl Iterator<Item = &str> {
    let after = |mark| text.split(mark).skip(1).filter_map(|it| it.split('"').next());
    after(r#"("part", ""#).chain(after(r#".part = ""#))
}

/// The shell's text and that of the files with this ending in these places.
fn sources(workspace: &Workspace, places: &[&str], extension: &str) -> Result<String> {
    let mut texts = shell::read(workspace)?;
    let mut files = Vec::new();
    for place in places.iter().map(|it| workspace.root.join(it)) {
        if place.is_dir() { files.extend(files_below(&place)?) } else { files.push(place) }
    }
    for file in files {
        if file.extension().is_some_and(|it| it == extension) {
            texts += &fs::read_to_string(&file)
                .with_context(|| format!("cannot read {}", file.display()))?;
        }
    }
    Ok(texts)
}

fn tokens(workspace: &Workspace, api: &Api) -> Result<Vec<String>> {
    let sheet = fs::read_to_string(workspace.root.join(TOKENS))
        .with_context(|| format!("cannot read {TOKENS}"))?;
    let defined = definitions(&sheet);
    let sheets = sources(workspace, &["src/ui"], "css")?;
    let read = sheets.split("var(").skip(1).filter_map(own_token);
    let used: BTreeSet<String> = read.map(str::to_owned).collect();
    let described = api.tokens.iter().map(|it| it.name.clone()).collect();
    let mut differences = compare("token that a stylesheet reads,", &described, &used);
    for name in defined.keys().filter(|it| !used.contains(**it)) {
        differences.push(format!("{name} in {TOKENS} is read nowhere"));
    }
    for it in &api.tokens {
        if let Some(default) = defined.get(it.name.as_str()).filter(|is| **is != it.default) {
            differences.push(format!("{}: {TOKENS} has {default}", it.name));
        }
    }
    Ok(differences)
}

/// The first value of each token: later ones are for media queries.
fn definitions(sheet: &str) -> BTreeMap<&str, &str> {
    let mut defined = BTreeMap::new();
    for line in sheet.lines() {
        if let Some((name, value)) = line.trim().split_once(": ")
            && name.starts_with("--meet-")
        {
            defined.entry(name).or_insert(value.trim_end_matches(';'));
        }
    }
    defined
}

fn own_token(text: &str) -> Option<&str> {
    let name = text.split([',', ')']).next().unwrap_or_default().trim();
    name.starts_with("--meet-").then_some(name)
}

fn compare(what: &str, described: &BTreeSet<String>, found: &BTreeSet<String>) -> Vec<String> {
    let missing =
        described.difference(found).map(|it| format!("{what} {it} is described and not there"));
    let unknown =
        found.difference(described).map(|it| format!("{what} {it} is there and not described"));
    missing.chain(unknown).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_events_that_a_source_names() {
        let text = r#"tell("meet-ready", {}); const a = 'meet-before-play'; part("meet-Row"); "not meet-x" "meet-""#;
        assert_eq!(event_names(text).collect::<Vec<_>>(), ["meet-ready", "meet-before-play"]);
    }

    #[test]
    fn finds_the_parts_that_a_source_names() {
        let text =
            r#"div().class("bar").attr("part", "bar"); panel.part = "error"; f("part", name)"#;
        assert_eq!(part_names(text).collect::<Vec<_>>(), ["bar", "error"]);
    }

    #[test]
    fn reads_the_first_value_of_each_token() {
        let sheet = ":host {\n  --meet-a: light-dark(#fff, #000);\n}\n@media x {\n  :host { --meet-b: 1px; }\n  --meet-a: red;\n}";
        let defined = definitions(sheet);
        assert_eq!(defined.get("--meet-a"), Some(&"light-dark(#fff, #000)"));
    }

    #[test]
    fn tells_what_is_missing_and_what_is_unknown() {
        let set = |names: &[&str]| names.iter().map(|it| (*it).to_owned()).collect();
        assert_eq!(
            compare("event", &set(&["a", "b"]), &set(&["b", "c"])),
            ["event a is described and not there", "event c is there and not described"]
        );
    }
}
