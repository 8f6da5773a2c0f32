//! How long it takes to read a page of 100 recordings, from JSON text to the model's terms, in each
//! dialect. A page is read while people wait for it: it should take no more than 2 ms.

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use meet_recordings::{
    model::Json,
    provider::{Answer, Body, OpenViduMeet, PlugNmeet, Provider, SuperViz, Version, Whereby},
};
use serde_json::{Value, json};

const ROWS: u64 = 100;

fn pages() -> [(&'static str, Box<dyn Provider>, Value); 5] {
    let first = OpenViduMeet::new(Version::A);
    let latest = OpenViduMeet::new(Version::V39);
    [
        ("openvidu-meet@a", Box::new(first), rows(first_generation)),
        (
            "openvidu-meet@3.9",
            Box::new(latest),
            json!({
                "recordings": rows(latest_generation),
                "pagination": { "isTruncated": true, "nextPageToken": "dG9rZW4=", "maxItems": ROWS },
            }),
        ),
        (
            "plugnmeet",
            Box::new(PlugNmeet),
            json!({
                "status": true, "msg": "success", "status_code": "SUCCESS",
                "result": {
                    "total_recordings": "5000", "from": 0, "limit": ROWS, "order_by": "DESC",
                    "recordings_list": rows(plugnmeet),
                },
            }),
        ),
        (
            "superviz",
            Box::new(SuperViz),
            json!({
                "data": rows(superviz),
                "pagination": { "page": 1, "totalPages": 50, "limit": ROWS, "total": 5000 },
            }),
        ),
        ("whereby", Box::new(Whereby), json!({ "results": rows(whereby), "cursor": "8f4031bf" })),
    ]
}

fn rows(row: fn(u64) -> Value) -> Value {
    (0..ROWS).map(row).collect()
}

fn first_generation(n: u64) -> Value {
    json!({
        "id": format!("physics-{n}--EG_XYZ--u{n}"), "roomName": format!("physics-{n}"),
        "outputMode": "COMPOSED", "status": "READY", "filename": format!("physics-{n}--u{n}.mp4"),
        "startedAt": 1_600_000_000_000_u64 + n, "endedAt": 1_600_000_060_500_u64 + n,
        "duration": 60.5, "size": 123_456_789,
    })
}

fn latest_generation(n: u64) -> Value {
    json!({
        "recordingId": format!("physics-{n}--EG_XYZ--u{n}"), "roomId": format!("physics-{n}"),
        "roomName": format!("Physics {n}"), "status": "complete",
        "filename": format!("physics-{n}--u{n}.mp4"), "startDate": 1_600_000_000_000_u64 + n,
        "endDate": 1_600_000_060_500_u64 + n, "duration": 60.5, "size": 123_456_789,
        "errorCode": null, "error": null, "details": "Stopped using API", "layout": "grid",
        "encoding": {
            "video": { "width": 1280, "height": 720, "framerate": 30, "codec": "H264_MAIN", "bitrate": 3000 },
            "audio": { "codec": "OPUS", "bitrate": 128, "frequency": 44100 },
        },
    })
}

fn plugnmeet(n: u64) -> Value {
    let (session, started) = ("7f867cd7-7956-4a17-af46-6ddd4015a497", 1_761_814_595_173_u64 + n);
    json!({
        "record_id": format!("{session}-{started}"), "room_id": format!("room{n}"),
        "room_sid": session, "file_path": format!("node_01/room{n}/{session}-{started}.mp4"),
        "file_size": 123.45, "creation_time": "1761818400", "room_creation_time": "1761814500",
        "metadata": {
            "title": format!("Physics {n}"), "description": "Lenses and mirrors",
            "subtitles": { "en": { "label": "English", "url": "https://files.example.org/en.vtt" } },
            "extra_data": {
                "meeting-title": "Physics", "meeting-created": "2025-10-30T08:15:00Z",
                "meeting-ended": "0001-01-01T00:00:00Z",
            },
        },
    })
}

fn superviz(n: u64) -> Value {
    json!({
        "uuid": format!("0b1c9d4e-{n}"), "url": format!("https://storage.example.com/{n}.mp4?X-Amz-Expires=3600"),
        "roomId": format!("physics-{n}"), "meetingId": format!("m{n}"), "status": "available",
        "createdAt": "2024-05-13T17:14:00.941Z",
    })
}

fn whereby(n: u64) -> Value {
    json!({
        "recordingId": format!("a56f6ad7-37fe-4a37-9319-{n}"), "roomSessionId": format!("e2f29530-{n}"),
        "roomName": format!("/physics-{n}"), "filename": format!("physics-{n}-2025-10-30T08:15:00.000Z.mp4"),
        "startDate": "2025-10-30T08:15:00.000Z", "endDate": "2025-10-30T09:00:30.500Z",
        "sizeInMegaBytes": 100.5,
    })
}

fn read(provider: &dyn Provider, text: &str) -> usize {
    let body = serde_json::from_str::<Json>(text).map_or(Body::Empty, Body::Json);
    let answer = Answer { status: 200, retry_after: None, body };
    provider.read_list(&answer).map_or(0, |page| page.items.len())
}

fn read_page(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("read a page of 100");
    for (name, provider, page) in pages() {
        let text = page.to_string();
        assert_eq!(read(&*provider, &text), ROWS as usize, "{name}");
        group.throughput(Throughput::Bytes(text.len() as u64));
        group.bench_function(name, |bencher| bencher.iter(|| read(&*provider, &text)));
    }
    group.finish();
}

criterion_group!(benches, read_page);
criterion_main!(benches);
