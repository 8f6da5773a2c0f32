//! plugNmeet: who may call, and what answers have in common.

use meet_recordings_server::{Dialect, secrets};
use reqwest::Method;
use serde_json::json;

use crate::client::{Sample, send, signature};

const FETCH: &str = "/auth/recording/fetch";
const BODY: &str = r#"{"limit":1}"#;

#[tokio::test]
async fn each_missing_or_wrong_header_is_a_401_with_its_code() {
    let sample = Sample::of(Dialect::PlugNmeet).await;
    let right = signature(secrets::PLUGNMEET_SECRET, BODY);
    let of_other_secret = signature("SECRET", BODY);
    let of_other_body = signature(secrets::PLUGNMEET_SECRET, r#"{ "limit": 1 }"#);
    let capitals = right.to_uppercase();
    let key = secrets::PLUGNMEET_KEY;
    for (key, signature, code, msg) in [
        ("", right.as_str(), "MISSING_REQUIRED_PARAMETER", "Missing API-KEY header."),
        ("other", &right, "INVALID_API_KEY", "Invalid API key provided."),
        (key, "", "MISSING_REQUIRED_PARAMETER", "Missing HASH-SIGNATURE header."),
        (
            key,
            &of_other_secret,
            "INVALID_TOKEN_OR_SIGNATURE",
            "Failed to verify provided authentication details.",
        ),
        (
            key,
            &of_other_body,
            "INVALID_TOKEN_OR_SIGNATURE",
            "Failed to verify provided authentication details.",
        ),
        (
            key,
            &capitals,
            "INVALID_TOKEN_OR_SIGNATURE",
            "Failed to verify provided authentication details.",
        ),
    ] {
        let mut request = sample.request(Method::POST, FETCH).body(BODY);
        for (name, value) in [("API-KEY", key), ("HASH-SIGNATURE", signature)] {
            if !value.is_empty() {
                request = request.header(name, value);
            }
        }
        let answer = send(request).await;
        assert_eq!(answer.status, 401);
        assert_eq!(answer.json(), json!({ "status": false, "msg": msg, "status_code": code }));
    }
}

#[tokio::test]
async fn the_signature_is_of_the_exact_bytes() {
    let sample = Sample::of(Dialect::PlugNmeet).await;
    for body in [BODY, "{ \"limit\" :1}\n", "{\"limit\":1,\"x\":\"\u{e9}\"}"] {
        let answer = sample.plugnmeet_bytes("/recording/fetch", body).await;
        assert_eq!((answer.status, answer.json()["status"].clone()), (200, json!(true)), "{body}");
    }
}

#[tokio::test]
async fn unknown_paths_are_plain_text_and_signatures_come_first() {
    let sample = Sample::of(Dialect::PlugNmeet).await;
    // The path of the vendor's blog.
    sample.plugnmeet_bytes("/recording/update-metadata", "{}").await.is_text(404, "not found");
    assert_eq!(send(sample.request(Method::POST, "/auth/nothing")).await.status, 401);
    sample.get("/nothing").await.is_text(404, "not found");
    sample.get(FETCH).await.is_text(404, "not found");
}

#[tokio::test]
async fn what_is_wrong_with_a_body_is_said_with_status_200() {
    let sample = Sample::of(Dialect::PlugNmeet).await;
    for (path, body) in [
        ("/recording/fetch", ""),
        ("/recording/fetch", "[]"),
        ("/recording/fetch", r#"{"room_ids":"room"}"#),
        ("/recording/fetch", r#"{"limit":-1}"#),
        ("/recording/info", "{}"),
        ("/recording/delete", r#"{"record_id":""}"#),
        ("/recording/getDownloadToken", r#"{"record_id":7}"#),
        ("/recording/updateMetadata", r#"{"metadata":{}}"#),
    ] {
        let answer = sample.plugnmeet_bytes(path, body).await;
        assert_eq!(answer.status, 200);
        let answer = answer.json();
        let seen = (&answer["status"], &answer["status_code"]);
        assert_eq!(seen, (&json!(false), &json!("INVALID_PARAMETERS")), "{path} {body}");
        assert!(!answer["msg"].as_str().unwrap().is_empty());
    }
}

#[tokio::test]
async fn any_origin_may_read_but_without_credentials() {
    let sample = Sample::of(Dialect::PlugNmeet).await;
    let preflight = sample
        .request(Method::OPTIONS, FETCH)
        .header("origin", "https://host.example")
        .header("access-control-request-method", "POST")
        .header("access-control-request-headers", "api-key,hash-signature");
    let answer = send(preflight).await;
    assert_eq!(answer.status, 204);
    assert_eq!(answer.header("access-control-allow-origin"), "*");
    assert_eq!(answer.header("access-control-allow-methods"), "POST,GET,OPTIONS,HEAD");
    assert_eq!(answer.header("access-control-allow-headers"), "api-key,hash-signature");
    assert_eq!(answer.header("access-control-allow-credentials"), "");

    let request = sample.request(Method::POST, FETCH).header("origin", "https://host.example");
    let answer = send(request).await;
    assert_eq!((answer.status, answer.header("access-control-allow-origin")), (401, "*"));
    assert_eq!(answer.header("access-control-expose-headers"), "");
    assert_eq!(sample.get("/nothing").await.header("access-control-allow-origin"), "");
}
