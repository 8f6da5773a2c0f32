//! What was measured against what it may be: as a table and as JSON.

use std::fmt::{Display, Formatter, Result};

use serde_json::{Map, Value, json};

use super::side::Who;
use crate::bench::samples::{figure, percentile, verdict};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operation {
    Keystroke,
    Sort,
    Select,
    Scroll,
    Open,
    Stream,
    Memory,
}

impl Operation {
    pub const ALL: [Self; 7] = [
        Self::Keystroke,
        Self::Sort,
        Self::Select,
        Self::Scroll,
        Self::Open,
        Self::Stream,
        Self::Memory,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Self::Keystroke => "keystroke → results painted",
            Self::Sort => "sort by any column",
            Self::Select => "select all / clear",
            Self::Scroll => "scroll by 7 screens, frame",
            Self::Open => "open, rows in memory",
            Self::Stream => "longest task while rows stream in",
            Self::Memory => "memory over an empty library",
        }
    }

    pub fn unit(self) -> &'static str {
        if self == Self::Memory { "MB" } else { "ms" }
    }

    /// Of the 95th percentile, with 100,000 recordings.
    pub fn budget(self) -> f64 {
        match self {
            Self::Keystroke | Self::Select | Self::Scroll => 16.0,
            Self::Sort => 30.0,
            Self::Open => 60.0,
            Self::Stream => 50.0,
            Self::Memory => 40.0,
        }
    }

    /// Of the 95th percentile to the peer's.
    pub fn ratio(self) -> Option<f64> {
        match self {
            Self::Keystroke | Self::Sort | Self::Select => Some(0.15),
            Self::Scroll => Some(0.5),
            Self::Open => Some(0.3),
            Self::Stream => None,
            Self::Memory => Some(0.6),
        }
    }
}

/// The samples of both sides for one operation, in its unit.
#[derive(Clone, Debug)]
pub struct Line {
    operation: Operation,
    ours: Vec<f64>,
    peer: Vec<f64>,
}

impl Line {
    pub fn side(&self, who: Who) -> &[f64] {
        match who {
            Who::Library => &self.ours,
            Who::Peer => &self.peer,
        }
    }

    fn ratio(&self) -> Option<f64> {
        self.operation.ratio()?;
        Some(percentile(&self.ours, 95)? / percentile(&self.peer, 95)?)
    }

    /// `None` when there is nothing to judge.
    fn is_over(&self) -> Option<bool> {
        let is_slow = percentile(&self.ours, 95)? > self.operation.budget();
        let is_behind = self.ratio().zip(self.operation.ratio()).is_some_and(|(is, may)| is > may);
        Some(is_slow || is_behind)
    }

    fn to_json(&self) -> Value {
        let side = |it: &[f64]| json!({ "p50": percentile(it, 50), "p95": percentile(it, 95), "samples": it });
        json!({
            "operation": self.operation.name(),
            "unit": self.operation.unit(),
            "budget": self.operation.budget(),
            "ratio_budget": self.operation.ratio(),
            "ours": side(&self.ours),
            "peer": side(&self.peer),
            "ratio": self.ratio(),
            "is_over": self.is_over(),
        })
    }
}

/// Everything measured with one number of recordings.
pub struct Table {
    pub recordings: u32,
    lines: Vec<Line>,
    /// MB, to hold `Operation::Memory` against; see `private`.
    private: Vec<(Who, f64)>,
}

impl Table {
    pub fn new(recordings: u32) -> Self {
        let line = |operation| Line { operation, ours: Vec::new(), peer: Vec::new() };
        Self { recordings, lines: Operation::ALL.map(line).into(), private: Vec::new() }
    }

    pub fn add(&mut self, operation: Operation, who: Who, samples: Vec<f64>) {
        for line in self.lines.iter_mut().filter(|it| it.operation == operation) {
            let side = match who {
                Who::Library => &mut line.ours,
                Who::Peer => &mut line.peer,
            };
            side.extend(&samples);
        }
    }

    pub fn add_private(&mut self, who: Who, megabytes: f64) {
        self.private.push((who, megabytes));
    }

    pub fn line(&self, operation: Operation) -> Option<&Line> {
        self.lines.iter().find(|it| it.operation == operation)
    }

    pub fn is_over(&self) -> bool {
        self.lines.iter().any(|it| it.is_over() == Some(true))
    }

    pub fn to_json(&self) -> Value {
        let lines: Vec<Value> = self.lines.iter().map(Line::to_json).collect();
        let private: Map<String, Value> =
            self.private.iter().map(|(who, mb)| (who.name().to_owned(), json!(mb))).collect();
        json!({ "recordings": self.recordings, "operations": lines, "private_mb": private })
    }
}

impl Display for Table {
    /// In Markdown, so that it can be kept as it is.
    fn fmt(&self, to: &mut Formatter<'_>) -> Result {
        let ratio = |it: Option<f64>| it.map_or("–".to_owned(), |it| format!("{it:.2}"));
        let heading = format!("{} recordings", self.recordings);
        writeln!(
            to,
            "| {heading:<33} | unit |    p50 |    p95 | budget | peer p50 | peer p95 | ratio | allowed | verdict |"
        )?;
        writeln!(
            to,
            "| {:-<33} | ---- | -----: | -----: | -----: | -------: | -------: | ----: | ------: | ------- |",
            ""
        )?;
        for line in &self.lines {
            let operation = line.operation;
            writeln!(
                to,
                "| {:<33} | {:<4} | {:>6} | {:>6} | {:>6} | {:>8} | {:>8} | {:>5} | {:>7} | {:<7} |",
                operation.name(),
                operation.unit(),
                figure(percentile(&line.ours, 50)),
                figure(percentile(&line.ours, 95)),
                operation.budget(),
                figure(percentile(&line.peer, 50)),
                figure(percentile(&line.peer, 95)),
                ratio(line.ratio()),
                ratio(operation.ratio()),
                verdict(line.is_over()),
            )?;
        }
        for (who, megabytes) in &self.private {
            writeln!(to, "Private memory of the processes, {}: {megabytes:.1} MB.", who.name())?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn over_is_too_slow_or_too_far_behind_the_peer() {
        let verdict = |ours: f64, peer: &[f64]| {
            let mut table = Table::new(100_000);
            table.add(Operation::Sort, Who::Library, vec![ours]);
            table.add(Operation::Sort, Who::Peer, peer.to_vec());
            table.is_over()
        };
        assert!(!verdict(29.0, &[300.0]));
        assert!(verdict(31.0, &[300.0]));
        assert!(verdict(29.0, &[100.0]));
        assert!(!verdict(29.0, &[]));
    }
}
