//! wasm-bindgen's glue without what only its reader needs: documentation, indentation, and the names of imports,
//! of which the functions themselves say enough; a letter or two tell them apart. And without classes that a
//! dependency exports and nobody here has an object of.

use std::collections::{BTreeMap, BTreeSet};

use crate::unseen::PANICKED;

/// Where a closure of a program that has failed is called. It has nothing to say any more, and what it throws
/// would be an error of the host page's.
const STALE: &str = "throw new Error('Cannot invoke closure from previous WASM instance');";

/// Shorter names for a module's imports: a letter or two for each, the same for the same names.
pub fn short_names<'a>(imports: impl Iterator<Item = &'a str>) -> BTreeMap<String, String> {
    let imports: BTreeSet<&str> = imports.collect();
    imports.into_iter().zip(0..).map(|(it, number)| (it.to_owned(), letters(number))).collect()
}

/// "a" to "z", "aa" to "zz" …
fn letters(mut number: usize) -> String {
    let mut letters = Vec::new();
    loop {
        letters.push(char::from(b'a' + (number % 26) as u8));
        if number < 26 {
            return letters.into_iter().rev().collect();
        }
        number = number / 26 - 1;
    }
}

/// The classes of wasm-streams, which Leptos' server functions use.
const UNUSED: &str = "IntoUnderlying";

/// Whether a function that the module exports belongs to such a class.
pub fn is_unused(export: &str) -> bool {
    let name = export.strip_prefix("__wbg_").unwrap_or(export);
    name.starts_with(&UNUSED.to_lowercase()) || name == PANICKED
}

/// The glue, or its types, without those classes.
pub fn without_unused(text: &str) -> String {
    let mut rest = String::with_capacity(text.len());
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        let declared = line.trim_start();
        let export = ["readonly ", "export const "].iter().find_map(|it| declared.strip_prefix(it));
        let class = ["export class ", "class "].iter().find_map(|it| declared.strip_prefix(it));
        if class.is_some_and(|it| it.starts_with(UNUSED)) {
            let mut depth = braces(line);
            while depth > 0 {
                let Some(line) = lines.next() else { break };
                depth += braces(line);
            }
        } else if declared.strip_prefix("const ").is_some_and(|it| it.starts_with(UNUSED)) {
            let mut depth = braces(line);
            for line in lines.by_ref() {
                depth += braces(line);
                if depth <= 0 && line.ends_with(';') {
                    break;
                }
            }
        } else if !line.contains(UNUSED) && !export.is_some_and(is_unused) {
            rest.push_str(line);
            rest.push('\n');
        }
    }
    rest
}

/// How many more braces it opens than it closes.
fn braces(line: &str) -> isize {
    line.chars().map(|it| isize::from(it == '{') - isize::from(it == '}')).sum()
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
    fn names_become_letters() {
        let imports = ["__wbg_get_0123456789abcdef", "__wbg_get_1123456789abcdef"];
        let names = short_names(imports.into_iter());
        assert_eq!(names["__wbg_get_0123456789abcdef"], "a");
        assert_eq!(names["__wbg_get_1123456789abcdef"], "b");
        assert_eq!([25, 26, 27, 701, 702].map(letters), ["z", "aa", "ab", "zz", "aaa"]);
    }

    #[test]
    fn classes_that_nobody_uses_go() {
        let glue = "\
class IntoUnderlyingSink {
    free() {
        let ret;
{
        wasm.__wbg_intounderlyingsink_free(this.__wbg_ptr, 0);
}
    }
}
if (Symbol.dispose) IntoUnderlyingSink.prototype[Symbol.dispose] = free;
export class MountHandle {
}
const IntoUnderlyingSinkFinalization = (typeof FinalizationRegistry === 'undefined')
    ? { register: () => {}, unregister: () => {} }
    : new FinalizationRegistry(({ ptr, instance }) => {
    wasm.__wbg_intounderlyingsink_free(ptr, 1);
});
";
        assert_eq!(without_unused(glue), "export class MountHandle {\n}\n");
        let types = "    readonly intounderlyingsink_close: (a: number) => any;\n    readonly mount: () => any;\n";
        assert_eq!(without_unused(types), "    readonly mount: () => any;\n");
    }

    #[test]
    fn what_runs_stays() {
        let names = short_names(["__wbg_get_0123456789abcdef"].into_iter());
        let lines = "/* @ts-self-types=\"./a.d.ts\" */\nexport function hello() {\nwasm.hello();\n}\n\
                     const import0 = {\na: function(arg0) {\nreturn arg0.get(`a: b`);\n},\n";
        assert_eq!(compact(GLUE, &names), lines);
    }
}
