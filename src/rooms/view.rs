//! How the list of rooms is looked at: what is shown of it and in what order. Everything that a link
//! reproduces, and nothing else.

use crate::{
    library::{Asked, Criteria, Fold, Term, Wanted, What, words},
    model::Sort,
};

/// A room that is deleted within this time expires soon: 7 days.
pub const EXPIRING_MS: i64 = 7 * 86_400_000;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoomView {
    /// As typed: words, "phrases" and `-not`.
    pub search: String,
    pub status: Option<RoomStatusGroup>,
    /// Only what is deleted within [`EXPIRING_MS`].
    pub expiring: bool,
    /// Only what has recordings, or has none.
    pub recordings: Option<bool>,
    /// One or two: rooms that are equal in the first are ordered by the second.
    pub sort: Vec<RoomSort>,
}

/// Statuses as people filter by them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RoomStatusGroup {
    Open,
    Active,
    Closed,
    Ended,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RoomSortKey {
    Name,
    Status,
    Created,
    DeletesAt,
    Recordings,
    Size,
    Owner,
}

pub type RoomSort = Sort<RoomSortKey>;

/// What the view asks for, ready to be compared. All of it must hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RoomCriteria {
    /// Of it, the terms: words and phrases. For `library::highlight` too.
    pub text: Criteria,
    pub status: Option<RoomStatusGroup>,
    pub expiring: bool,
    pub recordings: Option<bool>,
}

impl Default for RoomView {
    fn default() -> Self {
        Self {
            search: String::new(),
            status: None,
            expiring: false,
            recordings: None,
            sort: vec![Self::NEWEST_FIRST],
        }
    }
}

impl RoomView {
    /// The servers' own order.
    pub const NEWEST_FIRST: RoomSort = RoomSort { key: RoomSortKey::Created, descending: true };

    /// Takes back what hides rooms; the order stays.
    pub fn show_all(&mut self) {
        *self = Self { sort: std::mem::take(&mut self.sort), ..Self::default() };
    }

    /// Whether something was asked for that may hide rooms.
    pub fn is_narrowed(&self) -> bool {
        !self.search.trim().is_empty()
            || self.status.is_some()
            || self.expiring
            || self.recordings.is_some()
    }

    /// A click on a column's header: by that alone. With `is_second`, it becomes or turns the second key,
    /// and turns the first where it is that.
    pub fn sort_by(&mut self, key: RoomSortKey, is_second: bool) {
        let first = self.sort.first().copied().unwrap_or(Self::NEWEST_FIRST);
        let second = self.sort.get(1).copied();
        self.sort = match (is_second, first.key == key) {
            (false, _) => vec![first.by(key)],
            (true, true) => [Some(first.by(key)), second].into_iter().flatten().collect(),
            (true, false) => vec![first, second.unwrap_or(first).by(key)],
        };
    }

    pub fn criteria(&self, fold: Fold) -> RoomCriteria {
        let terms = words(&self.search).terms.into_iter().filter_map(|it| wanted(it, fold));
        RoomCriteria {
            text: Criteria { terms: terms.collect(), ..Criteria::default() },
            status: self.status,
            expiring: self.expiring,
            recordings: self.recordings,
        }
    }
}

/// `None` for what asks for nothing (yet): a quote just opened, text that vanishes when folded.
fn wanted(term: Term, fold: Fold) -> Option<Wanted> {
    let folded = |text: &str| Some(fold(text)).filter(|text| !text.trim().is_empty());
    let what = match term.what {
        Asked::Word(text) => What::Word(folded(&text)?),
        Asked::Phrase(text) => What::Phrase(folded(&text)?),
        _ => return None,
    };
    Some(Wanted { is_not: term.is_not, what })
}

impl RoomSort {
    /// What a click on a column's header asks for: the other direction of the same column, or the usual
    /// first direction of another.
    fn by(self, key: RoomSortKey) -> Self {
        use RoomSortKey::{Created, DeletesAt, Name, Owner, Recordings, Size, Status};
        let descending = match key {
            _ if self.key == key => !self.descending,
            Created | Recordings | Size => true,
            // The soonest deleted is the most urgent.
            Name | Owner | Status | DeletesAt => false,
        };
        Self { key, descending }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{library::params::sort_text, rooms::params::SORT_KEYS};

    fn sorted(clicks: &[(RoomSortKey, bool)]) -> String {
        let mut view = RoomView::default();
        for (key, is_second) in clicks {
            view.sort_by(*key, *is_second);
        }
        sort_text(&SORT_KEYS, &view.sort)
    }

    #[test]
    fn a_header_click_turns_its_own_column_and_starts_another_usefully() {
        use RoomSortKey::*;
        assert_eq!(sorted(&[(Created, false)]), "created");
        assert_eq!(sorted(&[(Size, false)]), "-size");
        assert_eq!(sorted(&[(DeletesAt, false)]), "deletes");
        assert_eq!(sorted(&[(Name, false), (Name, false)]), "-name");
        assert_eq!(sorted(&[(Name, true)]), "-created,name");
        assert_eq!(sorted(&[(Name, true), (Name, true)]), "-created,-name");
        assert_eq!(sorted(&[(Name, true), (Created, true)]), "created,name");
        assert_eq!(sorted(&[(Name, true), (Name, false)]), "name");
    }

    #[test]
    fn what_is_typed_is_folded_and_operators_of_recordings_are_text() {
        let search = "Heat -\"First Law\" longer:1H status:failed \"".to_owned();
        let view = RoomView { search, ..RoomView::default() };
        let criteria = view.criteria(str::to_lowercase);
        let terms: Vec<(bool, What)> =
            criteria.text.terms.into_iter().map(|term| (term.is_not, term.what)).collect();
        assert_eq!(
            terms,
            [
                (false, What::Word("heat".into())),
                (true, What::Phrase("first law".into())),
                (false, What::Word("longer:1h".into())),
                (false, What::Word("status:failed".into())),
            ]
        );
    }

    #[test]
    fn showing_all_keeps_the_order() {
        let mut view = RoomView { expiring: true, ..RoomView::default() };
        view.sort_by(RoomSortKey::Size, false);
        assert!(view.is_narrowed());
        view.show_all();
        assert!(!view.is_narrowed());
        assert_eq!(sort_text(&SORT_KEYS, &view.sort), "-size");
    }
}
