//! What was measured against what it may be: as a table and as JSON.

use std::fmt::{Display, Formatter, Result};

use serde_json::{Value, json};

use super::side::{Cache, Who};
use crate::bench::samples::{figure, median, verdict, worst};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    /// kB, packed.
    Download,
    Requests,
    Shift,
    /// CSS pixels.
    Moved,
    LongTasks,
    /// MB by which JavaScript and the DOM hold more.
    Heap,
    /// By which wasm's memory is larger.
    Pages,
    /// Of wasm, with two elements.
    Programs,
    /// Of two elements to that of one, of JavaScript and wasm.
    Memory,
    /// The same, and of all that the browser keeps to show them: twice the rows is twice as much.
    MemoryWithDom,
    /// MB that a page holds, wasm's included.
    Page,
    Skeleton(Cache),
    Rows(Cache),
}

impl Measure {
    pub const ALL: [Self; 15] = [
        Self::Download,
        Self::Requests,
        Self::Shift,
        Self::Moved,
        Self::LongTasks,
        Self::Heap,
        Self::Pages,
        Self::Programs,
        Self::Memory,
        Self::MemoryWithDom,
        Self::Page,
        Self::Skeleton(Cache::Cold),
        Self::Rows(Cache::Cold),
        Self::Skeleton(Cache::Warm),
        Self::Rows(Cache::Warm),
    ];

    fn name(self) -> &'static str {
        match self {
            Self::Download => "download of the first view, packed",
            Self::Requests => "requests until the first row",
            Self::Shift => "layout shift",
            Self::Moved => "text below the element moved",
            Self::LongTasks => "long tasks, CPU four times slower",
            Self::Heap => "heap after 500 times in and out",
            Self::Pages => "wasm memory after it",
            Self::Programs => "instances of wasm, two elements",
            Self::Memory => "memory, two elements to one",
            Self::MemoryWithDom => "the same, with the DOM",
            Self::Page => "memory of the page",
            Self::Skeleton(Cache::Cold) => "skeleton, cold cache",
            Self::Skeleton(Cache::Warm) => "skeleton, warm cache",
            Self::Rows(Cache::Cold) => "first row, cold cache",
            Self::Rows(Cache::Warm) => "first row, warm cache",
        }
    }

    fn unit(self) -> &'static str {
        match self {
            Self::Download => "kB",
            Self::Moved => "px",
            Self::Heap | Self::Page => "MB",
            Self::Pages => "pages",
            Self::Requests
            | Self::Shift
            | Self::LongTasks
            | Self::Programs
            | Self::Memory
            | Self::MemoryWithDom => "",
            Self::Skeleton(_) | Self::Rows(_) => "ms",
        }
    }

    /// The most that it may be. `None` where it is only told.
    fn budget(self) -> Option<f64> {
        match self {
            Self::Download => Some(130.0),
            Self::Requests => Some(6.0),
            Self::Shift | Self::Moved | Self::Pages => Some(0.0),
            Self::LongTasks => Some(2.0),
            Self::Heap | Self::Programs => Some(1.0),
            Self::Memory => Some(1.2),
            Self::MemoryWithDom | Self::Page | Self::Skeleton(_) | Self::Rows(_) => None,
        }
    }

    /// Of what depends on the machine, the median; of all else, the worst.
    fn figure(self, samples: &[f64]) -> Option<f64> {
        match self {
            Self::LongTasks | Self::Skeleton(_) | Self::Rows(_) => median(samples),
            _ => worst(samples),
        }
    }
}

/// Everything measured.
#[derive(Default)]
pub struct Table(Vec<(Measure, Who, f64)>);

impl Table {
    pub fn add(&mut self, measure: Measure, who: Who, sample: f64) {
        self.0.push((measure, who, sample));
    }

    fn samples(&self, measure: Measure, who: Who) -> Vec<f64> {
        let fits = |it: &&(Measure, Who, f64)| (it.0, it.1) == (measure, who);
        self.0.iter().filter(fits).map(|(_, _, sample)| *sample).collect()
    }

    fn figure(&self, measure: Measure, who: Who) -> Option<f64> {
        measure.figure(&self.samples(measure, who))
    }

    /// `None` when there is nothing to judge.
    fn is_over_in(&self, measure: Measure) -> Option<bool> {
        Some(self.figure(measure, Who::Ours)? > measure.budget()?)
    }

    pub fn is_over(&self) -> bool {
        Measure::ALL.into_iter().any(|it| self.is_over_in(it) == Some(true))
    }

    pub fn to_json(&self) -> Value {
        let line = |measure: Measure| {
            json!({
                "measure": measure.name(),
                "unit": measure.unit(),
                "budget": measure.budget(),
                "figure": self.figure(measure, Who::Ours),
                "is_over": self.is_over_in(measure),
                "ours": self.samples(measure, Who::Ours),
                "bare": self.samples(measure, Who::Bare),
            })
        };
        json!({ "measures": Measure::ALL.map(line) })
    }
}

impl Display for Table {
    /// In Markdown, so that it can be kept as it is.
    fn fmt(&self, to: &mut Formatter<'_>) -> Result {
        writeln!(to, "| {:<34} | unit  |    ours |    bare | budget | verdict |", "embed")?;
        writeln!(to, "| {:-<34} | ----- | ------: | ------: | -----: | ------- |", "")?;
        for measure in Measure::ALL {
            writeln!(
                to,
                "| {:<34} | {:<5} | {:>7} | {:>7} | {:>6} | {:<7} |",
                measure.name(),
                measure.unit(),
                exact(measure, self.figure(measure, Who::Ours)),
                exact(measure, self.figure(measure, Who::Bare)),
                figure(measure.budget()),
                verdict(self.is_over_in(measure)),
            )?;
        }
        Ok(())
    }
}

/// A shift is a small part of a screen, and a budget of nothing may be missed by little.
fn exact(measure: Measure, value: Option<f64>) -> String {
    match (measure, value) {
        (
            Measure::Shift | Measure::Memory | Measure::MemoryWithDom | Measure::Heap,
            Some(value),
        ) => format!("{value:.3}"),
        (_, value) => figure(value),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_over(measure: Measure, ours: &[f64]) -> bool {
        Table(ours.iter().map(|it| (measure, Who::Ours, *it)).collect()).is_over()
    }

    #[test]
    fn a_budget_may_be_met_exactly() {
        assert!(!is_over(Measure::Requests, &[6.0]));
        assert!(is_over(Measure::Requests, &[7.0]));
        assert!(!is_over(Measure::Shift, &[0.0]));
    }

    #[test]
    fn one_shift_is_too_many_but_one_busy_moment_of_the_machine_is_not() {
        assert!(is_over(Measure::Shift, &[0.0, 0.0, 0.001]));
        assert!(!is_over(Measure::LongTasks, &[1.0, 2.0, 9.0]));
    }

    #[test]
    fn what_has_no_budget_or_is_the_peers_is_not_judged() {
        assert!(!is_over(Measure::Rows(Cache::Cold), &[9999.0]));
        assert!(!Table(vec![(Measure::Download, Who::Bare, 9999.0)]).is_over());
    }
}
