//! `inline.js`: the shell, the glue, the languages, the program and its parts in one file, for pages that can ship only one.
//! Bytes are in it as base64, a third more than they weigh; no other file is asked for.

use std::{fmt::Write, fs, path::Path};

use anyhow::{Context, Result, ensure};
use base64::{Engine, engine::general_purpose::STANDARD};

use crate::{dist::files_below, shell::DEFINE};

/// In the shell: how the program is fetched, up to the options.
const FETCH_WASM: &str = r#"fetch(new URL("./meet_recordings_bg.wasm", import.meta.url)"#;

/// In the glue: how the program's parts are fetched.
const FETCH_PART: &str = "fetch(url)";

/// What both are replaced by: a file's bytes, as `fetch` gives them.
const INLINED: &str = r#"
async function inlined(name) {
  const bytes = Uint8Array.from(atob(FILES[name]), (it) => it.charCodeAt(0));
  return new Response(bytes, { headers: { "content-type": "application/wasm" } });
}
"#;

/// Of `element`, the finished shell, with everything that it loads from `folder`.
pub fn make(element: &str, folder: &Path) -> Result<String> {
    let mut text = String::from(
        "// <meet-recordings> in one file: made of element.js and all that it loads.\n",
    );
    let (shell, modules) = with_program_inside(element)?;
    text.push_str(&shell);
    text.push_str("\nconst MODULES = {\n");
    for name in modules {
        let module = fs::read_to_string(folder.join(&name))
            .with_context(|| format!("the shell imports {name}, which is not there"))?;
        let body = as_function_body(&with_parts_inside(&module)?);
        let _ = write!(text, "\"{name}\"() {{\n{body}}},\n");
    }
    text.push_str("};\n\nconst FILES = {\n");
    let mut files = files_below(folder)?;
    files.retain(|it| it.extension().is_some_and(|it| it == "wasm"));
    files.sort();
    for file in files {
        let name = file.strip_prefix(folder)?.to_string_lossy();
        let _ = writeln!(text, "  \"{name}\": \"{}\",", STANDARD.encode(fs::read(&file)?));
    }
    text.push_str("};\n");
    text.push_str(INLINED);
    text.push_str(DEFINE);
    Ok(text)
}

/// The shell with the program, and each `import("./NAME")`, as a call, and the names.
///
/// # Errors
/// When the shell loads the program in another way than it did.
pub fn with_program_inside(shell: &str) -> Result<(String, Vec<String>)> {
    let fetching = shell.split_once(FETCH_WASM);
    let (before, after) =
        fetching.with_context(|| format!("www/meet-recordings.js no longer has `{FETCH_WASM}`"))?;
    let (_, after) =
        after.split_once(')').context("the shell's request for the program has no end")?;
    let mut text = format!("{before}inlined(\"meet_recordings_bg.wasm\")");
    let mut names = Vec::new();
    let mut rest = after;
    while let Some((before, after)) = rest.split_once("import(\"./") {
        let (name, after) = after.split_once("\")").context("an import in the shell has no end")?;
        let _ = write!(text, "{before}MODULES[\"{name}\"]()");
        names.push(name.to_owned());
        rest = after;
    }
    Ok((text + rest, names))
}

/// The glue with the program's parts taken from this file.
fn with_parts_inside(module: &str) -> Result<String> {
    let mut text = String::new();
    let mut rest = module;
    while let Some((before, after)) = rest.split_once("new URL(\"./") {
        let (name, after) = after
            .split_once("\", import.meta.url)")
            .context("an address in the glue has no end")?;
        let _ = write!(text, "{before}{{ href: \"{name}\" }}");
        rest = after;
    }
    text.push_str(rest);
    ensure!(!text.contains("import.meta"), "the glue has an address that is none of a part");
    let has_parts = rest.len() < module.len();
    ensure!(!has_parts || text.contains(FETCH_PART), "the glue no longer has `{FETCH_PART}`");
    Ok(text.replace(FETCH_PART, "inlined(url.href)"))
}

/// A module's text as the body of a function that returns its exports.
fn as_function_body(module: &str) -> String {
    let mut body = String::new();
    let mut exports = Vec::new();
    for line in module.lines() {
        if let Some(list) = line.strip_prefix("export {").and_then(|it| it.strip_suffix("};")) {
            for it in list.split(',').map(str::trim) {
                let (inner, outer) = it.split_once(" as ").unwrap_or((it, it));
                exports.push(format!("{outer}: {inner}"));
            }
        } else if let Some(value) = line.strip_prefix("export default ") {
            let _ = writeln!(body, "const fallback = {value}");
            exports.push("default: fallback".to_owned());
        } else {
            let declaration = line.strip_prefix("export ");
            if let Some(name) = declaration.and_then(declared_name) {
                exports.push(name.to_owned());
            }
            let _ = writeln!(body, "{}", declaration.unwrap_or(line));
        }
    }
    let _ = writeln!(body, "return {{ {} }};", exports.join(", "));
    body
}

/// `mount` of `function mount(root, options) {`.
fn declared_name(declaration: &str) -> Option<&str> {
    const KINDS: [&str; 5] = ["async function ", "function ", "class ", "const ", "let "];
    let rest = KINDS.iter().find_map(|kind| declaration.strip_prefix(kind))?;
    rest.split(|it: char| !it.is_alphanumeric() && it != '_' && it != '$').next()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_module_becomes_a_function_that_returns_its_exports() {
        let module = "export class A {\n}\nexport function mount(root) {\n}\nlet b;\nexport { b, init as default };\n";
        assert_eq!(
            as_function_body(module),
            "class A {\n}\nfunction mount(root) {\n}\nlet b;\nreturn { A, mount, b: b, default: init };\n"
        );
        assert_eq!(
            as_function_body("export default {\n};\n"),
            "const fallback = {\n};\nreturn { default: fallback };\n"
        );
    }

    #[test]
    fn parts_are_taken_from_the_file_itself() {
        let glue =
            "load(new URL(\"./a-1.wasm\", import.meta.url));\nlet load = (url) => fetch(url);\n";
        assert_eq!(
            with_parts_inside(glue).unwrap(),
            "load({ href: \"a-1.wasm\" });\nlet load = (url) => inlined(url.href);\n"
        );
        assert!(with_parts_inside("load(new URL(\"./a-1.wasm\", import.meta.url));").is_err());
        assert!(with_parts_inside("import(import.meta.url)").is_err());
    }

    #[test]
    fn what_is_loaded_becomes_a_call() {
        let shell = format!(
            "w = () => {FETCH_WASM}, {{ cache }}), a = () => import(\"./lang/es.js\"), b = import(c)"
        );
        let (text, names) = with_program_inside(&shell).unwrap();
        let calls = "w = () => inlined(\"meet_recordings_bg.wasm\"), a = () => MODULES[\"lang/es.js\"](), b = import(c)";
        assert_eq!(text, calls);
        assert_eq!(names, ["lang/es.js"]);
        assert!(with_program_inside("").is_err());
    }
}
