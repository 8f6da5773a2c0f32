//! 3.8 and what 3.9 shares with it: user ids, users who see some rooms, match modes, anonymous access, limits.

use serde_json::{Value, json};

use crate::client::{Client, FORBIDDEN, TestServer, room_of, text};
use meet_recordings_server::Dialect;

const LOGIN: &str = "/meet/internal-api/v1/auth/login";
const ME: &str = "/meet/internal-api/v1/users/me";
const LIST: &str = "/meet/api/v1/recordings";
const ROOMS: &str = "/meet/api/v1/rooms";
const BOTH: [Dialect; 2] = [Dialect::V38, Dialect::V39];

fn names(rows: &Value, key: &str) -> Vec<String> {
    let mut names: Vec<String> =
        rows.as_array().unwrap().iter().map(|row| text(row, key)).collect();
    names.sort();
    names.dedup();
    names
}

#[tokio::test]
async fn people_sign_in_with_their_user_id_and_are_asked_about_at_me() {
    for dialect in BOTH {
        let server = TestServer::of(dialect).await;
        let client = server.anonymous();
        let old = client.post(LOGIN, json!({ "username": "admin", "password": "admin" })).await;
        old.is_invalid("userId", "Required");
        let wrong = client.post(LOGIN, json!({ "userId": "admin", "password": "wrong" })).await;
        wrong.is_error(404, "Login Error", "Invalid user ID or password");
        let me = server.admin().await.get(ME).await.json();
        assert_eq!((&me["userId"], &me["role"]), (&json!("admin"), &json!("admin")));
        assert_eq!(me.get("roleUpdatedAt").is_some(), dialect == Dialect::V39);
        assert_eq!(server.user().await.get(ME).await.json()["role"], "room_member");
        client.get(ME).await.is_error(401, "Authentication Error", "Unauthorized");
        let profile = server.admin().await.get("/meet/internal-api/v1/users/profile").await;
        profile.is_error(404, "Path Not Found", "API path not implemented");
    }
}

#[tokio::test]
async fn too_many_sign_ins_are_json_with_headers_that_count_down() {
    let server = TestServer::of(Dialect::V38).await;
    let client = server.anonymous();
    let wrong = json!({ "userId": "admin", "password": "wrong" });
    for left in (0..5).rev() {
        let answer = client.post(LOGIN, wrong.clone()).await;
        let state = answer.header("ratelimit");
        assert!(state.starts_with(&format!("limit=5, remaining={left}, reset=")), "{state}");
        assert_eq!(answer.header("ratelimit-policy"), "5;w=300");
    }
    let limited = client.sign_in("admin", "admin").await;
    let message = "Too many login attempts, please try again later";
    limited.is_error(429, "Too Many Requests", message);
    assert!(limited.header("retry-after").parse::<u32>().unwrap() <= 300);
}

#[tokio::test]
async fn users_see_the_rooms_that_they_are_members_of_or_that_are_open() {
    for dialect in BOTH {
        let server = TestServer::of(dialect).await;
        let admin = server.admin().await;
        let user = server.user().await;
        let rooms = user.get(ROOMS).await.json();
        assert_eq!(names(&rooms["rooms"], "roomName"), ["Customer onboarding", "Physics 101"]);
        let page = user.get(&format!("{LIST}?maxItems=100")).await.json();
        assert_eq!(names(&page["recordings"], "roomName"), ["Customer onboarding", "Physics 101"]);
        assert_eq!(page["recordings"].as_array().unwrap().len(), 17);

        // A moderator where he is a member, a speaker where everybody may be.
        let own = admin.first("Physics", "complete").await;
        let open = admin.first("Customer", "complete").await;
        let other = admin.first("Sprint", "complete").await;
        let many = format!("{LIST}?recordingIds={own},{open},{other},no--EG_x--y");
        let refused = |id: &str| json!({ "recordingId": id, "error": FORBIDDEN.1 });
        let report = user.delete(&many).await;
        assert_eq!(report.status, 400);
        assert_eq!(report.json()["deleted"], json!([own]));
        let missing =
            json!({ "recordingId": "no--EG_x--y", "error": "Recording 'no--EG_x--y' not found" });
        assert_eq!(report.json()["failed"], json!([refused(&open), refused(&other), missing]));
        assert_eq!(user.get(&format!("{LIST}/{open}")).await.status, 200);
        let hidden = user.get(&format!("{LIST}/{other}")).await;
        hidden.is_error(403, FORBIDDEN.0, FORBIDDEN.1);
        // What does not exist is told before what is allowed.
        let none = user.get(&format!("{LIST}/no--EG_x--y")).await;
        none.is_error(404, "Recording Error", "Recording 'no--EG_x--y' not found");

        let room = user.get(&format!("{ROOMS}/{}", room_of(&open))).await.json();
        assert!(room["access"].get("anonymous").is_none(), "speakers share no links");
        assert_eq!(user.get(&format!("{ROOMS}/{}", room_of(&other))).await.status, 403);
        assert_eq!(user.post(ROOMS, json!({})).await.status, 403);
    }
}

#[tokio::test]
async fn the_first_credential_there_decides() {
    let server = TestServer::of(Dialect::V38).await;
    let bad_key = server.admin().await.with_header("x-api-key", "wrong");
    bad_key.get(LIST).await.is_error(401, "Authentication Error", "Invalid API key");
    let room = server.admin().await.room("Physics 101").await;
    // The token of a room comes before the person: an administrator who carries one sees that room only.
    let token = server.anonymous().enter(&room, &server.room_secret(&room, "speaker")).await;
    let token = text(&token.json(), "token");
    let admin = server.admin().await.with_bearer("x-room-member-token", &token);
    assert_eq!(admin.recordings().await.len(), 10);
    let stale = server.admin().await.with_bearer("x-room-member-token", "a.b.c");
    stale.get(LIST).await.is_error(401, "Authentication Error", "Invalid token");
}

#[tokio::test]
async fn names_match_in_the_mode_asked_for() {
    for dialect in BOTH {
        let server = TestServer::of(dialect).await;
        let client = server.admin().await;
        for (path, key) in [(LIST, "recordings"), (ROOMS, "rooms")] {
            let found = async |query: &str| {
                let page = client.get(&format!("{path}?maxItems=100&{query}")).await.json();
                names(&page[key], "roomName")
            };
            assert_eq!(found("roomName=Physics").await, Vec::<String>::new());
            assert_eq!(found("roomName=Physics%20101").await, ["Physics 101"]);
            assert_eq!(found("roomName=P&roomNameMatchMode=prefix").await, ["Physics 101"]);
            assert_eq!(
                found("roomName=board&roomNameMatchMode=partial").await,
                ["Customer onboarding"]
            );
            assert_eq!(
                found("roomName=board&roomNameMatchMode=partial&roomNameCaseInsensitive=true")
                    .await,
                ["Board meeting Q3", "Customer onboarding"]
            );
            let regex = "roomName=%5E(Board%7CPhysics)&roomNameMatchMode=regex";
            assert_eq!(found(regex).await, ["Board meeting Q3", "Physics 101"]);
            let bad = format!("{path}?roomName=%28&roomNameMatchMode=regex");
            let answer = client.get(&bad).await;
            answer.is_invalid("roomName", "Invalid regular expression pattern");
            let mode = client.get(&format!("{path}?roomName=x&roomNameMatchMode=fuzzy")).await;
            assert_eq!(
                (mode.status, &mode.json()["details"][0]["field"]),
                (422, &json!("roomNameMatchMode"))
            );
        }
        // Beside an id the name does not count.
        let room = client.room("Physics 101").await;
        let both = client.get(&format!("{LIST}?roomId={room}&roomName=Board")).await.json();
        assert_eq!(both["recordings"].as_array().unwrap().len(), 10);
    }
}

#[tokio::test]
async fn fields_come_in_the_query_or_in_headers() {
    let server = TestServer::of(Dialect::V38).await;
    let client = server.admin().await.with_header("x-fields", "status");
    let page = client.get(&format!("{LIST}?maxItems=1&fields=roomName")).await.json();
    let row = page["recordings"][0].as_object().unwrap();
    assert_eq!(row.keys().collect::<Vec<_>>(), ["roomName", "status"]);

    let admin = server.admin().await;
    let room = admin.room("Physics 101").await;
    let path = format!("{ROOMS}/{room}");
    let plain = admin.get(&path).await.json();
    assert!(plain.get("config").is_none() && plain.get("roles").is_none());
    assert!(plain["access"]["anonymous"]["recording"]["url"].is_string());
    let extra = admin.get(&format!("{path}?extraFields=config")).await.json();
    assert_eq!(extra["config"]["recording"].get("allowAccessTo"), None);
    assert!(extra.get("roles").is_none() && extra.get("_extraFields").is_none());
    let admin = server.admin().await.with_header("x-extrafields", "roles");
    let roles = admin.get(&path).await.json()["roles"]["speaker"]["permissions"].clone();
    assert_eq!(roles["canRetrieveRecordings"], true);
    assert_eq!(roles.as_object().unwrap().len(), 14);
}

/// A recording's path with its secret.
async fn shared(client: &Client, id: &str, private: bool) -> String {
    let answer = client.get(&format!("{LIST}/{id}/url?privateAccess={private}")).await;
    let url = text(&answer.json(), "url");
    let (page, secret) = url.split_once("?recordingSecret=").unwrap();
    assert!(page.ends_with(&format!("/meet/recording/{id}")), "{page}");
    format!("{LIST}/{id}?recordingSecret={secret}")
}

#[tokio::test]
async fn anonymous_access_to_recordings_can_be_switched_off() {
    for dialect in BOTH {
        let server = TestServer::of(dialect).await;
        let admin = server.admin().await;
        let anonymous = server.anonymous();
        let id = admin.first("Physics", "complete").await;
        let room = room_of(&id);
        let public = shared(&admin, &id, false).await;
        let private = shared(&admin, &id, true).await;
        let media = public.replace('?', "/media?");
        assert_eq!(anonymous.get(&public).await.status, 200);
        assert_eq!(anonymous.range(&media, "bytes=0-0").await.status, 206);
        let guest = server.in_room(room, "recording").await;
        assert_eq!(guest.recordings().await.len(), 10);
        assert_eq!(guest.delete(&format!("{LIST}/{id}")).await.status, 403);
        // The name of earlier generations is not a parameter any more.
        let old = public.replace("recordingSecret", "secret");
        assert_eq!(anonymous.get(&old).await.status, 401);
        let wrong = anonymous.get(&format!("{LIST}/{id}?recordingSecret=wrong")).await;
        let message = format!("Provided secret is not recognized for recording '{id}'");
        wrong.is_error(400, "Recording Error", &message);

        let off = json!({ "access": { "anonymous": { "recording": { "enabled": false } } } });
        let path = format!("{ROOMS}/{room}/access");
        assert_eq!(admin.put(&path, off).await.status, 200);
        let message = format!("Anonymous access in room '{room}' is disabled for recordings");
        anonymous.get(&public).await.is_error(403, "Room Error", &message);
        anonymous.get(&media).await.is_error(403, "Room Error", &message);
        let url = admin.get(&format!("{LIST}/{id}/url")).await;
        url.is_error(403, "Room Error", &message);
        let secret = server.room_secret(room, "recording");
        anonymous.enter(room, &secret).await.is_error(403, "Room Error", &message);
        // People who are signed in are not anonymous.
        assert_eq!(server.user().await.get(&private).await.status, 200);
        assert_eq!(anonymous.get(&private).await.status, 401);
        // The tokens from before are no good any more.
        guest.get(LIST).await.is_error(401, "Authentication Error", "Invalid token");

        let no_role = json!({ "access": { "anonymous": { "speaker": { "enabled": false } } } });
        assert_eq!(admin.put(&path, no_role).await.status, 200);
        let answer = anonymous.enter(room, &server.room_secret(room, "speaker")).await;
        let message = format!("Anonymous access in room '{room}' is disabled for role 'speaker'");
        answer.is_error(403, "Room Error", &message);
        let bad = json!({ "access": { "user": { "enabled": "yes" } } });
        admin.put(&path, bad).await.is_invalid("access.user.enabled", "Expected boolean");
    }
}

#[tokio::test]
async fn people_get_tokens_of_rooms_without_a_secret() {
    let server = TestServer::of(Dialect::V38).await;
    let admin = server.admin().await;
    let path = async |room: &str| {
        let room = admin.room(room).await;
        format!("/meet/internal-api/v1/rooms/{room}/members/token")
    };
    let (own, other) = (path("Physics 101").await, path("Sprint review").await);
    let user = server.user().await;
    assert_eq!(user.post(&own, json!({})).await.status, 200);
    user.post(&other, json!({})).await.is_error(403, FORBIDDEN.0, FORBIDDEN.1);
    assert_eq!(admin.post(&other, json!({})).await.status, 200);
    let nobody = server.anonymous();
    nobody.post(&own, json!({})).await.is_error(401, "Authentication Error", "Unauthorized");
    let room = admin.room("Physics 101").await;
    let wrong = nobody.enter(&room, "x").await;
    let message = format!("Provided secret is not recognized for room '{room}'");
    wrong.is_error(400, "Room Error", &message);
    let guest = nobody.enter(&room, "guest-1").await;
    let message = format!("Room member 'guest-1' not found in room '{room}'");
    guest.is_error(404, "Room Member Error", &message);
    let old = format!("/meet/internal-api/v1/rooms/{room}/token");
    assert_eq!(nobody.post(&old, json!({ "secret": "x" })).await.status, 404);
}

#[tokio::test]
async fn v38_has_no_download_route_and_reports_as_before() {
    let server = TestServer::of(Dialect::V38).await;
    let client = server.admin().await;
    let id = client.first("Physics", "complete").await;
    for id in [id.as_str(), "x"] {
        let answer = client.get(&format!("{LIST}/{id}/download")).await;
        answer.is_error(404, "Path Not Found", "API path not implemented");
    }
    let failed = client.first("", "failed").await;
    let answer = client.get(&format!("{LIST}/{failed}/media")).await;
    let message = format!("Recording '{failed}' is not stopped yet");
    answer.is_error(409, "Recording Error", &message);
    let deleted = client.delete(&format!("{LIST}?recordingIds={id}")).await.json();
    assert!(deleted.get("failed").is_none());
    let page = client.get(&format!("{LIST}?fields=nonsense&maxItems=1")).await.json();
    assert_eq!(page["recordings"], json!([{}]));
    let room = client.post(ROOMS, json!({ "roomName": "Temporary" })).await.json();
    let gone = client.delete(&format!("{ROOMS}?roomIds={}", text(&room, "roomId"))).await.json();
    assert!(gone["successful"].is_array() && gone.get("deleted").is_none());
}

#[tokio::test]
async fn rooms_are_created_with_their_access_and_changed_in_part() {
    let server = TestServer::of(Dialect::V38).await;
    let client = server.admin().await;
    let asked = json!({
        "roomName": "New",
        "config": { "recording": { "enabled": true, "layout": "speaker" } },
        "roles": { "speaker": { "permissions": { "canDeleteRecordings": true } } },
        "access": { "user": { "enabled": true } },
    });
    let created = client.post(&format!("{ROOMS}?"), asked).await;
    assert_eq!(created.status, 201);
    let room = created.json();
    assert_eq!(
        (&room["owner"], &room["access"]["user"]["enabled"]),
        (&json!("admin"), &json!(true))
    );
    let path = format!("{ROOMS}/{}", text(&room, "roomId"));
    let whole = client.get(&format!("{path}?extraFields=config,roles")).await.json();
    assert_eq!(whole["config"]["recording"]["layout"], "speaker");
    assert_eq!(whole["config"]["chat"]["enabled"], true);
    assert_eq!(whole["roles"]["speaker"]["permissions"]["canDeleteRecordings"], true);
    assert_eq!(whole["roles"]["speaker"]["permissions"]["canRecord"], false);

    let chat = json!({ "config": { "chat": { "enabled": false } } });
    assert_eq!(client.put(&format!("{path}/config"), chat.clone()).await.status, 200);
    let config = client.get(&format!("{path}/config")).await.json();
    assert_eq!(config["chat"]["enabled"], false);
    assert_eq!(config["recording"]["layout"], "speaker");
    let busy = client.room("Quiet room").await;
    let conflict = client.put(&format!("{ROOMS}/{busy}/config"), chat).await;
    conflict.is_error(409, "Room Error", &format!("Room '{busy}' has an active meeting"));
    let bad = json!({ "config": { "recording": { "enabled": true, "layout": "pile" } } });
    let answer = client.put(&format!("{path}/config"), bad).await;
    answer.is_invalid("config.recording.layout", "Invalid enum value");
}
