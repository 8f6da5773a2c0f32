//! The numbers of all rows, a column for each kind.

use super::{grow, texts::NONE};

/// No date; one that no browser's `Date` can hold.
const NO_DATE: i64 = i64::MIN;
/// No duration, no size.
const NO_NATURAL: u64 = u64::MAX;

/// One row's numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Numbers {
    /// See `recorded`.
    pub flags: u8,
    pub label: u32,
    pub form: u32,
    pub session: u32,
    pub started: i64,
    pub ended: i64,
    pub listed: i64,
    pub duration: u64,
    pub size: u64,
}

#[derive(Default)]
pub struct Columns {
    pub flags: Vec<u8>,
    pub labels: Vec<u32>,
    pub forms: Vec<u32>,
    pub started: Vec<i64>,
    pub ended: Vec<i64>,
    pub durations: Vec<u64>,
    pub sizes: Vec<u64>,
    // Those that not every server has end with the last row that has a value.
    pub sessions: Vec<u32>,
    pub listed: Vec<i64>,
}

pub fn date(value: i64) -> Option<i64> {
    (value != NO_DATE).then_some(value)
}

pub fn natural(value: u64) -> Option<u64> {
    (value != NO_NATURAL).then_some(value)
}

pub fn of_date(value: Option<i64>) -> i64 {
    value.unwrap_or(NO_DATE)
}

pub fn of_natural(value: Option<u64>) -> u64 {
    value.unwrap_or(NO_NATURAL)
}

impl Columns {
    pub fn len(&self) -> usize {
        self.flags.len()
    }

    pub fn row(&self, at: usize) -> Numbers {
        let natural = |column: &Vec<u64>| column.get(at).copied().unwrap_or(NO_NATURAL);
        let date = |column: &Vec<i64>| column.get(at).copied().unwrap_or(NO_DATE);
        let number = |column: &Vec<u32>| column.get(at).copied().unwrap_or(NONE);
        Numbers {
            flags: self.flags.get(at).copied().unwrap_or_default(),
            label: number(&self.labels),
            form: number(&self.forms),
            session: number(&self.sessions),
            started: date(&self.started),
            ended: date(&self.ended),
            listed: date(&self.listed),
            duration: natural(&self.durations),
            size: natural(&self.sizes),
        }
    }

    /// Makes room for so many rows.
    pub fn reserve(&mut self, rows: usize) {
        self.flags.reserve_exact(rows);
        self.labels.reserve_exact(rows);
        self.forms.reserve_exact(rows);
        self.started.reserve_exact(rows);
        self.ended.reserve_exact(rows);
        self.durations.reserve_exact(rows);
        self.sizes.reserve_exact(rows);
    }

    /// Changes a row, or adds it after the last.
    pub fn set(&mut self, at: usize, row: Numbers) {
        if at == self.len() {
            push(&mut self.flags, row.flags);
            push(&mut self.labels, row.label);
            push(&mut self.forms, row.form);
            push(&mut self.started, row.started);
            push(&mut self.ended, row.ended);
            push(&mut self.durations, row.duration);
            push(&mut self.sizes, row.size);
        } else {
            change(&mut self.flags, at, row.flags);
            change(&mut self.labels, at, row.label);
            change(&mut self.forms, at, row.form);
            change(&mut self.started, at, row.started);
            change(&mut self.ended, at, row.ended);
            change(&mut self.durations, at, row.duration);
            change(&mut self.sizes, at, row.size);
        }
        change_short(&mut self.sessions, at, row.session, NONE);
        change_short(&mut self.listed, at, row.listed, NO_DATE);
    }

    #[inline]
    pub fn date(&self, at: usize) -> Option<i64> {
        match self.started.get(at) {
            Some(&NO_DATE) => self.listed.get(at).copied().and_then(date),
            started => started.copied(),
        }
    }

    pub fn bytes(&self) -> usize {
        self.flags.capacity()
            + (self.labels.capacity() + self.forms.capacity() + self.sessions.capacity()) * 4
            + (self.started.capacity() + self.ended.capacity() + self.listed.capacity()) * 8
            + (self.durations.capacity() + self.sizes.capacity()) * 8
    }
}

fn push<T>(column: &mut Vec<T>, value: T) {
    grow(column);
    column.push(value);
}

fn change<T>(column: &mut [T], at: usize, value: T) {
    if let Some(there) = column.get_mut(at) {
        *there = value;
    }
}

fn change_short<T: Copy + PartialEq>(column: &mut Vec<T>, at: usize, value: T, none: T) {
    if at < column.len() {
        change(column, at, value);
    } else if value != none {
        while column.len() < at {
            push(column, none);
        }
        push(column, value);
    }
}
