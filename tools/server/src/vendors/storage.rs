//! The object store that Whereby and SuperViz keep files in: links that are signed, end, and serve ranges, and errors
//! in XML, as Amazon S3 has them. No answer is readable by scripts of other origins, as long as nobody says otherwise.

use std::sync::Arc;

use axum::body::Body;
use axum::http::{HeaderMap, HeaderName, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;

use crate::body::OpenFile;
use crate::query::Query;
use crate::state::State;
use crate::vendors::crypto::{signature, uuid};
use crate::vendors::dates;
use crate::vendors::ranges::{Part, part};

const KEY_ID: &str = "AKIASAMPLE";
const KEY: &str = "the key of the sample's object store";

/// A file in the store.
pub struct Object {
    pub bytes: Bytes,
    pub content_type: &'static str,
}

/// Why the store refuses; the texts are those of S3.
#[derive(Debug, thiserror::Error)]
pub enum StorageError {
    #[error("Access Denied")]
    Unsigned,
    #[error(
        "The request signature we calculated does not match the signature you provided. Check your key and signing method."
    )]
    Signature,
    #[error("Request has expired")]
    Expired { expires: i64, now: i64 },
    #[error("The specified key does not exist.")]
    NoObject,
    #[error("The requested range is not satisfiable")]
    Range { size: usize },
}

/// A link to `path` that may be followed for `seconds` from `now`, in milliseconds since 1970.
pub fn presign(base: &str, path: &str, now: i64, seconds: u32) -> String {
    let date = dates::compact(now);
    let day = date.get(..8).unwrap_or_default();
    let signature = sign(path, &date, &seconds.to_string());
    format!(
        "{base}{path}?X-Amz-Algorithm=AWS4-HMAC-SHA256\
         &X-Amz-Credential={KEY_ID}%2F{day}%2Feu-west-1%2Fs3%2Faws4_request\
         &X-Amz-Date={date}&X-Amz-Expires={seconds}&X-Amz-SignedHeaders=host&X-Amz-Signature={signature}"
    )
}

/// Whether the link that was followed is signed and has not ended.
pub fn check(path: &str, method: &Method, query: &Query, now: i64) -> Result<(), StorageError> {
    let given = |name| query.get(name).ok_or(StorageError::Unsigned);
    let (date, seconds) = (given("X-Amz-Date")?, given("X-Amz-Expires")?);
    // The method is signed too: a link to GET is none to HEAD.
    if given("X-Amz-Signature")? != sign(path, date, seconds) || method != Method::GET {
        return Err(StorageError::Signature);
    }
    let valid_for = seconds.parse::<i64>().ok();
    let expires = dates::read_compact(date).zip(valid_for).map(|(date, it)| date + it * 1000);
    match expires {
        Some(expires) if now < expires => Ok(()),
        Some(expires) => Err(StorageError::Expired { expires, now }),
        None => Err(StorageError::Unsigned),
    }
}

/// The object, or the part of it that is asked for.
pub fn serve(state: &State, object: Object, headers: &HeaderMap) -> Result<Response, StorageError> {
    let size = object.bytes.len();
    let etag = format!("\"{}\"", uuid(&size.to_string()).replace('-', ""));
    let asked = |name| headers.get(name).and_then(|value| value.to_str().ok());
    let unchanged = asked(header::IF_RANGE).is_none_or(|condition| condition == etag);
    let part = asked(header::RANGE)
        .filter(|_| unchanged)
        .map_or(Part::Whole, |range| part(range, size as u64));
    let (status, bytes, range) = match part {
        Part::Whole => (StatusCode::OK, object.bytes, None),
        Part::Range { start, end } => {
            let bytes = object.bytes.slice(start as usize..=end as usize);
            (StatusCode::PARTIAL_CONTENT, bytes, Some(format!("bytes {start}-{end}/{size}")))
        }
        Part::NotSatisfiable => return Err(StorageError::Range { size }),
    };
    let length = bytes.len();
    let body = Body::new(OpenFile::new(bytes, Arc::clone(&state.open_media)));
    Ok((
        status,
        [(header::CONTENT_TYPE, object.content_type), (header::ACCEPT_RANGES, "bytes")],
        [(header::ETAG, etag), (header::CONTENT_LENGTH, length.to_string())],
        range.map(|range| [(header::CONTENT_RANGE, range)]),
        body,
    )
        .into_response())
}

fn sign(path: &str, date: &str, seconds: &str) -> String {
    signature(KEY, format!("GET\n{path}\n{date}\n{seconds}").as_bytes())
}

impl IntoResponse for StorageError {
    fn into_response(self) -> Response {
        let (status, code, details) = match &self {
            Self::Unsigned => (StatusCode::FORBIDDEN, "AccessDenied", String::new()),
            Self::Signature => (StatusCode::FORBIDDEN, "SignatureDoesNotMatch", String::new()),
            Self::Expired { expires, now } => {
                let (expires, now) = (dates::rfc3339(*expires), dates::rfc3339(*now));
                let details = format!("<Expires>{expires}</Expires><ServerTime>{now}</ServerTime>");
                (StatusCode::FORBIDDEN, "AccessDenied", details)
            }
            Self::NoObject => (StatusCode::NOT_FOUND, "NoSuchKey", String::new()),
            Self::Range { size } => {
                let details = format!("<ActualObjectSize>{size}</ActualObjectSize>");
                (StatusCode::RANGE_NOT_SATISFIABLE, "InvalidRange", details)
            }
        };
        let range = match &self {
            Self::Range { size } => Some([(header::CONTENT_RANGE, format!("bytes */{size}"))]),
            _ => None,
        };
        let body = format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>{code}</Code>\
             <Message>{self}</Message>{details}</Error>"
        );
        let request_id = HeaderName::from_static("x-amz-request-id");
        let headers = [(header::CONTENT_TYPE, "application/xml"), (request_id, "SAMPLE")];
        (status, headers, range, body).into_response()
    }
}
