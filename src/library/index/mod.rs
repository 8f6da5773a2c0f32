//! All recordings known, a row each, in columns: 100,000 of them are searched and sorted between two
//! frames and take less memory than their JSON did. What repeats is kept once (`texts`, `tuples`), what does
//! not lies in blocks (`tails`). It knows nothing of views: those are the arranger's.

mod columns;
mod find;
mod matching;
mod mistyped;
mod recorded;
mod saved;
mod table;
mod tails;
#[cfg(test)]
pub(super) mod tests;
mod texts;
mod tuples;

use std::collections::BTreeMap;

use super::{Bits, Fold, Slot};
use crate::model::{Recording, Status, Subtitle};
use columns::Columns;
pub(super) use find::find;
pub(crate) use matching::date_key;
pub(crate) use mistyped::Mistyped;
pub(crate) use table::{Table, hash};
use tails::Tails;
pub(crate) use texts::{NONE, Texts};
use tuples::Tuples;

/// What people know rows by, and search in: numbers of texts.
type Label = [u32; 5];
// 0 is the name, which is in the title.
const DESCRIPTION: usize = 1;
const ROOM_ID: usize = 2;
const ROOM_NAME: usize = 3;
const TITLE: usize = 4;

/// Changes that are kept at least: those of some pages.
const CHANGES: usize = 4096;

pub struct Index {
    fold: Fold,
    /// The texts of labels.
    texts: Texts,
    /// Texts that nobody searches: layouts, encodings, failures, sessions.
    words: Texts,
    labels: Tuples<5>,
    /// How many rows have each label.
    labelled: Vec<u32>,
    forms: Tuples<{ recorded::FORM }>,
    columns: Columns,
    tails: Tails,
    slots: Table,
    rare: BTreeMap<u32, Rare>,
    live: Bits,
    len: usize,
    /// The latest changes to rows that were there before.
    changes: Vec<u32>,
    /// How many changes are not in `changes` any more.
    forgotten: u64,
}

/// What few rows have.
#[derive(Clone, Debug, Default, PartialEq)]
struct Rare {
    subtitles: Vec<Subtitle>,
    extra: Vec<(String, String)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Put {
    pub slot: Slot,
    pub is_new: bool,
    /// New, or no longer equal to what was there.
    pub is_changed: bool,
}

impl Index {
    pub fn new(fold: Fold) -> Self {
        Self {
            fold,
            texts: Texts::default(),
            words: Texts::default(),
            labels: Tuples::default(),
            labelled: Vec::new(),
            forms: Tuples::default(),
            columns: Columns::default(),
            tails: Tails::default(),
            slots: Table::default(),
            rare: BTreeMap::new(),
            live: Bits::new(),
            len: 0,
            changes: Vec::new(),
            forgotten: 0,
        }
    }

    /// Adds a recording, or updates the one that has its id, which keeps its slot.
    pub fn put(&mut self, recording: Recording) -> Put {
        let hash = hash(recording.id.as_str().as_bytes());
        let (row, rare) = self.record(&recording);
        let Some(slot) = self.find_hashed(recording.id.as_str(), hash) else {
            let slot = Slot(self.end());
            self.add(slot, hash, row);
            if rare != Rare::default() {
                self.rare.insert(slot.0, rare);
            }
            return Put { slot, is_new: true, is_changed: true };
        };
        let is_rare_changed = match self.rare.get(&slot.0) {
            Some(before) => *before != rare,
            None => rare != Rare::default(),
        };
        let before = self.columns.row(slot.at());
        let is_changed =
            is_rare_changed || before != row.numbers || self.tails.get(slot) != (row.id, row.file);
        if is_changed {
            self.count_label(before.label, false);
            self.count_label(row.numbers.label, true);
            self.columns.set(slot.at(), row.numbers);
            self.tails.change(slot, row.id, row.file, row.folded);
            self.rare.remove(&slot.0);
            if rare != Rare::default() {
                self.rare.insert(slot.0, rare);
            }
            self.note_change(slot);
        }
        Put { slot, is_new: false, is_changed }
    }

    /// Whether it was there.
    pub fn remove(&mut self, slot: Slot) -> bool {
        if !self.has(slot) {
            return false;
        }
        self.slots.remove(hash(self.id(slot).as_bytes()), slot.0);
        self.count_label(self.columns.row(slot.at()).label, false);
        self.tails.change(slot, "", "", None);
        self.rare.remove(&slot.0);
        self.live.set(slot, false);
        self.len -= 1;
        self.note_change(slot);
        true
    }

    pub fn find(&self, id: &str) -> Option<Slot> {
        self.find_hashed(id, hash(id.as_bytes()))
    }

    pub fn has(&self, slot: Slot) -> bool {
        self.live.has(slot)
    }

    /// Put together again, equal to what was put.
    pub fn get(&self, slot: Slot) -> Option<Recording> {
        self.has(slot).then(|| self.recording(slot))?
    }

    /// Empty when there is no such row.
    pub fn id(&self, slot: Slot) -> String {
        let (start, tail) = self.id_parts(slot);
        [start, tail].concat()
    }

    /// Empty when there is no such row.
    pub fn title(&self, slot: Slot) -> &str {
        self.text(slot, TITLE).unwrap_or_default()
    }

    pub fn room_id(&self, slot: Slot) -> Option<&str> {
        self.text(slot, ROOM_ID)
    }

    /// The same for all rows of a room and for no others; `None` without a room.
    pub(crate) fn room_number(&self, slot: Slot) -> Option<u32> {
        self.label(slot).map(|label| label[ROOM_ID]).filter(|number| *number != NONE)
    }

    pub fn room_name(&self, slot: Slot) -> Option<&str> {
        self.text(slot, ROOM_NAME)
    }

    pub fn status(&self, slot: Slot) -> Status {
        self.status_of(self.columns.row(slot.at()).form)
    }

    /// When it began, or at least when it was there: ms since 1970.
    pub fn date(&self, slot: Slot) -> Option<i64> {
        self.columns.date(slot.at())
    }

    /// Milliseconds.
    pub fn duration(&self, slot: Slot) -> Option<u64> {
        columns::natural(self.columns.row(slot.at()).duration)
    }

    /// Bytes.
    pub fn size(&self, slot: Slot) -> Option<u64> {
        columns::natural(self.columns.row(slot.at()).size)
    }

    pub fn len(&self) -> usize {
        self.len
    }

    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// In order of arrival.
    pub fn slots(&self) -> impl Iterator<Item = Slot> {
        self.live.iter()
    }

    /// The slots ever given out.
    pub fn end(&self) -> u32 {
        self.columns.len() as u32
    }

    /// Memory held.
    pub fn bytes(&self) -> usize {
        let text = |text: &String| text.capacity() + size_of::<String>();
        let rare = |rare: &Rare| {
            let subtitles = rare.subtitles.iter();
            subtitles.map(|it| text(&it.language) + text(&it.label) + text(&it.url)).sum::<usize>()
                + rare.extra.iter().map(|(key, value)| text(key) + text(value)).sum::<usize>()
                // With what its place in the tree costs.
                + 2 * size_of::<Rare>()
        };
        self.texts.bytes()
            + self.words.bytes()
            + self.labels.bytes()
            + self.labelled.capacity() * size_of::<u32>()
            + self.forms.bytes()
            + self.columns.bytes()
            + self.tails.bytes()
            + self.slots.bytes()
            + self.rare.values().map(rare).sum::<usize>()
            + self.live.bytes()
            + self.changes.capacity() * size_of::<u32>()
    }

    /// The rooms that rows are of, each once: id and name, which is the id where there is none.
    pub fn rooms(&self) -> impl Iterator<Item = (&str, &str)> {
        let mut seen = Bits::new();
        self.labels.all().iter().zip(&self.labelled).filter_map(move |(label, rows)| {
            let number = label[ROOM_ID];
            let id =
                self.texts.optionally(number).filter(|_| *rows > 0 && !seen.has(Slot(number)))?;
            seen.set(Slot(number), true);
            Some((id, self.room_title(label)))
        })
    }

    fn room_title(&self, label: &Label) -> &str {
        let name = self.texts.optionally(label[ROOM_NAME]).map(str::trim);
        name.filter(|name| !name.is_empty()).unwrap_or_else(|| self.texts.get(label[ROOM_ID]))
    }

    fn find_hashed(&self, id: &str, hash: u32) -> Option<Slot> {
        let is_it = |slot: u32| {
            let (start, tail) = self.id_parts(Slot(slot));
            id.len() == start.len() + tail.len() && id.ends_with(tail) && id.starts_with(start)
        };
        self.slots.find(hash, &is_it).map(Slot)
    }

    fn add(&mut self, slot: Slot, hash_of: u32, row: recorded::Row) {
        self.count_label(row.numbers.label, true);
        self.columns.set(slot.at(), row.numbers);
        self.tails.push(row.id, row.file, row.folded);
        self.live.set(slot, true);
        self.len += 1;
        let mut slots = std::mem::take(&mut self.slots);
        slots.add(hash_of, slot.0, &|slot| hash(self.id(Slot(slot)).as_bytes()));
        self.slots = slots;
    }

    fn count_label(&mut self, label: u32, is_more: bool) {
        let at = label as usize;
        if at >= self.labelled.len() {
            self.labelled.resize(at + 1, 0);
        }
        if let Some(rows) = self.labelled.get_mut(at) {
            *rows = if is_more { *rows + 1 } else { rows.saturating_sub(1) };
        }
    }

    fn note_change(&mut self, slot: Slot) {
        if self.changes.len() >= CHANGES.max(self.len / 8) {
            self.forgotten += self.changes.len() as u64;
            self.changes.clear();
        }
        self.changes.push(slot.0);
    }
}

/// Makes room for one more. Twice the room, as vectors take, would be too much for columns of many rows.
fn grow<T>(column: &mut Vec<T>) {
    if column.len() == column.capacity() {
        column.reserve_exact(column.len() / 8 + 16);
    }
}
