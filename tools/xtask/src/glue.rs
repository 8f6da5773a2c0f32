//! wasm-bindgen's glue without what only its reader needs: documentation, indentation, and the hashes in the
//! names of imports, which no compression makes smaller. They tell apart what several modules import in one
//! scope; here there is one module, and numbers do.

use std::collections::{BTreeMap, BTreeSet};

/// Where a closure of a program that has failed is called. It has nothing to say any more, and what it throws
/// would be an error of the host page's.
const STALE: &str = "throw new Error('Cannot invoke closure from previous WASM instance');";

/// Shorter names for a module's imports; the same for the same names.
pub fn short_names<'a>(imports: impl Iterator<Item = &'a str>) -> BTreeMap<String, String> {
    let imports: BTreeSet<&str> = imports.collect();
    let mut counts = BTreeMap::<&str, usize>::new();
    let mut names = BTreeMap::new();
    for import in imports {
        let stem = without_hash(import);
        let count = counts.entry(stem).or_default();
        *count += 1;
        let name = if *count == 1 { stem.to_owned() } else { format!("{stem}_{count}") };
        names.insert(import.to_owned(), name);
    }
    names
}

/// "appendChild" of "__wbg_appendChild_0123456789abcdef".
fn without_hash(import: &str) -> &str {
    let is_hash = |it: &str| it.len() == 16 && it.bytes().all(|byte| byte.is_ascii_hexdigit());
    let whole = import.strip_prefix("__wbg_").unwrap_or(import);
    match whole.rsplit_once('_') {
        Some((stem, hash)) if is_hash(hash) && !stem.is_empty() => stem,
        _ => import,
    }
}

/// The glue with the names that `names` gives to imports, and for machines only.
pub fn compact(glue: &str, names: &BTreeMap<String, String>) -> String {
    let mut text = String::with_capacity(glue.len());
    let mut is_comment = false;
    for line in glue.lines().map(str::trim) {
        is_comment |= line.starts_with("/**");
        let line = if line == STALE { "return;" } else { line };
        if !is_comment && !line.is_empty() && !line.starts_with("//") {
            let renamed = line
                .split_once(':')
                .and_then(|(name, rest)| Some(format!("{}:{rest}", names.get(name)?)));
            text.push_str(renamed.as_deref().unwrap_or(line));
            text.push('\n');
        }
        is_comment &= !line.ends_with("*/");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    const GLUE: &str = "\
/* @ts-self-types=\"./a.d.ts\" */
/**
 * Says hello.
 */
export function hello() {
    wasm.hello();
}
    const import0 = {
        // of one object
        __wbg_get_0123456789abcdef: function(arg0) {
            return arg0.get(`a: b`);
        },
";

    #[test]
    fn names_lose_their_hashes_and_stay_apart() {
        let imports =
            ["__wbg_get_0123456789abcdef", "__wbg_get_1123456789abcdef", "__wbindgen_a_b"];
        let names: Vec<_> = short_names(imports.into_iter()).into_values().collect();
        assert_eq!(names, ["get", "get_2", "__wbindgen_a_b"]);
    }

    #[test]
    fn what_runs_stays() {
        let names = short_names(["__wbg_get_0123456789abcdef"].into_iter());
        let lines = "/* @ts-self-types=\"./a.d.ts\" */\nexport function hello() {\nwasm.hello();\n}\n\
                     const import0 = {\nget: function(arg0) {\nreturn arg0.get(`a: b`);\n},\n";
        assert_eq!(compact(GLUE, &names), lines);
    }
}
