//! What is known of a server's rooms: their names, for limiting the library to one of them. Pure,
//! as `library` is for recordings.

use crate::model::{Cursor, Page, Room};

/// Enough for a menu; whoever has more rooms finds a recording by searching.
const MOST_ROOMS: usize = 1000;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rooms {
    rooms: Vec<Room>,
}

impl Rooms {
    /// Adds a page; says where to go on, if the list is to go on.
    pub fn add(&mut self, page: Page<Room>, asked: Option<&Cursor>) -> Option<Cursor> {
        let before = self.rooms.len();
        for room in page.items {
            if !self.rooms.iter().any(|it| it.id == room.id) {
                self.rooms.push(room);
            }
        }
        let grew = self.rooms.len() > before && self.rooms.len() < MOST_ROOMS;
        page.next.filter(|next| grew && Some(next) != asked)
    }

    pub fn iter(&self) -> impl Iterator<Item = &Room> {
        self.rooms.iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::RoomId;

    fn page(ids: &[&str], next: Option<&str>) -> Page<Room> {
        Page {
            items: ids.iter().map(|id| Room { id: RoomId((*id).into()), name: None }).collect(),
            next: next.map(|text| Cursor(text.into())),
            total: None,
            unreadable: 0,
        }
    }

    #[test]
    fn pages_are_followed_until_nothing_new_comes() {
        let mut rooms = Rooms::default();
        let next = rooms.add(page(&["a", "b"], Some("1")), None);
        assert_eq!(next, Some(Cursor("1".into())));
        assert_eq!(rooms.add(page(&["b"], Some("2")), next.as_ref()), None);
        assert_eq!(rooms.iter().count(), 2);
    }
}
