//! What a user of some rooms gets of an answer.

use serde_json::Value;

use super::Rooms;
use crate::gateway::refusal::Refusal;
use crate::gateway::routes::List;

/// What is left of a page.
#[derive(Debug, PartialEq, Eq)]
pub struct Page {
    pub kept: usize,
    pub left_out: usize,
}

/// Leaves rows of other rooms out of a list, and counts that would tell of them; `is_pinned` when the server was asked
/// for the rows of the user's rooms only.
///
/// # Errors
/// 502 when there are no rows where they should be, and the server does not say that it failed.
pub fn keep_rows(
    rooms: Rooms<'_>,
    list: &List,
    is_pinned: bool,
    answer: &mut Value,
) -> Result<Page, Refusal> {
    let place = list.rows.iter().find(|it| answer.pointer(it).is_some_and(Value::is_array));
    let rows = place.and_then(|it| answer.pointer_mut(it)).and_then(Value::as_array_mut);
    let Some(rows) = rows else {
        return only_failure(answer).map(|()| Page { kept: 0, left_out: 0 });
    };
    let before = rows.len();
    rows.retain(|row| {
        row.pointer(list.room).and_then(Value::as_str).is_some_and(|room| rooms.has(room))
    });
    let page = Page { kept: rows.len(), left_out: before - rows.len() };
    if !is_pinned || page.left_out > 0 {
        for place in list.totals {
            remove(answer, place);
        }
    }
    Ok(page)
}

/// Refuses an answer about another room; `room` is a JSON pointer.
///
/// # Errors
/// 403 when it is, or does not tell; 502 as for lists.
pub fn check_answer(rooms: Rooms<'_>, room: &str, answer: &mut Value) -> Result<(), Refusal> {
    match answer.pointer(room).and_then(Value::as_str) {
        Some(room) => rooms.check(room),
        None if answer.get("status") == Some(&Value::Bool(false)) => only_failure(answer),
        None => Err(Rooms::outside()),
    }
}

/// PlugNmeet says with status 200 that something failed: nothing but that is passed on.
fn only_failure(answer: &mut Value) -> Result<(), Refusal> {
    let fields = answer.as_object_mut().filter(|it| it.get("status") == Some(&Value::Bool(false)));
    let fields = fields.ok_or_else(Refusal::unexpected_answer)?;
    fields.retain(|name, _| matches!(name.as_str(), "status" | "msg" | "status_code"));
    Ok(())
}

fn remove(answer: &mut Value, place: &str) {
    if let Some((parent, name)) = place.rsplit_once('/')
        && let Some(fields) = answer.pointer_mut(parent).and_then(Value::as_object_mut)
    {
        fields.shift_remove(name);
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use serde_json::json;

    use super::*;
    use crate::gateway::routes::Pin;

    const LIST: List = List {
        pin: Pin::No,
        rows: &["/data", ""],
        room: "/room",
        totals: &["/pagination/total"],
        next: None,
    };

    fn keep(is_pinned: bool, mut answer: Value) -> Result<(Page, Value), Refusal> {
        let rooms = BTreeSet::from(["a".to_owned(), "/b".to_owned()]);
        let page = keep_rows(Rooms::new(&rooms), &LIST, is_pinned, &mut answer)?;
        Ok((page, answer))
    }

    #[test]
    fn rows_stay_when_they_tell_a_room_of_the_user() {
        let rows = json!([
            { "room": "a" }, { "room": "/a" }, { "room": "b" }, { "room": "c" }, { "room": "a " },
            { "room": null }, { "room": ["a"] }, {}, null, "a", { "Room": "a" },
        ]);
        let kept = json!([{ "room": "a" }, { "room": "/a" }, { "room": "b" }]);
        let page = Page { kept: 3, left_out: 8 };
        assert_eq!(keep(true, rows.clone()), Ok((page, kept.clone())));
        let answer = json!({ "data": rows, "pagination": { "total": 11, "page": 1 } });
        let left = json!({ "data": kept, "pagination": { "page": 1 } });
        assert_eq!(keep(true, answer).unwrap().1, left);
    }

    #[test]
    fn totals_stay_when_they_are_of_these_rooms_only() {
        let answer = json!({ "data": [{ "room": "a" }], "pagination": { "total": 1 } });
        assert_eq!(keep(true, answer.clone()).unwrap().1, answer);
        let left = json!({ "data": [{ "room": "a" }], "pagination": {} });
        assert_eq!(keep(false, answer).unwrap().1, left);
    }

    #[test]
    fn answers_without_rows_are_failures_or_refused() {
        let failure = json!({ "status": false, "msg": "no recording found", "rows": ["leak"] });
        let left = json!({ "status": false, "msg": "no recording found" });
        assert_eq!(keep(true, failure).unwrap().1, left);
        for answer in [
            json!({}),
            json!(null),
            json!("a"),
            json!({ "data": {} }),
            json!({ "status": true }),
            json!({ "items": [{ "room": "a" }] }),
        ] {
            assert_eq!(keep(true, answer), Err(Refusal::unexpected_answer()));
        }
    }

    #[test]
    fn single_answers_are_about_a_room_of_the_user() {
        let rooms = BTreeSet::from(["a".to_owned()]);
        let check = |mut answer: Value| check_answer(Rooms::new(&rooms), "/info/room", &mut answer);
        assert_eq!(check(json!({ "info": { "room": "a" } })), Ok(()));
        assert_eq!(check(json!({ "status": false, "msg": "no info found" })), Ok(()));
        for answer in [
            json!({ "info": { "room": "b" } }),
            json!({ "info": {} }),
            json!({}),
            json!({ "status": true, "room": "a" }),
        ] {
            assert_eq!(check(answer), Err(Rooms::outside()));
        }
    }
}
