//! `/lti/v1/api/recording/{fetch,download,delete}`: the same recordings for pages of learning systems, with a token of
//! one room instead of a signature, status codes that mean something, and JSON as plain Go writes it.

use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use super::fields::Fields;
use super::recordings::{Asked, delete_by_id, page};
use super::reply::Failure;
use super::{download, not_found};
use crate::state::{Shared, base_url};
use crate::vendors::crypto::read_token;
use crate::vendors::secrets::{PLUGNMEET_KEY, PLUGNMEET_SECRET};

/// Whole numbers of 64 bits, which protojson writes as text and plain Go as numbers.
const LARGE_NUMBERS: [&str; 3] = ["total_recordings", "creation_time", "room_creation_time"];

/// Why the route refuses.
#[derive(Debug, thiserror::Error)]
pub enum LtiError {
    #[error("Authorization header is missing")]
    NoToken,
    #[error("invalid authorization header")]
    Token,
    #[error("only admin can perform this")]
    NotAdmin,
    #[error(transparent)]
    Failed(#[from] Failure),
}

/// What a token of a launch says.
struct Launch {
    room_id: String,
    is_admin: bool,
}

pub async fn answer(
    State(state): State<Shared>,
    Path(action): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let answer = launch(&state, &headers).and_then(|launch| match action.as_str() {
        "fetch" => fetch(&state, &launch, &headers, &body).map(Some),
        "download" => download(&state, &body).map(Some),
        "delete" => delete(&state, &launch, &body).map(Some),
        _ => Ok(None),
    });
    match answer {
        Ok(Some(answer)) => Json(answer).into_response(),
        Ok(None) => not_found().await,
        Err(error) => error.into_response(),
    }
}

/// The token is the whole header, without a scheme before it.
fn launch(state: &Shared, headers: &HeaderMap) -> Result<Launch, LtiError> {
    let token = headers.get(header::AUTHORIZATION).ok_or(LtiError::NoToken)?;
    let token = token.to_str().map_err(|_| LtiError::Token)?;
    let world = state.world();
    let now = world.vendor.now(&world.clock) / 1000;
    let claims = read_token(PLUGNMEET_SECRET, PLUGNMEET_KEY, token, now);
    let claims = claims.map_err(|_| LtiError::Token)?;
    Ok(Launch {
        room_id: claims["room_id"].as_str().ok_or(LtiError::Token)?.to_owned(),
        is_admin: claims["is_admin"] == true,
    })
}

fn fetch(
    state: &Shared,
    launch: &Launch,
    headers: &HeaderMap,
    body: &[u8],
) -> Result<Value, LtiError> {
    let fields = Fields::read(body)?;
    let mut asked = Asked::read(&fields)?;
    asked.room_ids = vec![&launch.room_id];
    asked.room_sid = None;
    let result = page(&state.world(), &asked, &base_url(headers));
    Ok(json!({ "status": true, "msg": "success", "result": as_plain_go(result) }))
}

/// Any recording of any room, as on the real server.
fn download(state: &Shared, body: &[u8]) -> Result<Value, LtiError> {
    let fields = Fields::read(body)?;
    let token = download::token_of(&state.world(), fields.required("record_id")?)?;
    Ok(json!({ "status": true, "msg": "success", "token": token }))
}

fn delete(state: &Shared, launch: &Launch, body: &[u8]) -> Result<Value, LtiError> {
    if !launch.is_admin {
        return Err(LtiError::NotAdmin);
    }
    let fields = Fields::read(body)?;
    delete_by_id(&mut state.world(), fields.required("record_id")?)?;
    Ok(json!({ "status": true, "msg": "success" }))
}

/// Numbers as numbers, and nothing that is zero or empty.
fn as_plain_go(proto: Value) -> Value {
    match proto {
        Value::Object(fields) => {
            let plain = fields.into_iter().map(|(name, value)| {
                let number = value.as_str().and_then(|text| text.parse::<i64>().ok());
                let value = match number.filter(|_| LARGE_NUMBERS.contains(&name.as_str())) {
                    Some(number) => json!(number),
                    None => as_plain_go(value),
                };
                (name, value)
            });
            Value::Object(plain.filter(|(_, value)| !is_zero(value)).collect())
        }
        Value::Array(items) => items.into_iter().map(as_plain_go).collect(),
        other => other,
    }
}

fn is_zero(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Bool(flag) => !flag,
        Value::Number(number) => number.as_f64() == Some(0.0),
        Value::String(text) => text.is_empty(),
        Value::Array(items) => items.is_empty(),
        Value::Object(fields) => fields.is_empty(),
    }
}

impl IntoResponse for LtiError {
    fn into_response(self) -> Response {
        let status = match &self {
            Self::NoToken | Self::Token => StatusCode::UNAUTHORIZED,
            Self::NotAdmin => StatusCode::FORBIDDEN,
            Self::Failed(Failure::NoRecording) => StatusCode::NOT_FOUND,
            Self::Failed(_) => StatusCode::BAD_REQUEST,
        };
        (status, Json(json!({ "status": false, "msg": self.to_string() }))).into_response()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zero_values_vanish_and_large_numbers_are_numbers() {
        let proto = json!({
            "total_recordings": "1", "from": 0, "limit": 20,
            "recordings_list": [{
                "record_id": "12", "file_size": 0.0, "creation_time": "1761818400",
                "room_creation_time": "0",
                "metadata": { "title": "", "subtitles": {}, "extra_data": { "k": "v" } },
            }],
        });
        let plain = json!({
            "total_recordings": 1, "limit": 20,
            "recordings_list": [{
                "record_id": "12", "creation_time": 1_761_818_400,
                "metadata": { "extra_data": { "k": "v" } },
            }],
        });
        assert_eq!(as_plain_go(proto), plain);
    }
}
