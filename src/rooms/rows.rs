//! Of every room what it is searched, filtered and sorted by, side by side, so that 100,000 of them are
//! gone through between two frames. Texts are kept once each, as those of recordings are.

use super::RoomStatusGroup;
use crate::{
    library::{Bits, Fold, Mistyped, NONE, Slot, Texts},
    model::{Room, RoomStatus},
};

pub struct Rows {
    fold: Fold,
    texts: Texts,
    /// By the rooms' slots.
    rows: Vec<Row>,
    live: Bits,
    /// Counts the changes.
    revision: u64,
}

/// Texts by their numbers.
#[derive(Clone, Copy)]
pub struct Row {
    pub title: u32,
    id: u32,
    /// What recordings know it by, where that is another id.
    recorded_id: u32,
    pub owner: u32,
    /// In the order of interest: where something is going on comes first.
    pub status: Option<u8>,
    /// Milliseconds since 1970.
    pub created_at: Option<i64>,
    pub deletes_at: Option<i64>,
}

impl Rows {
    pub fn new(fold: Fold) -> Self {
        Self { fold, texts: Texts::default(), rows: Vec::new(), live: Bits::new(), revision: 0 }
    }

    /// Changes a row, or adds it after the last.
    pub fn set(&mut self, slot: Slot, room: &Room) {
        let fold = Some(self.fold);
        let texts = &mut self.texts;
        let recorded_id = Some(room.recorded_id()).filter(|id| *id != room.id.0);
        let row = Row {
            title: texts.number(room.title(), fold),
            id: texts.number(&room.id.0, fold),
            recorded_id: texts.optional(recorded_id, fold),
            owner: texts.optional(room.owner.as_deref(), fold),
            status: room.status.as_ref().map(place_of_status),
            created_at: room.created_at,
            deletes_at: room.settings.deletes_at,
        };
        match self.rows.get_mut(slot.at()) {
            Some(there) => *there = row,
            None => self.rows.push(row),
        }
        self.live.set(slot, true);
        self.revision += 1;
    }

    pub fn remove(&mut self, slot: Slot) {
        self.live.set(slot, false);
        self.revision += 1;
    }

    pub fn live(&self) -> &Bits {
        &self.live
    }

    pub fn revision(&self) -> u64 {
        self.revision
    }

    pub fn all(&self) -> &[Row] {
        &self.rows
    }

    /// The live ones of which it is so.
    pub fn which(&self, is_so: &dyn Fn(&Row) -> bool) -> Bits {
        let mut found = Bits::new();
        for slot in self.live.iter() {
            if self.rows.get(slot.at()).is_some_and(is_so) {
                found.set(slot, true);
            }
        }
        found
    }

    /// Those that have a folded text in one of theirs.
    pub fn with_text(&self, needle: &str) -> Bits {
        let texts = self.texts.with(needle);
        self.which(&|row| {
            [row.title, row.id, row.recorded_id, row.owner].iter().any(|it| texts.has(Slot(*it)))
        })
    }

    /// Those whose title or owner has a word that may have been meant.
    pub fn with_mistyped(&self, word: &Mistyped) -> Bits {
        let (mut seen, mut near) = (Bits::new(), Bits::new());
        for slot in self.live.iter() {
            let Some(row) = self.rows.get(slot.at()) else { continue };
            for text in [row.title, row.owner].into_iter().filter(|text| *text != NONE).map(Slot) {
                if !seen.has(text) {
                    seen.set(text, true);
                    near.set(text, word.is_in(self.texts.searchable(text.0)));
                }
            }
        }
        self.which(&|row| near.has(Slot(row.title)) || near.has(Slot(row.owner)))
    }

    /// As it is compared.
    pub fn folded(&self, text: u32) -> String {
        self.texts.folded(text)
    }
}

fn place_of_status(status: &RoomStatus) -> u8 {
    match status {
        RoomStatus::Active => 0,
        RoomStatus::Open => 1,
        RoomStatus::Closed => 2,
        RoomStatus::Ended => 3,
        RoomStatus::Unknown(_) => 4,
    }
}

impl RoomStatusGroup {
    /// As in [`Row::status`].
    pub fn place(self) -> u8 {
        place_of_status(match self {
            Self::Active => &RoomStatus::Active,
            Self::Open => &RoomStatus::Open,
            Self::Closed => &RoomStatus::Closed,
            Self::Ended => &RoomStatus::Ended,
        })
    }
}
