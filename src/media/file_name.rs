//! A name under which any system will save a file, made from what a server says.

use crate::i18n::turns_text;

/// Bytes; most file systems take 255.
const LONGEST: usize = 200;

/// Makes `name` safe to save as: no folders, no characters that a system forbids or that turn the
/// name around (RTL override), not hidden, not a device, ending in `.mp4`.
pub fn file_name(name: &str) -> String {
    let cleaned: String = name
        .chars()
        .map(|c| match c {
            '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|' => '-',
            c if c.is_control() || turns_text(c) || is_mark(c) => ' ',
            c => c,
        })
        .collect();
    let trimmed = cleaned.trim_matches(|c: char| c == '.' || c.is_whitespace());
    let stem = strip_extension(trimmed);
    let stem = shorten(stem).trim_end_matches(|c: char| c == '.' || c.is_whitespace());
    match stem {
        "" => "recording.mp4".to_owned(),
        stem if is_device(stem) => format!("{stem}-recording.mp4"),
        stem => format!("{stem}.mp4"),
    }
}

/// Marks of direction, which nobody sees in a name.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{200e}' | '\u{200f}' | '\u{61c}')
}

fn strip_extension(name: &str) -> &str {
    let ends = name.len().checked_sub(4).and_then(|at| name.get(at..));
    match ends {
        Some(end) if end.eq_ignore_ascii_case(".mp4") => &name[..name.len() - 4],
        _ => name,
    }
}

fn shorten(name: &str) -> &str {
    let mut end = name.len().min(LONGEST);
    while !name.is_char_boundary(end) {
        end -= 1;
    }
    &name[..end]
}

/// Names that Windows keeps for devices, with any extension.
fn is_device(stem: &str) -> bool {
    let base = stem.split('.').next().unwrap_or_default().trim().to_ascii_uppercase();
    let numbered = |prefix| {
        base.strip_prefix(prefix)
            .is_some_and(|rest| rest.len() == 1 && rest.bytes().all(|b| b.is_ascii_digit()))
    };
    matches!(base.as_str(), "CON" | "PRN" | "AUX" | "NUL") || numbered("COM") || numbered("LPT")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn honest_names_stay() {
        assert_eq!(file_name("physics-4k7--u81.mp4"), "physics-4k7--u81.mp4");
        assert_eq!(file_name("Répétition João"), "Répétition João.mp4");
    }

    #[test]
    fn hostile_names_are_defused() {
        assert_eq!(file_name("../../etc/passwd"), "-..-etc-passwd.mp4");
        assert_eq!(file_name("CON"), "CON-recording.mp4");
        assert_eq!(file_name("lpt1.mp4"), "lpt1-recording.mp4");
        assert_eq!(file_name("a\u{202e}gpj.exe"), "a gpj.exe.mp4");
        assert_eq!(file_name("a\r\nb\"c"), "a  b-c.mp4");
        assert_eq!(file_name(" .. "), "recording.mp4");
        assert_eq!(file_name(".html"), "html.mp4");
    }

    proptest! {
        #[test]
        fn any_name_can_be_saved(name in any::<String>()) {
            let it = file_name(&name);
            prop_assert!(it.ends_with(".mp4") && it.len() > 4 && it.len() <= LONGEST + 20);
            prop_assert!(!it.contains(['/', '\\', ':', '"', '<', '>', '|', '?', '*']));
            prop_assert!(!it.contains(char::is_control) && !it.starts_with('.'));
        }
    }
}
