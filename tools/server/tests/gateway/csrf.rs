//! Requests that another site makes a browser send (`reference/web-component-bar.md` §4.6, item 70).

use reqwest::Method;

use crate::client::{Client, gateway, send};
use crate::recorder::Recorder;

const CONFIG: &str = r#"
allowed_origins = ["https://app.example.org"]
[systems.school]
provider = "openvidu-meet"
dialect = "b"
url = "{url}"
api_key = "key"
[[users]]
name = "anna"
password = "HASH"
[users.systems.school]
rights = ["play", "delete", "rooms"]
"#;

const RECORDING: &str = "/gateway/school/api/v1/recordings/r--EG_1--u";

/// The status of a deletion that a page of this origin sends, with or without the custom header.
async fn deletion(client: &Client, origin: Option<&str>, host: Option<&str>, custom: bool) -> u16 {
    let mut request = client.request(Method::DELETE, RECORDING).build().unwrap();
    let headers = request.headers_mut();
    if !custom {
        headers.remove("x-requested-with");
    }
    for (name, value) in [("origin", origin), ("host", host)] {
        if let Some(value) = value {
            headers.insert(name, value.parse().unwrap());
        }
    }
    let cookie = client.cookie.as_deref().unwrap_or_default();
    headers.insert("cookie", cookie.parse().unwrap());
    reqwest::Client::new().execute(request).await.unwrap().status().as_u16()
}

#[tokio::test]
async fn only_pages_of_the_gateway_or_of_allowed_origins_change_things() {
    let server = Recorder::quiet().await;
    let gateway = gateway(CONFIG, &server.url).await;
    let client = Client::signed_in(&gateway, "anna").await;
    let own = gateway.url();
    let none: Option<&str> = None;
    for (origin, host, custom, status) in [
        // Programs and old browsers send no origin.
        (none, none, true, 200),
        (Some(own), none, true, 200),
        (Some("https://app.example.org"), none, true, 200),
        (Some("HTTPS://App.Example.Org:443"), none, true, 200),
        (Some("http://meet.example.org"), Some("meet.example.org"), true, 200),
        (Some("http://meet.example.org"), Some("Meet.Example.org:80"), true, 200),
        (Some("https://meet.example.org"), Some("meet.example.org"), true, 200),
        // A form, an image or a no-cors fetch cannot send the custom header.
        (none, none, false, 403),
        (Some(own), none, false, 403),
        (Some("https://app.example.org"), none, false, 403),
        // Sandboxed frames and files.
        (Some("null"), none, true, 403),
        (Some(""), none, true, 403),
        (Some("https://evil.example"), none, true, 403),
        (Some("https://app.example.org.evil.example"), none, true, 403),
        (Some("https://app.example.org:444"), none, true, 403),
        (Some("http://app.example.org"), none, true, 403),
        (Some("https://evil.example"), Some("meet.example.org"), true, 403),
        (Some("http://meet.example.org:81"), Some("meet.example.org"), true, 403),
        (Some("http://localhost:1"), none, true, 403),
    ] {
        let seen = deletion(&client, origin, host, custom).await;
        assert_eq!(seen, status, "{origin:?} {host:?} {custom}");
        assert_eq!(server.take().len(), usize::from(status == 200), "{origin:?}");
    }
}

#[tokio::test]
async fn every_unsafe_request_is_checked_and_reading_is_not() {
    let server = Recorder::quiet().await;
    let gateway = gateway(CONFIG, &server.url).await;
    let client = Client::signed_in(&gateway, "anna").await.without_header("x-requested-with");
    for (method, path) in [
        ("POST", "/gateway/auth/login"),
        ("POST", "/gateway/auth/logout"),
        ("DELETE", RECORDING),
        ("POST", "/gateway/school/api/v1/rooms"),
        ("PUT", "/gateway/school/api/v1/rooms/r"),
        ("PATCH", "/gateway/school/api/v1/rooms/r"),
        ("OPTIONS", RECORDING),
        ("TRACE", RECORDING),
        ("POST", "/gateway/nowhere"),
    ] {
        client.send(method, path, None).await.is_refused(403, "x-requested-with is missing");
    }
    let foreign = client.with_header("origin", "https://evil.example");
    for path in ["/gateway/auth/session", "/gateway/school/api/v1/recordings", RECORDING] {
        let answer = foreign.get(path).await;
        assert_eq!(answer.status, 200);
        // The other site cannot read it, nor show it.
        assert_eq!(answer.header("access-control-allow-origin"), "");
        assert_eq!(answer.header("cross-origin-resource-policy"), "same-origin");
        assert_eq!(
            answer.header("content-security-policy"),
            "default-src 'none'; media-src 'self'; sandbox"
        );
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
    }
}

#[tokio::test]
async fn behind_https_pages_of_http_are_foreign() {
    let server = Recorder::quiet().await;
    let config = format!(
        "\n[session]\nkey = \"{}\"\n{}",
        crate::client::SESSION_KEY,
        CONFIG.replace("allowed_origins = [\"https://app.example.org\"]\n", "")
    );
    let gateway = gateway(&config, &server.url).await;
    let client = Client::of(&gateway);
    for (origin, status) in [("https://meet.example.org", 401), ("http://meet.example.org", 403)] {
        let request = client.request(Method::DELETE, RECORDING);
        let request = request.header("origin", origin).header("host", "meet.example.org");
        assert_eq!(send(request).await.status, status, "{origin}");
    }
}

#[tokio::test]
async fn the_forwarded_host_counts_from_trusted_proxies_only() {
    let server = Recorder::quiet().await;
    for (proxies, status) in [("127.0.0.1", 401), ("192.0.2.1", 403)] {
        let trusted = format!("trusted_proxies = [\"{proxies}\"]");
        let config = CONFIG.replace("allowed_origins", &format!("{trusted}\nallowed_origins"));
        let gateway = gateway(&config, &server.url).await;
        let client = Client::of(&gateway);
        let request = client
            .request(Method::DELETE, RECORDING)
            .header("origin", "https://meet.example.org")
            .header("x-forwarded-host", "meet.example.org");
        assert_eq!(send(request).await.status, status, "{proxies}");
    }
}
