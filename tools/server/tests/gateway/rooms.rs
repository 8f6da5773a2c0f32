//! Users of some rooms: what they ask for is narrowed or refused, and nothing of another room reaches them, even from a
//! server that ignores every filter.

use axum::body::Body;
use axum::http::Response;
use serde_json::{Value, json};

use crate::recorder::{Seen, json, status};
use crate::scoped::{OPENVIDU_MEET, OPENVIDU_MEET_A, SUPERVIZ, WHEREBY, World, rows};

#[tokio::test]
async fn openvidu_meet_lists_are_narrowed_and_cleaned() {
    let world = World::new(OPENVIDU_MEET, |seen| {
        let name = if seen.target.contains("/rooms") { "rooms" } else { "recordings" };
        json(json!({
            name: rows("roomId"),
            "pagination": { "isTruncated": true, "nextPageToken": "canary/EG_1", "maxItems": 10 },
        }))
    })
    .await;
    let (one, two) = (world.user("one").await, world.user("two").await);
    let path = "/gateway/it/api/v1";
    for (client, query, asked, kept) in [
        (&one, "", "?roomId=math", json!(["math"])),
        (&one, "?roomId=math&status=complete", "?roomId=math&status=complete", json!(["math"])),
        (&one, "?roomName=M", "?roomName=M", json!(["math"])),
        (&two, "", "", json!(["math", "art"])),
        (&two, "?roomId=art", "?roomId=art", json!(["math", "art"])),
        (&two, "?fields=status", "?fields=status%2CroomId", json!(["math", "art"])),
        (&two, "?fields=roomId,status", "?fields=roomId%2Cstatus", json!(["math", "art"])),
    ] {
        let answer = client.get(&format!("{path}/recordings{query}")).await;
        assert_eq!(answer.status, 200);
        assert!(!answer.text().contains("canary"), "{}", answer.text());
        let answer = answer.json();
        let rows = answer["recordings"].as_array().unwrap();
        let rooms: Value = rows.iter().map(|row| row["roomId"].clone()).collect();
        assert_eq!(rooms, kept, "{query}");
        assert_eq!(world.server.targets(), [format!("GET /api/v1/recordings{asked}")]);
    }
    for room in ["canary", "mathe", "", "MATH", "math,canary", "math%20"] {
        let answer = one.get(&format!("{path}/recordings?roomId={room}")).await;
        answer.is_refused(403, "not in your rooms");
    }
    // Of two rooms the first is asked for, and it is checked.
    one.get(&format!("{path}/recordings?roomId=canary&roomId=math")).await.is_refused(403, "");
    assert!(world.server.take().is_empty());
    let rooms = one.get(&format!("{path}/rooms")).await;
    assert_eq!(rooms.json()["rooms"], json!([{ "id": "math-id", "roomId": "math" }]));
    assert!(!rooms.text().contains("canary"));
}

#[tokio::test]
async fn pages_without_a_row_of_the_user_are_skipped_and_their_tokens_cannot_be_read() {
    let world = World::new(OPENVIDU_MEET, |seen| {
        let page = seen.target.rsplit_once("nextPageToken=canary").map_or("0", |(_, page)| page);
        let page: usize = page.parse().unwrap();
        let room = if page % 3 == 2 { "math" } else { "canary" };
        json(json!({
            "recordings": [{ "roomId": room, "page": page }],
            "pagination": { "isTruncated": true, "nextPageToken": format!("canary{}", page + 1) },
        }))
    })
    .await;
    let two = world.user("two").await;
    let path = "/gateway/it/api/v1/recordings";
    let first = two.get(path).await;
    assert_eq!(first.json()["recordings"], json!([{ "roomId": "math", "page": 2 }]));
    assert_eq!(world.server.take().len(), 3);
    let token = first.json()["pagination"]["nextPageToken"].as_str().unwrap().to_owned();
    assert!(!token.contains("canary"));
    let second = two.get(&format!("{path}?nextPageToken={token}")).await;
    assert_eq!(second.json()["recordings"], json!([{ "roomId": "math", "page": 5 }]));
    assert_eq!(world.server.targets()[0], "GET /api/v1/recordings?nextPageToken=canary3");
    // Tokens of other users, and those that the gateway did not make.
    for (client, token) in
        [(&world.user("one").await, token.as_str()), (&two, "canary3"), (&two, "")]
    {
        let answer = client.get(&format!("{path}?nextPageToken={token}")).await;
        answer.is_refused(422, "Unknown page token");
    }
    assert!(world.server.take().is_empty());
}

#[tokio::test]
async fn looking_for_a_row_has_an_end() {
    let world = World::new(OPENVIDU_MEET, |_| {
        json(json!({ "recordings": [{ "roomId": "canary" }],
                     "pagination": { "isTruncated": true, "nextPageToken": "canary" } }))
    })
    .await;
    let answer = world.user("two").await.get("/gateway/it/api/v1/recordings").await;
    assert_eq!(answer.json()["recordings"], json!([]));
    assert!(!answer.text().contains("canary"));
    assert_eq!(world.server.take().len(), 10);
}

#[tokio::test]
async fn ids_of_openvidu_meet_tell_their_room() {
    let world = World::new(OPENVIDU_MEET, |_| json(json!({}))).await;
    let one = world.user("one").await;
    let path = "/gateway/it/api/v1/recordings";
    let inside = "math--EG_1--u";
    for (method, suffix) in [("GET", ""), ("DELETE", ""), ("GET", "/media"), ("GET", "/url")] {
        assert_eq!(one.send(method, &format!("{path}/{inside}{suffix}"), None).await.status, 200);
        assert_eq!(world.server.take().len(), 1);
        for outside in [
            "canary--EG_1--u",
            "mathe--EG_1--u",
            "%20math--EG_1--u",
            "math%20--EG_1--u",
            "math--canary--EG_1--u",
            "math--EG_1",
            "math",
            "x",
        ] {
            let answer = one.send(method, &format!("{path}/{outside}{suffix}"), None).await;
            answer.is_refused(403, "not in your rooms");
        }
    }
    for (method, suffix) in [("DELETE", ""), ("GET", "/download")] {
        let ids = |ids: &str| format!("{path}{suffix}?recordingIds={ids}");
        let good = format!("{inside},%20math--EG_2--u");
        assert_eq!(one.send(method, &ids(&good), None).await.status, 200);
        assert_eq!(world.server.take().len(), 1);
        let bad = format!("{inside},canary--EG_1--u,x");
        let answer = one.send(method, &ids(&bad), None).await;
        answer.is_refused(403, "2 of 3 are not in your rooms");
    }
    for (method, path, body) in [
        ("GET", "/rooms/canary", None),
        ("GET", "/rooms/canary/config", None),
        ("PUT", "/rooms/canary/config", Some(json!({}))),
        ("DELETE", "/rooms/canary", None),
        ("DELETE", "/rooms?roomIds=math,canary", None),
        ("POST", "/rooms", Some(json!({ "roomName": "math" }))),
    ] {
        let answer = one.send(method, &format!("/gateway/it/api/v1{path}"), body).await;
        assert_eq!(answer.status, 403, "{method} {path}");
    }
    assert!(world.server.take().is_empty());
    assert_eq!(one.delete("/gateway/it/api/v1/rooms/math").await.status, 200);
    assert_eq!(one.delete("/gateway/it/api/v1/rooms?roomIds=math").await.status, 200);
}

/// Knows `in-…` of the room math, `out-…` of another, and no others.
fn by_id(seen: &Seen) -> Response<Body> {
    let id = seen.target.split('/').find(|part| part.contains('-')).unwrap_or_default();
    let is_lookup = seen.method == "GET" && seen.target.ends_with(id);
    match id {
        _ if !is_lookup => status(204, Value::Null),
        id if id.starts_with("in-") => json(json!({ "id": id, "roomName": "/math" })),
        id if id.starts_with("out-") => json(json!({ "id": "canary", "roomName": "/canary" })),
        id if id.starts_with("untold-") => json(json!({ "id": "canary" })),
        id if id.starts_with("slow-") => status(429, json!({ "error": "Rate limit active" })),
        _ => status(404, json!({ "message": "not found" })),
    }
}

#[tokio::test]
async fn whereby_is_asked_for_the_room_first() {
    let world = World::new(WHEREBY, by_id).await;
    let one = world.user("one").await;
    let path = "/gateway/it/v1/recordings";
    for (method, suffix) in [("GET", ""), ("GET", "/access-link"), ("DELETE", "")] {
        for (id, code) in
            [("in-1", 204), ("out-1", 403), ("untold-1", 403), ("gone-1", 404), ("slow-1", 429)]
        {
            let answer = one.send(method, &format!("{path}/{id}{suffix}"), None).await;
            // Reading one needs no look first: the answer tells its room.
            let is_read = method == "GET" && suffix.is_empty();
            let code = if is_read && code == 204 { 200 } else { code };
            assert_eq!(answer.status, code, "{method} {id}{suffix}");
            assert!(!answer.text().contains("canary"));
            let calls = world.server.targets();
            assert_eq!(calls[0], format!("GET /v1/recordings/{id}"));
            let is_done = code == 204 && !is_read;
            assert_eq!(calls.len(), 1 + usize::from(is_done), "{calls:?}");
        }
    }
    assert_eq!(one.delete("/gateway/it/v1/meetings/out-1").await.status, 403);
    assert_eq!(one.delete("/gateway/it/v1/meetings/in-1").await.status, 204);
    assert_eq!(one.post("/gateway/it/v1/meetings", json!({})).await.status, 403);
}

#[tokio::test]
async fn bulk_deletions_are_of_the_users_recordings_or_not_at_all() {
    for (system, method, path) in [
        (WHEREBY, "POST", "/v1/recordings/bulk-delete"),
        (OPENVIDU_MEET_A, "DELETE", "/meet/api/v1/recordings"),
    ] {
        let world = World::new(system, |seen| {
            let answer = by_id(seen);
            // Generation A has no slash in front of names.
            if seen.target.starts_with("/meet") && answer.status() == 200 {
                let room = if seen.target.contains("/in-") { "math" } else { "canary" };
                return json(json!({ "roomName": room }));
            }
            answer
        })
        .await;
        let one = world.user("one").await;
        let delete = async |ids: Value| {
            let body = Some(json!({ "recordingIds": ids, "more": "canary" }));
            one.send(method, &format!("/gateway/it{path}"), body).await
        };
        delete(json!(["in-1", "out-1", "out-2"])).await.is_refused(403, "2 of 3 are not in your");
        assert_eq!(world.server.take().len(), 3);
        assert_eq!(delete(json!(["in-1", "gone-1", "in-2"])).await.status, 204);
        let sent = world.server.take().pop().unwrap();
        assert_eq!((sent.method.as_str(), sent.target.as_str()), (method, path));
        assert_eq!(sent.json(), json!({ "recordingIds": ["in-1", "in-2"] }));
        // What is gone needs no deletion, and what cannot be looked up is not deleted.
        assert_eq!(delete(json!(["gone-1"])).await.status, 204);
        assert_eq!(world.server.targets().len(), 1);
        assert_eq!(delete(json!(["in-1", "slow-1"])).await.status, 429);
        assert_eq!(world.server.targets().len(), 2);
        for odd in [json!("in-1"), json!([1]), json!([["in-1"]]), json!({ "a": "in-1" })] {
            delete(odd).await.is_refused(422, "list of texts");
        }
        delete(json!([".."])).await.is_refused(403, "");
        let many: Vec<String> = (0..101).map(|number| format!("in-{number}")).collect();
        delete(json!(many)).await.is_refused(422, "at most 100");
        assert!(world.server.take().is_empty());
    }
}

#[tokio::test]
async fn the_first_generation_filters_nothing_so_the_gateway_does() {
    let world = World::new(OPENVIDU_MEET_A, |seen| match seen.target.as_str() {
        "/meet/api/v1/recordings" | "/meet/api/v1/rooms" => json(rows("roomName")),
        _ => json(json!({ "roomName": "canary", "film": "canary" })),
    })
    .await;
    let one = world.user("one").await;
    for list in ["recordings", "rooms"] {
        let answer = one.get(&format!("/gateway/it/meet/api/v1/{list}")).await;
        assert_eq!(answer.json(), json!([{ "id": "math-id", "roomName": "math" }]));
    }
    for (method, path) in [
        ("GET", "/recordings/x"),
        ("GET", "/recordings/x/stream"),
        ("DELETE", "/recordings/x"),
        ("GET", "/rooms/canary"),
    ] {
        let answer = one.send(method, &format!("/gateway/it/meet/api/v1{path}"), None).await;
        answer.is_refused(403, "not in your rooms");
    }
}

#[tokio::test]
async fn whereby_and_superviz_lists() {
    let whereby =
        World::new(WHEREBY, |_| json(json!({ "results": rows("roomName"), "cursor": null }))).await;
    let (one, two) = (whereby.user("one").await, whereby.user("two").await);
    for (client, query, asked) in [
        (&one, "", "?roomName=math"),
        (&one, "?roomName=/math", "?roomName=%2Fmath"),
        (&two, "?limit=5", "?limit=5"),
    ] {
        let answer = client.get(&format!("/gateway/it/v1/recordings{query}")).await;
        assert!(!answer.text().contains("canary"));
        assert_eq!(whereby.server.targets(), [format!("GET /v1/recordings{asked}")]);
    }
    assert_eq!(one.get("/gateway/it/v1/recordings?roomName=/canary").await.status, 403);
    let meetings = two.get("/gateway/it/v1/meetings").await.json();
    assert_eq!(meetings["results"].as_array().unwrap().len(), 2);

    for is_bare in [true, false] {
        let superviz = World::new(SUPERVIZ, move |_| {
            let pagination = json!({ "page": 1, "totalPages": 1, "limit": 10, "total": 5 });
            json(match is_bare {
                true => rows("roomId"),
                false => json!({ "data": rows("roomId"), "pagination": pagination }),
            })
        })
        .await;
        let (one, two) = (superviz.user("one").await, superviz.user("two").await);
        for (client, query, asked, count) in
            [(&one, "", "?roomId=math", 1), (&two, "?meetingId=m", "?meetingId=m", 2)]
        {
            let answer = client.get(&format!("/gateway/it/recording{query}")).await;
            assert!(!answer.text().contains("canary") && !answer.text().contains("\"total\""));
            let answer = answer.json();
            let rows = if is_bare { &answer } else { &answer["data"] };
            assert_eq!(rows.as_array().unwrap().len(), count);
            assert_eq!(superviz.server.targets(), [format!("GET /recording{asked}")]);
        }
    }
}

#[tokio::test]
async fn shapes_that_are_not_known_are_refused_rather_than_passed_on() {
    for odd in [
        json!({ "items": ["canary"] }),
        json!({ "recordings": { "0": "canary" } }),
        json!(["canary"]),
        json!("canary"),
    ] {
        let world = World::new(OPENVIDU_MEET, move |_| json(odd.clone())).await;
        let answer = world.user("two").await.get("/gateway/it/api/v1/recordings").await;
        answer.is_refused(502, "unexpected answer");
    }
}
