//! The built app as static files: precompressed, hashed assets cached for good, pages revalidated, a strict policy on
//! everything. Any path without a file behind it is a page of the app, which routes by itself.

use std::io;
use std::path::Path;

use axum::Router;
use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::{MethodRouter, get, get_service};
use tower::{ServiceExt, service_fn};
use tower_http::services::{ServeDir, ServeFile};

use crate::examples::loosen_examples;
use crate::gateway::Origin;

const FOREVER: &str = "public, max-age=31536000, immutable";
const REVALIDATE: &str = "no-cache";

/// As xtask writes it.
const BASE_HREF: &str = "<base href=\"";

const HEADERS: [(HeaderName, &str); 4] = [
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "no-referrer"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (
        HeaderName::from_static("permissions-policy"),
        "fullscreen=(self), picture-in-picture=(self), autoplay=(self), clipboard-write=(self), \
         camera=(), microphone=(), geolocation=(), display-capture=(), payment=(), usb=()",
    ),
];

/// For a server that has the API as well.
pub fn service(directory: Option<&Path>) -> Router {
    let routes = match directory {
        Some(directory) => {
            let index = directory.join("index.html");
            let index = ServeFile::new(index).precompressed_br().precompressed_gzip();
            files(directory, get_service(index))
        }
        None => Router::new().fallback(no_app),
    };
    with_headers(routes, &[]).layer(from_fn(loosen_examples))
}

/// For a gateway: tells the app that `system` is at `/gateway/{system}`, and lets it play films from these places too.
///
/// # Errors
/// When `index.html` cannot be read or has no head.
pub fn behind_gateway(directory: &Path, system: &str, films: &[Origin]) -> io::Result<Router> {
    let said = format!(
        "<meta name=\"meet-server-url\" content=\"/gateway/{system}\">\
         <meta name=\"meet-auth\" content=\"gateway\">"
    );
    let index = page(index_saying(directory, &said)?);
    let routes = embed_examples(directory, system)?.fallback_service(files(directory, index));
    Ok(with_headers(routes, films))
}

/// For a server that relays the API of a meeting server: tells the app that it is on this host, whatever its `config.json`
/// says. Paths come without `base`, below which browsers find the app.
///
/// # Errors
/// When `index.html` cannot be read, has no head, or was not made for any base.
pub fn beside_api(directory: &Path, base: &str) -> io::Result<Router> {
    let index = index_saying(directory, "<meta name=\"meet-server-url\" content=\"/\">")?;
    let parts = index.split_once(BASE_HREF).and_then(|(before, after)| {
        let (_, after) = after.split_once('"')?;
        Some((before, after))
    });
    let (before, after) = parts.ok_or_else(|| is_no_app("index.html has no <base>"))?;
    let index = page(format!("{before}{BASE_HREF}{base}\"{after}"));
    Ok(with_headers(files(directory, index), &[]))
}

/// The app's page with something more in its head.
fn index_saying(directory: &Path, said: &str) -> io::Result<String> {
    let index = std::fs::read_to_string(directory.join("index.html"))?;
    let (before, after) =
        index.split_once("<head>").ok_or_else(|| is_no_app("index.html has no <head>"))?;
    Ok(format!("{before}<head>{said}{after}"))
}

fn page(text: String) -> MethodRouter {
    get(move || async move { Html(text) })
}

fn is_no_app(why: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, why)
}

/// The examples are of an element beside its server; here that is a system of the gateway.
fn embed_examples(directory: &Path, system: &str) -> io::Result<Router> {
    let mut routes = Router::new();
    let Ok(entries) = std::fs::read_dir(directory.join("embed")) else { return Ok(routes) };
    for entry in entries {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if !name.ends_with(".html") {
            continue;
        }
        let address = format!("server-url=\"/gateway/{system}\" auth=\"gateway\"");
        let text = std::fs::read_to_string(entry.path())?.replace("server-url=\"/\"", &address);
        if name == "index.html" {
            routes = routes.route("/embed/", page(text.clone()));
        }
        routes = routes.route(&format!("/embed/{name}"), page(text));
    }
    Ok(routes)
}

/// Files, and the index for every path that is a page.
fn files(directory: &Path, index: MethodRouter) -> Router {
    let files = ServeDir::new(directory).precompressed_br().precompressed_gzip();
    let index_name = "/index.html";
    Router::new().fallback_service(get_service(service_fn(move |request: Request| {
        let (index, files) = (index.clone(), files.clone());
        async move {
            if is_page(request.uri().path()) || request.uri().path() == index_name {
                index.oneshot(request).await
            } else {
                files.oneshot(request).await.map(IntoResponse::into_response)
            }
        }
    })))
}

/// Whatever the app may do: nothing but talk to where it comes from, and play films from these places too.
fn policy(films: &[Origin]) -> String {
    let films: String = films.iter().map(|origin| format!(" {origin}")).collect();
    format!(
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self'{films}; \
         media-src 'self'{films}; img-src 'self' data:; font-src 'self'; base-uri 'self'; form-action 'self'; \
         frame-ancestors 'none'; require-trusted-types-for 'script'"
    )
}

fn with_headers(routes: Router, films: &[Origin]) -> Router {
    // Origins are of characters that are fit for a header.
    let policy = HeaderValue::try_from(policy(films));
    let policy = policy.unwrap_or(HeaderValue::from_static("default-src 'none'"));
    routes.layer(from_fn_with_state(policy, add_headers))
}

/// Whether the app routes this path by itself: not one in the folders of files, nor one that ends like a file name.
fn is_page(path: &str) -> bool {
    let mut segments = path.split('/').skip(1);
    let in_folder = matches!(segments.next(), Some("assets" | "element" | "embed"));
    !in_folder && path.rsplit('/').next().is_none_or(|name| !name.contains('.'))
}

async fn no_app() -> Response {
    let text = "No app here. Start the server with --app DIR, or build and serve it with: cargo xtask demo\n";
    (StatusCode::NOT_FOUND, text).into_response()
}

async fn add_headers(State(policy): State<HeaderValue>, request: Request, next: Next) -> Response {
    let hashed = is_hashed(request.uri().path());
    let mut response = next.run(request).await;
    let ok = response.status().is_success() || response.status() == StatusCode::NOT_MODIFIED;
    let headers = response.headers_mut();
    let caching = if hashed && ok { FOREVER } else { REVALIDATE };
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(caching));
    headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    for (name, value) in HEADERS {
        headers.insert(name, HeaderValue::from_static(value));
    }
    response
}

/// Whether this is `/assets/NAME-HASH.ext`, whose content never changes under its name.
fn is_hashed(path: &str) -> bool {
    let Some(name) = path.strip_prefix("/assets/") else {
        return false;
    };
    let stem = name.split('.').next().unwrap_or_default();
    stem.split(['-', '_'])
        .skip(1)
        .any(|part| part.len() >= 8 && part.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_what_is_neither_in_a_folder_nor_named_like_a_file() {
        for page in ["/", "/recordings", "/recording/r--EG_1--u", "/a.b/c", "/embedded"] {
            assert!(is_page(page), "{page}");
        }
        for file in ["/favicon.svg", "/assets/x", "/embed", "/embed/", "/element/a/b"] {
            assert!(!is_page(file), "{file}");
        }
    }

    #[test]
    fn only_hashed_assets_are_immutable() {
        assert!(is_hashed("/assets/admin-1a2b3c4d5e6f7a8b.js"));
        assert!(is_hashed("/assets/admin-1a2b3c4d5e6f7a8b_bg.wasm"));
        assert!(!is_hashed("/assets/admin.js"));
        assert!(!is_hashed("/element/meet-recordings-1a2b3c4d.js"));
        assert!(!is_hashed("/index.html"));
    }
}
