//! The number of a row in the index.

/// Stays the same recording until that is removed, and is never given to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Slot(pub u32);

impl Slot {
    pub fn at(self) -> usize {
        self.0 as usize
    }
}
