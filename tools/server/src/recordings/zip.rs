//! ZIP archives written while they are sent: stored, with data descriptors, as the real server's archiver writes them.
//! The directory switches to ZIP64 where an archive outgrows 4 GiB; a single file never does here.

use bytes::{BufMut, Bytes, BytesMut};
use crc32fast::Hasher;

use crate::body::CHUNK;

const LOCAL: u32 = 0x0403_4b50;
const DESCRIPTOR: u32 = 0x0807_4b50;
const CENTRAL: u32 = 0x0201_4b50;
const END64: u32 = 0x0606_4b50;
const LOCATOR64: u32 = 0x0706_4b50;
const END: u32 = 0x0605_4b50;
/// Sizes follow the content (bit 3), names are UTF-8 (bit 11).
const FLAGS: u16 = 0x0808;
const VERSION: u16 = 45;
/// 1 January 1980: the archiver's date is of no use to anybody.
const DATE: u16 = 0x0021;
const STORED: u16 = 0;

pub struct Entry {
    pub name: String,
    pub content: Bytes,
}

/// What the directory says of a file that was written.
struct Written {
    name: String,
    crc: u32,
    size: u32,
    offset: u64,
}

enum Step {
    Header,
    Content { rest: Bytes, hasher: Hasher },
    Directory,
    Done,
}

/// An archive as an iterator over its bytes.
pub struct Zip {
    entries: std::vec::IntoIter<Entry>,
    current: Option<(Entry, u64)>,
    written: Vec<Written>,
    step: Step,
    offset: u64,
}

impl Zip {
    pub fn new(entries: Vec<Entry>) -> Self {
        Self {
            entries: entries.into_iter(),
            current: None,
            written: Vec::new(),
            step: Step::Header,
            offset: 0,
        }
    }

    fn header(&mut self) -> Option<Bytes> {
        let Some(entry) = self.entries.next() else {
            self.step = Step::Directory;
            return self.next_chunk();
        };
        let mut out = BytesMut::new();
        out.put_u32_le(LOCAL);
        out.put_u16_le(VERSION);
        out.put_u16_le(FLAGS);
        out.put_u16_le(STORED);
        out.put_u16_le(0);
        out.put_u16_le(DATE);
        out.put_bytes(0, 12);
        out.put_u16_le(entry.name.len() as u16);
        out.put_u16_le(0);
        out.put_slice(entry.name.as_bytes());
        self.step = Step::Content { rest: entry.content.clone(), hasher: Hasher::new() };
        self.current = Some((entry, self.offset));
        Some(out.freeze())
    }

    fn descriptor(&mut self, crc: u32) -> Option<Bytes> {
        let (entry, offset) = self.current.take()?;
        let size = entry.content.len() as u32;
        let mut out = BytesMut::new();
        out.put_u32_le(DESCRIPTOR);
        out.put_u32_le(crc);
        out.put_u32_le(size);
        out.put_u32_le(size);
        self.written.push(Written { name: entry.name, crc, size, offset });
        self.step = Step::Header;
        Some(out.freeze())
    }

    fn directory(&mut self) -> Bytes {
        let start = self.offset;
        let mut out = BytesMut::new();
        for file in &self.written {
            put_central(&mut out, file);
        }
        let length = out.len() as u64;
        let count = self.written.len() as u64;
        let needs64 = start > u64::from(u32::MAX) || count > u64::from(u16::MAX);
        if needs64 {
            put_end64(&mut out, count, length, start);
        }
        let count16 = u16::try_from(count).unwrap_or(u16::MAX);
        out.put_u32_le(END);
        out.put_u32_le(0);
        out.put_u16_le(count16);
        out.put_u16_le(count16);
        out.put_u32_le(clamp(length));
        out.put_u32_le(clamp(start));
        out.put_u16_le(0);
        out.freeze()
    }

    fn next_chunk(&mut self) -> Option<Bytes> {
        match &mut self.step {
            Step::Header => self.header(),
            Step::Content { rest, hasher } if rest.is_empty() => {
                let crc = std::mem::take(hasher).finalize();
                self.descriptor(crc)
            }
            Step::Content { rest, hasher } => {
                let chunk = rest.split_to(rest.len().min(CHUNK));
                hasher.update(&chunk);
                Some(chunk)
            }
            Step::Directory => {
                self.step = Step::Done;
                Some(self.directory())
            }
            Step::Done => None,
        }
    }
}

impl Iterator for Zip {
    type Item = Bytes;

    fn next(&mut self) -> Option<Bytes> {
        let chunk = self.next_chunk()?;
        self.offset += chunk.len() as u64;
        Some(chunk)
    }
}

fn put_central(out: &mut BytesMut, file: &Written) {
    let far = file.offset > u64::from(u32::MAX);
    out.put_u32_le(CENTRAL);
    out.put_u16_le(VERSION);
    out.put_u16_le(VERSION);
    out.put_u16_le(FLAGS);
    out.put_u16_le(STORED);
    out.put_u16_le(0);
    out.put_u16_le(DATE);
    out.put_u32_le(file.crc);
    out.put_u32_le(file.size);
    out.put_u32_le(file.size);
    out.put_u16_le(file.name.len() as u16);
    out.put_u16_le(if far { 12 } else { 0 });
    out.put_bytes(0, 10);
    out.put_u32_le(clamp(file.offset));
    out.put_slice(file.name.as_bytes());
    if far {
        out.put_u16_le(1);
        out.put_u16_le(8);
        out.put_u64_le(file.offset);
    }
}

fn put_end64(out: &mut BytesMut, count: u64, length: u64, start: u64) {
    out.put_u32_le(END64);
    out.put_u64_le(44);
    out.put_u16_le(VERSION);
    out.put_u16_le(VERSION);
    out.put_u64_le(0);
    out.put_u64_le(count);
    out.put_u64_le(count);
    out.put_u64_le(length);
    out.put_u64_le(start);
    out.put_u32_le(LOCATOR64);
    out.put_u32_le(0);
    out.put_u64_le(start + length);
    out.put_u32_le(1);
}

/// What a field of 32 bits holds when the value is in its ZIP64 twin.
fn clamp(value: u64) -> u32 {
    u32::try_from(value).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(name: &str, content: &'static [u8]) -> Entry {
        Entry { name: name.to_owned(), content: Bytes::from_static(content) }
    }

    #[test]
    fn an_empty_archive_is_its_end_record() {
        let bytes: Vec<u8> = Zip::new(Vec::new()).flatten().collect();
        assert_eq!(bytes.len(), 22);
        assert!(bytes.starts_with(b"PK\x05\x06"));
    }

    #[test]
    fn the_directory_points_at_the_headers() {
        let bytes: Vec<u8> =
            Zip::new(vec![entry("a.mp4", b"one"), entry("b.mp4", b"")]).flatten().collect();
        let end = bytes.len() - 22;
        let at = |index: usize| u32::from_le_bytes(bytes[index..index + 4].try_into().unwrap());
        assert_eq!(at(end), END);
        let directory = at(end + 16) as usize;
        assert_eq!(at(directory), CENTRAL);
        assert_eq!(at(directory + 16), crc32fast::hash(b"one"));
        let second = directory + 46 + 5;
        assert_eq!(at(second), CENTRAL);
        assert_eq!(at(at(second + 42) as usize), LOCAL);
    }

    #[test]
    fn files_beyond_4_gib_are_found_through_zip64() {
        let mut out = BytesMut::new();
        let file = Written { name: "x".to_owned(), crc: 0, size: 1, offset: 5 << 30 };
        put_central(&mut out, &file);
        assert_eq!(out.len(), 46 + 1 + 12);
        assert_eq!(out[42..46], [0xff; 4]);
        assert_eq!(out[51..59], (5u64 << 30).to_le_bytes());
    }
}
