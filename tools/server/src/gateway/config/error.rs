//! What is wrong with a configuration file, and where.

use std::fmt;
use std::io;
use std::ops::Range;
use std::path::PathBuf;

#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    #[error("cannot read {file}: {error}", file = .0.display(), error = .1)]
    Unreadable(PathBuf, io::Error),
    #[error("{}", lines(.0, .1))]
    Mistakes(PathBuf, Vec<Mistake>),
}

/// One mistake; line and column count from 1, columns in characters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    pub line: usize,
    pub column: usize,
    pub message: String,
}

impl Mistake {
    /// At the beginning of `span`, bytes of `text`.
    pub(super) fn at(text: &str, span: &Range<usize>, message: String) -> Self {
        let before = text.get(..span.start).unwrap_or(text);
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        Self {
            line: before.matches('\n').count() + 1,
            column: before.get(line_start..).map_or(0, |line| line.chars().count()) + 1,
            message,
        }
    }
}

impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.line, self.column, self.message)
    }
}

fn lines(file: &std::path::Path, mistakes: &[Mistake]) -> String {
    let lines = mistakes.iter().map(|mistake| format!("{}:{mistake}", file.display()));
    lines.collect::<Vec<_>>().join("\n")
}
