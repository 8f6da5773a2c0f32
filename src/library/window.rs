//! How rows flow into lines: one or more in a line, each group below a heading of its own. Pure
//! numbers, so that any line of a million is found without going through those before it.

/// What stands in a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Line {
    /// The heading of a group, by its number.
    Group(usize),
    /// `count` items from `first` on.
    Items { first: usize, count: usize },
}

/// Costs memory for each group, not for each line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lines {
    /// Items in all.
    len: usize,
    columns: usize,
    groups: Vec<Group>,
    count: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Group {
    /// Its first item.
    item: usize,
    /// The line of its heading.
    line: usize,
}

impl Lines {
    /// `group_starts` are the first items of the groups, ascending; items before the first have no
    /// heading. Without groups there are no headings at all. `columns` is at least 1.
    pub fn new(len: usize, group_starts: &[usize], columns: usize) -> Self {
        let columns = columns.max(1);
        let (mut item, mut line) = (0, 0);
        let mut groups = Vec::with_capacity(group_starts.len());
        for start in group_starts {
            let start = (*start).clamp(item, len);
            line += (start - item).div_ceil(columns);
            groups.push(Group { item: start, line });
            line += 1;
            item = start;
        }
        Self { len, columns, groups, count: line + (len - item).div_ceil(columns) }
    }

    /// How many lines there are.
    pub fn count(&self) -> usize {
        self.count
    }

    /// What stands in the `n`th line, from 0. Past the last: no items.
    pub fn line(&self, n: usize) -> Line {
        let after = self.groups.partition_point(|group| group.line <= n);
        let end = self.groups.get(after).map_or(self.len, |group| group.item);
        let (item, line) = match after.checked_sub(1).and_then(|at| self.groups.get(at)) {
            Some(group) if group.line == n => return Line::Group(after - 1),
            Some(group) => (group.item, group.line + 1),
            None => (0, 0),
        };
        let first = item.saturating_add((n - line).saturating_mul(self.columns)).min(end);
        Line::Items { first, count: (end - first).min(self.columns) }
    }

    /// The line in which the `item`th item stands, from 0.
    pub fn of_item(&self, item: usize) -> usize {
        let after = self.groups.partition_point(|group| group.item <= item);
        match after.checked_sub(1).and_then(|at| self.groups.get(at)) {
            Some(group) => group.line + 1 + (item - group.item) / self.columns,
            None => item / self.columns,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Line by line.
    fn naive(len: usize, starts: &[usize], columns: usize) -> Vec<Line> {
        let mut lines = Vec::new();
        let items = |from: usize, to: usize, lines: &mut Vec<Line>| {
            for first in (from..to).step_by(columns) {
                lines.push(Line::Items { first, count: columns.min(to - first) });
            }
        };
        items(0, starts.first().copied().unwrap_or(len), &mut lines);
        for (n, start) in starts.iter().enumerate() {
            lines.push(Line::Group(n));
            items(*start, starts.get(n + 1).copied().unwrap_or(len), &mut lines);
        }
        lines
    }

    #[test]
    fn a_group_begins_a_new_line_below_its_heading() {
        let lines = Lines::new(5, &[0, 3], 2);
        let all: Vec<_> = (0..lines.count()).map(|n| lines.line(n)).collect();
        assert_eq!(
            all,
            [
                Line::Group(0),
                Line::Items { first: 0, count: 2 },
                Line::Items { first: 2, count: 1 },
                Line::Group(1),
                Line::Items { first: 3, count: 2 },
            ]
        );
        assert_eq!(lines.line(5), Line::Items { first: 5, count: 0 });
    }

    #[test]
    fn ten_million_rows_without_groups_cost_nothing() {
        let lines = Lines::new(10_000_000, &[], 1);
        assert_eq!(lines.count(), 10_000_000);
        assert_eq!(lines.line(9_999_999), Line::Items { first: 9_999_999, count: 1 });
    }

    proptest! {
        #[test]
        fn equals_lines_laid_one_below_the_other(
            len in 0_usize..200,
            starts in prop::collection::btree_set(0_usize..200, 0..20),
            columns in 1_usize..8,
        ) {
            let starts: Vec<_> = starts.into_iter().filter(|start| *start < len).collect();
            let lines = Lines::new(len, &starts, columns);
            let naive = naive(len, &starts, columns);
            prop_assert_eq!(lines.count(), naive.len());
            for (n, line) in naive.iter().enumerate() {
                prop_assert_eq!(lines.line(n), *line);
                if let Line::Items { first, count } = *line {
                    for item in first..first + count {
                        prop_assert_eq!(lines.of_item(item), n);
                    }
                }
            }
        }

        #[test]
        fn odd_starts_do_no_harm(
            len in 0_usize..50,
            starts in prop::collection::vec(any::<usize>(), 0..10),
            columns in any::<usize>(),
            n in any::<usize>(),
        ) {
            let lines = Lines::new(len, &starts, columns);
            if let Line::Items { first, count } = lines.line(n) {
                prop_assert!(first + count <= len);
            }
            let items = (0..lines.count()).map(|n| match lines.line(n) {
                Line::Group(_) => 0,
                Line::Items { count, .. } => count,
            });
            prop_assert_eq!(items.sum::<usize>(), len);
        }
    }
}
