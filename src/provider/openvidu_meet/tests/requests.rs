//! What is asked of each generation, byte for byte.

use super::*;
use crate::{
    model::{NameFilter, RoomId},
    provider::{
        Method,
        testing::{id, recording},
    },
};

/// The same question to all, and what each is sent.
fn each(ask: impl Fn(OpenViduMeet) -> String, expected: [&str; 8]) {
    for (version, expected) in VERSIONS.into_iter().zip(expected) {
        assert_eq!(ask(OpenViduMeet::new(version)), expected, "{version:?}");
    }
}

fn direct(media: Media) -> String {
    let Media::Direct(request) = media else { panic!("not direct") };
    assert_eq!((request.method, &request.body), (Method::Get, &None));
    request.target
}

#[test]
fn lists() {
    let (plain, later) =
        ("/api/v1/recordings?maxItems=100", "/meet/api/v1/recordings?maxItems=100");
    each(
        |server| server.list(&Query::default(), None).target,
        ["/meet/api/v1/recordings", plain, plain, plain, plain, later, later, later],
    );
}

#[test]
fn lists_by_all_that_a_server_can() {
    let query = Query {
        room: None,
        room_name: Some(NameFilter { text: "a.b".into(), matching: Matching::Prefix }),
        session: Some("left out".into()),
        status: Some(Status::Failed(FailureKind::LimitReached)),
        sort: Some(Sort { key: SortKey::Size, descending: true }),
        size: None,
    };
    let plain = "/api/v1/recordings?maxItems=100&nextPageToken=a%2B%2F%3D";
    let sorted = "status=limit_reached&sortField=size&sortOrder=desc&nextPageToken=a%2B%2F%3D";
    let pattern = format!("recordings?maxItems=100&roomName=%5Ea%5C.b&{sorted}");
    let modes = format!(
        "/meet/api/v1/recordings?maxItems=100&roomName=a.b&roomNameMatchMode=prefix&roomNameCaseInsensitive=true&{sorted}"
    );
    each(
        |server| server.list(&query, Some(&Cursor("a+/=".into()))).target,
        [
            "/meet/api/v1/recordings?nextPageToken=a%2B%2F%3D",
            plain,
            plain,
            plain,
            &format!("/api/v1/{pattern}"),
            &format!("/meet/api/v1/{pattern}"),
            &modes,
            &modes,
        ],
    );
}

#[test]
fn lists_of_a_room_have_no_name_beside() {
    let query = Query {
        room: Some(RoomId("r 1".into())),
        room_name: Some(NameFilter { text: "x".into(), matching: Matching::Exact }),
        ..Query::default()
    };
    let (plain, later) = (
        "/api/v1/recordings?maxItems=100&roomId=r%201",
        "/meet/api/v1/recordings?maxItems=100&roomId=r%201",
    );
    each(
        |server| server.list(&query, None).target,
        ["/meet/api/v1/recordings", plain, plain, plain, plain, later, later, later],
    );
}

#[test]
fn every_status_and_column_has_its_word() {
    let target = |query: Query| OpenViduMeet::new(Version::V39).list(&query, None).target;
    for (status, word) in [
        (Status::Starting, "starting"),
        (Status::Recording, "active"),
        (Status::Processing, "ending"),
        (Status::Ready, "complete"),
        (Status::Failed(FailureKind::Error), "failed"),
        (Status::Failed(FailureKind::Aborted), "aborted"),
    ] {
        let target = target(Query { status: Some(status), ..Query::default() });
        assert!(target.ends_with(&format!("?maxItems=100&status={word}")), "{target}");
    }
    let unknown = Query { status: Some(Status::Unknown("x".into())), ..Query::default() };
    assert_eq!(target(unknown), "/meet/api/v1/recordings?maxItems=100");
    for (key, word) in [
        (SortKey::Room, "roomName"),
        (SortKey::Date, "startDate"),
        (SortKey::Duration, "duration"),
        (SortKey::Size, "size"),
    ] {
        let target =
            target(Query { sort: Some(Sort { key, descending: false }), ..Query::default() });
        assert!(target.ends_with(&format!("&sortField={word}&sortOrder=asc")), "{target}");
    }
}

#[test]
fn names_are_no_patterns() {
    let pattern = |text: &str, matching| {
        let room_name = Some(NameFilter { text: text.into(), matching });
        let query = Query { room_name, ..Query::default() };
        ANY.list(&query, None).target.replace("/api/v1/recordings?maxItems=100&roomName=", "")
    };
    assert_eq!(pattern("(a|b)*", Matching::Partial), "%5C%28a%5C%7Cb%5C%29%5C%2A");
    assert_eq!(pattern("a b", Matching::Exact), "%5Ea%20b%24");
    assert_eq!(pattern("É[", Matching::Prefix), "%5E%C3%89%5C%5B");
}

#[test]
fn one_recording_with_and_without_a_secret() {
    let (plain, later) = ("/api/v1/recordings/a%2Fb", "/meet/api/v1/recordings/a%2Fb");
    each(
        |server| server.get(&recording("a/b"), None).target,
        [later, plain, plain, plain, plain, later, later, later],
    );
    let secret = Secret::new("s&t");
    let (plain, later) =
        ("/api/v1/recordings/a?secret=s%26t", "/meet/api/v1/recordings/a?secret=s%26t");
    let latest = "/meet/api/v1/recordings/a?recordingSecret=s%26t";
    each(
        |server| server.get(&recording("a"), Some(&secret)).target,
        [later, plain, plain, plain, plain, later, latest, latest],
    );
}

#[test]
fn media() {
    let secret = Secret::new("s&t");
    let (plain, later) =
        ("/api/v1/recordings/a/media?secret=s%26t", "/meet/api/v1/recordings/a/media?secret=s%26t");
    let first = "/meet/api/v1/recordings/a/stream?secret=s%26t";
    let latest = "/meet/api/v1/recordings/a/media?recordingSecret=s%26t";
    each(
        |server| direct(server.media(&recording("a"), Intent::Play, Some(&secret))),
        [first, plain, plain, plain, plain, later, latest, latest],
    );
    let (plain, later) = ("/api/v1/recordings/a/media", "/meet/api/v1/recordings/a/media");
    each(
        |server| direct(server.media(&recording("a"), Intent::Download, None)),
        [
            "/meet/api/v1/recordings/a/stream",
            plain,
            plain,
            plain,
            plain,
            later,
            later,
            "/meet/api/v1/recordings/a/download",
        ],
    );
}

#[test]
fn ids_stay_one_part_of_a_path() {
    let media = ANY.media(&recording("//evil/x?y#z"), Intent::Play, None);
    assert_eq!(direct(media), "/api/v1/recordings/%2F%2Fevil%2Fx%3Fy%23z/media");
}

#[test]
fn deletions_of_one_and_of_several() {
    let (plain, later) = ("/api/v1/recordings/a", "/meet/api/v1/recordings/a");
    each(
        |server| {
            let request = server.delete(&[id("a")]).unwrap();
            assert_eq!(
                (request.method, request.body, request.is_safe),
                (Method::Delete, None, false)
            );
            request.target
        },
        [later, plain, plain, plain, plain, later, later, later],
    );
    let plain = "/api/v1/recordings?recordingIds=a%2Cb%22 ";
    let later = "/meet/api/v1/recordings?recordingIds=a%2Cb%22 ";
    each(
        |server| {
            let request = server.delete(&[id("a"), id("b\"")]).unwrap();
            assert_eq!(request.method, Method::Delete);
            format!("{} {}", request.target, request.body.unwrap_or_default())
        },
        [
            r#"/meet/api/v1/recordings {"recordingIds":["a","b\""]}"#,
            plain,
            plain,
            plain,
            plain,
            later,
            later,
            later,
        ],
    );
}

#[test]
fn zips_and_links_are_there_from_the_second_generation_on() {
    let target = |request: Option<Request>| request.map_or("none".to_owned(), |it| it.target);
    let plain = "/api/v1/recordings/download?recordingIds=a%2Cb";
    let later = "/meet/api/v1/recordings/download?recordingIds=a%2Cb";
    each(
        |server| target(server.zip(&[id("a"), id("b")])),
        ["none", plain, plain, plain, plain, later, later, later],
    );
    let plain = "/api/v1/recordings/a/url?privateAccess=true";
    let later = "/meet/api/v1/recordings/a/url?privateAccess=true";
    each(
        |server| target(server.share(&recording("a"), Access::SignedIn)),
        ["none", plain, plain, plain, plain, later, later, later],
    );
    assert_eq!(
        target(ANY.share(&recording("a"), Access::Anyone)),
        "/api/v1/recordings/a/url?privateAccess=false"
    );
}

#[test]
fn rooms() {
    let plain = "/api/v1/rooms?maxItems=100&fields=roomId%2CroomName&nextPageToken=t";
    let later = "/meet/api/v1/rooms?maxItems=100&fields=roomId%2CroomName&nextPageToken=t";
    each(
        |server| server.room_names(Some(&Cursor("t".into()))).unwrap().target,
        ["/meet/api/v1/rooms?nextPageToken=t", plain, plain, plain, plain, later, later, later],
    );
}

#[test]
fn capabilities_are_what_requests_there_are() {
    for version in VERSIONS {
        let server = OpenViduMeet::new(version);
        let can = server.capabilities();
        let two = [id("a"), id("b")];
        assert_eq!(can.zip, server.zip(&two).is_some(), "{version:?}");
        assert_eq!(can.share, server.share(&recording("a"), Access::Anyone).is_some());
        assert_eq!(can.private_share, server.share(&recording("a"), Access::SignedIn).is_some());
        assert_eq!(can.rooms, server.room_names(None).is_some());
        assert_eq!(can.delete, server.delete(&two).is_some());
        assert!(can.delete_batch > 1 && can.play && can.download && can.status);
        let all = server.list(&Query::default(), None);
        let of_room = Query { room: Some(RoomId("a".into())), ..Query::default() };
        assert_eq!(can.filter_room, server.list(&of_room, None) != all);
        for key in [SortKey::Room, SortKey::Date, SortKey::Duration, SortKey::Size] {
            let sort = Some(Sort { key, descending: false });
            let sorted = server.list(&Query { sort, ..Query::default() }, None);
            assert_eq!(can.sort.contains(&key), sorted != all, "{version:?}");
        }
    }
}
