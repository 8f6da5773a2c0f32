//! What differs in the data between the dialects, and the answers to other origins.

use serde_json::json;

use crate::client::{TestServer, send};
use meet_recordings_server::Config;
use reqwest::Method;

#[tokio::test]
async fn statuses_and_settings_are_spelled_by_dialect() {
    let b = TestServer::start().await;
    let v34 = TestServer::v34().await;
    let recording = b.admin().await.recordings().await.swap_remove(0);
    assert_eq!(recording["status"], "COMPLETE");
    let recording = v34.admin().await.recordings().await.swap_remove(0);
    assert_eq!(recording["status"], "complete");
    assert!(recording["roomName"].is_string());

    for (server, settings, access) in [
        (&b, "/preferences/recordingPreferences", "admin-moderator"),
        (&v34, "/config/recording", "admin_moderator"),
    ] {
        let client = server.admin().await;
        let id = client.room("Design critique").await;
        let room = client.get(&format!("/api/v1/rooms/{id}")).await.json();
        assert_eq!(room.pointer(settings).unwrap()["allowAccessTo"], access);
    }
}

#[tokio::test]
async fn the_sample_speaks_many_scripts_and_some_hostility() {
    let server = TestServer::start().await;
    let recordings = server.admin().await.recordings().await;
    let has = |part: &str| {
        recordings.iter().any(|recording| recording["roomName"].as_str().unwrap().contains(part))
    };
    for part in [
        "\u{e9}",
        "\u{627}",
        "\u{7269}",
        "\u{939}",
        "\u{1f389}",
        "\u{202e}",
        "<img src=x onerror=",
        "\"><svg/onload=",
        "../../etc/passwd",
    ] {
        assert!(has(part), "{part}");
    }
}

#[tokio::test]
async fn other_origins_get_what_the_operator_configured() {
    let preflight = async |server: &TestServer| {
        let request = server
            .anonymous()
            .request(Method::OPTIONS, "/api/v1/recordings")
            .header("origin", "https://host.example")
            .header("access-control-request-headers", "x-api-key");
        send(request).await
    };
    let server = TestServer::start().await;
    let answer = preflight(&server).await;
    assert_eq!(answer.status, 204);
    assert_eq!(answer.header("access-control-allow-origin"), "*");
    assert_eq!(answer.header("access-control-allow-credentials"), "true");
    assert_eq!(answer.header("access-control-allow-headers"), "x-api-key");
    assert_eq!(answer.header("access-control-expose-headers"), "");

    let origin = "https://host.example".to_owned();
    let cors_origins = vec!["https://first.example".to_owned(), origin.clone()];
    let server = TestServer::with(Config { cors_origins, ..Config::default() }).await;
    assert_eq!(preflight(&server).await.header("access-control-allow-origin"), origin);
    let answer = server.anonymous().get("/api/v1/recordings").await;
    assert_eq!(
        (answer.status, answer.header("access-control-allow-origin")),
        (401, "https://first.example"),
        "to another page than those"
    );
    assert_eq!(answer.header("vary"), "Origin");
}

#[tokio::test]
async fn recordings_in_progress_advance_with_the_clock() {
    let server = TestServer::start().await;
    let client = server.admin().await;
    let id = client.first("Customer", "STARTING").await;
    let path = format!("/api/v1/recordings/{id}");
    let starting = client.get(&path).await.json();
    assert_eq!(starting.get("startDate"), None);
    let mut seen = Vec::new();
    for seconds in [9, 30, 10] {
        server.hooks().advance_clock(std::time::Duration::from_secs(seconds));
        seen.push(client.get(&path).await.json()["status"].clone());
    }
    assert_eq!(seen, [json!("ACTIVE"), json!("ENDING"), json!("COMPLETE")]);
    let complete = client.get(&path).await.json();
    let media = client.get(&format!("{path}/media")).await;
    assert_eq!(complete["size"], media.body.len());
    assert_eq!(complete["duration"], 30.0);
    assert_eq!(client.ids("Sprint", "ACTIVE").await.len(), 1, "a long one goes on");
}
