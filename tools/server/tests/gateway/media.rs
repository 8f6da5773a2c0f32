//! Films: ranges where the server has them, where it has none, and where it has neither length nor manners.

use std::time::Duration;

use axum::body::Body;
use axum::http::Response;
use axum::http::response::Builder;
use bytes::Bytes;
use reqwest::Method;
use serde_json::json;

use crate::client::{Client, gateway, send};
use crate::recorder::{Recorder, Seen, status};
use crate::secrets::ALL;

/// Longer than what the gateway holds of a film at a time.
const SIZE: usize = 3_000_000;
const FILM: &str = "/gateway/plug/download/recording/a.b.c";
const MEETING_FILM: &str = "/gateway/meet/api/v1/recordings/r--EG_1--u/media";

fn film() -> Bytes {
    (0..SIZE).map(|at| (at % 251) as u8).collect()
}

fn part(start: usize, end: usize) -> Bytes {
    film().slice(start..=end)
}

fn video() -> Builder {
    Response::builder().header("content-type", "video/mp4")
}

/// As plugNmeet from 2.2 on: the whole file, whatever is asked for.
fn without_ranges(_: &Seen) -> Response<Body> {
    video()
        .header("content-disposition", "attachment; filename=film.mp4")
        .header("access-control-allow-origin", "*")
        .header("etag", "\"v1\"")
        .header("last-modified", "Fri, 20 Nov 2026 20:00:00 GMT")
        .body(Body::from(film()))
        .unwrap()
}

#[tokio::test]
async fn ranges_are_made_where_the_server_has_none() {
    let server = Recorder::start(without_ranges).await;
    let gateway = gateway(ALL, &server.url).await;
    let client = Client::of(&gateway);
    let last = SIZE - 1;
    for (range, start, end) in [
        ("bytes=0-0", 0, 0),
        ("bytes=0-1", 0, 1),
        ("bytes=0-", 0, last),
        ("bytes=1000-1999", 1000, 1999),
        ("bytes=2900000-", 2_900_000, last),
        ("bytes=-1", last, last),
        ("bytes=-500", SIZE - 500, last),
        ("bytes=-99999999", 0, last),
        ("bytes=2999999-99999999", last, last),
    ] {
        let answer = client.range(FILM, range).await;
        assert_eq!(answer.status, 206, "{range}");
        assert_eq!(answer.header("content-range"), format!("bytes {start}-{end}/{SIZE}"));
        assert_eq!(answer.header("content-length"), (end - start + 1).to_string());
        assert_eq!(answer.header("accept-ranges"), "bytes");
        assert_eq!(answer.header("content-type"), "video/mp4");
        assert_eq!(answer.header("content-disposition"), "attachment; filename=film.mp4");
        assert_eq!(answer.header("cache-control"), "private, no-cache");
        assert_eq!(answer.header("access-control-allow-origin"), "");
        assert!(answer.body == part(start, end), "{range}");
        // It was asked for all the same: a storage behind it may know ranges.
        assert_eq!(server.take()[0].header("range"), range);
    }
    for range in ["bytes=3000000-", "bytes=99999999-", "bytes=-0"] {
        let answer = client.range(FILM, range).await;
        answer.is_refused(416, "beyond the end");
        assert_eq!(answer.header("content-range"), format!("bytes */{SIZE}"), "{range}");
    }
    for range in ["", "bytes=5-4", "bytes=0-1,5-6", "items=0-1", "bytes=a-b"] {
        let answer = client.range(FILM, range).await;
        assert_eq!((answer.status, answer.header("content-range")), (200, ""), "{range}");
        assert_eq!(answer.header("accept-ranges"), "bytes");
        assert!(answer.body == film());
    }
}

#[tokio::test]
async fn if_range_is_about_this_very_file() {
    let server = Recorder::start(without_ranges).await;
    let gateway = gateway(ALL, &server.url).await;
    let client = Client::of(&gateway);
    for (condition, status) in [
        ("\"v1\"", 206),
        ("Fri, 20 Nov 2026 20:00:00 GMT", 206),
        ("\"v2\"", 200),
        ("W/\"v1\"", 200),
        ("Fri, 20 Nov 2026 20:00:01 GMT", 200),
    ] {
        let request = client.request(Method::GET, FILM).header("range", "bytes=5-9");
        let answer = send(request.header("if-range", condition)).await;
        assert_eq!(answer.status, status, "{condition}");
        assert_eq!(server.take()[0].header("if-range"), condition);
    }
}

#[tokio::test]
async fn heads_tell_the_length() {
    let server = Recorder::start(without_ranges).await;
    let gateway = gateway(ALL, &server.url).await;
    let request = Client::of(&gateway).request(Method::HEAD, FILM).header("range", "bytes=0-1");
    let answer = send(request).await;
    assert_eq!((answer.status, answer.header("content-length")), (200, "3000000"));
    assert_eq!((answer.header("accept-ranges"), answer.body.len()), ("bytes", 0));
    assert_eq!(server.targets(), ["HEAD /base/download/recording/a.b.c"]);

    // A server that knows no heads is asked for the film, and not read.
    let server = Recorder::start(|seen| match seen.method.as_str() {
        "HEAD" => Response::builder().status(405).body(Body::empty()).unwrap(),
        _ => without_ranges(seen),
    })
    .await;
    let gateway = crate::client::gateway(ALL, &server.url).await;
    let answer = send(Client::of(&gateway).request(Method::HEAD, FILM)).await;
    assert_eq!((answer.status, answer.header("content-length")), (200, "3000000"));
    assert_eq!(server.take().len(), 2);
}

#[tokio::test]
async fn ranges_of_the_server_are_passed_on_untouched() {
    let server = Recorder::start(|seen| match seen.header("range") {
        "bytes=0-" => video()
            .status(206)
            .header("content-range", "bytes 0-9/100")
            .header("cache-control", "public, max-age=3600")
            .body(Body::from(part(0, 9)))
            .unwrap(),
        "bytes=100-" => {
            let mut response = status(416, json!({ "error": "Recording Error" }));
            response.headers_mut().insert("content-range", "bytes */100".parse().unwrap());
            response
        }
        _ => status(422, json!({ "error": "Unprocessable Entity" })),
    })
    .await;
    let gateway = gateway(ALL, &server.url).await;
    let client = Client::signed_in(&gateway, "anna").await;
    let answer = client.range(MEETING_FILM, "bytes=0-").await;
    assert_eq!((answer.status, answer.header("content-range")), (206, "bytes 0-9/100"));
    assert_eq!(answer.header("accept-ranges"), "bytes");
    assert_eq!(answer.header("cache-control"), "private, no-cache");
    assert!(answer.body == part(0, 9));
    let answer = client.range(MEETING_FILM, "bytes=100-").await;
    assert_eq!((answer.status, answer.header("content-range")), (416, "bytes */100"));
    assert_eq!(answer.header("cache-control"), "private, no-store");
    let answer = client.range(MEETING_FILM, "bytes=-5").await;
    assert_eq!(
        (answer.status, answer.json()["error"].as_str()),
        (422, Some("Unprocessable Entity"))
    );
}

#[tokio::test]
async fn what_has_no_length_has_no_ranges() {
    let server = Recorder::start(|_| {
        let chunks = [part(0, 9), part(10, 19)].map(Ok::<_, std::io::Error>);
        let body = Body::new(Chunks(chunks.into_iter().collect()));
        let disposition = "attachment; filename=\"recordings.zip\"";
        Response::builder()
            .header("content-type", "application/zip")
            .header("content-disposition", disposition)
            .body(body)
            .unwrap()
    })
    .await;
    let gateway = gateway(ALL, &server.url).await;
    let client = Client::signed_in(&gateway, "anna").await;
    let path = "/gateway/meet/api/v1/recordings/download?recordingIds=r--EG_1--u";
    let answer = client.range(path, "bytes=0-1").await;
    assert_eq!((answer.status, answer.header("accept-ranges")), (200, ""));
    assert_eq!(answer.header("content-type"), "application/zip");
    assert_eq!(answer.header("content-disposition"), "attachment; filename=\"recordings.zip\"");
    assert!(answer.body == part(0, 19));
}

#[tokio::test]
async fn a_page_is_never_shown_in_place_of_a_film() {
    for (given, passed_on) in [
        ("text/html", "application/octet-stream"),
        ("image/svg+xml", "application/octet-stream"),
        ("video/mp4; codecs=\"avc1\"", "video/mp4; codecs=\"avc1\""),
        ("Video/Webm", "Video/Webm"),
        ("application/octet-stream", "application/octet-stream"),
    ] {
        let server = Recorder::start(move |_| {
            Response::builder().header("content-type", given).body("<script>".into()).unwrap()
        })
        .await;
        let gateway = gateway(ALL, &server.url).await;
        let answer = Client::of(&gateway).get(FILM).await;
        assert_eq!((answer.status, answer.header("content-type")), (200, passed_on));
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
        assert!(answer.header("content-security-policy").ends_with("; sandbox"));
    }
}

#[tokio::test]
async fn redirections_lead_to_known_places_only() {
    let config = ALL.replacen(
        "key = \"plug-key\"",
        "key = \"plug-key\"\nmedia_origins = [\"https://s3.example.com\"]",
        1,
    );
    for (location, code) in [
        ("https://s3.example.com/film.mp4?X-Amz-Signature=1", 307),
        ("https://evil.example/film.mp4", 502),
        ("http://s3.example.com/film.mp4", 502),
        ("https://s3.example.com@evil.example/", 502),
        ("/film.mp4", 502),
        ("//s3.example.com/", 502),
        ("javascript:alert(1)", 502),
    ] {
        let server = Recorder::start(move |_| {
            let response = Response::builder().status(307).header("location", location);
            response.header("set-cookie", "a=b").body(Body::empty()).unwrap()
        })
        .await;
        let gateway = gateway(&config, &server.url).await;
        let answer = Client::of(&gateway).get(FILM).await;
        assert_eq!(answer.status, code, "{location}");
        assert_eq!(answer.header("location"), if code == 307 { location } else { "" });
        assert_eq!(answer.header("set-cookie"), "");
        assert_eq!(answer.header("cache-control"), "private, no-store");
    }
}

#[tokio::test]
async fn a_film_that_stops_coming_breaks_off() {
    let server = Recorder::start(|_| {
        video().header("content-length", "1000").body(Body::new(Stuck(Some(part(0, 9))))).unwrap()
    })
    .await;
    let config = format!("\n[limits]\nupstream_seconds = 1\n{ALL}");
    let gateway = gateway(&config, &server.url).await;
    let mut film = Client::of(&gateway).request(Method::GET, FILM).send().await.unwrap();
    assert_eq!(film.headers()["content-length"], "1000");
    assert_eq!(film.chunk().await.unwrap().unwrap(), part(0, 9));
    let broken = tokio::time::timeout(Duration::from_secs(10), film.chunk()).await;
    assert!(broken.unwrap().is_err());
}

/// Chunks of unknown number.
struct Chunks(Vec<Result<Bytes, std::io::Error>>);

/// One chunk, and then nothing without end.
struct Stuck(Option<Bytes>);

type Polled = std::task::Poll<Option<Result<http_body::Frame<Bytes>, std::io::Error>>>;

impl http_body::Body for Chunks {
    type Data = Bytes;
    type Error = std::io::Error;

    fn poll_frame(mut self: std::pin::Pin<&mut Self>, _: &mut std::task::Context<'_>) -> Polled {
        let next = (!self.0.is_empty()).then(|| self.0.remove(0));
        std::task::Poll::Ready(next.map(|chunk| chunk.map(http_body::Frame::data)))
    }
}

impl http_body::Body for Stuck {
    type Data = Bytes;
    type Error = std::io::Error;

    fn poll_frame(mut self: std::pin::Pin<&mut Self>, _: &mut std::task::Context<'_>) -> Polled {
        match self.0.take() {
            Some(chunk) => std::task::Poll::Ready(Some(Ok(http_body::Frame::data(chunk)))),
            None => std::task::Poll::Pending,
        }
    }
}
