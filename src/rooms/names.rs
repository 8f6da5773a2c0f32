//! What is known of a server's rooms: their names, for limiting the library to one of them. Pure,
//! as `library` is for recordings.

use crate::model::{Cursor, Page, RoomName};

/// Enough for a menu; whoever has more rooms finds a recording by searching.
const MOST_ROOMS: usize = 1000;
/// A page may add nothing, because its rooms are known; a server may give out cursors for ever.
const MOST_PAGES: usize = 100;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RoomNames {
    rooms: Vec<RoomName>,
    /// The cursors followed so far: one that comes again leads in a circle.
    asked: Vec<Cursor>,
    is_complete: bool,
}

impl RoomNames {
    /// Adds a page; says where to go on, if the list is to go on.
    pub fn add(&mut self, page: Page<RoomName>, asked: Option<&Cursor>) -> Option<Cursor> {
        self.asked.extend(asked.cloned());
        for room in page.items {
            if !self.rooms.iter().any(|it| it.id == room.id) {
                self.rooms.push(room);
            }
        }
        let is_enough = self.rooms.len() >= MOST_ROOMS || self.asked.len() >= MOST_PAGES;
        let next = page.next.filter(|next| !is_enough && !self.asked.contains(next));
        self.is_complete = next.is_none();
        next
    }

    /// Whether they are all there, or as many as we want.
    pub fn is_complete(&self) -> bool {
        self.is_complete
    }

    pub fn iter(&self) -> impl Iterator<Item = &RoomName> {
        self.rooms.iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::RoomId;

    fn page(ids: &[&str], next: Option<&str>) -> Page<RoomName> {
        Page {
            items: ids.iter().map(|id| RoomName { id: RoomId((*id).into()), name: None }).collect(),
            next: next.map(|text| Cursor(text.into())),
            total: None,
            unreadable: 0,
        }
    }

    #[test]
    fn pages_are_followed_until_a_cursor_comes_again() {
        let mut rooms = RoomNames::default();
        let next = rooms.add(page(&["a", "b"], Some("1")), None);
        assert_eq!(next, Some(Cursor("1".into())));
        let next = rooms.add(page(&["b"], Some("2")), next.as_ref());
        assert_eq!(next, Some(Cursor("2".into())));
        assert!(!rooms.is_complete());
        assert_eq!(rooms.add(page(&["c"], Some("1")), next.as_ref()), None);
        assert!(rooms.is_complete());
        assert_eq!(rooms.iter().count(), 3);
    }

    #[test]
    fn cursors_without_end_are_not_followed_without_end() {
        let mut rooms = RoomNames::default();
        let mut next = rooms.add(page(&["a"], Some("0")), None);
        let mut pages = 1;
        while let Some(cursor) = next {
            pages += 1;
            next = rooms.add(page(&["a"], Some(&pages.to_string())), Some(&cursor));
        }
        assert_eq!(pages, MOST_PAGES + 1);
    }
}
