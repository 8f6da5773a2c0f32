//! The sample's films, and what becomes of them: as files to send in place of others.

use std::fs;
use std::path::Path;

/// Its index is at the end.
pub fn one_minute() -> Vec<u8> {
    film("one-minute")
}

/// Its index is first.
pub fn five_seconds() -> Vec<u8> {
    film("five-seconds")
}

/// Its index is at the end.
pub fn twelve_minutes() -> Vec<u8> {
    film("twelve-minutes")
}

fn film(name: &str) -> Vec<u8> {
    let media = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tools/server/media");
    fs::read(media.join(format!("{name}.mp4"))).unwrap()
}

/// The film with its index before its pictures, so that no engine reads to the end before it plays.
pub fn index_first(film: &[u8]) -> Vec<u8> {
    let mut boxes = Vec::new();
    let mut rest = film;
    while !rest.is_empty() {
        let (own, after) = rest.split_at(number(rest, 0) as usize);
        boxes.push(own);
        rest = after;
    }
    let (index, others): (Vec<_>, Vec<_>) = boxes.into_iter().partition(|it| &it[4..8] == b"moov");
    let mut index = index.concat();
    let shift = index.len() as u32;
    // Lists of the places of its pieces, which are all further back now.
    for at in places(&index, b"stco") {
        let count = number(&index, at + 8) as usize;
        for entry in (0..count).map(|it| at + 12 + it * 4) {
            let place = number(&index, entry) + shift;
            index[entry..entry + 4].copy_from_slice(&place.to_be_bytes());
        }
    }
    let (kind, others) = others.split_first().unwrap();
    [kind, index.as_slice(), &others.concat()].concat()
}

/// The film with its picture said to be encoded in another way.
pub fn with_codec(film: &[u8], codec: &[u8; 4]) -> Vec<u8> {
    let mut film = film.to_vec();
    // The first is in the list of what the file is compatible with.
    let at = places(&film, b"avc1").pop().unwrap();
    film[at..at + 4].copy_from_slice(codec);
    film
}

fn places(bytes: &[u8], name: &[u8; 4]) -> Vec<usize> {
    let windows = bytes.windows(4).enumerate();
    windows.filter(|(_, it)| it == name).map(|(at, _)| at).collect()
}

fn number(bytes: &[u8], at: usize) -> u32 {
    u32::from_be_bytes(bytes[at..at + 4].try_into().unwrap())
}
