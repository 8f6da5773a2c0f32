//! Item 2: deleting several recordings, and one.

use serde_json::json;

use crate::client::{TestServer, room_of};

fn path(ids: &[&str]) -> String {
    format!("/api/v1/recordings?recordingIds={}", ids.join(","))
}

#[tokio::test]
async fn b_answers_204_or_200_with_what_was_not_deleted() {
    let server = TestServer::start().await;
    let client = server.admin().await;
    let done = client.ids("Physics", "COMPLETE").await;
    let active = client.first("Physics", "ACTIVE").await;

    let all = client.delete(&path(&[&done[0], &done[1], &done[0]])).await;
    assert_eq!((all.status, all.body.len()), (204, 0));

    let mixed = client.delete(&path(&[&done[2], &active, &done[0], &active])).await;
    assert_eq!(mixed.status, 200);
    assert_eq!(
        mixed.json(),
        json!({
            "deleted": [done[2]],
            "notDeleted": [
                { "recordingId": active, "error": format!("Recording '{active}' is not stopped yet") },
                { "recordingId": done[0], "error": format!("Recording '{}' not found", done[0]) },
            ],
        })
    );

    let none = client.delete(&path(&[&active])).await;
    assert_eq!((none.status, &none.json()["deleted"]), (200, &json!([])));
}

#[tokio::test]
async fn v34_answers_200_or_400_with_what_failed() {
    let server = TestServer::v34().await;
    let client = server.admin().await;
    let done = client.ids("Physics", "complete").await;
    let active = client.first("Physics", "active").await;

    let all = client.delete(&path(&[&done[0], &done[0]])).await;
    assert_eq!(all.status, 200);
    assert_eq!(
        all.json(),
        json!({ "message": "All recordings deleted successfully", "deleted": [done[0]] })
    );
    for (ids, deleted) in
        [(vec![&*done[1], &*active], json!([done[1]])), (vec![&*active], json!([]))]
    {
        let failed = client.delete(&path(&ids)).await;
        assert_eq!(failed.status, 400);
        let error = format!("Recording '{active}' is not stopped yet");
        assert_eq!(
            failed.json(),
            json!({
                "message": "1 recording(s) could not be deleted",
                "deleted": deleted,
                "failed": [{ "recordingId": active, "error": error }],
            })
        );
    }
}

#[tokio::test]
async fn a_room_token_deletes_in_its_room_only() {
    let server = TestServer::start().await;
    let admin = server.admin().await;
    let own = admin.first("Physics", "COMPLETE").await;
    let other = admin.first("Sprint", "COMPLETE").await;
    let room = room_of(&own);
    let moderator = server.in_room(room, "moderator").await;
    let answer = moderator.delete(&path(&[&other, &own])).await;
    assert_eq!(
        answer.json(),
        json!({
            "deleted": [own],
            "notDeleted": [{
                "recordingId": other,
                "error": format!("Recording '{other}' does not belong to room '{room}'"),
            }],
        })
    );
}

#[tokio::test]
async fn one_recording_is_204_404_409() {
    let server = TestServer::start().await;
    let client = server.admin().await;
    let id = client.first("Physics", "FAILED").await;
    let path = format!("/api/v1/recordings/{id}");
    assert_eq!(client.delete(&path).await.status, 204);
    let gone = format!("Recording '{id}' not found");
    client.delete(&path).await.is_error(404, "Recording Error", &gone);
    client.get(&path).await.is_error(404, "Recording Error", &gone);
    for status in ["STARTING", "ACTIVE", "ENDING"] {
        let id = client.first("", status).await;
        let answer = client.delete(&format!("/api/v1/recordings/{id}")).await;
        let message = format!("Recording '{id}' is not stopped yet");
        answer.is_error(409, "Recording Error", &message);
    }
}
