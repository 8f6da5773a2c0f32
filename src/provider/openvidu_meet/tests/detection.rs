//! Every generation tells which it is by what it answers to whom.

use super::*;
use crate::{model::Unexpected, provider::testing::answer};

/// Who asks.
#[derive(Clone, Copy, PartialEq)]
enum Who {
    Nobody,
    Cookie,
    Token,
}

/// What a server says to a path that it does not know.
type Elsewhere = fn() -> Answer;

fn path_not_found() -> Answer {
    answer(404, r#"{"error":"Path Not Found","message":"API path not implemented"}"#)
}

fn plain_404() -> Answer {
    answer(404, "Cannot GET /")
}

fn page_404() -> Answer {
    answer(404, "<!doctype html><title>404</title>")
}

/// Its own page, which finds out by script that there is nothing.
fn page() -> Answer {
    answer(200, "<!doctype html><title>OpenVidu Meet</title>")
}

const ELSEWHERE: [Elsewhere; 4] = [path_not_found, plain_404, page_404, page];

fn server(version: Version, who: Who, target: &str, elsewhere: Elsewhere) -> Answer {
    let path = target.split('?').next().unwrap();
    let routes: &[&str] = match version {
        Version::A => &["/meet/api/v1/recordings"],
        Version::B | Version::V34 | Version::V341 => &["/api/v1/recordings"],
        Version::V35 => &["/api/v1/recordings", "/internal-api/v1/analytics"],
        Version::V37 => &["/meet/api/v1/recordings", "/meet/internal-api/v1/analytics"],
        Version::V38 | Version::V39 => {
            &["/meet/api/v1/recordings", "/meet/internal-api/v1/users/me"]
        }
    };
    let download = "/meet/api/v1/recordings/x/download";
    if version == Version::V39 && path == download {
        return answer(422, r#"{"error":"Unprocessable Entity","message":"Invalid request"}"#);
    }
    if !routes.contains(&path) {
        return elsewhere();
    }
    // Up to 3.4.0 a header is no credential, from 3.5 on a cookie is none.
    let is_known = match who {
        Who::Nobody => false,
        Who::Cookie => version <= Version::V341,
        Who::Token => version >= Version::V341,
    };
    match (is_known, version) {
        (false, Version::A) => answer(401, r#"{"message":"Unauthorized"}"#),
        (false, _) => answer(401, r#"{"error":"Authentication Error","message":"Unauthorized"}"#),
        (true, Version::A) => answer(200, "[]"),
        (true, _) => answer(200, r#"{"recordings":[],"pagination":{"isTruncated":false}}"#),
    }
}

/// The version, and how many questions it took.
fn detect(has_token: bool, ask: impl Fn(&Request) -> Answer) -> Result<(Version, usize), Error> {
    let mut detector = Detector::new(has_token, None);
    for asked in 1..10 {
        let request = detector.request();
        assert!(request.is_safe && request.body.is_none());
        if let Some(version) = detector.answered(&ask(&request))? {
            return Ok((version, asked));
        }
    }
    panic!("still asking")
}

#[test]
fn every_version_is_known_before_anybody_signed_in() {
    for (version, expected) in [
        (Version::A, Version::A),
        // As far as this side can tell, what has cookies is one version.
        (Version::B, Version::V341),
        (Version::V34, Version::V341),
        (Version::V341, Version::V341),
        (Version::V35, Version::V35),
        (Version::V37, Version::V37),
        (Version::V38, Version::V38),
        (Version::V39, Version::V39),
    ] {
        for elsewhere in ELSEWHERE {
            for who in [Who::Nobody, Who::Cookie, Who::Token] {
                let ask = |request: &Request| server(version, who, &request.target, elsewhere);
                let (found, asked) = detect(who == Who::Token, ask).unwrap();
                assert_eq!(found, expected, "{version:?}");
                assert!(asked <= 4);
            }
        }
    }
}

#[test]
fn the_cookie_of_somebody_signed_in_makes_the_first_answer_enough() {
    let ask = |request: &Request| server(Version::B, Who::Cookie, &request.target, page);
    assert_eq!(detect(false, ask), Ok((Version::V341, 1)));
}

#[test]
fn a_server_that_is_none_of_them_is_said_to_be_so() {
    let no_api = Err(Error::Unexpected(Unexpected::NoApi));
    assert_eq!(detect(false, |_| path_not_found()), no_api);
    assert_eq!(detect(false, |_| answer(404, "")), no_api);
    assert_eq!(detect(false, |_| page()), Err(Error::Unexpected(Unexpected::Html)));
    assert_eq!(detect(false, |_| answer(200, "[{]")), Err(Error::Unexpected(Unexpected::NotJson)));
}

#[test]
fn a_server_that_cannot_answer_now_is_not_judged() {
    let limited = || Answer { retry_after: Some(9), ..answer(429, "Too many requests") };
    assert_eq!(detect(false, |_| limited()), Err(Error::RateLimited { retry_after: Some(9) }));
    let down = |_: &Request| answer(503, "<html>Bad gateway</html>");
    assert!(matches!(detect(false, down), Err(Error::Server { status: 503, .. })));
    // Nor when that happens between two questions.
    for version in [Version::V35, Version::V38] {
        let late = |request: &Request| match request.target.contains("/recordings?") {
            true => server(version, Who::Nobody, &request.target, page),
            false => limited(),
        };
        assert!(matches!(detect(false, late), Err(Error::RateLimited { .. })), "{version:?}");
    }
}
