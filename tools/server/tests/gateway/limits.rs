//! How much and how fast: bodies, requests, and attempts to sign in.

use std::time::{Duration, Instant};

use serde_json::json;

use crate::client::{Client, gateway};
use crate::recorder::Recorder;
use crate::secrets::ALL;

fn with_limits(limits: &str) -> String {
    format!("\n[limits]\n{limits}\n{ALL}")
}

#[tokio::test]
async fn long_bodies_are_refused() {
    let server = Recorder::quiet().await;
    let gateway = gateway(&with_limits("body_kb = 2"), &server.url).await;
    let client = Client::signed_in(&gateway, "anna").await;
    let path = "/gateway/meet/api/v1/rooms";
    assert_eq!(client.post(path, json!("x".repeat(2046))).await.status, 200);
    assert_eq!(server.take().len(), 1);
    client.post(path, json!("x".repeat(2047))).await.is_refused(413, "at most 2 kB");
    let login = client.sign_in("anna", &"x".repeat(2048)).await;
    login.is_refused(413, "at most 2 kB");
    assert!(server.take().is_empty());
}

#[tokio::test]
async fn one_user_has_so_many_requests_a_minute() {
    let server = Recorder::quiet().await;
    let gateway = gateway(&with_limits("requests_per_minute = 5"), &server.url).await;
    let client = Client::signed_in(&gateway, "anna").await;
    let path = "/gateway/where/v1/recordings";
    for _ in 0..5 {
        assert_eq!(client.get(path).await.status, 200);
    }
    let answer = client.get(path).await;
    answer.is_refused(429, "Too many requests");
    let wait: u64 = answer.header("retry-after").parse().unwrap();
    assert!((1..=12).contains(&wait));
    assert_eq!(server.take().len(), 5);
    // Looking after the session costs nothing.
    assert_eq!(client.get("/gateway/auth/session").await.status, 200);
}

#[tokio::test]
async fn guessing_passwords_is_slowed_down_by_address() {
    let server = Recorder::quiet().await;
    let limits = with_limits("login_attempts = 3");
    let config = format!("trusted_proxies = [\"127.0.0.1\"]\n{limits}");
    let gateway = gateway(&config, &server.url).await;
    let from = |address: &str| Client::of(&gateway).with_header("x-forwarded-for", address);
    for user in ["anna", "carl", "anna"] {
        assert_eq!(from("198.51.100.1").sign_in(user, "guess").await.status, 401);
    }
    let refused = from("198.51.100.1").sign_in("anna", "password").await;
    refused.is_refused(429, "Too many failed attempts");
    let wait: u64 = refused.header("retry-after").parse().unwrap();
    assert!((290..=300).contains(&wait));
    // What the client adds itself is in front of what the proxy saw.
    let lied = from("203.0.113.9, 198.51.100.1").sign_in("anna", "password").await;
    assert_eq!(lied.status, 429);
    assert_eq!(from("198.51.100.2").sign_in("anna", "password").await.status, 200);
    // Who succeeds is not slowed down.
    for _ in 0..5 {
        assert_eq!(from("198.51.100.3").sign_in("anna", "password").await.status, 200);
    }
}

#[tokio::test]
async fn without_a_trusted_proxy_the_peer_counts() {
    let server = Recorder::quiet().await;
    let gateway = gateway(&with_limits("login_attempts = 2"), &server.url).await;
    for (address, status) in [("198.51.100.1", 401), ("198.51.100.2", 401), ("198.51.100.3", 429)] {
        let client = Client::of(&gateway).with_header("x-forwarded-for", address);
        assert_eq!(client.sign_in("anna", "guess").await.status, status);
    }
}

#[tokio::test]
async fn many_attempts_at_once_are_counted_one_by_one() {
    let server = Recorder::quiet().await;
    let gateway = gateway(&with_limits("login_attempts = 4"), &server.url).await;
    let start = Instant::now();
    let attempts = (0..20).map(|_| {
        let client = Client::of(&gateway);
        tokio::spawn(async move { client.sign_in("anna", "guess").await.status })
    });
    let mut wrong = 0;
    for attempt in attempts.collect::<Vec<_>>() {
        wrong += usize::from(attempt.await.unwrap() == 401);
    }
    assert_eq!(wrong, 4);
    assert!(start.elapsed() < Duration::from_secs(10));
}
