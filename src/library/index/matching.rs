//! Which rows are as wanted, for the arranger: what repeats is looked at once and not with every row.

use super::{
    DESCRIPTION, Index, Label, Mistyped, ROOM_ID, ROOM_NAME, TITLE, find::contains, recorded,
    texts::NONE,
};
use crate::{
    library::{Bits, Slot, StatusGroup},
    model::SortKey,
};

const WORD: usize = u64::BITS as usize;

/// The parts of a label that words are searched in; a name is in its title.
const SEARCHED: [usize; 4] = [TITLE, ROOM_NAME, DESCRIPTION, ROOM_ID];

impl Index {
    pub(in crate::library) fn live(&self) -> &Bits {
        &self.live
    }

    /// Counts the changes of rows; new ones are told by their slots.
    pub(in crate::library) fn revision(&self) -> u64 {
        self.forgotten + self.changes.len() as u64
    }

    /// The rows that were changed or removed since then; `None` when that is too long ago.
    pub(in crate::library) fn changed_since(&self, revision: u64) -> Option<&[u32]> {
        let known = usize::try_from(revision.checked_sub(self.forgotten)?).ok()?;
        self.changes.get(known..)
    }

    /// Those of the `asked` rows that have a folded text in one of theirs.
    pub(in crate::library) fn with_text(&self, needle: &str, asked: &Bits) -> Bits {
        let texts = self.texts.with(needle);
        let has = |label: &Label| SEARCHED.iter().any(|part| texts.has(Slot(label[*part])));
        let mut found = self.with_labels(&has);
        found.and(asked);
        let mut rest = asked.clone();
        rest.and_not(&found);
        self.tails.find(needle, &rest, &mut found);
        // What begins in the room's id and ends in a tail.
        let joins = |label: &Label| joins(self.texts.get(label[ROOM_ID]), needle);
        if self.labels.all().iter().any(joins) {
            let mut joined = self.with_labels(&joins);
            joined.and(&rest);
            joined.and_not(&found);
            for slot in joined.iter() {
                if self.has_joined(slot, needle) {
                    found.set(slot, true);
                }
            }
        }
        found
    }

    /// The same for one row.
    pub(in crate::library) fn has_text(&self, slot: Slot, needle: &str) -> bool {
        let Some(label) = self.label(slot).filter(|_| self.has(slot)) else { return false };
        SEARCHED.iter().any(|part| contains(self.texts.searchable(label[*part]), needle))
            || self.tails.has(slot, needle)
            || joins(self.texts.get(label[ROOM_ID]), needle) && self.has_joined(slot, needle)
    }

    /// Rows whose title, room or description has a word that may have been meant.
    pub(in crate::library) fn with_mistyped(&self, word: &Mistyped) -> Bits {
        let (mut seen, mut near) = (Bits::new(), Bits::new());
        for (label, rows) in self.labels.all().iter().zip(&self.labelled) {
            for part in [TITLE, ROOM_NAME, DESCRIPTION] {
                let text = Slot(label[part]);
                if *rows > 0 && label[part] != NONE && !seen.has(text) {
                    seen.set(text, true);
                    near.set(text, word.is_in(self.texts.searchable(label[part])));
                }
            }
        }
        let mut found = self.with_labels(&|label| {
            [TITLE, ROOM_NAME, DESCRIPTION].iter().any(|part| near.has(Slot(label[*part])))
        });
        found.and(&self.live);
        found
    }

    /// Rows whose room has a folded text in its name or id, or, without a name, in the title.
    pub(in crate::library) fn with_room(&self, needle: &str) -> Bits {
        let texts = self.texts.with(needle);
        self.with_labels(&|label| {
            let named = if label[ROOM_NAME] == NONE { TITLE } else { ROOM_NAME };
            [named, ROOM_ID].iter().any(|part| texts.has(Slot(label[*part])))
        })
    }

    pub(in crate::library) fn with_room_id(&self, id: &str) -> Bits {
        self.with_labels(&|label| self.texts.optionally(label[ROOM_ID]) == Some(id))
    }

    pub(in crate::library) fn with_status(&self, group: StatusGroup) -> Bits {
        let wanted: Vec<bool> = (0..self.forms.all().len())
            .map(|form| group.has(&self.status_of(form as u32)))
            .collect();
        rows_of(&self.columns.forms, &wanted)
    }

    /// What rows are sorted and compared by: numbers in the order of the values, all ones for no value.
    /// Titles by their ranks.
    pub(in crate::library) fn keys(&self, key: SortKey, ranks: &[u32]) -> Vec<u64> {
        match key {
            SortKey::Date => {
                (0..self.columns.len()).map(|at| date_key(self.columns.date(at))).collect()
            }
            SortKey::Duration => self.columns.durations.clone(),
            SortKey::Size => self.columns.sizes.clone(),
            SortKey::Room => {
                let of_label: Vec<u64> = self.titles().map(|title| rank(ranks, title)).collect();
                let label =
                    |label: &u32| of_label.get(*label as usize).copied().unwrap_or(u64::MAX);
                self.columns.labels.iter().map(label).collect()
            }
        }
    }

    /// One row's.
    pub(in crate::library) fn key(&self, slot: Slot, key: SortKey, ranks: &[u32]) -> u64 {
        let number = |column: &Vec<u64>| column.get(slot.at()).copied().unwrap_or(u64::MAX);
        match key {
            SortKey::Date => date_key(self.columns.date(slot.at())),
            SortKey::Duration => number(&self.columns.durations),
            SortKey::Size => number(&self.columns.sizes),
            SortKey::Room => self.label(slot).map_or(u64::MAX, |label| rank(ranks, label[TITLE])),
        }
    }

    /// The numbers of the labels' titles.
    pub(in crate::library) fn titles(&self) -> impl ExactSizeIterator<Item = u32> {
        self.labels.all().iter().map(|label| label[TITLE])
    }

    /// A title as it is compared.
    pub(in crate::library) fn folded_title(&self, title: u32) -> String {
        self.texts.folded(title)
    }

    /// How many of the rows each room has: id, name, count.
    pub(in crate::library) fn count_rooms(&self, rows: &Bits) -> Vec<(&str, &str, usize)> {
        let mut of_label = vec![0_usize; self.labels.all().len()];
        for slot in rows.iter() {
            let label = self
                .columns
                .labels
                .get(slot.at())
                .and_then(|label| of_label.get_mut(*label as usize));
            if let Some(count) = label {
                *count += 1;
            }
        }
        // By text: sorted, the labels of a room lie together.
        let mut labels: Vec<(&Label, usize)> = self.labels.all().iter().zip(of_label).collect();
        labels.retain(|(label, rows)| *rows > 0 && label[ROOM_ID] != NONE);
        labels.sort_unstable_by_key(|(label, _)| label[ROOM_ID]);
        let room = |labels: &[(&Label, usize)]| {
            let (label, _) = labels.first()?;
            let count = labels.iter().map(|(_, count)| count).sum();
            Some((self.texts.get(label[ROOM_ID]), self.room_title(label), count))
        };
        labels.chunk_by(|a, b| a.0[ROOM_ID] == b.0[ROOM_ID]).filter_map(room).collect()
    }

    fn with_labels(&self, is_wanted: &dyn Fn(&Label) -> bool) -> Bits {
        let wanted: Vec<bool> = self.labels.all().iter().map(is_wanted).collect();
        rows_of(&self.columns.labels, &wanted)
    }

    fn has_joined(&self, slot: Slot, needle: &str) -> bool {
        let has = |(start, tail): (&str, &str), flag: u8| {
            let flags = self.columns.flags.get(slot.at()).copied().unwrap_or_default();
            flags & flag != 0 && crosses(start, tail, needle)
        };
        has(self.id_parts(slot), recorded::ID_SHARES)
            || has(self.file_parts(slot), recorded::FILE_SHARES)
    }
}

/// Whether a text ends as `needle` begins.
fn joins(text: &str, needle: &str) -> bool {
    (1..needle.len()).any(|shared| ends_with(text, needle, shared))
}

/// Whether `needle` is partly at the end of one text and partly at the start of the next.
fn crosses(start: &str, tail: &str, needle: &str) -> bool {
    (1..needle.len()).any(|shared| {
        let rest = needle.as_bytes().get(shared..).unwrap_or_default();
        let head = tail.as_bytes().get(..rest.len());
        head.is_some_and(|head| head.eq_ignore_ascii_case(rest)) && ends_with(start, needle, shared)
    })
}

/// Whether a text ends with the first `shared` bytes of `needle`.
fn ends_with(text: &str, needle: &str, shared: usize) -> bool {
    let end = text.len().checked_sub(shared).and_then(|at| text.as_bytes().get(at..));
    end.zip(needle.as_bytes().get(..shared))
        .is_some_and(|(end, head)| end.eq_ignore_ascii_case(head))
}

/// The rows whose number in a column is wanted.
fn rows_of(column: &[u32], wanted: &[bool]) -> Bits {
    let word = |rows: &[u32]| {
        rows.iter().enumerate().fold(0, |word, (bit, number)| {
            word | u64::from(wanted.get(*number as usize).copied().unwrap_or_default()) << bit
        })
    };
    Bits::from_words(column.chunks(WORD).map(word).collect())
}

/// Dates before 1970 are before those after.
pub(crate) fn date_key(date: Option<i64>) -> u64 {
    date.map_or(u64::MAX, |date| date as u64 ^ 1 << 63)
}

fn rank(ranks: &[u32], title: u32) -> u64 {
    ranks.get(title as usize).map_or(u64::MAX, |rank| (*rank).into())
}
