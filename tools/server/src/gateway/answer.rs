//! JSON from a meeting server to a browser: what of it is passed on, with which headers, and without which fields.

use axum::body::Body;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Response, StatusCode, header};
use serde_json::Value;

use super::refusal::Refusal;
use super::upstream::Answer;

/// Beside these, everything about limits: `RateLimit-*`, `X-RateLimit-*`.
const PASSED_ON: [HeaderName; 2] = [header::CONTENT_TYPE, header::RETRY_AFTER];

/// The JSON of an answer that succeeded, to be changed.
///
/// # Errors
/// 502 when it is something else.
pub fn parse(answer: &Answer) -> Result<Value, Refusal> {
    serde_json::from_slice(&answer.body).map_err(|_| Refusal::unexpected_answer())
}

/// Removes these fields, wherever they are.
pub fn hide(fields: &[&str], value: &mut Value) {
    match value {
        Value::Object(object) => {
            object.retain(|name, _| !fields.contains(&name.as_str()));
            object.values_mut().for_each(|value| hide(fields, value));
        }
        Value::Array(list) => list.iter_mut().for_each(|value| hide(fields, value)),
        _ => {}
    }
}

/// The answer as the browser gets it.
///
/// # Errors
/// 502 for a redirection, and for a page where JSON should be; errors keep their status without the page.
pub fn pass_on(answer: Answer) -> Result<Response<Body>, Refusal> {
    if answer.status.is_redirection() && answer.status != StatusCode::NOT_MODIFIED {
        return Err(Refusal::unexpected_answer());
    }
    if !answer.body.is_empty() && !is_plain(&answer.headers) {
        return Err(match answer.status.is_success() {
            true => Refusal::unexpected_answer(),
            false => {
                let retry_after = answer.headers.get(header::RETRY_AFTER).cloned();
                Refusal::of_upstream(answer.status).retry_as_told(retry_after.as_ref())
            }
        });
    }
    let known = answer
        .headers
        .iter()
        .filter(|(name, _)| PASSED_ON.contains(name) || name.as_str().contains("ratelimit"));
    let headers = known.map(|(name, value)| (name.clone(), value.clone())).collect();
    Ok(Answer { headers, ..answer }.into())
}

/// JSON, or the plain text in which plugNmeet says "not found".
fn is_plain(headers: &HeaderMap) -> bool {
    let content_type = headers.get(header::CONTENT_TYPE).map(HeaderValue::to_str);
    let Some(Ok(content_type)) = content_type else { return false };
    let media_type = content_type.split(';').next().unwrap_or_default().trim();
    let media_type = media_type.to_ascii_lowercase();
    media_type == "application/json" || media_type == "text/plain" || media_type.ends_with("+json")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn hidden_fields_are_gone_everywhere() {
        let mut rooms = json!({
            "rooms": [{ "id": 1, "url": "x", "access": { "user": { "url": "y", "enabled": true } } }],
        });
        hide(&["url"], &mut rooms);
        let left = json!({ "rooms": [{ "id": 1, "access": { "user": { "enabled": true } } }] });
        assert_eq!(rooms, left);
    }
}
