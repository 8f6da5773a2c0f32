//! The rows received so far, each once, and whether the server has more.

use std::collections::HashMap;

use crate::model::{Cursor, Page, Recording, RecordingId};

/// Makes texts comparable for search and sort (case, accents). Given from outside, because the
/// browser has the tables for it and the wasm should not.
pub type Fold = fn(&str) -> String;

pub struct Library {
    fold: Fold,
    rows: Vec<Row>,
    /// The position of each id in `rows`.
    position: HashMap<RecordingId, usize>,
    next: Option<Cursor>,
    total: Option<u64>,
    unreadable: usize,
    loops: bool,
}

pub(super) struct Row {
    pub recording: Recording,
    /// Folded title, the key when sorting by room.
    pub title: String,
    /// Folded texts that a search looks in, one a line, so that no match spans two of them.
    pub haystack: String,
}

impl Library {
    pub fn new(fold: Fold) -> Self {
        Self {
            fold,
            rows: Vec::new(),
            position: HashMap::new(),
            next: None,
            total: None,
            unreadable: 0,
            loops: false,
        }
    }

    /// Adds the page that `asked` led to, the first by none. A recording that came before is updated in place: pages
    /// shift while recordings come and go. A server that answers with the cursor it was asked with,
    /// or with nothing new, would never end, so the list ends there.
    pub fn add(&mut self, page: Page<Recording>, asked: Option<&Cursor>) {
        let before = self.rows.len();
        for recording in page.items {
            self.put(recording);
        }
        self.total = page.total.or(self.total);
        self.unreadable += page.unreadable;
        let repeats = page.next.as_ref() == asked || self.rows.len() == before;
        self.loops = page.next.is_some() && repeats;
        self.next = page.next.filter(|_| !self.loops);
    }

    /// Updates a recording that is there; one that is not is of no interest any more.
    pub fn update(&mut self, recording: Recording) {
        if self.position.contains_key(&recording.id) {
            self.put(recording);
        }
    }

    /// Updates a recording, or adds it at the end.
    pub(super) fn put(&mut self, recording: Recording) {
        let row = self.row(recording);
        match self.position.get(&row.recording.id) {
            Some(&at) => self.rows[at] = row,
            None => {
                self.position.insert(row.recording.id.clone(), self.rows.len());
                self.rows.push(row);
            }
        }
    }

    /// How many of them were there.
    pub fn remove<'a>(&mut self, ids: impl IntoIterator<Item = &'a RecordingId>) -> usize {
        let mut removed = 0;
        for id in ids {
            removed += usize::from(self.position.remove(id).is_some());
        }
        self.total = self.total.map(|total| total.saturating_sub(removed as u64));
        self.rows.retain(|row| self.position.contains_key(&row.recording.id));
        for (at, row) in self.rows.iter().enumerate() {
            if let Some(position) = self.position.get_mut(&row.recording.id) {
                *position = at;
            }
        }
        removed
    }

    /// Goes on from another place than the server said.
    pub fn move_next(&mut self, change: impl FnOnce(Cursor) -> Cursor) {
        self.next = self.next.take().map(change);
    }

    pub fn get(&self, id: &RecordingId) -> Option<&Recording> {
        self.position.get(id).and_then(|&at| self.rows.get(at)).map(|row| &row.recording)
    }

    pub fn len(&self) -> usize {
        self.rows.len()
    }

    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Where to go on; `None` when the server has no more.
    pub fn next(&self) -> Option<&Cursor> {
        self.next.as_ref()
    }

    /// How many the server has, where it counts them.
    pub fn total(&self) -> Option<u64> {
        self.total
    }

    /// How many rows came that could not be read.
    pub fn unreadable(&self) -> usize {
        self.unreadable
    }

    /// Whether the list ended because the server repeated itself.
    pub fn loops(&self) -> bool {
        self.loops
    }

    pub fn in_progress(&self) -> Vec<RecordingId> {
        self.recordings().filter(|it| it.status.is_in_progress()).map(|it| it.id.clone()).collect()
    }

    pub fn recordings(&self) -> impl Iterator<Item = &Recording> {
        self.rows.iter().map(|row| &row.recording)
    }

    pub(super) fn rows(&self) -> &[Row] {
        &self.rows
    }

    pub(super) fn fold(&self, text: &str) -> String {
        (self.fold)(text)
    }

    fn row(&self, recording: Recording) -> Row {
        let texts = [
            Some(recording.title()),
            recording.room_name.as_deref(),
            recording.description.as_deref(),
            recording.room_id.as_deref(),
            recording.file_name.as_deref(),
            Some(recording.id.as_str()),
        ];
        let haystack: Vec<&str> = texts.into_iter().flatten().collect();
        Row {
            title: (self.fold)(recording.title()),
            haystack: (self.fold)(&haystack.join("\n")),
            recording,
        }
    }
}

#[cfg(test)]
pub(super) mod tests {
    use proptest::prelude::*;

    use super::*;

    pub fn library(recordings: impl IntoIterator<Item = Recording>) -> Library {
        let mut library = Library::new(str::to_lowercase);
        for it in recordings {
            library.put(it);
        }
        library
    }

    fn page(ids: &[&str], next: Option<&str>) -> Page<Recording> {
        Page {
            items: ids.iter().map(|id| Recording::bare(id)).collect(),
            next: next.map(|text| Cursor(text.into())),
            total: None,
            unreadable: 1,
        }
    }

    fn ids(library: &Library) -> Vec<&str> {
        library.recordings().map(|it| it.id.as_str()).collect()
    }

    #[test]
    fn pages_that_overlap_show_each_recording_once() {
        let mut library = library([]);
        library.add(page(&["a", "b", "b"], Some("1")), None);
        library.add(page(&["b", "c"], None), Some(&Cursor("1".into())));
        assert_eq!(ids(&library), ["a", "b", "c"]);
        assert_eq!(library.unreadable(), 2);
        assert_eq!(library.next(), None);
    }

    #[test]
    fn a_cursor_that_leads_to_itself_ends_the_list() {
        let mut library = library([]);
        library.add(page(&["a"], Some("1")), None);
        library.add(page(&["a"], Some("1")), Some(&Cursor("1".into())));
        assert!(library.loops());
        assert_eq!(library.next(), None);
    }

    #[test]
    fn cursors_that_go_round_end_the_list() {
        let mut library = library([]);
        library.add(page(&["a"], Some("1")), None);
        library.add(page(&["b"], Some("2")), Some(&Cursor("1".into())));
        assert_eq!(library.next(), Some(&Cursor("2".into())));
        library.add(page(&["a", "b"], Some("1")), Some(&Cursor("2".into())));
        assert!(library.loops());
        assert_eq!(library.next(), None);
    }

    #[test]
    fn a_place_that_counts_rows_moves_when_rows_before_it_go() {
        let mut library = library([]);
        library.add(Page { total: Some(9), ..page(&["a", "b", "c"], Some("3")) }, None);
        let gone = ["a", "b", "x"].map(|id| RecordingId::new(id).unwrap());
        let removed = library.remove(&gone);
        library.move_next(|cursor| Cursor(format!("{}-{removed}", cursor.0)));
        assert_eq!(library.next(), Some(&Cursor("3-2".into())));
        assert_eq!(library.total(), Some(7));
    }

    #[test]
    fn an_answer_about_a_row_that_is_gone_does_not_bring_it_back() {
        let mut library = library([Recording::bare("a")]);
        library.update(Recording::bare("b"));
        assert_eq!(ids(&library), ["a"]);
    }

    proptest! {
        /// The rows and the index of ids stay in step under any sequence of changes.
        #[test]
        fn equals_an_ordered_set_of_ids(changes in prop::collection::vec((any::<bool>(), 0_u8..12), 0..60)) {
            let mut library = library([]);
            let mut model: Vec<String> = Vec::new();
            for (put, n) in changes {
                let id = n.to_string();
                if put {
                    library.put(Recording::bare(&id));
                    if !model.contains(&id) {
                        model.push(id);
                    }
                } else {
                    library.remove(&[RecordingId::new(id.clone()).unwrap()]);
                    model.retain(|it| *it != id);
                }
                prop_assert_eq!(ids(&library), model.iter().map(String::as_str).collect::<Vec<_>>());
                for id in &model {
                    let id = RecordingId::new(id.clone()).unwrap();
                    prop_assert_eq!(library.get(&id).map(|it| &it.id), Some(&id));
                }
            }
        }
    }
}
