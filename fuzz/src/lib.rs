//! What all targets share: bytes as a server's answer, and what must be true of whatever a dialect
//! reads in one. An input is the status in digits, a line break, and the body.

use meet_recordings::{
    model::{Address, Json, Link, Page, Recording, RecordingId, RecordingRef},
    provider::{Answer, Body, Provider},
};

pub fn answer(bytes: &[u8]) -> Answer {
    let text = String::from_utf8_lossy(bytes);
    let (status, body) = text.split_once('\n').unwrap_or(("200", &text));
    // As the client does: what is nested too deeply is not read at all.
    let json =
        (!Json::is_too_deep(body)).then(|| serde_json::from_str::<Json>(body).ok()).flatten();
    let body = match json {
        _ if body.trim().is_empty() => Body::Empty,
        Some(json) => Body::Json(json),
        None => Body::Text(body.to_owned()),
    };
    Answer { status: status.parse().unwrap_or(200), retry_after: None, body }
}

/// Reads an answer as everything that it could be the answer to.
pub fn read_all(provider: &dyn Provider, answer: &Answer) {
    let ids: Vec<RecordingId> = ["a", "b"].into_iter().filter_map(RecordingId::new).collect();
    if let Ok(page) = provider.read_list(answer) {
        check_page(&page);
    }
    if let Ok(page) = provider.read_rooms(answer) {
        assert!(page.items.iter().all(|room| !room.id.0.is_empty()));
    }
    for id in &ids {
        let it = RecordingRef::from(id);
        if let Ok(recording) = provider.read_get(&it, answer) {
            check(&recording);
        }
        if let Ok(link) = provider.read_link(&it, answer) {
            check_link(&link);
        }
    }
    if let Ok(link) = provider.read_share(answer) {
        check_link(&link);
    }
    for ids in [&ids[..1], &ids] {
        if let Ok(report) = provider.read_delete(ids, answer) {
            assert!(report.outcomes.iter().map(|(id, _)| id).eq(ids));
        }
    }
    let _ = provider.read_media(answer);
    let _ = provider.read_done(answer);
}

fn check_page(page: &Page<Recording>) {
    page.items.iter().for_each(check);
    assert!(page.next.as_ref().is_none_or(|cursor| !cursor.0.is_empty()));
}

/// Dates that a browser can show, and texts that can be shown on a line.
fn check(it: &Recording) {
    const LAST_DATE: u64 = 8_640_000_000_000_000;
    let dates = [it.started_at, it.ended_at, it.listed_at];
    assert!(dates.iter().flatten().all(|ms| ms.unsigned_abs() <= LAST_DATE));
    assert!(!it.id.as_str().trim().is_empty());
    assert!(!it.is_size_rounded || it.size.is_some());
    let texts = [&it.name, &it.description, &it.room_id, &it.room_name, &it.file_name];
    let on_a_line = |text: &String| !text.contains(char::is_control) && text.len() <= 4000;
    assert!(texts.into_iter().flatten().all(on_a_line));
    assert!(it.extra.iter().all(|(key, value)| on_a_line(key) && on_a_line(value)));
    assert!(it.subtitles.iter().all(|subtitle| is_web(&subtitle.url)));
}

fn check_link(link: &Link) {
    match &link.address {
        Address::Absolute(url) => assert!(is_web(url)),
        Address::Below(target) => {
            assert!(target.starts_with("/download/recording/"));
            assert!(!target.contains(['?', '#', '\\', ' ']) && target.is_ascii());
        }
    }
}

fn is_web(url: &str) -> bool {
    let url = url.to_ascii_lowercase();
    url.starts_with("http://") || url.starts_with("https://")
}
