//! What the server would not accept, told while the form is filled in.

use super::{RoomDraft, preset::HOUR};
use crate::model::RoomField;

/// OpenVidu Meet deletes no room earlier than that.
const SOONEST_DELETION: i64 = HOUR;

/// What is wrong with a field, before it is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Problem {
    /// It must not be empty.
    Missing,
    /// More than this many characters.
    TooLong {
        most: usize,
    },
    /// Only letters of ASCII, digits, `-` and `_` make an id.
    NotAnIdentifier,
    /// It must be at least so many ms from now; 0: not in the past.
    TooSoon {
        least: i64,
    },
    NotANumber,
    TooFew {
        least: u32,
    },
}

impl RoomDraft {
    /// What would not be accepted, in the form's order. `now_ms` since 1970.
    pub fn problems(&self, now_ms: i64) -> Vec<(RoomField, Problem)> {
        let shown = self.fields().iter().filter(|field| self.is_shown(**field));
        shown.filter_map(|field| Some((*field, self.problem(*field, now_ms)?))).collect()
    }

    fn problem(&self, field: RoomField, now_ms: i64) -> Option<Problem> {
        let is_empty = self.text(field).trim().is_empty();
        match field {
            RoomField::Name => {
                let rule = self.capabilities.name;
                let is_too_long = self.text(field).trim().chars().count() > rule.longest;
                if is_too_long {
                    return Some(Problem::TooLong { most: rule.longest });
                }
                (rule.is_required && is_empty).then_some(Problem::Missing)
            }
            RoomField::Id if is_empty => Some(Problem::Missing),
            RoomField::Id => {
                let is_id = |it: u8| it.is_ascii_alphanumeric() || it == b'-' || it == b'_';
                let is_wrong = !self.text(field).trim().bytes().all(is_id);
                is_wrong.then_some(Problem::NotAnIdentifier)
            }
            RoomField::MaxParticipants if is_empty => None,
            RoomField::MaxParticipants => match number(self.text(field)) {
                None => Some(Problem::NotANumber),
                Some(0) => Some(Problem::TooFew { least: 1 }),
                Some(_) => None,
            },
            RoomField::DeletesAt => self.problem_of_date(now_ms),
            _ => None,
        }
    }

    fn problem_of_date(&self, now_ms: i64) -> Option<Problem> {
        let must_end = self.capabilities.must_end;
        let date = self.typed.settings.deletes_at;
        let Some(date) = date else { return must_end.then_some(Problem::Missing) };
        // One that has been accepted once may be near by now.
        if !self.is_new && self.before.settings.deletes_at == Some(date) {
            return None;
        }
        // Where all rooms have an end, it may be any time that is still to come.
        let least = if must_end { 0 } else { SOONEST_DELETION };
        (date < now_ms.saturating_add(least)).then_some(Problem::TooSoon { least })
    }
}

pub fn number(text: &str) -> Option<u32> {
    let text = text.trim();
    // Reading a number would take a plus too.
    text.bytes().all(|it| it.is_ascii_digit()).then(|| text.parse().ok())?
}
