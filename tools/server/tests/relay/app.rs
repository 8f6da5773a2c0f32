//! The app's files, wherever on the host they are.

use crate::client::{Client, send};
use crate::recorder::Recorder;
use meet_recordings_server::{RelayConfig, RelayError};
use reqwest::Method;

#[tokio::test]
async fn any_page_below_the_base_is_the_app_which_knows_where_it_is() {
    let upstream = Recorder::quiet().await;
    for base in ["/", "/a/b/"] {
        let client = Client::at(base, &upstream.url).await;
        for path in ["", "recordings", "rooms/x?y", "recording/r--EG_1--u"] {
            let page = client.get(&format!("{base}{path}")).await;
            let head = format!(
                "<head><meta name=\"meet-server-url\" content=\"/\"><base href=\"{base}\">\
                 <title>app</title></head>"
            );
            assert_eq!((page.status, page.text.as_str()), (200, head.as_str()), "{base}{path}");
            assert!(page.header("content-security-policy").contains("base-uri 'self';"));
            assert_eq!(page.header("cache-control"), "no-cache");
        }
        let script = format!("{base}assets/admin-0123456789abcdef.js");
        let script = client.request(Method::GET, &script).header("accept-encoding", "br");
        let script = send(script).await;
        assert_eq!((script.text.as_str(), script.header("content-encoding")), ("brotli", "br"));
        assert_eq!(script.header("cache-control"), "public, max-age=31536000, immutable");
        assert_eq!(client.get(&format!("{base}config.json")).await.text, "{}");
        assert_eq!(client.get(&format!("{base}assets/gone.js")).await.status, 404);
    }
    assert!(upstream.take().is_empty());
}

#[tokio::test]
async fn beside_the_base_there_is_nothing() {
    let upstream = Recorder::quiet().await;
    let client = Client::at("/a/b/", &upstream.url).await;
    let there = client.get("/a/b").await;
    assert_eq!((there.status, there.header("location")), (308, "/a/b/"));
    for path in ["/", "/a", "/a/bc/", "/recordings"] {
        assert_eq!(client.get(path).await.status, 404, "{path}");
    }
}

#[test]
fn what_is_wrong_is_said_in_a_line() {
    let error = |upstream: &str, base: &str| {
        RelayConfig::new(upstream, "app".into(), base).err().map(|it| it.to_string())
    };
    assert_eq!(error("https://meet.example.com/", "/recordings"), None);
    for upstream in ["", "meet.example.com", "ftp://a", "https://a/meet", "https://a@b", "http://"]
    {
        let said = error(upstream, "/").unwrap();
        assert!(said.starts_with("--upstream must be ") && said.contains(upstream), "{said}");
        assert!(!said.contains('\n'));
    }
    let said = error("http://a", "recordings").unwrap();
    assert_eq!(said, "--base-path must be a path, such as /recordings/, not `recordings`");
    let config = RelayConfig::new("http://a", "/nowhere".into(), "/").unwrap();
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let refused =
        runtime.block_on(meet_recordings_server::Relay::start(config, crate::client::anywhere()));
    assert!(matches!(refused.err().unwrap(), RelayError::App(..)));
}
