//! How well a name fits what somebody types to find it: for short lists, such as commands.

/// The smaller the better; `None` when it does not fit. Every word typed must be there: at the start of
/// a word, within one, or else letter by letter, so that "sbd" finds "sort by date". Both texts are
/// folded.
pub fn rank(name: &str, typed: &str) -> Option<u32> {
    typed.split_whitespace().map(|word| rank_of_word(name, word)).sum()
}

fn rank_of_word(name: &str, word: &str) -> Option<u32> {
    let starts = || name.match_indices(' ').map(|(at, _)| &name[at + 1..]).chain([name]);
    if starts().any(|rest| rest.starts_with(word)) {
        return Some(0);
    }
    if name.contains(word) {
        return Some(1);
    }
    starts().any(|rest| is_spread(rest, word)).then_some(2)
}

/// Whether the letters come in that order, the first of them at once.
fn is_spread(text: &str, letters: &str) -> bool {
    let mut rest = text.chars();
    let first = letters.chars().next();
    text.chars().next() == first && letters.chars().all(|wanted| rest.any(|it| it == wanted))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn starts_of_words_come_first_and_loose_letters_last() {
        assert_eq!(rank("sort by date", "date so"), Some(0));
        assert_eq!(rank("sort by date", "ort"), Some(1));
        assert_eq!(rank("sort by date", "sbd"), Some(2));
        assert_eq!(rank("sort by date", "bte ort"), Some(3));
        assert_eq!(rank("sort by date", "ybd"), None);
        assert_eq!(rank("sort by date", "sort size"), None);
        assert_eq!(rank("sort by date", "  "), Some(0));
    }

    proptest! {
        #[test]
        fn words_of_the_name_fit_best_in_any_order(mut words in prop::collection::vec("\\PC{1,6}", 1..6)) {
            words.retain(|word| !word.contains(char::is_whitespace));
            let name = words.join(" ");
            words.reverse();
            prop_assert_eq!(rank(&name, &words.join(" ")), Some(0));
        }

        /// What does not fit will not fit by typing on, and what fits does not fit better.
        #[test]
        fn typing_on_never_brings_back(name in "[a-c ]{0,12}", typed in "[a-c]{1,6}", next in "[a-c]") {
            if let Some(after) = rank(&name, &format!("{typed}{next}")) {
                prop_assert!(rank(&name, &typed).is_some_and(|before| before <= after));
            }
        }
    }
}
