//! The persisted form of an index: version, tables of what repeats, rows, what few have, checksum. Numbers are
//! variable in length, and none refers to what is not there, so that it is small and holds nothing of rows
//! that are gone. Whatever storage gives back, reading it ends in an index or in nothing.

use super::{
    Index, Label, ROOM_ID, Rare, TITLE,
    columns::{self, Numbers},
    recorded::{FILE_SHARES, FORM, HAS_FILE, ID_SHARES, Row, STATUS, WORDS},
    table::hash,
    texts::{NONE, Texts},
};
use crate::{
    library::{Fold, Slot},
    model::Subtitle,
};

/// Changes with the format; what was saved in another is loaded from the server again.
const VERSION: &[u8] = b"recordings 1\n";
/// A row in its shortest form, with an id of one byte.
const SHORTEST_ROW: usize = 11;

impl Index {
    pub fn save(&self) -> Vec<u8> {
        let is_labelled = |label: usize| self.labelled.get(label).is_some_and(|rows| *rows > 0);
        let labels = Kept::of(self.labels.all().len(), is_labelled);
        let mut forms = vec![false; self.forms.all().len()];
        let mut words = vec![false; self.words.len()];
        let mut texts = vec![false; self.texts.len()];
        for slot in self.live.iter() {
            let row = self.columns.row(slot.at());
            mark(&mut forms, row.form);
            mark(&mut words, row.session);
        }
        let forms = Kept::of(forms.len(), |form| forms.get(form) == Some(&true));
        for form in kept(&forms, self.forms.all()) {
            form.get(WORDS).into_iter().flatten().for_each(|word| mark(&mut words, *word));
        }
        for label in kept(&labels, self.labels.all()) {
            label.iter().for_each(|text| mark(&mut texts, *text));
        }
        let words = Kept::of(words.len(), |word| words.get(word) == Some(&true));
        let texts = Kept::of(texts.len(), |text| texts.get(text) == Some(&true));

        let mut writer = Writer { bytes: VERSION.to_vec() };
        // Most of a row is its own texts.
        writer.bytes.reserve(self.tails.bytes() + self.len * 24);
        for (pool, kept) in [(&self.texts, &texts), (&self.words, &words)] {
            writer.natural(kept.count);
            kept.numbers().for_each(|number| writer.text(pool.get(number)));
        }
        writer.natural(labels.count);
        for label in kept(&labels, self.labels.all()) {
            label.iter().for_each(|text| writer.number(texts.new_number(*text)));
        }
        writer.natural(forms.count);
        for form in kept(&forms, self.forms.all()) {
            for (at, number) in form.iter().enumerate() {
                writer.number(if WORDS.contains(&at) {
                    words.new_number(*number)
                } else {
                    *number
                });
            }
        }
        writer.natural(self.len as u64);
        for slot in self.live.iter() {
            let row = self.columns.row(slot.at());
            writer.bytes.push(row.flags);
            writer.number(labels.new_number(row.label));
            writer.number(forms.new_number(row.form));
            writer.number(words.new_number(row.session));
            writer.date(row.started, 0);
            writer.date(row.ended, row.started);
            writer.date(row.listed, row.started);
            writer.natural(row.duration.wrapping_add(1));
            writer.natural(row.size.wrapping_add(1));
            let (id, file) = self.tails.get(slot);
            writer.text(id);
            writer.text(file);
        }
        self.save_rare(&mut writer);
        let checksum = hash(&writer.bytes);
        writer.bytes.extend(checksum.to_le_bytes());
        writer.bytes
    }

    /// `None` when it is not, wholly and exactly, what [`Self::save`] wrote.
    pub fn load(bytes: &[u8], fold: Fold) -> Option<Self> {
        let (rest, checksum) = bytes.split_last_chunk::<4>()?;
        if hash(rest) != u32::from_le_bytes(*checksum) {
            return None;
        }
        let mut reader = Reader { rest: rest.strip_prefix(VERSION)? };
        let mut index = Self::new(fold);
        load_texts(&mut reader, &mut index.texts, Some(fold))?;
        load_texts(&mut reader, &mut index.words, None)?;
        for number in 0..reader.count(size_of::<Label>() / 4)? {
            let mut label = [0; 5];
            for text in &mut label {
                *text = reader.number(index.texts.len())?;
            }
            let is_new = index.labels.number(label) == number as u32;
            (is_new && label[TITLE] != NONE).then_some(())?;
        }
        for number in 0..reader.count(FORM)? {
            let mut form = [0; FORM];
            for (at, cell) in form.iter_mut().enumerate() {
                let end = if WORDS.contains(&at) { index.words.len() } else { u32::MAX as usize };
                *cell = reader.number(end)?;
            }
            (index.forms.number(form) == number as u32 && form[STATUS] != NONE).then_some(())?;
        }
        let rows = reader.count(SHORTEST_ROW)?;
        index.columns.reserve(rows);
        index.slots.reserve(rows, &|_| 0);
        for _ in 0..rows {
            index.load_row(&mut reader)?;
        }
        index.load_rare(&mut reader)?;
        reader.rest.is_empty().then_some(index)
    }

    fn load_row(&mut self, reader: &mut Reader) -> Option<()> {
        let flags = reader.byte()?;
        let label = reader.number(self.labels.all().len())?;
        let form = reader.number(self.forms.all().len()).filter(|form| *form != NONE)?;
        let session = reader.number(self.words.len())?;
        let started = reader.date(0)?;
        let numbers = Numbers {
            flags,
            label,
            form,
            session,
            started,
            ended: reader.date(started)?,
            listed: reader.date(started)?,
            duration: reader.natural()?.wrapping_sub(1),
            size: reader.natural()?.wrapping_sub(1),
        };
        let (id, file) = (reader.text()?, reader.text()?);
        let room =
            self.texts.optionally(self.labels.get(label)?[ROOM_ID]).filter(|room| !room.is_empty());
        let shares = flags & (ID_SHARES | FILE_SHARES);
        let is_sound = flags & !(ID_SHARES | FILE_SHARES | HAS_FILE) == 0
            && (shares == 0 || room.is_some() && id.is_ascii() && file.is_ascii())
            && (flags & HAS_FILE != 0 || flags & FILE_SHARES == 0 && file.is_empty());
        let start = room.filter(|_| flags & ID_SHARES != 0).unwrap_or_default();
        if !is_sound || start.trim().is_empty() && id.trim().is_empty() {
            return None;
        }
        let whole = [start, id].concat();
        let hash = hash(whole.as_bytes());
        if self.find_hashed(&whole, hash).is_some() {
            return None;
        }
        let folded = self.folded(id, file);
        self.add(Slot(self.end()), hash, Row { numbers, id, file, folded });
        Some(())
    }

    fn save_rare(&self, writer: &mut Writer) {
        writer.natural(self.rare.len() as u64);
        let mut row = 0;
        let mut live = self.live.iter();
        for (slot, rare) in &self.rare {
            // Rows are saved without gaps.
            row += live.by_ref().take_while(|live| live.0 != *slot).count() as u64;
            writer.natural(row);
            row += 1;
            writer.natural(rare.subtitles.len() as u64);
            for it in &rare.subtitles {
                [&it.language, &it.label, &it.url].into_iter().for_each(|text| writer.text(text));
            }
            writer.natural(rare.extra.len() as u64);
            for (key, value) in &rare.extra {
                writer.text(key);
                writer.text(value);
            }
        }
    }

    fn load_rare(&mut self, reader: &mut Reader) -> Option<()> {
        for _ in 0..reader.count(3)? {
            let row = reader.number_below(self.end())?;
            let mut rare = Rare::default();
            for _ in 0..reader.count(3)? {
                let [language, label, url] =
                    [reader.text()?, reader.text()?, reader.text()?].map(str::to_owned);
                rare.subtitles.push(Subtitle { language, label, url });
            }
            for _ in 0..reader.count(2)? {
                rare.extra.push((reader.text()?.to_owned(), reader.text()?.to_owned()));
            }
            self.rare.insert(row, rare);
        }
        Some(())
    }
}

fn load_texts(reader: &mut Reader, texts: &mut Texts, fold: Option<Fold>) -> Option<()> {
    for number in 0..reader.count(1)? {
        // A text that came before has another number already.
        (texts.number(reader.text()?, fold) == number as u32).then_some(())?;
    }
    Some(())
}

/// What is saved of a table, and its numbers then.
struct Kept {
    /// `NONE` for what is left out.
    new: Vec<u32>,
    count: u64,
}

impl Kept {
    fn of(len: usize, is_kept: impl Fn(usize) -> bool) -> Self {
        let mut count = 0;
        let new = (0..len)
            .map(|old| {
                if !is_kept(old) {
                    return NONE;
                }
                count += 1;
                count - 1
            })
            .collect();
        Self { new, count: count.into() }
    }

    fn new_number(&self, old: u32) -> u32 {
        self.new.get(old as usize).copied().unwrap_or(NONE)
    }

    fn numbers(&self) -> impl Iterator<Item = u32> {
        self.new.iter().enumerate().filter(|(_, new)| **new != NONE).map(|(old, _)| old as u32)
    }
}

fn kept<'a, T>(kept: &'a Kept, all: &'a [T]) -> impl Iterator<Item = &'a T> {
    kept.numbers().filter_map(|old| all.get(old as usize))
}

fn mark(marks: &mut [bool], number: u32) {
    if let Some(mark) = marks.get_mut(number as usize) {
        *mark = true;
    }
}

struct Writer {
    bytes: Vec<u8>,
}

impl Writer {
    /// Seven bits a byte, the lowest first.
    fn natural(&mut self, mut value: u64) {
        while value >= 0x80 {
            self.bytes.push(value as u8 | 0x80);
            value >>= 7;
        }
        self.bytes.push(value as u8);
    }

    /// `NONE` is 0.
    fn number(&mut self, number: u32) {
        self.natural(number.wrapping_add(1).into());
    }

    /// As its distance from another, the sign in the lowest bit.
    fn date(&mut self, date: i64, from: i64) {
        let distance =
            columns::date(date).map(|date| date.wrapping_sub(columns::date(from).unwrap_or(0)));
        self.natural(distance.map_or(0, |it| ((it << 1 ^ it >> 63) as u64).wrapping_add(1)));
    }

    fn text(&mut self, text: &str) {
        self.natural(text.len() as u64);
        self.bytes.extend_from_slice(text.as_bytes());
    }
}

struct Reader<'a> {
    rest: &'a [u8],
}

impl<'a> Reader<'a> {
    fn byte(&mut self) -> Option<u8> {
        let (byte, rest) = self.rest.split_first()?;
        self.rest = rest;
        Some(*byte)
    }

    fn natural(&mut self) -> Option<u64> {
        let mut value = 0;
        for shift in (0..u64::BITS).step_by(7) {
            let byte = self.byte()?;
            value |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Some(value);
            }
        }
        None
    }

    /// How many follow, each of at least so many bytes: there cannot be more than fit.
    fn count(&mut self, shortest: usize) -> Option<usize> {
        let count = usize::try_from(self.natural()?).ok()?;
        (count <= self.rest.len() / shortest).then_some(count)
    }

    /// Below `end`, or `NONE`.
    fn number(&mut self, end: usize) -> Option<u32> {
        match self.natural()? {
            0 => Some(NONE),
            number => u32::try_from(number - 1).ok().filter(|number| (*number as usize) < end),
        }
    }

    fn number_below(&mut self, end: u32) -> Option<u32> {
        u32::try_from(self.natural()?).ok().filter(|number| *number < end)
    }

    fn date(&mut self, from: i64) -> Option<i64> {
        let distance =
            self.natural()?.checked_sub(1).map(|it| (it >> 1) as i64 ^ -((it & 1) as i64));
        Some(columns::of_date(distance.map(|it| it.wrapping_add(columns::date(from).unwrap_or(0)))))
    }

    fn text(&mut self) -> Option<&'a str> {
        let length = usize::try_from(self.natural()?).ok()?;
        let (text, rest) = self.rest.split_at_checked(length)?;
        self.rest = rest;
        std::str::from_utf8(text).ok()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{
        super::tests::{Change, change, fold, sample},
        *,
    };

    fn index(changes: Vec<Change>) -> Index {
        let mut index = Index::new(fold);
        for change in changes {
            match change {
                Change::Put(it) => {
                    index.put(*it);
                }
                Change::Remove(n) => {
                    index.remove(Slot(n as u32));
                }
            }
        }
        index
    }

    /// All that can be asked of it.
    fn look_at(index: &Index) -> usize {
        let rows = index.slots().filter_map(|slot| index.get(slot));
        let known = rows.filter(|it| index.find(it.id.as_str()).is_some()).count();
        assert_eq!(known, index.len());
        index.with_text("a", index.live()).count() + index.save().len()
    }

    fn seal(bytes: &mut Vec<u8>) {
        bytes.truncate(bytes.len().saturating_sub(4));
        bytes.extend(hash(bytes).to_le_bytes());
    }

    proptest! {
        #[test]
        fn what_is_loaded_is_what_was_saved(changes in prop::collection::vec(change(), 0..60)) {
            let index = index(changes);
            let saved = index.save();
            let loaded = Index::load(&saved, fold).unwrap();
            let all = |index: &Index| index.slots().map(|slot| index.get(slot)).collect::<Vec<_>>();
            prop_assert_eq!(all(&loaded), all(&index));
            prop_assert_eq!(loaded.end() as usize, index.len());
            prop_assert_eq!(loaded.save(), saved);
            let a = |index: &Index| index.with_text("a", index.live()).count();
            prop_assert_eq!(a(&loaded), a(&index));
        }

        #[test]
        fn other_bytes_are_nothing(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            prop_assert!(Index::load(&bytes, fold).is_none());
        }

        #[test]
        fn a_flipped_bit_or_a_missing_end_is_noticed(
            changes in prop::collection::vec(change(), 1..20), at in any::<prop::sample::Index>(), bit in 0..8,
        ) {
            let saved = index(changes).save();
            let at = at.index(saved.len());
            prop_assert!(Index::load(&saved[..at], fold).is_none());
            let mut flipped = saved;
            flipped[at] ^= 1_u8 << bit;
            prop_assert!(Index::load(&flipped, fold).is_none());
        }

        /// Even when the checksum has been made to fit.
        #[test]
        fn damage_never_panics(
            changes in prop::collection::vec(change(), 1..20),
            damage in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6),
            end in prop::option::weighted(0.2, any::<prop::sample::Index>()),
        ) {
            let mut bytes = index(changes).save();
            for (at, byte) in damage {
                let at = VERSION.len() + at.index(bytes.len() - VERSION.len());
                bytes[at] = byte;
            }
            if let Some(end) = end {
                bytes.truncate(end.index(bytes.len()));
            }
            seal(&mut bytes);
            if let Some(index) = Index::load(&bytes, fold) {
                look_at(&index);
            }
        }
    }

    #[test]
    fn a_row_is_saved_in_less_than_a_hundred_bytes() {
        let mut index = Index::new(fold);
        for it in sample(10_000) {
            index.put(it);
        }
        let saved = index.save().len() / 10_000;
        assert!(saved < 100, "{saved}");
    }
}
