//! 3.5 to 3.7: room member tokens, orders and filters, cursors; 3.7 below `/meet`, with starting and stopping.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use crate::client::{Client, FORBIDDEN, TestServer, api, internal, room_of, text};
use meet_recordings_server::{AuthMode, Config, Dialect};

const BOTH: [Dialect; 2] = [Dialect::V35, Dialect::V37];

/// All rows, page by page.
async fn walk(client: &Client, path: &str) -> Vec<Value> {
    let (mut rows, mut token) = (Vec::new(), String::new());
    loop {
        let page = client.get(&client.api(&format!("{path}&maxItems=7{token}"))).await;
        assert_eq!(page.status, 200, "{}", page.text());
        let page = page.json();
        let key = if page.get("rooms").is_some() { "rooms" } else { "recordings" };
        rows.extend(page[key].as_array().unwrap().iter().cloned());
        match page["pagination"]["nextPageToken"].as_str() {
            None => return rows,
            Some(next) => {
                let next: String = form_urlencoded::byte_serialize(next.as_bytes()).collect();
                token = format!("&nextPageToken={next}");
            }
        }
    }
}

#[tokio::test]
async fn every_order_holds_over_all_pages() {
    let server = TestServer::of(Dialect::V35).await;
    let client = server.admin().await;
    for field in ["startDate", "duration", "size", "roomName"] {
        for order in ["asc", "desc"] {
            let rows =
                walk(&client, &format!("recordings?sortField={field}&sortOrder={order}")).await;
            assert_eq!(rows.len(), 64, "{field} {order}");
            let keys: Vec<_> = rows.iter().map(|row| row.get(field)).collect();
            let ordered = keys.is_sorted_by(|a, b| {
                let before = match (a, b) {
                    (None, _) => true,
                    (Some(_), None) => false,
                    (Some(Value::String(a)), Some(Value::String(b))) => a <= b,
                    (Some(a), Some(b)) => a.as_f64() <= b.as_f64(),
                };
                before == (order == "asc") || a == b
            });
            assert!(ordered, "{field} {order}");
            let mut ids: Vec<String> = rows.iter().map(|row| text(row, "recordingId")).collect();
            ids.sort();
            ids.dedup();
            assert_eq!(ids.len(), 64);
        }
    }
    // Newest first unless told otherwise; what has no date yet comes last.
    let rows = walk(&client, "recordings?").await;
    assert_eq!(rows, walk(&client, "recordings?sortField=startDate&sortOrder=desc").await);
    assert_eq!(rows[63].get("startDate"), None);
}

#[tokio::test]
async fn cursors_are_readable_and_bad_ones_are_500() {
    let server = TestServer::of(Dialect::V35).await;
    let client = server.admin().await;
    let page = client.get("/api/v1/recordings?sortField=roomName&maxItems=3").await.json();
    let token = text(&page["pagination"], "nextPageToken");
    let cursor: Value = serde_json::from_slice(&STANDARD.decode(&token).unwrap()).unwrap();
    assert_eq!(cursor["fieldValue"], page["recordings"][2]["roomName"]);
    assert!(cursor["id"].is_string() && cursor.as_object().unwrap().len() == 2);
    for token in ["nonsense", "e30="] {
        let answer = client.get(&format!("/api/v1/recordings?nextPageToken={token}")).await;
        let message = "Unexpected error while getting recordings";
        answer.is_error(500, "Internal Server Error", message);
    }
    // A cursor is good for the order that it was made in: of another one it finds nothing, or what has no value.
    let other = format!("/api/v1/recordings?sortField=size&sortOrder=asc&nextPageToken={token}");
    assert_eq!(client.get(&other).await.json()["recordings"], json!([]));
}

#[tokio::test]
async fn unknown_choices_are_422_with_their_field_after_signing_in() {
    for dialect in BOTH {
        let server = TestServer::of(dialect).await;
        let client = server.admin().await;
        for (query, field, message) in [
            (
                "sortField=none",
                "sortField",
                "Invalid enum value. Expected 'startDate' | 'roomName' | 'duration' | 'size', received 'none'",
            ),
            (
                "sortOrder=up",
                "sortOrder",
                "Invalid enum value. Expected 'asc' | 'desc', received 'up'",
            ),
            ("maxItems=0", "maxItems", "maxItems must be a positive number"),
            ("roomId=--", "roomId", "roomId cannot be empty after sanitization"),
        ] {
            let answer = client.get(&client.api(&format!("recordings?{query}"))).await;
            answer.is_invalid(field, message);
        }
        let many = client.get(&client.api("recordings?status=READY&sortOrder=&maxItems=x")).await;
        let fields: Vec<Value> = many.json()["details"]
            .as_array()
            .unwrap()
            .iter()
            .map(|detail| detail["field"].clone())
            .collect();
        assert_eq!(fields, [json!("maxItems"), json!("sortOrder"), json!("status")]);
        let anonymous = server.anonymous().get(&client.api("recordings?sortField=none")).await;
        assert_eq!(anonymous.status, 401);
        let download = client.get(&client.api("recordings/x/download")).await;
        download.is_error(404, "Path Not Found", "API path not implemented");
        let me = client.get(&format!("{}/users/me", internal(dialect))).await;
        me.is_error(404, "Path Not Found", "API path not implemented");
    }
}

#[tokio::test]
async fn filters_narrow_by_status_room_and_regular_expression() {
    let server = TestServer::of(Dialect::V35).await;
    let client = server.admin().await;
    let count = async |query: &str| walk(&client, &format!("recordings?{query}")).await.len();
    assert_eq!(count("status=complete").await, 53);
    assert_eq!(count("status=limit_reached").await, 2);
    let room = client.room("Physics 101").await;
    assert_eq!(count(&format!("roomId={room}")).await, 10);
    // An id is an id now, not the start of one.
    assert_eq!(count("roomId=physics").await, 0);
    // The name is a pattern in any case, and not anchored.
    assert_eq!(count("roomName=PHYSICS").await, 10);
    assert_eq!(count("roomName=%5EPhysics%20%5Cd%2B%24").await, 10);
    assert_eq!(count("roomName=physics%7C%5Eboard").await, 14);
    assert_eq!(count("roomName=.").await, 64);
    let bad = client.get("/api/v1/recordings?roomName=%28").await;
    bad.is_error(500, "Internal Server Error", "Unexpected error while getting recordings");
    // With an id, either is enough, but only on the first page: the cursor takes the condition's place.
    let both = format!("/api/v1/recordings?roomId={room}&roomName=%5Eboard&maxItems=100");
    assert_eq!(client.get(&both).await.json()["recordings"].as_array().unwrap().len(), 14);
    assert!(count(&format!("roomId={room}&roomName=%5Eboard")).await > 14);
}

#[tokio::test]
async fn room_member_tokens_take_the_place_of_recording_tokens() {
    for dialect in BOTH {
        let server = TestServer::of(dialect).await;
        let admin = server.admin().await;
        let id = admin.first("Physics", "complete").await;
        let room = room_of(&id);
        let old = format!("{}/rooms/{room}/recording-token", internal(dialect));
        assert_eq!(admin.post(&old, json!({ "secret": "x" })).await.status, 404);
        let path = format!("{}/rooms/{room}/token", internal(dialect));
        admin.post(&path, json!({})).await.is_invalid("secret", "Required");
        let wrong = server.anonymous().enter(room, "x").await;
        let message = format!("Secret 'x' is not recognized for room '{room}'");
        wrong.is_error(400, "Room Error", &message);
        assert_eq!(server.anonymous().enter("nowhere", "x").await.status, 404);

        let speaker = server.in_room(room, "speaker").await;
        assert_eq!(speaker.recordings().await.len(), 10);
        let token = server.anonymous().enter(room, &server.room_secret(room, "moderator")).await;
        let token = text(&token.json(), "token");
        let media = format!("{}/recordings/{id}/media?roomMemberToken={token}", api(dialect));
        assert_eq!(server.anonymous().range(&media, "bytes=0-9").await.status, 206);
        // The token says in readable form what it permits.
        let claims = text_of_claims(&token);
        let metadata: Value = serde_json::from_str(claims["metadata"].as_str().unwrap()).unwrap();
        assert_eq!(metadata["role"], "moderator");
        assert_eq!(metadata["permissions"]["canDeleteRecordings"], true);
        assert_eq!(claims["video"]["room"], *room);
    }
}

fn text_of_claims(token: &str) -> Value {
    let payload = token.split('.').nth(1).unwrap();
    let engine = base64::engine::general_purpose::URL_SAFE_NO_PAD;
    serde_json::from_slice(&engine.decode(payload).unwrap()).unwrap()
}

#[tokio::test]
async fn a_token_is_given_even_where_it_permits_nothing() {
    let server = TestServer::of(Dialect::V35).await;
    let board = server.admin().await.room("Board meeting Q3").await;
    let client = server.in_room(&board, "moderator").await;
    client.get("/api/v1/recordings").await.is_error(403, FORBIDDEN.0, FORBIDDEN.1);
    // Nor where recording is off.
    let support = server.admin().await.room("Support rota").await;
    let client = server.in_room(&support, "moderator").await;
    assert_eq!(client.get("/api/v1/recordings").await.status, 403);
    let config =
        Config { dialect: Dialect::V35, auth_mode: AuthMode::AllUsers, ..Config::default() };
    let server = TestServer::with(config).await;
    let room = server.admin().await.room("Physics 101").await;
    let secret = server.room_secret(&room, "speaker");
    assert_eq!(server.anonymous().enter(&room, &secret).await.status, 401);
    assert_eq!(server.user().await.enter(&room, &secret).await.status, 200);
}

#[tokio::test]
async fn a_bad_credential_beside_a_good_one_does_no_harm() {
    let server = TestServer::of(Dialect::V35).await;
    let list = "/api/v1/recordings";
    let key = |client: Client| client.with_header("x-api-key", "wrong");
    assert_eq!(key(server.admin().await).get(list).await.status, 200);
    let room = server.admin().await.room("Physics 101").await;
    let stale = server.in_room(&room, "speaker").await.with_bearer("authorization", "a.b.c");
    assert_eq!(stale.get(list).await.status, 200);
    // Of several bad ones, the last one is told of.
    let bad = key(server.anonymous()).with_bearer("authorization", "a.b.c");
    bad.get(list).await.is_error(401, "Authentication Error", "Invalid token");
    key(server.anonymous()).get(list).await.is_error(
        401,
        "Authentication Error",
        "Invalid API key",
    );
    server.user().await.get(list).await.is_error(403, FORBIDDEN.0, FORBIDDEN.1);
}

#[tokio::test]
async fn recordings_do_not_outlive_their_rooms() {
    let server = TestServer::of(Dialect::V35).await;
    let client = server.admin().await;
    let id = client.first("Company", "complete").await;
    let room = client.get(&format!("/api/v1/rooms/{}", room_of(&id))).await.json();
    assert_eq!(room["status"], "closed");
    assert!(room["config"]["e2ee"].is_object() && room["config"].get("captions").is_none());
    assert_eq!(server.in_room(room_of(&id), "speaker").await.recordings().await.len(), 5);
    let rooms = walk(&client, "rooms?sortField=roomName&sortOrder=asc").await;
    assert_eq!(rooms.len(), 20);
    assert!(rooms.is_sorted_by_key(|room| room["roomName"].as_str().unwrap().to_owned()));
    assert_eq!(walk(&client, "rooms?status=closed").await.len(), 12);
    assert_eq!(walk(&client, "rooms?roomName=PHYSICS").await.len(), 1);
}

#[tokio::test]
async fn speakers_see_their_room_without_the_link_for_moderators() {
    let server = TestServer::of(Dialect::V35).await;
    let room = server.admin().await.room("Physics 101").await;
    let path = format!("/api/v1/rooms/{room}");
    let moderator = server.in_room(&room, "moderator").await.get(&path).await.json();
    assert!(moderator["moderatorUrl"].is_string());
    let speaker = server.in_room(&room, "speaker").await;
    let seen = speaker.get(&path).await.json();
    assert!(seen.get("moderatorUrl").is_none() && seen["speakerUrl"].is_string());
    let other = server.admin().await.room("Sprint review").await;
    assert_eq!(speaker.get(&format!("/api/v1/rooms/{other}")).await.status, 403);
    assert_eq!(speaker.get("/api/v1/rooms").await.status, 401);
}

#[tokio::test]
async fn administrators_see_how_much_there_is() {
    for dialect in BOTH {
        let server = TestServer::of(dialect).await;
        let path = format!("{}/analytics", internal(dialect));
        let counts = server.admin().await.get(&path).await.json();
        assert_eq!(
            counts,
            json!({
                "totalRooms": 20, "activeRooms": 5,
                "totalRecordings": 64, "completeRecordings": 53,
            })
        );
        assert_eq!(server.user().await.get(&path).await.status, 403);
        assert_eq!(server.with_key().get(&path).await.status, 401);
    }
    let older = TestServer::of(Dialect::V341).await;
    let answer = older.admin().await.get("/internal-api/v1/analytics").await;
    answer.is_error(404, "Path Not Found", "API path not implemented");
}

#[tokio::test]
async fn v37_lives_below_meet_and_knows_layout_and_encoding() {
    let server = TestServer::of(Dialect::V37).await;
    let client = server.admin().await;
    let root = client.get("/api/v1/recordings").await;
    root.is_error(404, "Path Not Found", "API path not implemented");
    let row = client.recordings().await.swap_remove(0);
    assert!(row["layout"].is_string() && !row["encoding"].is_null());
    let objects = client.recordings().await;
    assert!(objects.iter().any(|row| row["encoding"]["video"]["width"] == 1280));
    let id = text(&row, "recordingId");
    let url = client.get(&client.api(&format!("recordings/{id}/url"))).await.json();
    assert!(text(&url, "url").contains(&format!("/meet/recording/{id}?secret=")));
    let room = client.get(&client.api(&format!("rooms/{}", room_of(&id)))).await.json();
    assert!(text(&room, "speakerUrl").contains("/meet/room/"));
    assert_eq!(room["config"]["recording"]["layout"], "grid");
    assert_eq!(room["config"]["captions"]["enabled"], true);
    assert!(room["config"]["recording"]["allowAccessTo"].is_string());
}

#[tokio::test]
async fn v37_starts_and_stops_recordings_for_keys_and_moderators() {
    let server = TestServer::of(Dialect::V37).await;
    let admin = server.admin().await;
    let path = admin.api("recordings");
    let quiet = admin.room("Quiet room").await;
    let ask = |room: &str| json!({ "roomId": room });
    assert_eq!(admin.post(&path, ask(&quiet)).await.status, 401, "no administrators here");
    let speaker = server.in_room(&quiet, "speaker").await;
    assert_eq!(speaker.post(&path, ask(&quiet)).await.status, 403);
    let key = server.with_key();
    for (room, status, message) in [
        ("Support rota", 403, "Recording is disabled for room '{}'"),
        ("Design critique", 409, "Room '{}' is already being recorded"),
        ("Board meeting Q3", 409, "Room '{}' has no participants"),
    ] {
        let room = admin.room(room).await;
        let answer = key.post(&path, ask(&room)).await;
        answer.is_error(status, "Recording Error", &message.replace("{}", &room));
    }
    let started = server.in_room(&quiet, "moderator").await.post(&path, ask(&quiet)).await;
    assert_eq!((started.status, &started.json()["status"]), (201, &json!("active")));
    let id = text(&started.json(), "recordingId");
    assert!(started.header("location").ends_with(&format!("/meet/api/v1/recordings/{id}")));
    let stop = format!("{path}/{id}/stop");
    let stopped = key.post(&stop, json!({})).await;
    assert_eq!((stopped.status, &stopped.json()["status"]), (202, &json!("ending")));
    let again = key.post(&stop, json!({})).await;
    again.is_error(409, "Recording Error", &format!("Recording '{id}' is already stopped"));
    server.hooks().advance_clock(std::time::Duration::from_secs(6));
    assert_eq!(admin.get(&format!("{path}/{id}")).await.json()["status"], "complete");
    let starting = admin.first("Customer", "starting").await;
    let early = key.post(&format!("{path}/{starting}/stop"), json!({})).await;
    let message = format!("Recording '{starting}' cannot be stopped while starting");
    early.is_error(409, "Recording Error", &message);
}
