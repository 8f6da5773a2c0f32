//! What was measured against what it may be: as a table and as JSON.

use std::{
    fmt::{Display, Formatter, Result},
    time::Duration,
};

use serde_json::{Value, json};

use crate::bench::samples::{figure, percentile, verdict};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operation {
    Keystroke,
    Sort,
    Select,
    Scroll,
    ToRooms,
    ToOverview,
    ToRoom,
    Back,
}

impl Operation {
    const ALL: [Self; 8] = [
        Self::Keystroke,
        Self::Sort,
        Self::Select,
        Self::Scroll,
        Self::ToRooms,
        Self::ToOverview,
        Self::ToRoom,
        Self::Back,
    ];

    fn name(self) -> &'static str {
        match self {
            Self::Keystroke => "keystroke → results painted",
            Self::Sort => "sort by any column",
            Self::Select => "select all / clear",
            Self::Scroll => "scroll by 7 screens, frame",
            Self::ToRooms => "Recordings → Rooms",
            Self::ToOverview => "Rooms → Overview",
            Self::ToRoom => "Rooms → a room visited before",
            Self::Back => "a room → back to Rooms",
        }
    }

    /// Of the 95th percentile, in ms.
    fn budget(self) -> f64 {
        match self {
            Self::Keystroke | Self::Select | Self::Scroll => 16.0,
            Self::Sort => 30.0,
            Self::ToRooms | Self::ToOverview | Self::ToRoom | Self::Back => 50.0,
        }
    }
}

/// What one operation took each time, in ms.
#[derive(Debug)]
struct Line {
    operation: Operation,
    samples: Vec<f64>,
}

impl Line {
    fn is_over(&self) -> bool {
        percentile(&self.samples, 95).is_some_and(|it| it > self.operation.budget())
    }

    fn to_json(&self) -> Value {
        json!({
            "operation": self.operation.name(),
            "unit": "ms",
            "budget": self.operation.budget(),
            "p50": percentile(&self.samples, 50),
            "p95": percentile(&self.samples, 95),
            "samples": self.samples,
            "is_over": self.is_over(),
        })
    }
}

/// Everything measured with one number of rooms.
pub struct Table {
    rooms: usize,
    /// From the first visit to the last page of the list.
    loading: Duration,
    lines: Vec<Line>,
}

impl Table {
    pub fn new(rooms: usize, loading: Duration) -> Self {
        let lines = Operation::ALL.map(|operation| Line { operation, samples: Vec::new() });
        Self { rooms, loading, lines: lines.into() }
    }

    pub fn add(&mut self, operation: Operation, samples: Vec<f64>) {
        for line in self.lines.iter_mut().filter(|it| it.operation == operation) {
            line.samples.extend(&samples);
        }
    }

    pub fn is_over(&self) -> bool {
        self.lines.iter().any(Line::is_over)
    }

    pub fn to_json(&self) -> Value {
        let lines: Vec<Value> = self.lines.iter().map(Line::to_json).collect();
        json!({
            "rooms": self.rooms,
            "loading_seconds": self.loading.as_secs_f64(),
            "operations": lines,
        })
    }
}

impl Display for Table {
    /// In Markdown, so that it can be kept as it is.
    fn fmt(&self, to: &mut Formatter<'_>) -> Result {
        let heading = format!("{} rooms", self.rooms);
        writeln!(to, "| {heading:<31} | unit |    p50 |    p95 | budget | verdict |")?;
        writeln!(to, "| {:-<31} | ---- | -----: | -----: | -----: | ------- |", "")?;
        for line in &self.lines {
            writeln!(
                to,
                "| {:<31} | ms   | {:>6} | {:>6} | {:>6} | {:<7} |",
                line.operation.name(),
                figure(percentile(&line.samples, 50)),
                figure(percentile(&line.samples, 95)),
                line.operation.budget(),
                verdict(Some(line.is_over())),
            )?;
        }
        writeln!(to, "All rooms were there after {:.1} s.", self.loading.as_secs_f64())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_slow_operation_is_over() {
        let mut table = Table::new(100, Duration::from_secs(1));
        table.add(Operation::Sort, vec![29.0]);
        table.add(Operation::Back, vec![49.0]);
        assert!(!table.is_over());
        table.add(Operation::Keystroke, vec![17.0]);
        assert!(table.is_over());
    }
}
