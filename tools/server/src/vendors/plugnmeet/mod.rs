//! plugNmeet 2.4: everything by signed POST below `/auth`, files behind tokens, and the route for LTI pages.
//! Most errors are answered with status 200; a list without rows is one of them.

use std::collections::HashMap;

use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::middleware::from_fn;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};

use crate::state::{Shared, base_url};
use crate::vendors::cors::allow_any_origin;
use crate::vendors::crypto::signature;
use crate::vendors::secrets::{PLUGNMEET_KEY, PLUGNMEET_SECRET};
use fields::Fields;
use metadata::Metadata;
use reply::{Failure, Reply};

mod download;
mod fields;
mod lti;
mod merge;
mod metadata;
mod past_rooms;
mod recordings;
mod reply;
mod rooms;
mod subtitles;

/// What callers changed.
#[derive(Default)]
pub struct Changes {
    /// Edited metadata, by recording key.
    metadata: HashMap<Box<str>, Metadata>,
    /// Until when further merges are refused and until when an ended room is torn down: by room id, in milliseconds of
    /// the server's clock.
    merging: HashMap<Box<str>, i64>,
    closing: HashMap<Box<str>, i64>,
}

/// A request whose signature was right.
struct Call<'a> {
    state: &'a Shared,
    fields: Fields,
    /// The address that the caller knows this server by.
    base: String,
}

pub fn router() -> Router<Shared> {
    Router::new()
        .route("/auth/{*path}", post(signed))
        .route("/download/recording/{token}", get(download::download))
        .route("/lti/v1/api/recording/{action}", post(lti::answer))
        .route("/subtitles/{file}", get(subtitles::file))
        .fallback(not_found)
        .method_not_allowed_fallback(not_found)
        .layer(from_fn(allow_any_origin))
}

async fn not_found() -> Response {
    (StatusCode::NOT_FOUND, "not found").into_response()
}

async fn signed(
    State(state): State<Shared>,
    Path(path): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    // The signature is checked before the path: who may not call learns nothing about paths.
    if let Err(failure) = check_signature(&headers, &body) {
        return (StatusCode::UNAUTHORIZED, Reply::from(failure)).into_response();
    }
    let operation: fn(&Call) -> Result<Reply, Failure> = match path.as_str() {
        "recording/fetch" => recordings::fetch,
        "recording/info" | "recording/recordingInfo" => recordings::info,
        "recording/updateMetadata" => metadata::update,
        "recording/mergeRecordings" => merge::merge,
        "recording/delete" => recordings::delete,
        "recording/getDownloadToken" => download::token,
        "room/create" => rooms::create,
        "room/getJoinToken" => rooms::join_token,
        "room/isRoomActive" => rooms::is_active,
        "room/getActiveRoomInfo" => rooms::active_room,
        "room/getActiveRoomsInfo" => rooms::active_rooms,
        "room/endRoom" => rooms::end,
        "room/fetchPastRooms" => past_rooms::fetch,
        _ => return not_found().await,
    };
    let answer = Fields::read(&body)
        .and_then(|fields| operation(&Call { state: &state, fields, base: base_url(&headers) }));
    answer.unwrap_or_else(Reply::from).into_response()
}

fn check_signature(headers: &HeaderMap, body: &[u8]) -> Result<(), Failure> {
    let header = |name| headers.get(name).map(|value| value.to_str().unwrap_or_default());
    let given = |name| header(name).filter(|value| !value.is_empty());
    let key = given("api-key").ok_or(Failure::MissingKey)?;
    if key != PLUGNMEET_KEY {
        return Err(Failure::WrongKey);
    }
    let signed = given("hash-signature").ok_or(Failure::MissingSignature)?;
    if signed != signature(PLUGNMEET_SECRET, body) {
        return Err(Failure::WrongSignature);
    }
    Ok(())
}
