//! What was measured against what it may be: as a table and as JSON.

use std::fmt::{Display, Formatter, Result};

use serde_json::{Value, json};

use super::side::Who;
use crate::bench::samples::{figure, median, verdict, worst};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    /// From the moment at which the video is told what to play.
    FirstFrame(Index),
    /// From the click in the list. The bare video has no list: its first frame counts.
    Click(Index),
    Requests(Index),
    Seek,
    Close,
    Heap,
}

/// Where a film's index is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Index {
    First,
    Last,
}

/// What it may be.
enum Budget {
    /// So many times what the bare video takes.
    Times(f64),
    /// So much more than the bare video takes.
    More(f64),
    /// In all, even the worst.
    Within(f64),
}

impl Measure {
    pub const ALL: [Self; 9] = [
        Self::FirstFrame(Index::First),
        Self::FirstFrame(Index::Last),
        Self::Click(Index::First),
        Self::Click(Index::Last),
        Self::Seek,
        Self::Requests(Index::First),
        Self::Requests(Index::Last),
        Self::Close,
        Self::Heap,
    ];

    fn name(self) -> &'static str {
        match self {
            Self::FirstFrame(Index::First) => "source → first frame, index first",
            Self::FirstFrame(Index::Last) => "source → first frame, index last",
            Self::Click(Index::First) => "click on Play → first frame, index first",
            Self::Click(Index::Last) => "click on Play → first frame, index last",
            Self::Requests(Index::First) => "requests before it, index first",
            Self::Requests(Index::Last) => "requests before it, index last",
            Self::Seek => "seek to 80 % → frame",
            Self::Close => "close → the server sees the end",
            Self::Heap => "heap after 30 times open and close",
        }
    }

    fn unit(self) -> &'static str {
        match self {
            Self::Requests(_) => "",
            Self::Heap => "MB",
            _ => "ms",
        }
    }

    fn budget(self) -> Budget {
        match self {
            Self::FirstFrame(_) | Self::Seek => Budget::Times(1.1),
            Self::Click(_) => Budget::More(50.0),
            Self::Requests(_) => Budget::More(0.0),
            Self::Close => Budget::Within(1000.0),
            Self::Heap => Budget::Within(1.0),
        }
    }

    /// What the bare video is measured by.
    fn of_bare(self) -> Self {
        match self {
            Self::Click(index) => Self::FirstFrame(index),
            other => other,
        }
    }
}

/// Everything measured.
#[derive(Default)]
pub struct Table(Vec<(Measure, Who, f64)>);

/// One line of it.
struct Line {
    measure: Measure,
    ours: Vec<f64>,
    bare: Vec<f64>,
}

impl Table {
    pub fn add(&mut self, measure: Measure, who: Who, sample: f64) {
        self.0.push((measure, who, sample));
    }

    fn samples(&self, measure: Measure, who: Who) -> Vec<f64> {
        let fits = |it: &&(Measure, Who, f64)| (it.0, it.1) == (measure, who);
        self.0.iter().filter(fits).map(|(_, _, sample)| *sample).collect()
    }

    fn lines(&self) -> impl Iterator<Item = Line> {
        Measure::ALL.into_iter().map(|measure| Line {
            measure,
            ours: self.samples(measure, Who::Ours),
            bare: self.samples(measure.of_bare(), Who::Bare),
        })
    }

    pub fn is_over(&self) -> bool {
        self.lines().any(|it| it.is_over() == Some(true))
    }

    pub fn to_json(&self) -> Value {
        json!({ "measures": self.lines().map(|it| it.to_json()).collect::<Vec<_>>() })
    }
}

impl Line {
    /// What is judged: the median, or the worst where that counts.
    fn figure(&self) -> Option<f64> {
        match self.measure.budget() {
            Budget::Within(_) => worst(&self.ours),
            Budget::Times(_) | Budget::More(_) => median(&self.ours),
        }
    }

    fn allowed(&self) -> Option<f64> {
        match self.measure.budget() {
            Budget::Times(factor) => median(&self.bare).map(|bare| bare * factor),
            Budget::More(more) => median(&self.bare).map(|bare| bare + more),
            Budget::Within(most) => Some(most),
        }
    }

    /// `None` when there is nothing to judge.
    fn is_over(&self) -> Option<bool> {
        Some(self.figure()? > self.allowed()?)
    }

    fn to_json(&self) -> Value {
        json!({
            "measure": self.measure.name(),
            "unit": self.measure.unit(),
            "figure": self.figure(),
            "allowed": self.allowed(),
            "is_over": self.is_over(),
            "ours": self.ours,
            "bare": self.bare,
        })
    }
}

impl Display for Table {
    /// In Markdown, so that it can be kept as it is.
    fn fmt(&self, to: &mut Formatter<'_>) -> Result {
        writeln!(to, "| {:<40} | unit |   ours |   bare | allowed | verdict |", "player")?;
        writeln!(to, "| {:-<40} | ---- | -----: | -----: | ------: | ------- |", "")?;
        for line in self.lines() {
            writeln!(
                to,
                "| {:<40} | {:<4} | {:>6} | {:>6} | {:>7} | {:<7} |",
                line.measure.name(),
                line.measure.unit(),
                figure(line.figure()),
                figure(median(&line.bare)),
                figure(line.allowed()),
                verdict(line.is_over()),
            )?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(samples: &[(Measure, Who, f64)]) -> Table {
        Table(samples.to_vec())
    }

    #[test]
    fn the_player_may_be_a_tenth_slower() {
        let seek = |ours| {
            table(&[(Measure::Seek, Who::Ours, ours), (Measure::Seek, Who::Bare, 100.0)]).is_over()
        };
        assert!(!seek(109.0));
        assert!(seek(111.0));
    }

    #[test]
    fn a_click_is_held_against_the_bare_first_frame() {
        let click = |ours| {
            let index = Index::Last;
            table(&[
                (Measure::Click(index), Who::Ours, ours),
                (Measure::FirstFrame(index), Who::Bare, 300.0),
            ])
            .is_over()
        };
        assert!(!click(350.0));
        assert!(click(351.0));
    }

    #[test]
    fn one_connection_that_lasts_is_too_many() {
        let close = |worst| {
            table(&[(Measure::Close, Who::Ours, 40.0), (Measure::Close, Who::Ours, worst)])
                .is_over()
        };
        assert!(!close(999.0));
        assert!(close(1001.0));
    }

    #[test]
    fn what_was_not_measured_is_not_judged() {
        assert!(!table(&[(Measure::Seek, Who::Ours, 9999.0)]).is_over());
    }
}
