//! The languages: `languages/{tag}.json` holds the texts of the program by their English. The keys are read
//! where they stand, in `t("…")` and `forms("…", "…")` (`src/i18n/words.rs`) and in `#word("…")` of the shell, so
//! that none can be forgotten: a missing key, one that nobody uses, or a place that is not filled ends the build.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use anyhow::{Context, Result, bail, ensure};
use serde_json::{Map, Value};

use crate::{
    dist::files_below,
    shell::{self, SHELL},
    workspace::Workspace,
};

/// The plural categories of each language, by CLDR.
const CATEGORIES: [(&str, &[&str]); 11] = [
    ("ar", &["zero", "one", "two", "few", "many", "other"]),
    ("de", &["one", "other"]),
    ("es", &["one", "many", "other"]),
    ("fr", &["one", "many", "other"]),
    ("hi", &["one", "other"]),
    ("it", &["one", "many", "other"]),
    ("ja", &["other"]),
    ("nl", &["one", "other"]),
    ("pl", &["one", "few", "many", "other"]),
    ("pt", &["one", "many", "other"]),
    ("zh", &["other"]),
];
/// Forms for an exact number, which may say it in a word.
const EXACT: [&str; 3] = ["zero", "one", "two"];

/// What texts stand in, and whether they go by a number.
const CALLS: [(&str, bool); 2] = [("t(", false), ("forms(", true)];
const SHELL_CALLS: [(&str, bool); 1] = [(".#word(", false)];

/// A text of the program.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    english: String,
    /// It goes by a number.
    has_forms: bool,
}

/// Each language as a module of JavaScript: its file name and its text.
pub fn modules(workspace: &Workspace) -> Result<Vec<(String, String)>> {
    let shell = shell::read(workspace)?;
    let mut keys = keys(&workspace.root.join("src"))?;
    keys.extend(keys_in(&shell, &SHELL_CALLS).with_context(|| format!("in {SHELL}"))?);
    let mut modules = Vec::new();
    for (tag, categories) in CATEGORIES {
        let name = format!("languages/{tag}.json");
        let text = fs::read_to_string(workspace.root.join(&name))
            .with_context(|| format!("cannot read {name}"))?;
        let texts: Map<String, Value> =
            serde_json::from_str(&text).with_context(|| format!("{name} is not an object"))?;
        let problems = problems(&keys, &texts, categories);
        ensure!(problems.is_empty(), "{name}:\n  {}", problems.join("\n  "));
        let module = format!("lang/{tag}.js");
        ensure!(
            shell.contains(&format!("import(\"./{module}\")")),
            "{SHELL} does not import {module}"
        );
        modules.push((module, format!("export default {};\n", serde_json::to_string(&texts)?)));
    }
    Ok(modules)
}

pub fn check(workspace: &Workspace) -> Result<()> {
    modules(workspace).map(drop)
}

fn problems(keys: &BTreeSet<Key>, texts: &Map<String, Value>, categories: &[&str]) -> Vec<String> {
    let mut problems = Vec::new();
    for key in keys {
        let english = &key.english;
        match (texts.get(english), key.has_forms) {
            (None, _) => problems.push(format!("missing: {english:?}")),
            (Some(Value::String(text)), false) => {
                if places(text) != places(english) {
                    problems.push(format!("{english:?}: other places in {text:?}"));
                }
            }
            (Some(Value::Object(forms)), true) => {
                let known: BTreeSet<&str> = forms.keys().map(String::as_str).collect();
                if known != categories.iter().copied().collect() {
                    problems
                        .push(format!("{english:?}: needs the forms {}", categories.join(", ")));
                }
                for (category, form) in forms {
                    if !fits(english, category, form) {
                        problems.push(format!("{english:?}: other places in {category}: {form}"));
                    }
                }
            }
            (Some(_), false) => problems.push(format!("{english:?}: needs one text")),
            (Some(_), true) => problems.push(format!("{english:?}: needs a text for each form")),
        }
    }
    let known: BTreeSet<&str> = keys.iter().map(|key| key.english.as_str()).collect();
    let unused = texts.keys().filter(|it| !known.contains(it.as_str()));
    problems.extend(unused.map(|it| format!("used by nobody: {it:?}")));
    problems
}

fn fits(english: &str, category: &str, form: &Value) -> bool {
    let (wanted, Some(form)) = (places(english), form.as_str()) else { return false };
    let there = places(form);
    let may_lack = |place: &str| place == "n" && EXACT.contains(&category);
    there.is_subset(&wanted) && wanted.difference(&there).all(|place| may_lack(place))
}

/// The names in braces.
fn places(text: &str) -> BTreeSet<&str> {
    let parts = text.split('{').skip(1).filter_map(|part| part.split_once('}'));
    parts
        .map(|(name, _)| name)
        .filter(|it| it.bytes().all(|byte| byte.is_ascii_lowercase()))
        .collect()
}

/// All texts in the sources below `folder`.
fn keys(folder: &Path) -> Result<BTreeSet<Key>> {
    let mut found = BTreeMap::new();
    for file in files_below(folder)? {
        // What defines them has examples.
        if file.extension().is_none_or(|it| it != "rs") || file.ends_with("i18n/words.rs") {
            continue;
        }
        let source = fs::read_to_string(&file)?;
        let keys = keys_in(&source, &CALLS).with_context(|| format!("in {}", file.display()))?;
        for Key { english, has_forms } in keys {
            if found.insert(english.clone(), has_forms).is_some_and(|before| before != has_forms) {
                bail!("{english:?} is used with a number and without one");
            }
        }
    }
    Ok(found.into_iter().map(|(english, has_forms)| Key { english, has_forms }).collect())
}

fn keys_in(source: &str, calls: &[(&str, bool)]) -> Result<Vec<Key>> {
    let mut keys = Vec::new();
    for &(call, has_forms) in calls {
        for (at, _) in source.match_indices(call) {
            let before = source[..at].chars().next_back();
            let line = source[..at].rsplit('\n').next().unwrap_or_default();
            let is_word = |it: char| it.is_alphanumeric() || matches!(it, '_' | '.');
            let is_name = !call.starts_with('.') && before.is_some_and(is_word);
            if is_name || line.trim_start().starts_with("//") || line.trim_end().ends_with("fn") {
                continue;
            }
            let arguments = &source[at + call.len()..];
            let (mut english, mut rest) = literal(arguments)
                .with_context(|| format!("`{call}` needs a literal: {}", excerpt(arguments)))?;
            if has_forms {
                rest = rest.trim_start().strip_prefix(',').unwrap_or(rest);
                (english, _) = literal(rest)
                    .with_context(|| format!("`forms(` needs two literals: {}", excerpt(rest)))?;
            }
            keys.push(Key { english, has_forms });
        }
    }
    Ok(keys)
}

fn excerpt(source: &str) -> String {
    source.chars().take(40).collect()
}

/// The string literal that `source` begins with, and what follows it.
fn literal(source: &str) -> Option<(String, &str)> {
    let mut text = String::new();
    let body = source.trim_start().strip_prefix('"')?;
    let mut letters = body.char_indices();
    while let Some((at, letter)) = letters.next() {
        match letter {
            '"' => return Some((text, &body[at + 1..])),
            '\\' => match letters.next()?.1 {
                'n' => text.push('\n'),
                '\n' => {
                    let rest = letters.as_str();
                    let blank = rest.len() - rest.trim_start().len();
                    letters.by_ref().take(rest[..blank].chars().count()).for_each(drop);
                }
                other => text.push(other),
            },
            letter => text.push(letter),
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn of(english: &str, has_forms: bool) -> Key {
        Key { english: english.to_owned(), has_forms }
    }

    #[test]
    fn no_stylesheet_says_anything() {
        let ui = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../src/ui/style");
        for entry in fs::read_dir(ui).unwrap() {
            let path = entry.unwrap().path();
            let text = fs::read_to_string(&path).unwrap();
            for said in text.split("content: \"").skip(1) {
                let said = said.split('"').next().unwrap();
                assert!(!said.contains(char::is_alphabetic), "{}: {said:?}", path.display());
            }
        }
    }

    #[test]
    fn keys_are_the_literals_of_both_calls() {
        let source = r#"
            /// Not t("this").
            let a = t("Close \"{title}\"").with(&[]);
            button().child(t(
                "Two \
                 lines"
            ));
            let b = forms("{n} row", "{n} rows").of(2);
            let c = format("x"), it.t("y");
        "#;
        let keys = keys_in(source, &CALLS).unwrap();
        assert_eq!(
            keys,
            [of("Close \"{title}\"", false), of("Two lines", false), of("{n} rows", true)]
        );
        assert!(keys_in("t(name)", &CALLS).is_err());
        assert!(keys_in("forms(\"one\", many)", &CALLS).is_err());
        let shell = "  #word(english) {}\n say(this.#word(\"Reload\"));";
        assert_eq!(keys_in(shell, &SHELL_CALLS).unwrap(), [of("Reload", false)]);
    }

    #[test]
    fn whatever_is_wrong_is_named() {
        let keys =
            BTreeSet::from([of("Open {title}", false), of("{n} rows", true), of("Close", false)]);
        let find = |texts: Value| {
            let Value::Object(texts) = texts else { unreachable!() };
            problems(&keys, &texts, &["one", "other"])
        };
        let good = json!({
            "Open {title}": "{title} öffnen", "Close": "Schließen",
            "{n} rows": { "one": "eine Zeile", "other": "{n} Zeilen" },
        });
        assert_eq!(find(good), Vec::<String>::new());
        let bad = json!({
            "Open {title}": "{name} öffnen",
            "{n} rows": { "one": "{m} Zeile", "other": "Zeilen" },
            "Old": "Alt",
        });
        assert_eq!(find(bad).len(), 5);
        assert_eq!(find(json!({ "Open {title}": {}, "Close": "x", "{n} rows": "x" })).len(), 2);
        let few =
            json!({ "Open {title}": "{title}", "Close": "x", "{n} rows": { "other": "{n}" } });
        assert_eq!(find(few), ["\"{n} rows\": needs the forms one, other"]);
    }
}
