//! Sessions: how they begin, last, are renewed and end, and who a reverse proxy says that somebody is.

use std::time::{SystemTime, UNIX_EPOCH};

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit, Mac};
use reqwest::Method;
use serde_json::json;
use sha2::Sha256;

use crate::client::{Client, HASH, SESSION_KEY, gateway, send};
use crate::recorder::Recorder;

const CONFIG: &str = r#"
[systems.school]
provider = "openvidu-meet"
dialect = "3.4.1"
url = "{url}"
api_key = "key"
[systems.club]
provider = "whereby"
url = "{url}"
api_key = "key"
[[users]]
name = "anna"
password = "HASH"
[users.systems.school]
rights = ["rooms", "play"]
[users.systems.club]
[[users]]
name = "bert"
password = "HASH"
[users.systems.club]
rights = ["delete"]
"#;

fn anna() -> serde_json::Value {
    json!({ "user": "anna", "systems": {
        "club": { "provider": "whereby", "dialect": null, "rights": [] },
        "school": { "provider": "openvidu-meet", "dialect": "3.4.1", "rights": ["play", "rooms"] },
    }})
}

fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs()
}

/// What the gateway would set for this user, to end at `expires`.
fn cookie(user: &str, expires: u64) -> String {
    let payload = format!("{expires}.{user}");
    let mut mac = Hmac::<Sha256>::new_from_slice(SESSION_KEY.as_bytes()).unwrap();
    mac.update(format!("{payload}\0{HASH}").as_bytes());
    let signature = URL_SAFE_NO_PAD.encode(mac.finalize().into_bytes());
    format!("MeetGatewaySession={}.{signature}", URL_SAFE_NO_PAD.encode(payload))
}

#[tokio::test]
async fn signing_in_tells_the_app_what_the_user_may_do() {
    let server = Recorder::quiet().await;
    let gateway = gateway(CONFIG, &server.url).await;
    let client = Client::of(&gateway);
    client.get("/gateway/auth/session").await.is_refused(401, "Unauthorized");
    assert_eq!(client.get("/gateway/auth/session").await.json()["error"], "Authentication Error");
    let answer = client.sign_in("anna", "password").await;
    assert_eq!((answer.status, answer.json()), (200, anna()));
    let cookie = answer.header("set-cookie");
    assert!(cookie.starts_with("MeetGatewaySession="));
    assert!(cookie.ends_with("; Max-Age=43200; Path=/gateway; HttpOnly; SameSite=Lax"));
    assert_eq!(answer.header("cache-control"), "private, no-store");
    let session = client.get("/gateway/auth/session").await;
    assert_eq!((session.status, session.json()), (200, anna()));
    assert_eq!(session.header("set-cookie"), "");
    assert!(server.take().is_empty());
}

#[tokio::test]
async fn wrong_passwords_and_unknown_users_are_answered_alike() {
    let server = Recorder::quiet().await;
    let gateway = gateway(CONFIG, &server.url).await;
    let client = Client::of(&gateway);
    let wrong = client.sign_in("anna", "passwort").await;
    wrong.is_refused(401, "Wrong user or password");
    let unknown = client.sign_in("carl", "password").await;
    assert_eq!((unknown.status, &unknown.body), (401, &wrong.body));
    assert_eq!(unknown.header_names(), wrong.header_names());
    assert_eq!(client.get("/gateway/auth/session").await.status, 401);
}

#[tokio::test]
async fn malformed_sign_ins_are_422() {
    let server = Recorder::quiet().await;
    let gateway = gateway(CONFIG, &server.url).await;
    let client = Client::of(&gateway);
    for body in ["", "{", "[]", r#"{"username":"anna"}"#, r#"{"username":"anna","password":1}"#] {
        let request = client.request(Method::POST, "/gateway/auth/login").body(body);
        send(request).await.is_refused(422, "Expected a username and a password");
    }
    for (method, path) in [
        ("GET", "/gateway/auth/login"),
        ("POST", "/gateway/auth/session"),
        ("GET", "/gateway/auth/users"),
        ("GET", "/gateway/auth/"),
    ] {
        client.send(method, path, None).await.is_refused(404, "No such address");
    }
}

#[tokio::test]
async fn signing_out_takes_the_cookie_away() {
    let server = Recorder::quiet().await;
    let gateway = gateway(CONFIG, &server.url).await;
    let client = Client::signed_in(&gateway, "anna").await;
    let answer = client.send("POST", "/gateway/auth/logout", None).await;
    assert_eq!((answer.status, answer.json()), (200, json!({})));
    assert!(
        answer.header("set-cookie").starts_with("MeetGatewaySession=; Max-Age=0; Path=/gateway;")
    );
    assert_eq!(client.get("/gateway/auth/session").await.status, 401);
}

#[tokio::test]
async fn sessions_end_and_are_renewed_after_half_of_their_life() {
    let server = Recorder::quiet().await;
    let gateway = gateway(CONFIG, &server.url).await;
    let path = "/gateway/school/api/v1/recordings";
    for (expires, status, is_renewed) in [
        (now() - 1, 401, false),
        (now() + 60, 200, true),
        (now() + 6 * 3600 - 60, 200, true),
        (now() + 6 * 3600 + 60, 200, false),
        (now() + 12 * 3600, 200, false),
    ] {
        let client = Client::of(&gateway).with_header("cookie", &cookie("anna", expires));
        let answer = client.get(path).await;
        assert_eq!(answer.status, status);
        assert_eq!(answer.header("set-cookie").contains("Max-Age=43200"), is_renewed);
        if is_renewed {
            let renewed = answer.header("set-cookie").split(';').next().unwrap();
            let client = Client::of(&gateway).with_header("cookie", renewed);
            assert_eq!(client.get(path).await.header("set-cookie"), "");
        }
    }
    // Refusals renew the session too.
    let client = Client::of(&gateway).with_header("cookie", &cookie("anna", now() + 60));
    let refused = client.get("/gateway/school/api/v1/users").await;
    refused.is_refused(404, "No such address");
    assert!(refused.header("set-cookie").contains("Max-Age=43200"));
}

#[tokio::test]
async fn forged_cookies_are_nobody() {
    let server = Recorder::quiet().await;
    let gateway = gateway(CONFIG, &server.url).await;
    let good = cookie("anna", now() + 3600);
    let (payload, signature) = good.split_once('.').unwrap();
    let later = URL_SAFE_NO_PAD.encode(format!("{}.anna", now() + 9_999_999));
    let other = URL_SAFE_NO_PAD.encode(format!("{}.bert", now() + 3600));
    for forged in [
        format!("MeetGatewaySession={later}.{signature}"),
        format!("MeetGatewaySession={other}.{signature}"),
        format!("{payload}.{}", signature.to_ascii_uppercase()),
        format!("{payload}."),
        payload.to_owned(),
        "MeetGatewaySession=".to_owned(),
        cookie("carl", now() + 3600),
        good.replace("Session", "Session2"),
    ] {
        let client = Client::of(&gateway).with_header("cookie", &forged);
        assert_eq!(client.get("/gateway/auth/session").await.status, 401, "{forged}");
        let path = "/gateway/school/api/v1/recordings";
        client.get(path).await.is_refused(401, "Unauthorized");
    }
    let client = Client::of(&gateway).with_header("cookie", &good);
    assert_eq!(client.get("/gateway/auth/session").await.json(), anna());
    assert!(server.take().is_empty());
}

#[tokio::test]
async fn instances_with_one_key_share_their_sessions() {
    let server = Recorder::quiet().await;
    let one = gateway(CONFIG, &server.url).await;
    let two = gateway(CONFIG, &server.url).await;
    let keyed = format!("\n[session]\nkey = \"{}\"\nsecure = true\n{CONFIG}", "x".repeat(32));
    let other = gateway(&keyed, &server.url).await;
    let answer = Client::of(&one).sign_in("anna", "password").await;
    let pair = answer.header("set-cookie").split(';').next().unwrap();
    for (gateway, status) in [(&one, 200), (&two, 200), (&other, 401)] {
        let client = Client::of(gateway).with_header("cookie", pair);
        assert_eq!(client.get("/gateway/auth/session").await.status, status);
    }
    let answer = Client::of(&other).sign_in("anna", "password").await;
    assert!(answer.header("set-cookie").ends_with("; SameSite=Lax; Secure"));
}

#[tokio::test]
async fn a_header_names_the_user_when_it_comes_from_the_proxy_only() {
    let server = Recorder::quiet().await;
    let from = |address: &str| {
        format!("\n[trusted_header]\nname = \"X-Remote-User\"\nfrom = [\"{address}\"]\n{CONFIG}")
    };
    let trusting = gateway(&from("127.0.0.0/8"), &server.url).await;
    let other = gateway(&from("192.0.2.1"), &server.url).await;
    let none = gateway(CONFIG, &server.url).await;
    let as_user = |gateway, user: &str| Client::of(gateway).with_header("x-remote-user", user);

    let session = as_user(&trusting, "anna").get("/gateway/auth/session").await;
    assert_eq!((session.status, session.json()), (200, anna()));
    assert_eq!(session.header("set-cookie"), "");
    let unknown = as_user(&trusting, "carl").get("/gateway/auth/session").await;
    unknown.is_refused(403, "does not know this user");
    for gateway in [&other, &none] {
        let answer = as_user(gateway, "anna").get("/gateway/auth/session").await;
        assert_eq!(answer.status, 401);
    }
    // Two of them: the proxy let one through that was not its own.
    let request = as_user(&trusting, "anna").request(Method::GET, "/gateway/auth/session");
    let mut request = request.build().unwrap();
    request.headers_mut().append("x-remote-user", "bert".parse().unwrap());
    let answer = reqwest::Client::new().execute(request).await.unwrap();
    assert_eq!(answer.status(), 401);
    // It is not passed on, and the password still works beside it.
    as_user(&trusting, "anna").get("/gateway/school/api/v1/recordings").await;
    assert_eq!(server.take()[0].header("x-remote-user"), "");
    Client::signed_in(&trusting, "bert").await;
    // Other sites can make a browser use it as well as a cookie.
    let forged = as_user(&trusting, "anna").without_header("x-requested-with");
    forged.delete("/gateway/school/api/v1/rooms/x").await.is_refused(403, "x-requested-with");
}
