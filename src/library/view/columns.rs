//! Which columns are shown, and in what order. Selection, title and actions always are.

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Column {
    Date,
    Duration,
    Size,
    Room,
    File,
    Id,
}

impl Column {
    pub const ALL: [Self; 6] =
        [Self::Date, Self::Duration, Self::Size, Self::Room, Self::File, Self::Id];
}

/// Each at most once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Columns {
    shown: Vec<Column>,
}

impl Default for Columns {
    fn default() -> Self {
        Self { shown: vec![Column::Date, Column::Duration, Column::Size] }
    }
}

impl Columns {
    /// In this order, each where it is named first.
    pub fn of(columns: impl IntoIterator<Item = Column>) -> Self {
        let mut it = Self { shown: Vec::new() };
        columns.into_iter().for_each(|column| it.show(column));
        it
    }

    /// In the order of the table.
    pub fn shown(&self) -> &[Column] {
        &self.shown
    }

    pub fn is_shown(&self, column: Column) -> bool {
        self.shown.contains(&column)
    }

    /// Those that are shown, in their order, then the others.
    pub fn all(&self) -> Vec<Column> {
        let hidden = Column::ALL.into_iter().filter(|column| !self.is_shown(*column));
        self.shown.iter().copied().chain(hidden).collect()
    }

    /// Behind the others.
    pub fn show(&mut self, column: Column) {
        if !self.is_shown(column) {
            self.shown.push(column);
        }
    }

    pub fn hide(&mut self, column: Column) {
        self.shown.retain(|it| *it != column);
    }

    /// -1 towards the title, 1 away from it. Nothing moves past the ends, and nothing that is hidden.
    pub fn move_by(&mut self, column: Column, step: isize) {
        let at = self.shown.iter().position(|it| *it == column);
        let to = at.and_then(|at| at.checked_add_signed(step));
        if let (Some(at), Some(to)) = (at, to)
            && to < self.shown.len()
        {
            let column = self.shown.remove(at);
            self.shown.insert(to, column);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_shown_last_hidden_and_moved() {
        use Column::*;
        let mut columns = Columns::default();
        columns.show(Room);
        columns.show(Date);
        assert_eq!(columns.shown(), [Date, Duration, Size, Room]);
        columns.move_by(Room, -1);
        columns.move_by(Date, 1);
        assert_eq!(columns.shown(), [Duration, Date, Room, Size]);
        columns.hide(Date);
        assert_eq!(columns.all(), [Duration, Room, Size, Date, File, Id]);
        for (column, step) in [(Duration, -1), (Size, 1), (Date, 1), (Room, isize::MAX)] {
            columns.move_by(column, step);
        }
        assert_eq!(columns.shown(), [Duration, Room, Size]);
    }
}
