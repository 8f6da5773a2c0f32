//! The app's page: Trunk's template with its build instructions replaced by what xtask built.
//!
//! Pure text. The page is served under a policy without inline scripts or styles, so neither may appear.

use anyhow::{Context, Result, bail, ensure};

/// URL paths: absolute, because the app's page is also served below `/recording/`, or relative to its `<base>`.
pub struct Assets {
    pub style: String,
    pub script: String,
    pub wasm: String,
}

/// Where the app is on its host, unless packaged for elsewhere.
const BASE: &str = r#"<base href="/">"#;

/// Replaces every `<link data-trunk …>` of `template`.
pub fn fill_in(template: &str, assets: &Assets) -> Result<String> {
    let mut page = String::with_capacity(template.len());
    let mut rest = template;
    while let Some(start) = rest.find("<link data-trunk") {
        let (before, tag) = rest.split_at(start);
        let end = tag.find('>').context("index.html: a `<link data-trunk` tag never ends")? + 1;
        page.push_str(before);
        page.push_str(&replacement(&tag[..end], assets)?);
        rest = &tag[end..];
    }
    page.push_str(rest);
    check(&page)?;
    Ok(page)
}

/// For where nobody may be asked to change the page: it names the place of the app on its host, and a file with the rest.
pub fn with_config(page: &str, base: &str, config: &str) -> Result<String> {
    ensure!(page.contains(BASE), "index.html has no {BASE}");
    let base =
        format!("<base href=\"{base}\">\n    <meta name=\"meet-config\" content=\"{config}\">");
    Ok(page.replace(BASE, &base))
}

fn replacement(tag: &str, assets: &Assets) -> Result<String> {
    let Assets { style, script, wasm } = assets;
    if tag.contains(r#"rel="css""#) {
        return Ok(format!(r#"<link rel="stylesheet" href="{style}">"#));
    }
    if tag.contains(r#"rel="rust""#) {
        return Ok([
            format!(r#"<link rel="preload" href="{wasm}" as="fetch" type="application/wasm" crossorigin>"#),
            format!(r#"<link rel="modulepreload" href="{script}">"#),
            format!(r#"<script type="module" src="{script}"></script>"#),
        ]
        .join("\n    "));
    }
    bail!("index.html: xtask knows data-trunk links with rel \"css\" and \"rust\" only, not {tag}")
}

fn check(page: &str) -> Result<()> {
    ensure!(
        !page.contains("data-trunk"),
        "index.html: `data-trunk` must be the first attribute of a link"
    );
    ensure!(
        !page.contains("<style") && !page.contains(" style="),
        "index.html: styles belong in www/app.css"
    );
    let inline = page.split("<script").skip(1).any(|script| {
        let attributes = script.split('>').next().unwrap_or_default();
        !attributes.contains(" src=")
    });
    ensure!(!inline, "index.html: scripts belong in www/boot.js");
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fill(template: &str) -> Result<String> {
        let [style, script, wasm] = ["/a.css", "/a.js", "/a.wasm"].map(String::from);
        fill_in(template, &Assets { style, script, wasm })
    }

    #[test]
    fn replaces_what_trunk_would_build() {
        let page = fill(
            "<head>\n    <link data-trunk rel=\"css\" href=\"www/app.css\">\n    <link data-trunk\n rel=\"rust\">\n</head>",
        );
        assert_eq!(
            page.unwrap(),
            "<head>\n    <link rel=\"stylesheet\" href=\"/a.css\">\n    \
             <link rel=\"preload\" href=\"/a.wasm\" as=\"fetch\" type=\"application/wasm\" crossorigin>\n    \
             <link rel=\"modulepreload\" href=\"/a.js\">\n    \
             <script type=\"module\" src=\"/a.js\"></script>\n</head>"
        );
    }

    #[test]
    fn a_packaged_page_names_its_base_and_its_config() {
        let page = with_config("<head><base href=\"/\"></head>", "/a/", "config.json").unwrap();
        let head = "<base href=\"/a/\">\n    <meta name=\"meet-config\" content=\"config.json\">";
        assert_eq!(page, format!("<head>{head}</head>"));
        assert!(with_config("<head></head>", "/a/", "config.json").is_err());
    }

    #[test]
    fn refuses_what_it_would_lose() {
        assert!(fill(r#"<link data-trunk rel="copy-dir" href="www">"#).is_err());
        assert!(fill(r#"<link rel="css" data-trunk href="www/app.css">"#).is_err());
        assert!(fill(r#"<link data-trunk rel="css""#).is_err());
    }

    #[test]
    fn refuses_what_the_content_policy_blocks() {
        assert!(fill("<style>p { margin: 0 }</style>").is_err());
        assert!(fill(r#"<p style="margin: 0">"#).is_err());
        assert!(fill("<script type=\"module\">start()</script>").is_err());
        assert!(fill(r#"<script type="module" src="/x.js"></script>"#).is_ok());
    }
}
