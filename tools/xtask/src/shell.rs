//! `www/meet-recordings.js` as it is shipped: one file, with what only a build knows.

use std::{collections::BTreeMap, fs};

use anyhow::{Context, Result, ensure};
use base64::{Engine, engine::general_purpose::STANDARD};
use sha2::{Digest, Sha384};

use crate::{glue, workspace::Workspace};

pub const SHELL: &str = "www/meet-recordings.js";
/// What its imports name their files by.
const PARTS: &str = " from \"./element/";

/// Appended where one file has to do: importing that registers the tag.
pub const DEFINE: &str = "\nMeetRecordings.define();\n";

const NO_INTEGRITY: &str = r#"const WASM_INTEGRITY = "";"#;
const NO_VERSION: &str = r#"static version = "0.0.0";"#;

/// The shell and all that it imports, as one module: not as short as it can be, but fit to run.
pub fn read(workspace: &Workspace) -> Result<String> {
    let read = |name: &str| {
        fs::read_to_string(workspace.root.join(name)).with_context(|| format!("cannot read {name}"))
    };
    join(&read(SHELL)?, |part| read(&format!("www/element/{part}")))
}

/// In the scope of one module nothing has to be exported but what the shell itself exports. Two parts with one name for two
/// things make a module that does not begin, which the check of the API in Node.js finds.
fn join(shell: &str, read: impl Fn(&str) -> Result<String>) -> Result<String> {
    let mut parts = String::new();
    let mut rest = String::new();
    for line in shell.lines() {
        match line.split_once(PARTS) {
            Some((names, file)) if names.starts_with("import {") => {
                let part = read(file.trim_end_matches("\";"))?;
                ensure!(
                    !part.contains("\nimport "),
                    "{file} imports something, and only the shell may"
                );
                for line in part.lines() {
                    parts.extend([line.strip_prefix("export ").unwrap_or(line), "\n"]);
                }
            }
            Some((names, _)) => rest.extend([names, ";\n"]),
            None => rest.extend([line, "\n"]),
        }
    }
    parts.push_str(&rest);
    Ok(parts)
}

/// The shell with the version of the package and the hash of the program that belongs to it, and without what
/// only its readers need.
pub fn finish(shell: &str, wasm: &[u8]) -> Result<String> {
    for line in [NO_INTEGRITY, NO_VERSION] {
        ensure!(shell.contains(line), "{SHELL} has no line `{line}` to fill in");
    }
    let integrity = format!(r#"const WASM_INTEGRITY = "{}";"#, integrity(wasm));
    let version = concat!("static version = \"", env!("CARGO_PKG_VERSION"), "\";");
    let filled = shell.replace(NO_INTEGRITY, &integrity).replace(NO_VERSION, version);
    Ok(glue::compact(&filled, &BTreeMap::new()))
}

/// As an `integrity` attribute has it.
pub fn integrity(content: &[u8]) -> String {
    format!("sha384-{}", STANDARD.encode(Sha384::digest(content)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashes_as_browsers_do() {
        // From the specification of Subresource Integrity.
        assert_eq!(
            integrity(b"alert('Hello, world.');"),
            "sha384-H8BRh8j48O9oYatfu5AZzq6A9RINhZO5H16dQZngK7T62em8MUt1FLm52t+eX6xO"
        );
    }

    #[test]
    fn becomes_one_module() {
        let shell = "// The shell.\nimport { a, b } from \"./element/a.js\";\nexport { b } from \"./element/a.js\";\nexport class C {}\n";
        let joined = join(shell, |part| {
            assert_eq!(part, "a.js");
            Ok("export function a() {}\nexport const b = 1;\nconst c = 2;\n".to_owned())
        });
        assert_eq!(
            joined.unwrap(),
            "function a() {}\nconst b = 1;\nconst c = 2;\n// The shell.\nexport { b };\nexport class C {}\n"
        );
        assert!(join(shell, |_| Ok("// A.\nimport { d } from \"./d.js\";\n".to_owned())).is_err());
    }

    #[test]
    fn fills_in_both_lines_or_says_which_is_missing() {
        let shell = format!("{NO_INTEGRITY}\nclass A {{\n  {NO_VERSION}\n}}\n");
        let finished = finish(&shell, b"").unwrap();
        assert!(finished.contains("const WASM_INTEGRITY = \"sha384-"), "{finished}");
        assert!(!finished.contains("0.0.0"), "{finished}");
        assert!(finish("", b"").is_err());
    }
}
