//! `GET /rooms`: a page in the order of ids up to 3.4, in an order by choice since.

use axum::Json;
use axum::extract::State;
use axum::http::HeaderMap;
use serde_json::{Map, Value, json};

use crate::auth::rights::Rights;
use crate::auth::{Caller, Credentials};
use crate::config::Dialect;
use crate::error::{ApiError, ApiResult, Problems};
use crate::paging::listing::{Known, Listing};
use crate::paging::sorted::{Key, page};
use crate::paging::{Page, matching, pagination};
use crate::query::Query;
use crate::rooms::fields::Fields;
use crate::rooms::model::Room;
use crate::rooms::routes::{describe, finish_meetings, hide};
use crate::state::{Shared, State as ServerState, World};

const OPERATION: &str = "getting rooms";
const KNOWN: Known = Known {
    fields: &["creationDate", "roomName", "autoDeletionDate"],
    statuses: &["open", "active_meeting", "closed"],
};

pub async fn in_key_order(
    State(state): State<Shared>,
    credentials: Credentials,
    query: Query,
    headers: HeaderMap,
) -> ApiResult<Json<Value>> {
    credentials.for_rooms(&state)?;
    let max_items = query.max_items()?;
    let mut world = state.world();
    finish_meetings(&mut world);
    // `roomName` is in truth a prefix of the key, which starts with the room id.
    let prefix = query.get("roomName").unwrap_or_default();
    let page = Page::read(&world.rooms, prefix, query.get("nextPageToken"), max_items)
        .ok_or_else(|| ApiError::internal(OPERATION))?;
    let ids = page.entries.iter().map(|(id, _)| *id);
    let rooms = rows(&state, &world, &Caller::Admin, ids, &query, &headers)?;
    let pagination = pagination(page.next.as_deref(), max_items);
    Ok(Json(json!({ "rooms": rooms, "pagination": pagination })))
}

pub async fn sorted(
    State(state): State<Shared>,
    credentials: Credentials,
    query: Query,
    headers: HeaderMap,
) -> ApiResult<Json<Value>> {
    let dialect = state.config.dialect;
    let caller = credentials.for_listing_rooms(&state)?;
    let mut problems = Problems::default();
    let checked = matching::room_name(&query, dialect, OPERATION);
    let name = if dialect >= Dialect::V38 { Ok(problems.take(checked)) } else { checked };
    let listing = Listing::read(&query, &KNOWN, problems)?;
    let name = name?;

    let mut world = state.world();
    finish_meetings(&mut world);
    let wanted = |id: &str, room: &Room| {
        let status = listing.status;
        name.as_ref().is_none_or(|name| name.is_match(&room.name))
            && status.is_none_or(|status| room.status(world.meeting_in(id)) == status)
            && caller.rights_in(&world, id) != Rights::NONE
    };
    let items = world.rooms.iter().filter(|(id, room)| wanted(id, room));
    let items = items.map(|(id, room)| (sort_key(listing.field, room), &**id, ()));
    let page = page(items, listing.descending, query.get("nextPageToken"), listing.max_items)
        .ok_or_else(|| ApiError::internal(OPERATION))?;
    let ids = page.items.iter().map(|(_, id, ())| *id);
    let rooms = rows(&state, &world, &caller, ids, &query, &headers)?;
    let pagination = pagination(page.next.as_deref(), listing.max_items);
    let mut answer = Map::new();
    answer.insert("rooms".to_owned(), json!(rooms));
    answer.insert("pagination".to_owned(), pagination);
    Fields::read(&query, &headers, dialect).add_choice(&mut answer);
    Ok(Json(Value::Object(answer)))
}

/// The rooms with these ids, as far as the caller may see them and asked for them.
fn rows<'a>(
    state: &ServerState,
    world: &World,
    caller: &Caller,
    ids: impl Iterator<Item = &'a str>,
    query: &Query,
    headers: &HeaderMap,
) -> ApiResult<Vec<Map<String, Value>>> {
    let dialect = state.config.dialect;
    let fields = Fields::read(query, headers, dialect);
    ids.map(|id| {
        let mut info = describe(state, world, id, headers)?;
        hide(&mut info, caller.rights_in(world, id), dialect);
        fields.keep(&mut info);
        Ok(info)
    })
    .collect()
}

fn sort_key<'a>(field: &str, room: &'a Room) -> Key<'a> {
    match field {
        "roomName" => Key::Text(&room.name),
        "autoDeletionDate" => {
            room.auto_deletion.map_or(Key::Missing, |date| Key::Number(date as f64))
        }
        _ => Key::Number(room.created as f64),
    }
}
