//! plugNmeet: the route for LTI pages, with its own JSON.

use std::time::{SystemTime, UNIX_EPOCH};

use meet_recordings_server::{Dialect, secrets};
use reqwest::Method;
use serde_json::{Value, json};

use crate::client::{Answer, Sample, plugnmeet_token, send, text};

fn launch(room_id: &Value, is_admin: bool) -> String {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs();
    plugnmeet_token(&json!({
        "iss": secrets::PLUGNMEET_KEY, "sub": "ada", "nbf": now, "exp": now + 7200,
        "user_id": "ada", "name": "Ada", "is_admin": is_admin, "room_id": room_id, "room_title": "Room",
    }))
}

async fn call(sample: &Sample, action: &str, token: &str, body: Value) -> Answer {
    let request = sample.request(Method::POST, &format!("/lti/v1/api/recording/{action}"));
    send(request.header("authorization", token).json(&body)).await
}

#[tokio::test]
async fn rows_of_the_tokens_room_as_plain_go_writes_them() {
    let sample = Sample::of(Dialect::PlugNmeet).await;
    let rows = sample.plugnmeet_rows().await;
    let room = &rows[0]["room_id"];
    let token = launch(room, false);
    // Neither other rooms nor their sessions can be asked for.
    let other = rows.iter().find(|row| row["room_id"] != *room).unwrap();
    let body = json!({ "room_ids": [other["room_id"]], "room_sid": other["room_sid"] });
    let answer = call(&sample, "fetch", &token, body).await;
    assert_eq!(answer.status, 200);
    let answer = answer.json();
    assert_eq!((&answer["status"], answer.get("status_code")), (&json!(true), None));
    let result = &answer["result"];
    let of_room = rows.iter().filter(|row| row["room_id"] == *room).count();
    assert_eq!(result["total_recordings"], of_room);
    assert_eq!(result.get("from"), None, "zero is left out");
    let row = &result["recordings_list"][0];
    assert_eq!(
        (&row["record_id"], &row["file_size"]),
        (&rows[0]["record_id"], &rows[0]["file_size"])
    );
    assert_eq!(row["creation_time"].as_i64().unwrap().to_string(), text(&rows[0], "creation_time"));
    let nothing = call(&sample, "fetch", &launch(&json!("none"), false), json!({})).await.json();
    assert_eq!(nothing["result"], json!({ "limit": 20, "order_by": "DESC" }));
}

#[tokio::test]
async fn files_open_and_only_admins_delete() {
    let sample = Sample::of(Dialect::PlugNmeet).await;
    let rows = sample.plugnmeet_rows().await;
    let body = json!({ "record_id": rows[0]["record_id"] });
    let [learner, teacher] = [false, true].map(|is_admin| launch(&rows[0]["room_id"], is_admin));
    let token = call(&sample, "download", &learner, body.clone()).await.json();
    let path = format!("/download/recording/{}", text(&token, "token"));
    assert_eq!(sample.get(&path).await.status, 200);

    let refused = call(&sample, "delete", &learner, body.clone()).await;
    let expected = json!({ "status": false, "msg": "only admin can perform this" });
    assert_eq!((refused.status, refused.json()), (403, expected));
    let deleted = call(&sample, "delete", &teacher, body.clone()).await;
    assert_eq!(
        (deleted.status, deleted.json()),
        (200, json!({ "status": true, "msg": "success" }))
    );
    let gone = call(&sample, "delete", &teacher, body).await;
    let expected = json!({ "status": false, "msg": "recording not found" });
    assert_eq!((gone.status, gone.json()), (404, expected));
    assert_eq!(call(&sample, "download", &learner, json!({})).await.status, 400);
    call(&sample, "rename", &teacher, json!({})).await.is_text(404, "not found");
}

#[tokio::test]
async fn the_token_stands_alone_in_the_header() {
    let sample = Sample::of(Dialect::PlugNmeet).await;
    let token = launch(&json!("room"), false);
    let without =
        send(sample.request(Method::POST, "/lti/v1/api/recording/fetch").body("{}")).await;
    let expected = json!({ "status": false, "msg": "Authorization header is missing" });
    assert_eq!((without.status, without.json()), (401, expected));
    for wrong in [format!("Bearer {token}"), "x".to_owned(), format!("{token}x")] {
        let answer = call(&sample, "fetch", &wrong, json!({})).await;
        assert_eq!(
            (answer.status, text(&answer.json(), "msg")),
            (401, "invalid authorization header".to_owned())
        );
    }
    sample.advance(7300);
    assert_eq!(call(&sample, "fetch", &token, json!({})).await.status, 401);
}
