//! A hash table of numbers. What a number stands for, and so its equality and its hash, is the
//! owner's: texts stay where they are and cost the table four bytes each.

const EMPTY: u32 = u32::MAX;
const GONE: u32 = u32::MAX - 1;

#[derive(Default)]
pub struct Table {
    /// A power of two, or none.
    cells: Vec<u32>,
    /// Cells that are not empty.
    used: usize,
}

impl Table {
    pub fn find(&self, hash: u32, is_it: &dyn Fn(u32) -> bool) -> Option<u32> {
        let mask = self.cells.len().wrapping_sub(1);
        let mut at = hash as usize & mask;
        loop {
            match *self.cells.get(at)? {
                EMPTY => return None,
                GONE => {}
                value if is_it(value) => return Some(value),
                _ => {}
            }
            at = (at + 1) & mask;
        }
    }

    /// Adds what is not in it.
    pub fn add(&mut self, hash: u32, value: u32, hash_of: &dyn Fn(u32) -> u32) {
        // Half of the cells at most: to look at a number means to look at what it stands for.
        if (self.used + 1) * 2 > self.cells.len() {
            self.grow(0, hash_of);
        }
        self.used += 1;
        Self::place(&mut self.cells, hash, value);
    }

    pub fn remove(&mut self, hash: u32, value: u32) {
        let mask = self.cells.len().wrapping_sub(1);
        let mut at = hash as usize & mask;
        while let Some(cell) = self.cells.get_mut(at).filter(|cell| **cell != EMPTY) {
            if *cell == value {
                *cell = GONE;
                return;
            }
            at = (at + 1) & mask;
        }
    }

    /// Makes room for so many.
    pub fn reserve(&mut self, values: usize, hash_of: &dyn Fn(u32) -> u32) {
        if values * 2 > self.cells.len() {
            self.grow(values, hash_of);
        }
    }

    pub fn bytes(&self) -> usize {
        self.cells.capacity() * size_of::<u32>()
    }

    /// Makes room, and forgets what is gone.
    fn grow(&mut self, expected: usize, hash_of: &dyn Fn(u32) -> u32) {
        let values: Vec<u32> = self.cells.iter().copied().filter(|cell| *cell < GONE).collect();
        let cells = (expected.max(values.len() + 1) * 2).next_power_of_two().max(16);
        self.cells.clear();
        self.cells.resize(cells, EMPTY);
        self.used = values.len();
        for value in values {
            Self::place(&mut self.cells, hash_of(value), value);
        }
    }

    fn place(cells: &mut [u32], hash: u32, value: u32) {
        let mask = cells.len().wrapping_sub(1);
        let mut at = hash as usize & mask;
        while let Some(cell) = cells.get_mut(at) {
            if *cell >= GONE {
                *cell = value;
                return;
            }
            at = (at + 1) & mask;
        }
    }
}

pub fn hash(bytes: &[u8]) -> u32 {
    const FACTOR: u64 = 0x9e37_79b9_7f4a_7c15;
    let mut hash = bytes.len() as u64;
    let mut mix = |word: u64| hash = (hash.rotate_left(5) ^ word).wrapping_mul(FACTOR);
    let (chunks, rest) = bytes.as_chunks();
    chunks.iter().for_each(|chunk| mix(u64::from_le_bytes(*chunk)));
    mix(rest.iter().fold(0, |word, byte| word << 8 | u64::from(*byte)));
    // The last bytes reach only the upper bits of a product.
    ((hash ^ hash >> 32).wrapping_mul(FACTOR) >> 32) as u32
}
