//! The texts that every row has its own of, ids and file names, without the room's id that most of them
//! begin with. They lie in blocks of rows, in the rows' order: searched in one sweep each, and cheap to change.

use super::find::{contains, sweep};
use crate::library::{Bits, Slot};

/// Rows in a block: a multiple of the bits in a word, and no more than a byte counts.
const ROWS: usize = 256;
/// The id's and the file name's.
const TEXTS: usize = 2;
/// A sweep costs about as much as this many rows looked at one by one.
const FEW: u32 = 32;

#[derive(Default)]
pub struct Tails {
    blocks: Vec<Block>,
}

#[derive(Default)]
struct Block {
    all: String,
    ends: Vec<u32>,
    /// The rows that are not ASCII, whose texts are whole.
    folded: Vec<Folded>,
}

pub struct Folded {
    row: u8,
    pub id: Box<str>,
    pub file: Box<str>,
}

impl Folded {
    pub fn new(id: String, file: String) -> Self {
        Self { row: 0, id: id.into(), file: file.into() }
    }
}

impl Tails {
    /// Gives the row after the last its texts.
    pub fn push(&mut self, id: &str, file: &str, folded: Option<Folded>) {
        if self.blocks.last().is_none_or(|block| block.ends.len() == ROWS * TEXTS) {
            if let Some(full) = self.blocks.last_mut() {
                full.all.shrink_to_fit();
            }
            let ends = Vec::with_capacity(ROWS * TEXTS);
            self.blocks.push(Block { ends, ..Block::default() });
        }
        let Some(block) = self.blocks.last_mut() else { return };
        if let Some(folded) = folded {
            block.folded.push(Folded { row: (block.ends.len() / TEXTS) as u8, ..folded });
        }
        for text in [id, file] {
            block.all.push_str(text);
            block.ends.push(block.all.len() as u32);
        }
    }

    pub fn change(&mut self, slot: Slot, id: &str, file: &str, folded: Option<Folded>) {
        let Some(block) = self.blocks.get_mut(slot.at() / ROWS) else { return };
        let row = slot.at() % ROWS;
        let (start, middle, end) =
            (block.at(row * TEXTS), block.at(row * TEXTS + 1), block.at(row * TEXTS + 2));
        if block.part(start, middle) != id || block.part(middle, end) != file {
            let rest = block.part(end, block.all.len()).to_owned();
            block.all.truncate(start);
            block.all.push_str(id);
            let middle = block.all.len();
            block.all.push_str(file);
            let (before, after) = (end, block.all.len());
            block.all.push_str(&rest);
            for (at, end) in block.ends.iter_mut().enumerate().skip(row * TEXTS) {
                *end = match at - row * TEXTS {
                    0 => middle as u32,
                    1 => after as u32,
                    _ => (*end as usize - before + after) as u32,
                };
            }
        }
        block.folded.retain(|folded| usize::from(folded.row) != row);
        block.folded.extend(folded.map(|folded| Folded { row: row as u8, ..folded }));
    }

    /// Those of the id and of the file name.
    pub fn get(&self, slot: Slot) -> (&str, &str) {
        let Some(block) = self.blocks.get(slot.at() / ROWS) else { return ("", "") };
        let first = slot.at() % ROWS * TEXTS;
        let (start, middle, end) = (block.at(first), block.at(first + 1), block.at(first + 2));
        (block.part(start, middle), block.part(middle, end))
    }

    pub fn folded(&self, slot: Slot) -> Option<&Folded> {
        self.blocks
            .get(slot.at() / ROWS)?
            .folded
            .iter()
            .find(|it| usize::from(it.row) == slot.at() % ROWS)
    }

    /// Whether a folded text is in one of a row's own.
    pub fn has(&self, slot: Slot, needle: &str) -> bool {
        match self.folded(slot) {
            Some(folded) => contains(&folded.id, needle) || contains(&folded.file, needle),
            None => {
                let (id, file) = self.get(slot);
                contains(id, needle) || contains(file, needle)
            }
        }
    }

    /// Adds to `found` those of the `asked` rows that have a folded text in one of their own.
    pub fn find(&self, needle: &str, asked: &Bits, found: &mut Bits) {
        const WORDS: usize = ROWS / u64::BITS as usize;
        for (at, (block, asked)) in self.blocks.iter().zip(asked.words().chunks(WORDS)).enumerate()
        {
            let first = (at * ROWS) as u32;
            let count: u32 = asked.iter().map(|word| word.count_ones()).sum();
            if count <= FEW {
                for (word, bits) in asked.iter().enumerate() {
                    let mut rest = *bits;
                    while rest != 0 {
                        let slot = Slot(first + word as u32 * u64::BITS + rest.trailing_zeros());
                        rest &= rest - 1;
                        if self.has(slot, needle) {
                            found.set(slot, true);
                        }
                    }
                }
                continue;
            }
            let mut hits = [0_u64; WORDS];
            let mut set = |row: usize, is_in: bool| {
                if let Some(word) = hits.get_mut(row / 64) {
                    let bit = 1 << (row % 64);
                    if is_in { *word |= bit } else { *word &= !bit }
                }
            };
            if needle.is_ascii() {
                sweep(block.all.as_bytes(), &block.ends, TEXTS, needle.as_bytes(), &mut |row| {
                    set(row, true)
                });
            }
            for folded in &block.folded {
                set(
                    folded.row.into(),
                    contains(&folded.id, needle) || contains(&folded.file, needle),
                );
            }
            for (word, (hits, asked)) in hits.iter().zip(asked).enumerate() {
                found.add_word(at * WORDS + word, hits & asked);
            }
        }
    }

    pub fn bytes(&self) -> usize {
        let block = |block: &Block| {
            let folded: usize = block.folded.iter().map(|it| it.id.len() + it.file.len()).sum();
            block.all.capacity()
                + block.ends.capacity() * size_of::<u32>()
                + block.folded.capacity() * size_of::<Folded>()
                + folded
        };
        self.blocks.capacity() * size_of::<Block>() + self.blocks.iter().map(block).sum::<usize>()
    }
}

impl Block {
    /// Where a text begins.
    fn at(&self, text: usize) -> usize {
        text.checked_sub(1).and_then(|before| self.ends.get(before)).map_or(0, |end| *end as usize)
    }

    fn part(&self, start: usize, end: usize) -> &str {
        self.all.get(start..end).unwrap_or_default()
    }
}
