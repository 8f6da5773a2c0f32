//! Percent-encoding: the one place where a value becomes part of a URL.

/// Encodes one path segment or query value. Only RFC 3986's unreserved characters stay, so an id
/// such as `../x?y#z` or `//evil/x` stays one segment, and a cursor's `+/=` arrives as it was.
///
/// `.` and `..` as a whole segment would be resolved away by the browser even when encoded; no
/// server has such ids, and callers put them behind a fixed path, so the worst is a 404.
pub fn encode(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                encoded.push(char::from(byte));
            }
            _ => {
                const HEX: &[u8; 16] = b"0123456789ABCDEF";
                encoded.push('%');
                encoded.push(char::from(HEX[usize::from(byte >> 4)]));
                encoded.push(char::from(HEX[usize::from(byte & 15)]));
            }
        }
    }
    encoded
}

/// `?a=1&b=2`, or nothing when there are no pairs.
pub fn query(pairs: &[(&str, &str)]) -> String {
    let mut text = String::new();
    for (name, value) in pairs {
        text.push(if text.is_empty() { '?' } else { '&' });
        text.push_str(name);
        text.push('=');
        text.push_str(&encode(value));
    }
    text
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn decode(text: &str) -> String {
        let bytes = text.as_bytes();
        let (mut decoded, mut i) = (Vec::new(), 0);
        while i < bytes.len() {
            if bytes[i] == b'%' {
                decoded.push(u8::from_str_radix(&text[i + 1..i + 3], 16).unwrap());
                i += 3;
            } else {
                decoded.push(bytes[i]);
                i += 1;
            }
        }
        String::from_utf8(decoded).unwrap()
    }

    proptest! {
        #[test]
        fn nothing_structural_survives_and_nothing_is_lost(text in any::<String>()) {
            let encoded = encode(&text);
            prop_assert!(!encoded.contains(['/', '?', '#', '&', '=', '+', ' ', '\\', '\0']));
            prop_assert_eq!(decode(&encoded), text);
        }
    }

    #[test]
    fn queries_are_joined() {
        assert_eq!(query(&[]), "");
        assert_eq!(query(&[("a", "1"), ("b", "+/=")]), "?a=1&b=%2B%2F%3D");
    }
}
