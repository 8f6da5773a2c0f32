use proptest::prelude::*;

use super::*;
use crate::{
    library::{GroupKey, View},
    model::{RoomId, SortKey},
};

fn library(ids: &[&str]) -> Library {
    let mut library = Library::new(str::to_lowercase);
    library.begin(Query::default(), page(ids, None));
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

fn id(text: &str) -> RecordingId {
    RecordingId::new(text).unwrap()
}

fn ids(library: &Library) -> Vec<String> {
    library.index().slots().map(|slot| library.index().id(slot)).collect()
}

#[test]
fn pages_that_overlap_show_each_recording_once() {
    let mut library = Library::new(str::to_lowercase);
    library.begin(Query::default(), page(&["a", "b", "b"], Some("1")));
    library.add(page(&["b", "c"], None));
    assert_eq!(ids(&library), ["a", "b", "c"]);
    assert_eq!(library.unreadable(), 2);
    assert_eq!(library.next(), None);
    assert!(!library.is_partial() && library.has_all());
}

#[test]
fn a_list_that_goes_round_ends_and_nothing_is_taken_for_gone() {
    let mut library = library(&["z"]);
    library.begin(Query::default(), page(&["a"], Some("1")));
    library.add(page(&["b"], Some("2")));
    assert_eq!(library.next(), Some(&Cursor("2".into())));
    library.add(page(&["a", "b"], Some("1")));
    assert!(library.loops());
    assert_eq!(library.next(), None);
    assert_eq!(library.missing(), []);
}

#[test]
fn what_a_walk_does_not_come_across_is_missing_and_what_came_since_is_not() {
    let mut library = library(&["a", "b", "c"]);
    library.begin(Query::default(), page(&["b"], Some("1")));
    library.look(page(&["n"], None));
    library.add(page(&["c"], None));
    assert_eq!(library.missing(), [id("a")]);
    assert_eq!(library.walked(), 2);
}

#[test]
fn a_place_that_counts_rows_moves_when_rows_before_it_go() {
    let mut library = Library::new(str::to_lowercase);
    library.begin(Query::default(), Page { total: Some(9), ..page(&["a", "b", "c"], Some("3")) });
    let removed = ["a", "b", "x"].iter().filter_map(|it| library.remove(&id(it))).count();
    library.move_next(|cursor| Cursor(format!("{}-{removed}", cursor.0)));
    assert_eq!(library.next(), Some(&Cursor("3-2".into())));
    assert_eq!(library.total(), Some(7));
}

#[test]
fn an_answer_about_a_row_that_is_gone_does_not_bring_it_back() {
    let mut library = library(&["a"]);
    library.update(Recording::bare("b"));
    assert_eq!(ids(&library), ["a"]);
}

#[test]
fn of_an_order_of_the_servers_only_the_beginning_is_shown_while_there_is_more() {
    let mut library = library(&["a", "b"]);
    let sort = Sort { key: SortKey::Size, descending: true };
    let shown = |library: &Library, sort: &[Sort]| {
        let day_of = |ms: i64| ms..ms + 1;
        let order = library.arrange(&Criteria::default(), sort, None, &day_of, &Bits::new());
        order.slots.into_iter().map(|slot| library.index().id(slot)).collect::<Vec<_>>()
    };
    let query = Query { sort: Some(sort), ..Query::default() };
    library.begin(query, page(&["c"], Some("1")));
    assert_eq!(shown(&library, &[sort]), ["c"]);
    assert_eq!(shown(&library, &[View::NEWEST_FIRST]).len(), 3);
    library.add(page(&["a", "b"], None));
    assert_eq!(shown(&library, &[sort]).len(), 3);
}

#[test]
fn a_rooms_list_is_walked_beside_that_of_all() {
    let mut library = Library::new(str::to_lowercase);
    library.begin(Query::default(), page(&["a"], Some("1")));
    library.narrow(true);
    assert!(library.is_partial() && !library.is_begun());
    let query = Query { room: Some(RoomId("r".into())), ..Query::default() };
    library.begin(query.clone(), page(&["b"], None));
    assert!(!library.is_partial() && !library.has_all());
    assert_eq!(library.query(), &query);
    library.narrow(false);
    assert_eq!(library.next(), Some(&Cursor("1".into())));
    assert_eq!(ids(&library), ["a", "b"]);
}

fn kept(ids: &[&str]) -> Library {
    let mut index = Index::new(str::to_lowercase);
    for id in ids {
        index.put(Recording::bare(id));
    }
    Library::of(index)
}

#[test]
fn what_was_kept_whole_is_walked_to_the_first_page_without_news() {
    let mut library = kept(&["d", "c", "b", "a"]);
    library.resume(Query::default(), page(&["f", "e"], Some("1")), true);
    assert!(library.is_partial());
    library.add(page(&["d", "c"], Some("2")));
    assert!(library.has_all());
    assert_eq!(library.missing(), []);
    assert_eq!(library.len(), 6);
}

#[test]
fn what_was_kept_is_missing_when_the_list_came_to_its_end_without_it() {
    let mut library = kept(&["c", "b", "a"]);
    library.resume(Query::default(), page(&["c", "a"], None), true);
    assert_eq!(library.missing(), [id("b")]);
}

#[test]
fn what_was_kept_in_part_stays_and_counts_as_walked() {
    let mut library = kept(&["c", "b", "a"]);
    library.resume(Query::default(), page(&["d", "c"], Some("1")), false);
    assert!(library.is_partial());
    assert_eq!(library.missing(), []);
    assert_eq!((library.len(), library.walked()), (4, 4));
}

proptest! {
    /// Leaving rows out of a grouped order leaves no group empty and none at the wrong place.
    #[test]
    fn groups_stay_with_their_rows(
        dates in prop::collection::vec(0_i64..5, 0..40),
        hidden in prop::collection::btree_set(0_u32..40, 0..40),
    ) {
        let mut library = Library::new(str::to_lowercase);
        let items = dates.iter().enumerate().map(|(n, day)| Recording {
            started_at: Some(day * 10),
            ..Recording::bare(&n.to_string())
        });
        let page = Page { items: items.collect(), ..Page::EMPTY };
        library.begin(Query::default(), page);
        let day_of = |ms: i64| ms - ms % 10..ms - ms % 10 + 10;
        let hidden: Bits = hidden.into_iter().map(Slot).collect();
        let order = library.arrange(
            &Criteria::default(), &[View::NEWEST_FIRST], Some(Group::Day), &day_of, &hidden,
        );
        prop_assert!(order.slots.iter().all(|slot| !hidden.has(*slot)));
        let shown = (0..dates.len() as u32).filter(|slot| !hidden.has(Slot(*slot))).count();
        prop_assert_eq!(order.slots.len(), shown);
        let mut starts: Vec<usize> = order.groups.iter().map(|group| group.at).collect();
        for (n, slot) in order.slots.iter().enumerate() {
            let group = order.groups.iter().rfind(|group| group.at <= n).unwrap();
            prop_assert_eq!(group.key, GroupKey::Day(library.index().date(*slot).unwrap()));
        }
        starts.dedup();
        prop_assert_eq!(starts.len(), order.groups.len());
    }
}
