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
const LOADERS: &str = "./loaders.js";

/// The linker's option that keeps what the parts are taken out by.
pub const LINK_ARGUMENT: &str = "-Clink-args=--emit-relocs";

/// A file of a part of the program.
pub struct Part {
    /// "play"; what several parts share has the names of all: "more-play".
    pub name: String,
    pub wasm: Vec<u8>,
}

/// The linked module without its parts, and these.
pub struct Split {
    pub main: Vec<u8>,
    pub parts: Vec<Part>,
    /// Which files each part needs, by their names.
    pub needs: BTreeMap<String, Vec<String>>,
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
    let users = users_of_files(split.prefetch_map);
    let mut needs = BTreeMap::<_, Vec<_>>::new();
    let mut parts = Vec::new();
    for (stem, users) in users {
        let name = users.iter().map(String::as_str).collect::<Vec<_>>().join("-");
        let wasm = fs::read(folder.join(&stem).with_extension("wasm"))?;
        for user in users {
            needs.entry(user).or_default().push(name.clone());
        }
        parts.push(Part { name, wasm });
    }
    Ok(Split { main: fs::read(&main)?, parts, needs })
}

/// From "part needs files" to "file is needed by parts".
fn users_of_files(
    needs: impl IntoIterator<Item = (String, Vec<String>)>,
) -> BTreeMap<String, BTreeSet<String>> {
    let mut users = BTreeMap::<_, BTreeSet<_>>::new();
    for (part, files) in needs {
        for file in files {
            users.entry(file).or_default().insert(part.clone());
        }
    }
    users
}

/// The names that the files get: another with each build that changes the part or the main module.
pub fn file_names(program: &str, main: &[u8], parts: &[Part]) -> BTreeMap<String, String> {
    let name = |part: &Part| {
        let hash = content_hash(&[main, &part.wasm].concat());
        (part.name.clone(), format!("{program}-{}-{hash}.wasm", part.name))
    };
    parts.iter().map(name).collect()
}

/// The glue with the loaders in place of what it would import them from.
///
/// # Errors
/// When wasm-bindgen writes its glue in another way than it did.
pub fn with_loaders(
    glue: &str,
    needs: &BTreeMap<String, Vec<String>>,
    files: &BTreeMap<String, String>,
) -> Result<String> {
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
    let mut loaders = String::new();
    for (part, names) in needs {
        let urls: Vec<_> = names
            .iter()
            .filter_map(|name| files.get(name))
            .map(|file| format!("new URL(\"./{file}\", import.meta.url)"))
            .collect();
        loaders.push_str(&format!(
            "  __wasm_split_load_{part}: (callback, data) => loadPart(callback, data, [{}]),\n",
            urls.join(", ")
        ));
    }
    Ok(format!("{rest}\n{LOAD_PART}\nconst loaders = {{\n{loaders}}};\n{imports}"))
}

/// In the glue: from a response to an instance, also where a server sends the wrong type.
const LOAD: &str = "async function __wbg_load(module, imports)";

/// Written for the glue: `wasm` is what the main module exports, and what a part imports. What has failed is
/// forgotten, so that the next try is one.
const LOAD_PART: &str = r"const partsUnderWay = new Map();
const fetchPart = (url) => fetch(url);

function loadPartFile(url) {
  let loading = partsUnderWay.get(url.href);
  if (!loading) {
    loading = fetchPart(url).then((response) => __wbg_load(response, { __wasm_split: wasm }));
    loading.catch(() => partsUnderWay.delete(url.href));
    partsUnderWay.set(url.href, loading);
  }
  return loading;
}

function loadPart(callback, data, urls) {
  const tell = (isHere) => wasm.__indirect_function_table.get(callback)(data, isHere);
  Promise.all(urls.map(loadPartFile)).then(() => tell(1), () => tell(0));
}
";
