//! Which rows are shown and in what order, over the rows held. The ui says over how many.

use std::cmp::Ordering;

use super::rows::{Library, Row};
use crate::model::{RecordingId, Sort, SortKey, Status};

/// Statuses as people filter by them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StatusGroup {
    Ready,
    InProgress,
    Failed,
}

impl StatusGroup {
    pub fn has(self, status: &Status) -> bool {
        match self {
            Self::Ready => matches!(status, Status::Ready),
            Self::InProgress => status.is_in_progress(),
            Self::Failed => matches!(status, Status::Failed(_)),
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct View {
    /// Words that must all occur, in any of a recording's texts.
    pub search: String,
    pub status: Option<StatusGroup>,
    pub sort: Sort,
}

impl Default for View {
    fn default() -> Self {
        Self {
            search: String::new(),
            status: None,
            sort: Sort { key: SortKey::Date, descending: true },
        }
    }
}

impl View {
    /// Takes back what hides rows; the order stays.
    pub fn show_all(&mut self) {
        self.search.clear();
        self.status = None;
    }

    /// The ids in view, in order. Rows that compare equal keep the server's order; what has no
    /// value in the sorted column comes last in both directions.
    pub fn of(&self, library: &Library) -> Vec<RecordingId> {
        let folded = library.fold(&self.search);
        let words: Vec<&str> = folded.split_whitespace().collect();
        let mut rows: Vec<&Row> = library
            .rows()
            .iter()
            .filter(|row| self.status.is_none_or(|group| group.has(&row.recording.status)))
            .filter(|row| words.iter().all(|word| row.haystack.contains(word)))
            .collect();
        rows.sort_by(|a, b| compare(self.sort, a, b));
        rows.into_iter().map(|row| row.recording.id.clone()).collect()
    }
}

fn compare(sort: Sort, a: &Row, b: &Row) -> Ordering {
    let number = |row: &Row| match sort.key {
        SortKey::Room => None,
        SortKey::Date => row.recording.date(),
        SortKey::Duration => row.recording.duration.and_then(|ms| i64::try_from(ms).ok()),
        SortKey::Size => row.recording.size.and_then(|bytes| i64::try_from(bytes).ok()),
    };
    let ascending = match (number(a), number(b)) {
        _ if sort.key == SortKey::Room => a.title.cmp(&b.title),
        (Some(a), Some(b)) => a.cmp(&b),
        (None, None) => return Ordering::Equal,
        (None, Some(_)) => return Ordering::Greater,
        (Some(_), None) => return Ordering::Less,
    };
    if sort.descending { ascending.reverse() } else { ascending }
}

#[cfg(test)]
mod tests {
    use super::{super::rows::tests::library, *};
    use crate::model::{FailureKind, Recording};

    fn named(id: &str, name: &str, started_at: Option<i64>) -> Recording {
        Recording { room_name: Some(name.into()), started_at, ..Recording::bare(id) }
    }

    fn ids(view: &View, library: &Library) -> Vec<String> {
        view.of(library).iter().map(|id| id.as_str().to_owned()).collect()
    }

    #[test]
    fn newest_first_and_the_undated_last_in_both_directions() {
        let library = library([
            named("a", "x", Some(1)),
            named("b", "x", None),
            named("c", "x", Some(3)),
            named("d", "x", Some(2)),
        ]);
        let mut view = View::default();
        assert_eq!(ids(&view, &library), ["c", "d", "a", "b"]);
        view.sort = view.sort.by(SortKey::Date);
        assert_eq!(ids(&view, &library), ["a", "d", "c", "b"]);
    }

    #[test]
    fn every_word_must_occur_but_not_in_one_place() {
        let library = library([
            Recording { file_name: Some("u81.mp4".into()), ..named("a", "Physics 101", None) },
            named("b", "Physics 102", None),
        ]);
        let search =
            |text: &str| ids(&View { search: text.into(), ..View::default() }, &library).join(",");
        assert_eq!(search(""), "a,b");
        assert_eq!(search("  PHYSICS  "), "a,b");
        assert_eq!(search("u81 phys"), "a");
        assert_eq!(search("101 u82"), "");
        assert_eq!(search("101u81"), "");
    }

    #[test]
    fn status_groups_cover_what_people_mean() {
        let library = library([
            Recording::bare("a"),
            Recording { status: Status::Recording, ..Recording::bare("b") },
            Recording { status: Status::Failed(FailureKind::Aborted), ..Recording::bare("c") },
            Recording { status: Status::Unknown("X".into()), ..Recording::bare("d") },
        ]);
        let only = |group| ids(&View { status: Some(group), ..View::default() }, &library);
        assert_eq!(only(StatusGroup::Ready), ["a"]);
        assert_eq!(only(StatusGroup::InProgress), ["b"]);
        assert_eq!(only(StatusGroup::Failed), ["c"]);
    }

    #[test]
    fn a_header_click_turns_its_own_column_and_starts_another_usefully() {
        let sort = View::default().sort;
        assert!(!sort.by(SortKey::Date).descending);
        assert!(sort.by(SortKey::Size).descending);
        assert!(!sort.by(SortKey::Room).descending);
    }
}
