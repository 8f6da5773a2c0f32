//! plugNmeet: files behind tokens.

use meet_recordings_server::{Dialect, secrets};
use reqwest::Method;
use serde_json::{Value, json};

use crate::client::{Sample, claims_of, plugnmeet_token, send, text};

async fn token(sample: &Sample, id: &Value) -> String {
    let answer = sample.plugnmeet("/recording/getDownloadToken", json!({ "record_id": id })).await;
    assert_eq!((&answer["status"], &answer["status_code"]), (&json!(true), &json!("SUCCESS")));
    text(&answer, "token")
}

fn path(token: &str) -> String {
    format!("/download/recording/{token}")
}

#[tokio::test]
async fn a_token_opens_the_whole_file_whatever_range_is_asked_for() {
    let sample = Sample::of(Dialect::PlugNmeet).await;
    let row = sample.plugnmeet_rows().await.swap_remove(0);
    let path = path(&token(&sample, &row["record_id"]).await);
    let id = text(&row, "record_id");
    for request in [
        sample.request(Method::GET, &path),
        sample.request(Method::GET, &path).header("range", "bytes=0-99"),
        sample.request(Method::HEAD, &path),
    ] {
        let answer = send(request).await;
        assert_eq!((answer.status, answer.header("content-type")), (200, "video/mp4"));
        assert_eq!(answer.header("accept-ranges"), "");
        assert_eq!(answer.header("content-range"), "");
        let disposition = format!("attachment; filename=\"{id}.mp4\"");
        assert_eq!(answer.header("content-disposition"), disposition);
        let size: f64 = answer.header("content-length").parse().unwrap();
        assert_eq!((size / 10_000.0).round() / 100.0, row["file_size"].as_f64().unwrap());
    }
    assert_eq!(&sample.get(&path).await.body[4..8], b"ftyp");
}

#[tokio::test]
async fn tokens_last_half_an_hour_and_a_minute_of_grace() {
    let sample = Sample::of(Dialect::PlugNmeet).await;
    let row = sample.plugnmeet_rows().await.swap_remove(0);
    let token = token(&sample, &row["record_id"]).await;
    let claims = claims_of(&token);
    assert_eq!(
        (&claims["iss"], &claims["sub"]),
        (&json!(secrets::PLUGNMEET_KEY), &row["file_path"])
    );
    assert_eq!(claims["exp"].as_i64().unwrap() - claims["nbf"].as_i64().unwrap(), 1800);
    sample.advance(1860);
    assert_eq!(sample.get(&path(&token)).await.status, 200);
    sample.advance(1);
    sample.get(&path(&token)).await.is_text(401, "token expired");
}

#[tokio::test]
async fn other_tokens_are_refused_in_plain_text() {
    let sample = Sample::of(Dialect::PlugNmeet).await;
    let row = sample.plugnmeet_rows().await.swap_remove(0);
    let right = token(&sample, &row["record_id"]).await;
    let mut claims = claims_of(&right);
    let forged = format!("{}xxxx", right.trim_end_matches(|it| it != '.'));
    sample
        .get(&path(&forged))
        .await
        .is_text(401, "go-jose/go-jose: error in cryptographic primitive");
    sample
        .get(&path("x"))
        .await
        .is_text(401, "go-jose/go-jose: compact JWS format must have three parts");
    claims["iss"] = json!("another");
    sample
        .get(&path(&plugnmeet_token(&claims)))
        .await
        .is_text(401, "go-jose/go-jose/jwt: validation failed, invalid issuer claim (iss)");
    claims["iss"] = json!(secrets::PLUGNMEET_KEY);
    assert_eq!(sample.get(&path(&plugnmeet_token(&claims))).await.status, 200);
    claims["nbf"] = json!(claims["nbf"].as_i64().unwrap() + 3600);
    sample
        .get(&path(&plugnmeet_token(&claims)))
        .await
        .is_text(401, "go-jose/go-jose/jwt: validation failed, token not valid yet (nbf)");
}

#[tokio::test]
async fn a_token_outlives_its_file_but_opens_nothing() {
    let sample = Sample::of(Dialect::PlugNmeet).await;
    let row = sample.plugnmeet_rows().await.swap_remove(0);
    let token = token(&sample, &row["record_id"]).await;
    sample.plugnmeet("/recording/delete", json!({ "record_id": row["record_id"] })).await;
    let text = format!("{}.mp4: no such file or directory", text(&row, "record_id"));
    sample.get(&path(&token)).await.is_text(404, &text);
    let mut claims = claims_of(&token);
    claims["sub"] = json!("../../etc/passwd");
    let passwd = sample.get(&path(&plugnmeet_token(&claims))).await;
    passwd.is_text(404, "passwd: no such file or directory");
}
