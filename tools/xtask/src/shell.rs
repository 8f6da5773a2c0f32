//! `www/meet-recordings.js` as it is shipped: with what only a build knows.

use std::collections::BTreeMap;

use anyhow::{Result, ensure};
use base64::{Engine, engine::general_purpose::STANDARD};
use sha2::{Digest, Sha384};

use crate::glue;

/// Appended where one file has to do: importing that registers the tag.
pub const DEFINE: &str = "\nMeetRecordings.define();\n";

const NO_INTEGRITY: &str = r#"const WASM_INTEGRITY = "";"#;
const NO_VERSION: &str = r#"static version = "0.0.0";"#;

/// The shell with the version of the package and the hash of the program that belongs to it, and without what
/// only its readers need.
pub fn finish(shell: &str, wasm: &[u8]) -> Result<String> {
    for line in [NO_INTEGRITY, NO_VERSION] {
        ensure!(shell.contains(line), "www/meet-recordings.js has no line `{line}` to fill in");
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
    fn fills_in_both_lines_or_says_which_is_missing() {
        let shell = format!("{NO_INTEGRITY}\nclass A {{\n  {NO_VERSION}\n}}\n");
        let finished = finish(&shell, b"").unwrap();
        assert!(finished.contains("const WASM_INTEGRITY = \"sha384-"), "{finished}");
        assert!(!finished.contains("0.0.0"), "{finished}");
        assert!(finish("", b"").is_err());
    }
}
