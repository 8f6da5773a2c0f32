//! `GET /recordings`: a page in key order, of one room when asked or when the token is a room's.

use axum::Json;
use axum::extract::State;
use serde_json::{Value, json};

use crate::auth::Credentials;
use crate::error::{ApiError, ApiResult};
use crate::paging::Page;
use crate::query::{Query, keep_fields};
use crate::recordings::id::id_of;
use crate::state::Shared;

pub async fn list(
    State(state): State<Shared>,
    credentials: Credentials,
    query: Query,
) -> ApiResult<Json<Value>> {
    let caller = credentials.for_recordings(&state)?;
    caller.may_retrieve()?;
    let max_items = query.max_items()?;
    let fields = query.fields();
    // A bare prefix without a trailing slash: `roomId=room-1` also finds `room-10`.
    let prefix = match caller.room() {
        Some(room) => format!("{room}/"),
        None => query.get("roomId").unwrap_or_default().trim().to_owned(),
    };

    let world = state.world();
    let page =
        Page::read(world.recordings.by_key(), &prefix, query.get("nextPageToken"), max_items)
            .ok_or_else(|| ApiError::internal("getting recordings"))?;
    let recordings: Vec<Value> = page
        .entries
        .iter()
        .map(|(key, recording)| {
            if let Some(instead) = world.overrides.get(&id_of(key)) {
                return instead.clone();
            }
            let mut info = recording.info(key, world.clock.now(), state.config.dialect);
            keep_fields(&mut info, fields.as_deref());
            Value::Object(info)
        })
        .collect();
    Ok(Json(json!({ "recordings": recordings, "pagination": page.pagination(max_items) })))
}
