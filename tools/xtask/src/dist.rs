//! `cargo xtask build`: everything that a server hands to a browser, in `target/dist`.
//!
//! ```text
//! index.html                 the app's page
//! assets/…-{hash}.{css,js,wasm}   the app, cacheable for ever
//! element/                   the custom element: shell, glue, wasm, types, and …-{hash}.wasm for each part
//! embed/                     pages that embed it
//! ```
//! with a `.br` and a `.gz` beside each file that gets smaller by it. And `cargo xtask package --app`: the app by itself in
//! `target/app`, for any place on a host, with a `config.json` beside its page.

use std::{
    collections::BTreeSet,
    fs,
    io::Write,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, ensure};
use flate2::{Compression, write::GzEncoder};

use crate::{
    api,
    cache::{Cache, content_hash},
    html::{self, Assets},
    languages,
    process::step,
    shell::{self, DEFINE},
    wasm::Module,
    workspace::Workspace,
};

/// In `www/boot.js`: where the app's module is, before it has a hash in its name.
const WASM_PLACEHOLDER: &str = "./admin_bg.wasm";

/// Beside the packaged app's page, for whoever installs it to change.
const CONFIG: &str = "config.json";
const NO_CONFIG: &str = "{\n  \"serverUrl\": null,\n  \"provider\": null,\n  \"auth\": null\n}\n";

const TYPES: [&str; 2] = ["meet_recordings.d.ts", "meet_recordings_bg.wasm.d.ts"];

/// Builds `target/dist` and returns its path.
pub fn build(workspace: &Workspace) -> Result<PathBuf> {
    let cache = Cache::open(workspace)?;
    let admin = Module::build_admin(workspace, &cache)?;
    let element = Module::build_element(workspace, &cache)?;
    step("write target/dist", || {
        let mut dist = Dist { folder: workspace.dist(), cache, written: BTreeSet::new() };
        let assets = write_assets(workspace, &mut dist, &admin, "/")?;
        let page = fill_in_page(workspace, &assets)?;
        dist.write("index.html", page.as_bytes())?;
        write_element(workspace, &mut dist, &element)?;
        write_embed_examples(workspace, &mut dist)?;
        dist.remove_stale()?;
        Ok(dist.folder)
    })
}

/// Builds the app by itself, for any web server, in `target/app`, and returns its path. `base` is where on its host it will
/// be: a path that ends in a slash.
pub fn build_app(workspace: &Workspace, base: &str) -> Result<PathBuf> {
    let cache = Cache::open(workspace)?;
    let admin = Module::build_admin(workspace, &cache)?;
    step("write target/app", || {
        let folder = workspace.target.join("app");
        let mut app = Dist { folder, cache, written: BTreeSet::new() };
        let assets = write_assets(workspace, &mut app, &admin, "")?;
        let page = html::with_config(&fill_in_page(workspace, &assets)?, base, CONFIG)?;
        app.write("index.html", page.as_bytes())?;
        // Not packed: what a server sends must be what somebody wrote into it.
        app.put(CONFIG, NO_CONFIG.as_bytes())?;
        app.remove_stale()?;
        Ok(app.folder)
    })
}

/// One JavaScript file: the glue exports the loader that `boot.js`, in the same scope, calls. `root` is what the addresses of
/// the files begin with.
fn write_assets(
    workspace: &Workspace,
    dist: &mut Dist,
    admin: &Module,
    root: &str,
) -> Result<Assets> {
    let wasm = dist.write_hashed("admin", "wasm", &admin.wasm)?;
    for (name, module) in languages::modules(workspace)? {
        dist.write(&name, module.as_bytes())?;
    }
    let boot = read(&workspace.root.join("www/boot.js"))?;
    ensure!(boot.contains(WASM_PLACEHOLDER), "www/boot.js no longer loads {WASM_PLACEHOLDER}");
    let file_name = wasm.rsplit('/').next().unwrap_or_default();
    let boot = boot.replace(WASM_PLACEHOLDER, &format!("./{file_name}"));
    let script = format!("{}\n{boot}", admin.glue);
    for (name, wasm) in &admin.parts {
        dist.write(&format!("assets/{name}"), wasm)?;
    }
    let script = dist.write_hashed("admin", "js", script.as_bytes())?;
    let style = read(&workspace.root.join("www/app.css"))?;
    let style = dist.write_hashed("app", "css", style.as_bytes())?;
    let [style, script, wasm] = [style, script, wasm].map(|path| format!("{root}{path}"));
    Ok(Assets { style, script, wasm })
}

fn fill_in_page(workspace: &Workspace, assets: &Assets) -> Result<String> {
    let template = read(&workspace.root.join("index.html"))?;
    html::fill_in(&template, assets)
}

fn write_element(workspace: &Workspace, dist: &mut Dist, element: &Module) -> Result<()> {
    let shell = shell::finish(&shell::read(workspace)?, &element.wasm)?;
    dist.write("element/meet-recordings.js", format!("{shell}{DEFINE}").as_bytes())?;
    dist.write("element/meet_recordings.js", element.glue.as_bytes())?;
    dist.write("element/meet_recordings_bg.wasm", &element.wasm)?;
    for (name, module) in languages::modules(workspace)? {
        dist.write(&format!("element/{name}"), module.as_bytes())?;
    }
    for (name, wasm) in &element.parts {
        dist.write(&format!("element/{name}"), wasm)?;
    }
    let style = read(&workspace.root.join("pkg-template/reserve.css"))?;
    dist.write("element/reserve.css", style.as_bytes())?;
    for types in TYPES {
        let text = read(&element.folder.join(types))?;
        dist.write(&format!("element/{types}"), text.as_bytes())?;
    }
    Ok(())
}

fn write_embed_examples(workspace: &Workspace, dist: &mut Dist) -> Result<()> {
    let folder = workspace.root.join("www/embed");
    let entries =
        fs::read_dir(&folder).with_context(|| format!("cannot list {}", folder.display()))?;
    for entry in entries {
        let entry = entry?;
        let content = fs::read(entry.path())?;
        dist.write(&format!("embed/{}", entry.file_name().to_string_lossy()), &content)?;
    }
    dist.write("embed/api.json", api::json(workspace)?.as_bytes())
}

fn read(path: &Path) -> Result<String> {
    fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))
}

/// The output folder, and what of it belongs to this build.
struct Dist {
    folder: PathBuf,
    cache: Cache,
    written: BTreeSet<PathBuf>,
}

impl Dist {
    /// Writes under a name that changes with the content; returns its path in the folder.
    fn write_hashed(&mut self, stem: &str, extension: &str, content: &[u8]) -> Result<String> {
        let path = format!("assets/{stem}-{}.{extension}", content_hash(content));
        self.write(&path, content)?;
        Ok(path)
    }

    fn write(&mut self, path: &str, content: &[u8]) -> Result<()> {
        let brotli = self.cache.get("br", content, || brotli(content))?;
        let gzip = self.cache.get("gz", content, || gzip(content))?;
        self.put(path, content)?;
        for (suffix, packed) in [("br", brotli), ("gz", gzip)] {
            if packed.len() < content.len() {
                self.put(&format!("{path}.{suffix}"), &packed)?;
            }
        }
        Ok(())
    }

    fn put(&mut self, path: &str, content: &[u8]) -> Result<()> {
        let file = self.folder.join(path);
        let parent = file.parent().unwrap_or(&self.folder);
        fs::create_dir_all(parent)
            .and_then(|()| fs::write(&file, content))
            .with_context(|| format!("cannot write {}", file.display()))?;
        self.written.insert(file);
        Ok(())
    }

    /// Deletes what earlier builds left. After the writing, so that a running server always has a whole app.
    fn remove_stale(&self) -> Result<()> {
        for file in files_below(&self.folder)? {
            if !self.written.contains(&file) {
                fs::remove_file(&file)?;
            }
        }
        Ok(())
    }
}

/// Every file in `folder` and its subfolders.
pub fn files_below(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder)? {
            let path = entry?.path();
            if path.is_dir() { folders.push(path) } else { files.push(path) }
        }
    }
    Ok(files)
}

fn brotli(content: &[u8]) -> Result<Vec<u8>> {
    // The default is quality 11 with a window of 4 MB.
    let parameters =
        brotli::enc::BrotliEncoderParams { size_hint: content.len(), ..Default::default() };
    let mut packed = Vec::new();
    brotli::BrotliCompress(&mut &content[..], &mut packed, &parameters)?;
    Ok(packed)
}

fn gzip(content: &[u8]) -> Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(content)?;
    Ok(encoder.finish()?)
}

#[cfg(test)]
mod tests {
    /// What a location does not name nginx sends as plain text, and browsers take no program from that.
    #[test]
    fn the_nginx_configuration_in_the_docs_names_every_kind_of_file() {
        let text = include_str!("../../../docs/install/nginx.conf");
        let kinds = [
            ("location /recordings/assets/ {", ["wasm;", "js;", "css;"]),
            ("location /recordings/ {", ["html;", "json;", "js;"]),
        ];
        for (location, names) in kinds {
            let rest = text.split(location).nth(1).unwrap().split("types {").nth(1).unwrap();
            let types = rest.split('}').next().unwrap();
            for name in names {
                assert!(types.contains(&format!(" {name}")), "{location} has no {name}");
            }
        }
    }
}
