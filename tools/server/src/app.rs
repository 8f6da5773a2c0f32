//! The built app as static files: precompressed, hashed assets cached for good, pages revalidated, a strict policy on
//! everything. Any path without a file behind it is a page of the app, which routes by itself.

use std::path::Path;

use axum::Router;
use axum::extract::Request;
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse, Response};
use axum::routing::get_service;
use tower::{ServiceExt, service_fn};
use tower_http::services::{ServeDir, ServeFile};

const FOREVER: &str = "public, max-age=31536000, immutable";
const REVALIDATE: &str = "no-cache";

const HEADERS: [(HeaderName, &str); 5] = [
    (
        header::CONTENT_SECURITY_POLICY,
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self'; \
         media-src 'self'; img-src 'self' data:; font-src 'self'; base-uri 'none'; form-action 'self'; \
         frame-ancestors 'none'; require-trusted-types-for 'script'",
    ),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "no-referrer"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (
        HeaderName::from_static("permissions-policy"),
        "fullscreen=(self), picture-in-picture=(self), autoplay=(self), clipboard-write=(self), \
         camera=(), microphone=(), geolocation=(), display-capture=(), payment=(), usb=()",
    ),
];

pub fn service(directory: Option<&Path>) -> Router {
    let routes = match directory {
        Some(directory) => files(directory),
        None => Router::new().fallback(no_app),
    };
    routes.layer(from_fn(add_headers))
}

/// Files, and `index.html` for every path that is a page.
fn files(directory: &Path) -> Router {
    let index =
        ServeFile::new(directory.join("index.html")).precompressed_br().precompressed_gzip();
    let files = ServeDir::new(directory).precompressed_br().precompressed_gzip();
    Router::new().fallback_service(get_service(service_fn(move |request: Request| {
        let (index, files) = (index.clone(), files.clone());
        async move {
            if is_page(request.uri().path()) {
                index.oneshot(request).await.map(IntoResponse::into_response)
            } else {
                files.oneshot(request).await.map(IntoResponse::into_response)
            }
        }
    })))
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

async fn add_headers(request: Request, next: Next) -> Response {
    let hashed = is_hashed(request.uri().path());
    let mut response = next.run(request).await;
    let ok = response.status().is_success() || response.status() == StatusCode::NOT_MODIFIED;
    let headers = response.headers_mut();
    let caching = if hashed && ok { FOREVER } else { REVALIDATE };
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(caching));
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
