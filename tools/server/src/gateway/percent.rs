//! Percent-encoding, once and completely: what the gateway sends on has one reading only.

use std::fmt::Write;

/// Everything but the characters that never need it.
pub fn encode(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                encoded.push(byte.into());
            }
            // Writing to a String never fails.
            _ => drop(write!(encoded, "%{byte:02X}")),
        }
    }
    encoded
}

/// A segment of a path; `None` when it is not UTF-8, not well-formed, or means something else than a name.
pub fn decode_segment(segment: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(segment.len());
    let mut rest = segment.as_bytes();
    while let [first, after @ ..] = rest {
        rest = after;
        if *first != b'%' {
            bytes.push(*first);
            continue;
        }
        let [high, low, after @ ..] = after else { return None };
        let digit = |byte: u8| char::from(byte).to_digit(16);
        bytes.push((digit(*high)? * 16 + digit(*low)?) as u8);
        rest = after;
    }
    let name = String::from_utf8(bytes).ok()?;
    let is_odd = |c: char| c.is_control() || c == '/' || c == '\\';
    let is_name = !matches!(name.as_str(), "" | "." | "..") && !name.contains(is_odd);
    is_name.then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn segments_are_names_and_nothing_else() {
        for (segment, name) in
            [("a--EG_1--u", "a--EG_1--u"), ("%20a%2Cb", " a,b"), ("%C3%A9", "é"), ("%2525", "%25")]
        {
            assert_eq!(decode_segment(segment).as_deref(), Some(name));
        }
        for segment in [
            "", ".", "..", "%2e%2E", "%2F", "a%2fb", "%5C", "a\\b", "%00", "%0A", "%", "%4", "%GG",
            "%+1", "%FF",
        ] {
            assert_eq!(decode_segment(segment), None, "{segment}");
        }
    }

    #[test]
    fn encoding_is_undone_by_decoding() {
        assert_eq!(encode("a b/?#&=+%é~"), "a%20b%2F%3F%23%26%3D%2B%25%C3%A9~");
        assert_eq!(decode_segment(&encode("é%2F?")).as_deref(), Some("é%2F?"));
    }
}
