//! What was measured against what it may be: as a table and as JSON.

use std::fmt::{Display, Formatter, Result};

use serde_json::{Map, Value, json};

use super::side::Who;

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
    ours: Samples,
    peer: Samples,
}

#[derive(Clone, Debug, Default)]
pub struct Samples(Vec<f64>);

impl Samples {
    /// Nearest rank: of 50 samples the 95th percentile is the third largest. `None` without samples.
    fn percentile(&self, percent: usize) -> Option<f64> {
        let mut sorted = self.0.clone();
        sorted.sort_by(f64::total_cmp);
        let rank = (sorted.len() * percent).div_ceil(100);
        sorted.get(rank.checked_sub(1)?).copied()
    }

    pub fn p50(&self) -> Option<f64> {
        self.percentile(50)
    }

    pub fn p95(&self) -> Option<f64> {
        self.percentile(95)
    }
}

impl Line {
    pub fn side(&self, who: Who) -> &Samples {
        match who {
            Who::Library => &self.ours,
            Who::Peer => &self.peer,
        }
    }

    fn ratio(&self) -> Option<f64> {
        self.operation.ratio()?;
        Some(self.ours.p95()? / self.peer.p95()?)
    }

    /// `None` when there is nothing to judge.
    fn is_over(&self) -> Option<bool> {
        let is_slow = self.ours.p95()? > self.operation.budget();
        let is_behind = self.ratio().zip(self.operation.ratio()).is_some_and(|(is, may)| is > may);
        Some(is_slow || is_behind)
    }

    fn to_json(&self) -> Value {
        let side = |it: &Samples| json!({ "p50": it.p50(), "p95": it.p95(), "samples": it.0 });
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
        let line =
            |operation| Line { operation, ours: Samples::default(), peer: Samples::default() };
        Self { recordings, lines: Operation::ALL.map(line).into(), private: Vec::new() }
    }

    pub fn add(&mut self, operation: Operation, who: Who, samples: Vec<f64>) {
        for line in self.lines.iter_mut().filter(|it| it.operation == operation) {
            let side = match who {
                Who::Library => &mut line.ours,
                Who::Peer => &mut line.peer,
            };
            side.0.extend(&samples);
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
        let figure = |it: Option<f64>| it.map_or("–".to_owned(), |it| format!("{it:.1}"));
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
                figure(line.ours.p50()),
                figure(line.ours.p95()),
                operation.budget(),
                figure(line.peer.p50()),
                figure(line.peer.p95()),
                ratio(line.ratio()),
                ratio(operation.ratio()),
                match line.is_over() {
                    None => "n/a",
                    Some(true) => "OVER",
                    Some(false) => "ok",
                },
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
    fn percentiles_are_samples() {
        let samples = Samples((1..=50).map(f64::from).collect());
        assert_eq!((samples.p50(), samples.p95()), (Some(25.0), Some(48.0)));
        assert_eq!(Samples(vec![7.0]).p95(), Some(7.0));
        assert_eq!(Samples::default().p95(), None);
    }

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
