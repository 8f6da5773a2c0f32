//! The parts of a program that come when they are needed: taken out of the linked module before wasm-bindgen
//! sees it, and fetched by a loader that stands in the glue. Where the seams are, `src/ui/parts.rs` says.
//!
//! A part is made for one build of the main module: it fills slots of its table and places in its memory.
//! So its file is named by a hash of both, and the glue, which names it, comes with the main module.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use anyhow::{Context, Result, anyhow, ensure};

use crate::cache::content_hash;

/// What the main module imports the loaders from, until the glue has them.
pub const LOADERS: &str = "./loaders.js";

/// The linker's option that keeps what the parts are taken out by.
pub const LINK_ARGUMENT: &str = "-Clink-args=--emit-relocs";

/// Code and data that some parts need, and no other part nor the main module.
pub struct Module {
    pub users: BTreeSet<String>,
    pub wasm: Vec<u8>,
}

/// The linked module without its parts, and these.
pub struct Split {
    pub main: Vec<u8>,
    pub modules: Vec<Module>,
}

/// Takes the parts out. `folder` is for files on the way.
pub fn split(linked: &[u8], folder: &Path) -> Result<Split> {
    let main = folder.join("main.wasm");
    let mut options = wasm_split_cli_support::Options::new(linked);
    options.output_dir = folder;
    options.main_out_path = &main;
    options.link_name = LOADERS;
    let split = wasm_split_cli_support::transform(options)
        .map_err(|error| anyhow!("{error:?}"))
        .context("cannot take the parts out of the module: see src/ui/parts.rs")?;
    let mut users = BTreeMap::<String, BTreeSet<String>>::new();
    for (part, files) in split.prefetch_map {
        for file in files {
            users.entry(file).or_default().insert(part.clone());
        }
    }
    let module = |(stem, users): (String, BTreeSet<String>)| {
        let wasm = fs::read(folder.join(stem).with_extension("wasm"))?;
        Ok(Module { users, wasm })
    };
    let modules = users.into_iter().map(module).collect::<Result<_>>()?;
    Ok(Split { main: fs::read(&main)?, modules })
}

/// What is shipped of the parts.
pub struct Files {
    /// By their names, which are others with each build that changes one of them or the main module.
    pub contents: BTreeMap<String, Vec<u8>>,
    /// Which of them each part needs.
    needs: BTreeMap<String, BTreeSet<String>>,
}

/// Bytes. Vite puts what is smaller into its script as a `data:` address, which a page's policy may forbid to fetch.
const SMALLEST: usize = 4_096;

/// A file for each part, and for what several of them share: as many modules as there are ways to share, most
/// of them tiny. Those whose smallest user is the same come in one file, so that small parts stay small.
pub fn pack(program: &str, main: &[u8], modules: Vec<Module>) -> Files {
    let size = |part: &str| {
        let is_own = |it: &&Module| it.users.len() == 1 && it.users.contains(part);
        modules.iter().find(is_own).map_or(0, |it| it.wasm.len())
    };
    let mut groups = BTreeMap::<String, Vec<&Module>>::new();
    for module in &modules {
        let smallest = module.users.iter().min_by_key(|part| size(part));
        let smallest = smallest.map(String::as_str).unwrap_or_default();
        let name = if module.users.len() == 1 { "" } else { "shared-" };
        groups.entry(format!("{name}{smallest}")).or_default().push(module);
    }
    let mut files = Files { contents: BTreeMap::new(), needs: BTreeMap::new() };
    for (name, mut modules) in groups {
        modules.sort_by_key(|it| std::cmp::Reverse(it.wasm.len()));
        let mut wasm = in_one(&modules);
        if wasm.len() < SMALLEST {
            let missing = vec![0; SMALLEST - wasm.len()];
            append_section(&mut wasm, "padding", &missing);
        }
        let hash = content_hash(&[main, &wasm].concat());
        let file = format!("{program}-{name}-{hash}.wasm");
        for user in modules.iter().flat_map(|it| &it.users) {
            files.needs.entry(user.clone()).or_default().insert(file.clone());
        }
        files.contents.insert(file, wasm);
    }
    files
}

/// The first module, with the others in custom sections.
fn in_one(modules: &[&Module]) -> Vec<u8> {
    let mut modules = modules.iter();
    let mut whole = modules.next().map(|it| it.wasm.clone()).unwrap_or_default();
    for module in modules {
        append_section(&mut whole, SECTION, &module.wasm);
    }
    whole
}

fn append_section(module: &mut Vec<u8>, name: &str, data: &[u8]) {
    let mut content = leb128(name.len());
    content.extend_from_slice(name.as_bytes());
    content.extend_from_slice(data);
    module.push(0);
    module.extend(leb128(content.len()));
    module.extend(content);
}

pub fn leb128(mut number: usize) -> Vec<u8> {
    let mut bytes = Vec::new();
    while number >= 0x80 {
        bytes.push((number & 0x7f) as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
    bytes
}

/// The glue with the loaders in place of what it would import them from.
///
/// # Errors
/// When wasm-bindgen writes its glue in another way than it did.
pub fn with_loaders(glue: &str, files: &Files) -> Result<String> {
    let mut imports = String::new();
    let mut rest = String::with_capacity(glue.len());
    for line in glue.split_inclusive('\n') {
        match line.strip_prefix("import * as ").and_then(|it| it.split_once(" from ")) {
            Some((name, from)) if from.contains(LOADERS) => {
                imports.push_str(&format!("const {name} = loaders;\n"));
            }
            _ => rest.push_str(line),
        }
    }
    ensure!(!imports.is_empty(), "wasm-bindgen's glue imports no {LOADERS}");
    ensure!(rest.contains(LOAD), "wasm-bindgen's glue has no `{LOAD}`");
    let names: Vec<&String> = files.contents.keys().collect();
    let mut loaders = String::new();
    for (number, name) in names.iter().enumerate() {
        loaders.push_str(&format!(
            "const part{number} = () => fetchPart(new URL(\"./{name}\", import.meta.url));\n"
        ));
    }
    loaders.push_str("const loaders = {\n");
    for (part, needs) in &files.needs {
        let numbers = names.iter().enumerate().filter(|(_, name)| needs.contains(**name));
        let fetched: Vec<_> = numbers.map(|(number, _)| format!("part{number}")).collect();
        let fetched = fetched.join(", ");
        loaders.push_str(&format!("  __wasm_split_load_{part}: loadPart([{fetched}]),\n"));
    }
    loaders.push_str("};\n");
    Ok(format!("{rest}\n{LOAD_PART}\n{loaders}{imports}"))
}

/// In the glue: from a response to an instance, also where a server sends the wrong type.
const LOAD: &str = "async function __wbg_load(module, imports)";

/// In a file of several modules: the custom sections with all but the first.
const SECTION: &str = "part";

/// Written for the glue: `wasm` is what the main module exports, and what a part imports. What has failed is
/// forgotten, so that the next try is one. So is all when the program was begun anew, which has another
/// memory and an empty table; what the one before has asked for is not for it.
const LOAD_PART: &str = r#"const fetchPart = (url) => fetch(url);
const partsUnderWay = new Map();
let partsOf;

async function instantiatePart(fetched, program) {
  const imports = { __wasm_split: program };
  const { module } = await __wbg_load(await fetched(), imports);
  for (const other of WebAssembly.Module.customSections(module, "part")) {
    await WebAssembly.instantiate(other, imports);
  }
}

function instantiateOnce(fetched, program) {
  let underWay = partsUnderWay.get(fetched);
  if (!underWay) {
    underWay = instantiatePart(fetched, program);
    underWay.catch(() => program === partsOf && partsUnderWay.delete(fetched));
    partsUnderWay.set(fetched, underWay);
  }
  return underWay;
}

function loadPart(files) {
  return (callback, data) => {
    const program = wasm;
    if (program !== partsOf) partsUnderWay.clear();
    partsOf = program;
    const tell = (isHere) => {
      if (program === wasm) program.__indirect_function_table.get(callback)(data, isHere);
    };
    const all = files.map((fetched) => instantiateOnce(fetched, program));
    Promise.all(all).then(() => tell(1), () => tell(0));
  };
}
"#;

#[cfg(test)]
mod tests {
    use super::*;

    fn module(users: &[&str], size: usize) -> Module {
        let users = users.iter().map(|it| (*it).to_owned()).collect();
        Module { users, wasm: vec![7; size] }
    }

    #[test]
    fn what_is_shared_comes_with_what_its_smallest_user_shares() {
        let modules = vec![
            module(&["a"], 5_000),
            module(&["b"], 6_000),
            module(&["c"], 7_000),
            module(&["a", "b"], 4_300),
            module(&["a", "c"], 4_500),
            module(&["b", "c"], 4),
        ];
        let files = pack("p", b"main", modules);
        let stem = |name: &String| name.rsplit_once('-').unwrap().0.to_owned();
        let names: Vec<_> = files.contents.keys().map(stem).collect();
        assert_eq!(names, ["p-a", "p-b", "p-c", "p-shared-a", "p-shared-b"]);
        let needs: Vec<_> = files.needs["b"].iter().map(stem).collect();
        assert_eq!(needs, ["p-b", "p-shared-a", "p-shared-b"]);
        let sizes: Vec<_> = files.contents.values().map(Vec::len).collect();
        let shared = 4_500 + 3 + 5 + 4_300;
        let padded = SMALLEST + 4 + "padding".len();
        assert_eq!(sizes, [5_000, 6_000, 7_000, shared, padded]);
    }

    #[test]
    fn files_are_named_by_the_main_module_too() {
        let name = |main: &[u8]| {
            let files = pack("p", main, vec![module(&["a"], 9)]);
            files.contents.into_keys().next()
        };
        assert_ne!(name(b"one"), name(b"other"));
    }

    #[test]
    fn the_glue_gets_its_loaders() {
        let files = pack("p", b"", vec![module(&["a"], 9)]);
        let glue = format!("import * as import1 from \"./loaders.js\"\n{LOAD} {{}}\n");
        let glue = with_loaders(&glue, &files).unwrap();
        assert!(!glue.contains("import *") && glue.contains("const import1 = loaders;"), "{glue}");
        assert!(glue.contains("__wasm_split_load_a: loadPart([part0])"), "{glue}");
        assert!(with_loaders(LOAD, &files).is_err());
    }

    #[test]
    fn lengths_are_written_as_wasm_has_them() {
        assert_eq!(
            [leb128(5), leb128(128), leb128(624_485)].concat(),
            [5, 128, 1, 0xe5, 0x8e, 0x26]
        );
    }
}
