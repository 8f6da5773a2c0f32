//! What the sample server allows the example pages in `/embed/` beside the strict policy of everything else: those about a
//! server on another site or origin talk to this one, under another of its names. The others, and the pages behind a
//! gateway, are as strict as the app.

use axum::extract::Request;
use axum::http::{HeaderName, HeaderValue, header};
use axum::middleware::Next;
use axum::response::Response;

/// This machine, on any port: a policy cannot say "the same one".
const NAMES: &str = "http://localhost:* http://127.0.0.1:* http://*.example.localhost:*";

const FRAMERS: &str = "frame-ancestors 'self' http://localhost:* http://127.0.0.1:*";

const PERMISSIONS: HeaderName = HeaderName::from_static("permissions-policy");

pub async fn loosen_examples(request: Request, next: Next) -> Response {
    let path = request.uri().path().to_owned();
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    let policy = headers.get(header::CONTENT_SECURITY_POLICY).and_then(|it| it.to_str().ok());
    let looser = policy.and_then(|policy| loosened(&path, policy));
    // Of characters that were in a header, and of those above.
    if let Some(policy) = looser.and_then(|it| HeaderValue::try_from(it).ok()) {
        headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    if path == "/embed/iframe.html"
        && let Some(permissions) = headers.get(PERMISSIONS).and_then(|it| it.to_str().ok())
        // What is the page's alone cannot be given on to a frame.
        && let Ok(permissions) = HeaderValue::try_from(permissions.replace("(self)", "*"))
    {
        headers.insert(PERMISSIONS, permissions);
    }
    response
}

fn loosened(path: &str, policy: &str) -> Option<String> {
    match path.strip_prefix("/embed/")? {
        "same-site.html" | "token.html" | "share.html" => {
            let server = |policy: String, what: &str| {
                policy.replace(&format!("{what} 'self'"), &format!("{what} 'self' {NAMES}"))
            };
            Some(server(server(policy.to_owned(), "connect-src"), "media-src"))
        }
        "iframe.html" => Some(format!("{policy}; frame-src {NAMES}")),
        "framed.html" => Some(policy.replace("frame-ancestors 'none'", FRAMERS)),
        _ => None,
    }
}
