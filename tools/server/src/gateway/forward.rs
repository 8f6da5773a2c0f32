//! A request for a meeting server: finds its route, asks whether the user may, keeps it to the user's rooms, sends it, and
//! passes the answer on.

use axum::body::Body;
use axum::http::request::Parts;
use axum::http::{Method, Response, StatusCode, header};
use bytes::Bytes;
use serde_json::Value;

use super::answer::{hide, parse, pass_on};
use super::call::{Call, fill, known_headers, known_parameters};
use super::config::Grant;
use super::media;
use super::refusal::Refusal;
use super::routes::{Answer as Kind, List, Route, Scope};
use super::scope::{Rooms, admit, check_answer, is_pinned, keep_rows};
use super::upstream::{Answer, Upstream};

/// Pages that are looked through for one row of a user's rooms.
const MOST_PAGES: usize = 10;
/// Characters of a token of plugNmeet, a JWT, at most.
const LONGEST_TOKEN: usize = 2048;

/// Whether the user has the rights that the route needs for this request.
///
/// # Errors
/// 403 when not.
pub fn check_rights(route: &Route, grant: &Grant, query: &str) -> Result<(), Refusal> {
    if !grant.allows_any(route.needs) {
        let names: Vec<&str> = route.needs.iter().map(|right| right.name()).collect();
        let message = format!("You have no right to this: it needs {}", names.join(" or "));
        return Err(Refusal::forbidden(message));
    }
    if let Some((name, value, right)) = route.also {
        let given = known_parameters(query, &[name]);
        let is_given = given.iter().any(|(_, it)| it.trim().eq_ignore_ascii_case(value));
        if is_given && !grant.rights.contains(&right) {
            let message = format!("You have no right to {name}={value}: it needs {}", right.name());
            return Err(Refusal::forbidden(message));
        }
    }
    Ok(())
}

/// The call that a request asks for.
pub fn call(route: &Route, ids: &[String], parts: &Parts, body: Bytes) -> Call {
    let is_media = matches!(route.answer, Kind::Media | Kind::OpenMedia);
    let mut headers = known_headers(&parts.headers);
    if !is_media || parts.method == Method::HEAD {
        headers.remove(header::RANGE);
        headers.remove(header::IF_RANGE);
    }
    Call {
        // Only of media is the head of use by itself.
        method: if is_media { parts.method.clone() } else { route.method.clone() },
        query: known_parameters(parts.uri.query().unwrap_or_default(), route.query),
        body: (!body.is_empty()).then_some(body),
        headers,
        ..Call::new(route.method.clone(), fill(route.path, ids))
    }
}

/// Sends a call of a user with this grant, which has the rights for it.
///
/// # Errors
/// When it is not in the user's rooms, or the meeting server cannot answer.
pub async fn send(
    upstream: &Upstream,
    route: &Route,
    ids: &[String],
    grant: &Grant,
    mut call: Call,
) -> Result<Response<Body>, Refusal> {
    let rooms = grant.rooms.as_ref().map(Rooms::new);
    if let Some(rooms) = rooms
        && let Some(answer) = admit(rooms, route, ids, &mut call, upstream).await?
    {
        return pass_on(answer);
    }
    let hidden = match &route.answer {
        Kind::Media | Kind::OpenMedia => return film(upstream, &call).await,
        Kind::Hiding(fields, rights) if !grant.allows_any(rights) => *fields,
        Kind::Hiding(..) | Kind::Json => &[],
    };
    match (rooms, &route.scope) {
        (Some(rooms), Scope::List(list)) => {
            let answer = rows(upstream, rooms, list, &mut call).await?;
            change(answer, |value| {
                hide(hidden, value);
                Ok(())
            })
        }
        (Some(rooms), Scope::AnswerRoom(room)) => change(upstream.ask(&call).await?, |value| {
            check_answer(rooms, room, value)?;
            hide(hidden, value);
            Ok(())
        }),
        _ if hidden.is_empty() => pass_on(upstream.ask(&call).await?),
        _ => change(upstream.ask(&call).await?, |value| {
            hide(hidden, value);
            Ok(())
        }),
    }
}

/// A film that needs nobody signed in, because the token in its path is proof enough.
///
/// # Errors
/// 404 when that is no token at all, 403 when the meeting server does not accept it.
pub async fn send_open(
    upstream: &Upstream,
    ids: &[String],
    mut call: Call,
) -> Result<Response<Body>, Refusal> {
    let is_part = |part: &str| {
        let is_base64 = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
        !part.is_empty() && part.bytes().all(is_base64)
    };
    let is_token = |it: &String| it.len() <= LONGEST_TOKEN && it.split('.').all(is_part);
    if !ids.iter().all(|id| is_token(id) && id.split('.').count() == 3) {
        return Err(Refusal::not_found("No such film"));
    }
    call.is_signed = false;
    film(upstream, &call).await
}

async fn film(upstream: &Upstream, call: &Call) -> Result<Response<Body>, Refusal> {
    let mut response = upstream.send(call).await?;
    let knows_no_head = matches!(
        response.status(),
        StatusCode::NOT_FOUND | StatusCode::METHOD_NOT_ALLOWED | StatusCode::NOT_IMPLEMENTED
    );
    if call.method == Method::HEAD && knows_no_head {
        let get = Call {
            method: Method::GET,
            query: call.query.clone(),
            headers: call.headers.clone(),
            is_signed: call.is_signed,
            ..Call::new(Method::GET, call.path.clone())
        };
        response = upstream.send(&get).await?;
    }
    let status = response.status();
    if status == StatusCode::UNAUTHORIZED {
        return Err(Refusal::forbidden("The link to this film has expired"));
    }
    if status.is_redirection() {
        return media::redirect(&upstream.system.media_origins, &response);
    }
    if !status.is_success() {
        return pass_on_media_error(upstream.read(response).await?);
    }
    if response.headers().contains_key(header::CONTENT_ENCODING) {
        return Err(Refusal::unexpected_answer());
    }
    Ok(media::stream(upstream, &call.method, &call.headers, response))
}

/// An error instead of a film; the length of the file is told in `Content-Range` when a range is beyond it.
fn pass_on_media_error(answer: Answer) -> Result<Response<Body>, Refusal> {
    let range = answer.headers.get(header::CONTENT_RANGE).cloned();
    let mut response = pass_on(answer)?;
    response.headers_mut().extend(range.map(|range| (header::CONTENT_RANGE, range)));
    Ok(response)
}

/// A list for a user of some rooms. A page without any row of theirs is followed by the next, so that it does not look
/// like the end.
async fn rows(
    upstream: &Upstream,
    rooms: Rooms<'_>,
    list: &List,
    call: &mut Call,
) -> Result<Answer, Refusal> {
    let is_pinned = is_pinned(list, call);
    let names = rooms.all().collect::<Vec<_>>().join("\n");
    if let Some((_, name)) = list.next
        && let Some(sealed) = call.parameter(name)
    {
        let token = upstream.seal.open(sealed, &names)?;
        call.set_parameter(name, token);
    }
    let mut pages = 0;
    loop {
        pages += 1;
        let answer = upstream.ask(call).await?;
        if !answer.status.is_success() || answer.body.is_empty() {
            return Ok(answer);
        }
        let mut value = parse(&answer)?;
        let kept = keep_rows(rooms, list, is_pinned, &mut value)?.kept;
        if let Some((place, name)) = list.next
            && let Some(Value::String(token)) = value.pointer_mut(place)
        {
            if kept == 0 && pages < MOST_PAGES {
                call.set_parameter(name, std::mem::take(token));
                continue;
            }
            *token = upstream.seal.close(token, &names)?;
        }
        return Ok(Answer { body: value.to_string().into(), ..answer });
    }
}

/// The answer with its JSON changed, when it succeeded.
fn change(
    mut answer: Answer,
    change: impl FnOnce(&mut Value) -> Result<(), Refusal>,
) -> Result<Response<Body>, Refusal> {
    if answer.status.is_success() && !answer.body.is_empty() {
        let mut value = parse(&answer)?;
        change(&mut value)?;
        answer.body = value.to_string().into();
    }
    pass_on(answer)
}
