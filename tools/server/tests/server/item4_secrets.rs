//! Item 4: share secrets.

use crate::client::{Client, TestServer, text};

/// The path of a recording with its public or private secret.
async fn shared(admin: &Client, id: &str, private: bool) -> String {
    let path = format!("/api/v1/recordings/{id}/url?privateAccess={private}");
    let url = text(&admin.get(&path).await.json(), "url");
    let (page, secret) = url.split_once("?secret=").unwrap();
    assert!(page.ends_with(&format!("/recording/{id}")), "{page}");
    format!("/api/v1/recordings/{id}?secret={secret}")
}

fn media(path: &str) -> String {
    path.replace('?', "/media?")
}

#[tokio::test]
async fn secrets_open_one_recording_to_whom_they_are_meant_for() {
    let server = TestServer::start().await;
    let admin = server.admin().await;
    let user = server.user().await;
    let anonymous = server.anonymous();
    let id = admin.first("Board", "COMPLETE").await;
    let public = shared(&admin, &id, false).await;
    let private = shared(&admin, &id, true).await;
    assert_ne!(public, private);

    for (client, path, status) in [
        (&anonymous, &public, 200),
        (&user, &public, 200),
        (&anonymous, &private, 401),
        (&user, &private, 200),
        (&admin, &private, 200),
    ] {
        assert_eq!(client.get(path).await.status, status, "{path}");
        let media = client.range(&media(path), "bytes=0-9").await;
        assert_eq!(media.status, if status == 200 { 206 } else { status });
    }
    let answer = anonymous.get(&private).await;
    answer.is_error(401, "Authentication Error", "Unauthorized");
}

#[tokio::test]
async fn a_wrong_secret_is_400_and_an_unknown_recording_404() {
    let server = TestServer::start().await;
    let admin = server.admin().await;
    let id = admin.first("Board", "COMPLETE").await;
    for path in [format!("{id}?secret=wrong"), format!("{id}/media?secret=wrong")] {
        let answer = server.anonymous().get(&format!("/api/v1/recordings/{path}")).await;
        let message = format!("Secret 'wrong' is not recognized for recording '{id}'");
        answer.is_error(400, "Recording Error", &message);
    }
    let answer = server.anonymous().get("/api/v1/recordings/no--EG_x--y?secret=wrong").await;
    answer.is_error(404, "Recording Error", "Recording 'no--EG_x--y' not found");
}

#[tokio::test]
async fn beside_a_secret_no_other_credential_counts() {
    let server = TestServer::start().await;
    let admin = server.admin().await;
    let id = admin.first("Board", "COMPLETE").await;
    let private = shared(&admin, &id, true).await;
    let with_key = server.anonymous().with_header("x-api-key", "meet-api-key");
    assert_eq!(with_key.get(&private).await.status, 401);
    let wrong = format!("/api/v1/recordings/{id}?secret=wrong");
    assert_eq!(with_key.get(&wrong).await.status, 400);
    assert_eq!(with_key.get(&format!("/api/v1/recordings/{id}")).await.status, 200);
}

#[tokio::test]
async fn links_carry_the_host_that_was_asked() {
    let server = TestServer::start().await;
    let id = server.admin().await.first("Board", "COMPLETE").await;
    let proxied = server
        .admin()
        .await
        .with_header("host", "meet.example.org")
        .with_header("x-forwarded-proto", "https");
    // The cookies are localhost's: the key signs in here.
    let proxied = proxied.with_header("x-api-key", "meet-api-key");
    let answer = proxied.get(&format!("/api/v1/recordings/{id}/url")).await.json();
    let url = text(&answer, "url");
    let start = format!("https://meet.example.org/recording/{id}?secret=");
    assert!(url.starts_with(&start), "{url}");
}
