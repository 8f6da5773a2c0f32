//! Signing in, renewing, and showing that one did, in each generation.

use super::*;
use crate::{
    model::RoomId,
    provider::{Method, SignIn, Tokens, testing::answer},
};

fn each<T: PartialEq + std::fmt::Debug>(ask: impl Fn(OpenViduMeet) -> T, expected: [T; 8]) {
    for (version, expected) in VERSIONS.into_iter().zip(expected) {
        assert_eq!(ask(OpenViduMeet::new(version)), expected, "{version:?}");
    }
}

fn tokens(access: &str, refresh: &str, room: &str) -> Tokens {
    let secret = |text: &str| (!text.is_empty()).then(|| Secret::new(text));
    Tokens { access: secret(access), refresh: secret(refresh), room: secret(room) }
}

/// Secrets do not print themselves.
fn exposed(headers: &[(&'static str, Secret)]) -> Vec<String> {
    headers.iter().map(|(name, value)| format!("{name}: {}", value.expose())).collect()
}

#[test]
fn people_sign_in_with_a_name_that_has_changed_its_name() {
    let user = r#"{"username":"ann\"a","password":"p\\w"}"#;
    let id = r#"{"userId":"ann\"a","password":"p\\w"}"#;
    let (plain, later) = ("/internal-api/v1/auth/login", "/meet/internal-api/v1/auth/login");
    each(
        |server| {
            let request = server.sign_in("ann\"a", "p\\w").unwrap();
            assert_eq!((request.method, request.is_safe), (Method::Post, false));
            (request.target, request.body.unwrap_or_default())
        },
        [
            ("/meet/api/v1/auth/admin/login", user),
            (plain, user),
            (plain, user),
            (plain, user),
            (plain, user),
            (later, user),
            (later, id),
            (later, id),
        ]
        .map(|(target, body)| (target.to_owned(), body.to_owned())),
    );
}

#[test]
fn sessions_are_looked_at_and_left() {
    let plain = "GET /internal-api/v1/users/profile";
    let later = "GET /meet/internal-api/v1/users/profile";
    let latest = "GET /meet/internal-api/v1/users/me";
    let line = |request: Option<Request>| {
        let request = request.unwrap();
        let method = if request.method == Method::Get { "GET" } else { "POST" };
        format!("{method} {}", request.target)
    };
    each(
        |server| line(server.who()),
        ["GET /meet/api/v1/auth/admin/verify", plain, plain, plain, plain, later, latest, latest]
            .map(str::to_owned),
    );
    let plain = "POST /internal-api/v1/auth/logout";
    let later = "POST /meet/internal-api/v1/auth/logout";
    each(
        |server| line(server.sign_out()),
        ["POST /meet/api/v1/auth/admin/logout", plain, plain, plain, plain, later, later, later]
            .map(str::to_owned),
    );
}

#[test]
fn sessions_are_renewed_by_a_cookie_or_by_a_token() {
    let by = |tokens: Tokens| {
        move |server: OpenViduMeet| {
            let request = server.refresh(&tokens)?;
            assert_eq!((request.method, &request.body), (Method::Post, &None));
            Some((request.target.clone(), exposed(&request.headers)))
        }
    };
    let (plain, later) = ("/internal-api/v1/auth/refresh", "/meet/internal-api/v1/auth/refresh");
    let cookie = |target: &str| Some((target.to_owned(), Vec::new()));
    each(
        by(Tokens::default()),
        [
            cookie("/meet/api/v1/auth/admin/refresh"),
            cookie(plain),
            cookie(plain),
            cookie(plain),
            None,
            None,
            None,
            None,
        ],
    );
    let header =
        |target: &str| Some((target.to_owned(), vec!["x-refresh-token: Bearer r".to_owned()]));
    let by_token = by(tokens("a", "r", ""));
    for (version, target) in [
        (Version::V341, plain),
        (Version::V35, plain),
        (Version::V37, later),
        (Version::V38, later),
        (Version::V39, later),
    ] {
        assert_eq!(by_token(OpenViduMeet::new(version)), header(target), "{version:?}");
    }
}

#[test]
fn answers_to_a_sign_in_have_statuses_of_their_own() {
    let read = |status, body| ANY.read_sign_in(&answer(status, body));
    let wrong = r#"{"error":"Login Error","message":"Invalid username or password"}"#;
    assert_eq!(read(404, wrong), Err(Error::BadCredentials));
    let short = r#"{"error":"Unprocessable Entity","message":"Invalid request","details":[{"field":"password","message":"Password must be at least 4 characters long"}]}"#;
    assert_eq!(read(422, short), Err(Error::BadCredentials));
    assert!(matches!(read(500, ""), Err(Error::Server { status: 500, .. })));
    assert_eq!(read(200, r#"{"message":"Login succeeded"}"#), Ok(Tokens::default()));
    let given = r#"{"message":"Login succeeded","accessToken":"a.b-c_d","refreshToken":"r"}"#;
    assert_eq!(read(200, given), Ok(tokens("a.b-c_d", "r", "")));
    let one = r#"{"message":"","accessToken":"a","mustChangePassword":true}"#;
    assert_eq!(read(200, one), Ok(tokens("a", "", "")));
}

#[test]
fn a_token_that_could_be_no_header_is_none() {
    for odd in ["a\\nb", "a b", "é", "", "\\u0000"] {
        let body = format!(r#"{{"accessToken":"{odd}","refreshToken":7}}"#);
        assert_eq!(ANY.read_sign_in(&answer(200, &body)), Ok(Tokens::default()), "{odd}");
    }
}

#[test]
fn a_session_that_cannot_be_renewed_has_ended() {
    for status in [400, 401, 403] {
        assert_eq!(ANY.read_refresh(&answer(status, "")), Err(Error::SignedOut));
    }
    assert!(matches!(ANY.read_refresh(&answer(503, "")), Err(Error::Server { .. })));
    assert_eq!(
        ANY.read_refresh(&answer(200, r#"{"message":"Token refreshed"}"#)),
        Ok(Tokens::default())
    );
    let rotated = r#"{"message":"","accessToken":"a2","refreshToken":"r2"}"#;
    assert_eq!(ANY.read_refresh(&answer(200, rotated)), Ok(tokens("a2", "r2", "")));
}

#[test]
fn a_cookie_that_did_not_come_back_is_not_a_wrong_password() {
    assert_eq!(ANY.read_who(&answer(401, "")), Err(Error::CookieRefused));
    assert_eq!(ANY.read_who(&answer(200, r#"{"username":"admin"}"#)), Ok(()));
}

#[test]
fn a_session_says_whose_it_is_from_the_second_generation_on() {
    let read = |status, body| OpenViduMeet::read_user(&answer(status, body));
    let ann = Some("ann".to_owned());
    assert_eq!(read(200, r#"{"username":"ann","roles":["admin","user"]}"#), ann);
    let latest = r#"{"userId":"ann","name":"Ann","registrationDate":1,"role":"admin"}"#;
    assert_eq!(read(200, latest), ann);
    for nobody in
        [r#"{"message":"Valid token"}"#, r#"{"userId":""}"#, r#"{"username":7}"#, "[]", "", "<p>"]
    {
        assert_eq!(read(200, nobody), None, "{nobody}");
    }
    assert_eq!(read(401, r#"{"username":"ann"}"#), None);
}

#[test]
fn a_rooms_secret_buys_a_token() {
    let (plain, later) = ("/internal-api/v1/rooms/r%2F1", "/meet/internal-api/v1/rooms/r%2F1");
    let first = format!("{plain}/recording-token");
    each(
        |server| {
            let request = server.room_token(&RoomId("r/1".into()), &Secret::new("s\"x"))?;
            assert_eq!(request.body.as_deref(), Some(r#"{"secret":"s\"x"}"#));
            Some(request.target)
        },
        [
            None,
            Some(first.clone()),
            Some(first.clone()),
            Some(first),
            Some(format!("{plain}/token")),
            Some(format!("{later}/token")),
            Some(format!("{later}/members/token")),
            Some(format!("{later}/members/token")),
        ],
    );
}

#[test]
fn a_room_token_is_a_cookie_at_first() {
    let given = answer(200, r#"{"token":"t"}"#);
    let read = |version| OpenViduMeet::new(version).read_room_token(&given).unwrap();
    for version in [Version::B, Version::V34] {
        assert_eq!(read(version), Tokens::default(), "{version:?}");
    }
    for version in [Version::V341, Version::V35, Version::V37, Version::V38, Version::V39] {
        assert_eq!(read(version), tokens("", "", "t"), "{version:?}");
    }
    let refused = |status| ANY.read_room_token(&answer(status, "")).unwrap_err();
    assert_eq!(refused(400), Error::BadSecret);
    assert_eq!(refused(401), Error::SignedOut);
    assert_eq!(refused(403), Error::Forbidden);
    assert_eq!(refused(404), Error::NotFound);
}

#[test]
fn tokens_are_shown_as_headers_and_to_media_as_parameters() {
    let room = |version: Version| {
        if version >= Version::V35 {
            ("x-room-member-token", "roomMemberToken")
        } else {
            ("x-recording-token", "recordingToken")
        }
    };
    for version in [Version::V341, Version::V35, Version::V37, Version::V38, Version::V39] {
        let (server, (header, parameter)) = (OpenViduMeet::new(version), room(version));
        let mut request = Request::get("/x".into());
        server.authorize(&tokens("a", "r", "t"), &mut request);
        let room_header = format!("{header}: Bearer t");
        assert_eq!(exposed(&request.headers), ["authorization: Bearer a", room_header.as_str()]);
        let mut media = Request::get("/x?secret=s".into());
        server.authorize_media(&tokens("a+b", "r", "t"), &mut media);
        assert_eq!(media.target, format!("/x?secret=s&accessToken=a%2Bb&{parameter}=t"));
        assert!(media.headers.is_empty());
        let mut bare = Request::get("/x".into());
        server.authorize_media(&tokens("", "", "t"), &mut bare);
        assert_eq!(bare.target, format!("/x?{parameter}=t"));
    }
    let mut plain = Request::get("/x".into());
    ANY.authorize(&Tokens::default(), &mut plain);
    ANY.authorize_media(&Tokens::default(), &mut plain);
    assert_eq!(plain, Request::get("/x".into()));
}
