//! Characters that turn the text after them around. In an element of its own a title turns only itself; in a sentence or in
//! the title of a tab it would turn what others have said.

/// Embeddings, overrides and isolates. Marks (U+200E, U+200F, U+061C) turn nothing but the spaces and signs beside them.
pub fn turns_text(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// The text to put into a sentence.
pub fn unturned(text: &str) -> String {
    text.chars().filter(|c| !turns_text(*c)).collect()
}

#[cfg(test)]
mod tests {
    use super::unturned;

    #[test]
    fn a_title_turns_nothing_of_a_sentence() {
        assert_eq!(
            unturned("\u{202e}gpj.exe\u{2066} פיזיקה\u{200f} 101"),
            "gpj.exe פיזיקה\u{200f} 101"
        );
    }
}
