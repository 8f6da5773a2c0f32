//! What tests can do to the pages of a list: their size, and rows that come again.

/// How lists of recordings are cut into pages, of every server that has pages.
#[derive(Clone, Copy, Debug, Default)]
pub struct Pages {
    size: Option<usize>,
    /// Whether a page begins with the last row of the page before, as when a row has come in at the top meanwhile.
    /// OpenVidu Meet only.
    pub repeats_last_row: bool,
}

impl Pages {
    /// Rows that a page has at most: as many as asked for, unless a test wants otherwise.
    pub fn size(self, asked: usize) -> usize {
        self.size.unwrap_or(asked)
    }

    /// `None` leaves the size to the caller again; 0 counts as 1, because a list of empty pages never ends.
    pub fn set_size(&mut self, size: Option<usize>) {
        self.size = size.map(|size| size.max(1));
    }
}
