//! Combinations of numbers that repeat, each kept once: the rows of a room differ in little.

use super::{
    grow,
    table::{Table, hash},
};

pub struct Tuples<const N: usize> {
    all: Vec<[u32; N]>,
    numbers: Table,
}

impl<const N: usize> Default for Tuples<N> {
    fn default() -> Self {
        Self { all: Vec::new(), numbers: Table::default() }
    }
}

impl<const N: usize> Tuples<N> {
    pub fn number(&mut self, tuple: [u32; N]) -> u32 {
        let hash = hash_of(&tuple);
        let Self { all, numbers } = self;
        if let Some(number) = numbers.find(hash, &|number| all.get(number as usize) == Some(&tuple))
        {
            return number;
        }
        let number = all.len() as u32;
        grow(all);
        all.push(tuple);
        numbers.add(hash, number, &|number| all.get(number as usize).map_or(0, hash_of));
        number
    }

    pub fn get(&self, number: u32) -> Option<&[u32; N]> {
        self.all.get(number as usize)
    }

    pub fn all(&self) -> &[[u32; N]] {
        &self.all
    }

    pub fn bytes(&self) -> usize {
        self.all.capacity() * size_of::<[u32; N]>() + self.numbers.bytes()
    }
}

fn hash_of<const N: usize>(tuple: &[u32; N]) -> u32 {
    tuple.iter().fold(N as u32, |seed, number| {
        hash(&(u64::from(seed) << 32 | u64::from(*number)).to_le_bytes())
    })
}
