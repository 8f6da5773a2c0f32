//! The error model of `openvidu-meet-api.md`, row by row.

use super::*;
use crate::{
    model::{Address, FieldError, Unexpected},
    provider::{
        SignIn,
        testing::{answer, recording},
    },
};

fn refused(status: u16, error: &str, message: &str) -> Answer {
    answer(status, &serde_json::json!({ "error": error, "message": message }).to_string())
}

#[test]
fn statuses_mean_what_can_be_done_about_them() {
    let server = |status, message: &str| Error::Server { status, message: message.into() };
    for (status, error, message, expected) in [
        (400, "Bad Request", "Malformed body", server(400, "Malformed body")),
        (401, "Authentication Error", "Unauthorized", Error::SignedOut),
        (401, "Authentication Error", "Invalid token", Error::SignedOut),
        (401, "Authentication Error", "Invalid API key", Error::SignedOut),
        (402, "Pro Feature Error", "Please, upgrade", server(402, "Please, upgrade")),
        (403, "Authorization Error", "Insufficient permissions", Error::Forbidden),
        (403, "Recording Error", "Recording is disabled for room 'r'", Error::Forbidden),
        (403, "Room Error", "Anonymous access in room 'r' is disabled", Error::Forbidden),
        (415, "Unsupported Media Type", "Only JSON", server(415, "Only JSON")),
        (429, "Too Many Requests", "Slow down", Error::RateLimited { retry_after: None }),
        (500, "Internal Server Error", "Unexpected error", server(500, "Unexpected error")),
        (503, "S3 Error", "S3 is not available", server(503, "S3 is not available")),
    ] {
        assert_eq!(ANY.read_list(&refused(status, error, message)), Err(expected), "{message}");
    }
}

#[test]
fn a_list_that_is_not_there_says_that_the_api_is_not() {
    let no_api = Err(Error::Unexpected(Unexpected::NoApi));
    assert_eq!(ANY.read_list(&answer(404, "")), no_api);
    let told = refused(404, "Path Not Found", "API path not implemented");
    assert_eq!(ANY.read_list(&told), no_api);
}

#[test]
fn one_recording_may_be_gone_forbidden_or_behind_another_secret() {
    let get = |answer: &Answer| ANY.read_get(&recording("a"), answer).unwrap_err();
    assert_eq!(get(&refused(404, "Recording Error", "Recording 'a' not found")), Error::NotFound);
    let secret = refused(400, "Recording Error", "Secret 'x' is not recognized for recording 'a'");
    assert_eq!(get(&secret), Error::BadSecret);
    assert_eq!(ANY.read_media(&secret), Err(Error::BadSecret));
    assert_eq!(get(&answer(401, "")), Error::SignedOut);
    assert_eq!(get(&answer(403, "")), Error::Forbidden);
    assert_eq!(get(&answer(200, "{}")), Error::Unexpected(Unexpected::Missing("recordingId")));
}

#[test]
fn one_recording_is_read_like_a_row() {
    let it = ANY
        .read_get(&recording("a"), &answer(200, r#"{"recordingId":"a","status":"complete"}"#))
        .unwrap();
    assert_eq!((it.id.as_str(), it.status), ("a", Status::Ready));
}

#[test]
fn media_that_are_not_ready_are_a_conflict() {
    for message in ["Recording 'a' is not stopped yet", "Recording 'a' is not streamable"] {
        assert_eq!(
            ANY.read_media(&refused(409, "Recording Error", message)),
            Err(Error::Conflict(message.into()))
        );
    }
    let range =
        refused(416, "Recording Error", "Recording 'a' range not satisfiable. File size: 0");
    assert!(matches!(ANY.read_media(&range), Err(Error::Server { status: 416, .. })));
    for status in [200, 206] {
        assert_eq!(ANY.read_media(&answer(status, "")), Ok(()));
    }
}

#[test]
fn what_the_first_generation_says_of_an_error_is_a_message() {
    let broken = answer(500, r#"{"message":"Internal server error","code":500}"#);
    let message = "Internal server error".to_owned();
    assert_eq!(ANY.read_list(&broken), Err(Error::Server { status: 500, message }));
}

#[test]
fn what_was_not_accepted_is_named() {
    let invalid = answer(
        422,
        r#"{"error":"Unprocessable Entity","message":"Invalid request","details":[{"field":"maxItems","message":"maxItems must be a positive number"}]}"#,
    );
    let field = FieldError {
        field: "maxItems".into(),
        message: "maxItems must be a positive number".into(),
    };
    assert_eq!(ANY.read_list(&invalid), Err(Error::Invalid(vec![field])));
}

#[test]
fn a_limit_may_be_plain_text_and_have_a_time() {
    let text = "Too many login attempts, please try again later";
    let limited = Answer { retry_after: Some(300), ..answer(429, text) };
    let expected = Error::RateLimited { retry_after: Some(300) };
    assert_eq!(ANY.read_sign_in(&limited), Err(expected.clone()));
    assert_eq!(ANY.read_list(&limited), Err(expected));
}

#[test]
fn only_web_links_are_shared() {
    let share =
        |url: &str| ANY.read_share(&answer(200, &serde_json::json!({ "url": url }).to_string()));
    for url in [
        "http://localhost:6080/recording/a--EG_1--b?secret=x",
        "https://meet.example/meet/recording/a--EG_1--b?recordingSecret=x",
    ] {
        let link = share(url).unwrap();
        assert_eq!((link.address, link.expires_at), (Address::Absolute(url.into()), None));
    }
    for bad in ["javascript:alert(1)", "data:text/html,x", "//evil/x", "http://a b", ""] {
        assert_eq!(share(bad), Err(Error::Unexpected(Unexpected::UnsafeLink)), "{bad}");
    }
    let none = answer(200, "{}");
    assert_eq!(ANY.read_share(&none), Err(Error::Unexpected(Unexpected::Missing("url"))));
    let off = refused(403, "Room Error", "Anonymous access in room 'r' is disabled for recordings");
    assert_eq!(ANY.read_share(&off), Err(Error::Forbidden));
}
