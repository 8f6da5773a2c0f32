use std::cmp::Ordering;

use proptest::{option, prelude::*, sample::select};

use super::*;
use crate::{
    library::{What, natural_key},
    model::Obstacle,
    rooms::{EXPIRING_MS, RoomSortKey, RoomStatusGroup, RoomView, params::tests::any_sort, tally},
};

const NOW: i64 = 1_800_000_000_000;

fn rooms() -> Rooms {
    Rooms::new(str::to_lowercase)
}

fn cursor(text: &str) -> Cursor {
    Cursor(text.to_owned())
}

fn page(ids: &[&str], next: Option<&str>) -> Page<Room> {
    let items = ids.iter().map(|id| Room::bare(*id)).collect();
    Page { items, next: next.map(cursor), ..Page::EMPTY }
}

fn ids(rooms: &Rooms) -> Vec<&str> {
    rooms.iter().map(|(_, room)| room.id.0.as_str()).collect()
}

fn id(text: &str) -> RoomId {
    RoomId(text.to_owned())
}

#[test]
fn a_list_walked_to_its_end_again_takes_away_what_is_gone() {
    let mut it = rooms();
    assert!(it.is_partial() && !it.is_begun());
    it.begin(page(&["a", "b"], Some("1")));
    assert_eq!((it.next(), it.is_partial()), (Some(&cursor("1")), true));
    let brought = it.add(page(&["b", "c"], None), &cursor("1"));
    assert_eq!(brought, Brought { new: 1, is_changed: true });
    assert!(!it.is_partial());
    let slot = it.find(&id("c"));
    it.begin(page(&["a"], Some("1")));
    assert_eq!(ids(&it), ["a", "b", "c"]);
    // One that is made meanwhile is not missed.
    it.put(Room::bare("d"));
    assert!(it.add(page(&["c"], None), &cursor("1")).is_changed);
    assert_eq!((ids(&it), it.find(&id("c"))), (vec!["a", "c", "d"], slot));
    assert_eq!(it.begin(page(&["a", "c", "d"], None)), Brought::default());
}

#[test]
fn a_page_of_a_walk_that_was_given_up_is_left() {
    let mut it = rooms();
    it.begin(page(&["a"], Some("1")));
    it.begin(page(&["a"], Some("2")));
    assert_eq!(it.add(page(&["b"], None), &cursor("1")), Brought::default());
    assert_eq!((it.len(), it.is_partial()), (1, true));
}

#[test]
fn circles_end_and_take_nothing_away() {
    let mut it = rooms();
    it.begin(page(&["a", "b", "c"], None));
    it.begin(page(&["a"], Some("1")));
    it.add(page(&["b"], Some("1")), &cursor("1"));
    assert!(it.loops() && !it.is_partial());
    assert_eq!(ids(&it), ["a", "b", "c"]);
}

#[test]
fn the_first_of_two_lists_may_be_empty_and_no_other() {
    let mut it = rooms();
    it.begin(page(&[], Some("0")));
    assert_eq!(it.next(), Some(&cursor("0")));
    it.add(page(&[], Some("1")), &cursor("0"));
    assert!(it.loops());
}

#[test]
fn slots_are_never_given_to_another() {
    let mut it = rooms();
    it.begin(Page { total: Some(1), ..page(&["a"], None) });
    let a = it.find(&id("a"));
    assert_eq!(it.remove(&id("a")), a);
    assert_eq!((it.remove(&id("a")), it.total(), it.is_empty()), (None, Some(0), true));
    assert_eq!(Some(it.put(Room::bare("b"))), a.map(|a| Slot(a.0 + 1)));
    assert_eq!((it.total(), a.and_then(|a| it.get(a))), (Some(1), None));
    assert_ne!(Some(it.put(Room::bare("a"))), a);
}

#[test]
fn a_deletion_is_seen_at_once() {
    let outcomes = || {
        let gone = RoomOutcome::Deleted { with_meeting: true, with_recordings: false };
        let all = [
            gone,
            RoomOutcome::AlreadyGone,
            RoomOutcome::Closed { with_meeting: false },
            RoomOutcome::ToBeDeleted { with_recordings: false },
            RoomOutcome::ToBeClosed,
            RoomOutcome::Refused(Obstacle::default()),
        ];
        let ids = ["a", "b", "c", "d", "e", "f"].map(id);
        RoomReport { outcomes: ids.into_iter().zip(all).collect() }
    };
    let list = page(&["a", "b", "c", "d", "e", "f"], None);
    let mut it = rooms();
    it.begin(list.clone());
    it.settle(&outcomes(), false);
    assert_eq!(ids(&it), ["c", "d", "e", "f"]);
    let ends: Vec<EndAction> = it.iter().map(|(_, room)| room.end_action).collect();
    assert_eq!(ends, [EndAction::None, EndAction::Delete, EndAction::Close, EndAction::None]);
    assert_eq!(it.get(Slot(2)).and_then(|room| room.status.clone()), Some(RoomStatus::Closed));
    // Sessions that are ended stay.
    let mut it = rooms();
    it.begin(list);
    it.settle(&outcomes(), true);
    assert_eq!(it.get(Slot(0)).and_then(|room| room.status.clone()), Some(RoomStatus::Ended));
}

#[test]
fn a_mistyped_word_finds_what_was_meant() {
    let mut it = rooms();
    it.put(Room { name: Some("Physics".into()), ..Room::bare("1") });
    it.put(Room { owner: Some("Ph\u{fd}sics".into()), ..Room::bare("2") });
    let found = |search: &str| shown(&it, search);
    assert_eq!(found("phisics"), [0, 1].map(Slot));
    assert_eq!(found("physics"), [Slot(0)]);
    assert_eq!(found("PH\u{dd}S"), [Slot(1)]);
    assert_eq!(found("-phisics"), [0, 1].map(Slot));
}

fn shown(rooms: &Rooms, search: &str) -> Vec<Slot> {
    let view = RoomView { search: search.into(), ..RoomView::default() };
    let criteria = view.criteria(str::to_lowercase);
    rooms.arrange(&criteria, &[], &Tallies::default(), &Bits::new(), NOW).slots
}

fn any_status() -> impl Strategy<Value = Option<RoomStatus>> {
    let unknown = RoomStatus::Unknown("odd".into());
    let all =
        [RoomStatus::Open, RoomStatus::Active, RoomStatus::Closed, RoomStatus::Ended, unknown];
    option::of(select(all.to_vec()))
}

prop_compose! {
    fn any_room()(
        id in 0..20_u8,
        name in option::of("[aAb\u{e9}\u{c9}1 ]{0,4}"),
        owner in option::of("[ab]{1,2}"),
        status in any_status(),
        created_at in option::of(0..5_i64),
        deletes_at in option::of(select(vec![-1, 0, EXPIRING_MS, EXPIRING_MS + 1])),
        recorded in option::of("[ab]"),
    ) -> Room {
        let mut room = Room { name, owner, status, created_at, ..Room::bare(id.to_string()) };
        room.settings.deletes_at = deletes_at.map(|ms| NOW + ms);
        room.settings.id = recorded.unwrap_or_default();
        room
    }
}

#[derive(Clone, Debug)]
enum Change {
    Put(Box<Room>),
    Remove(u8),
    /// Recordings of a room, by size.
    Record(Vec<(Option<String>, Option<u64>)>),
}

fn any_change() -> impl Strategy<Value = Change> {
    let recordings = (option::of("[0-9ab]"), option::of(0..9_u64));
    prop_oneof![
        6 => any_room().prop_map(|room| Change::Put(Box::new(room))),
        1 => (0..20_u8).prop_map(Change::Remove),
        2 => prop::collection::vec(recordings, 0..12).prop_map(Change::Record),
    ]
}

prop_compose! {
    fn any_view()(
        search in "|(-?(a|b|1|\u{e9}|\"a |\"b) ){0,3}",
        status in option::of(select(vec![
            RoomStatusGroup::Open, RoomStatusGroup::Active, RoomStatusGroup::Closed, RoomStatusGroup::Ended,
        ])),
        expiring in any::<bool>(),
        recordings in option::of(any::<bool>()),
        sort in any_sort(),
        is_filtered in any::<bool>(),
    ) -> RoomView {
        match is_filtered {
            true => RoomView { search, status, expiring, recordings, sort },
            false => RoomView { search, sort, ..RoomView::default() },
        }
    }
}

fn has(room: &Room, criteria: &RoomCriteria, tallies: &Tallies) -> bool {
    let texts: Vec<String> =
        [Some(room.title()), Some(&room.id.0), Some(room.recorded_id()), room.owner.as_deref()]
            .into_iter()
            .flatten()
            .map(str::to_lowercase)
            .collect();
    let group = match room.status {
        Some(RoomStatus::Open) => Some(RoomStatusGroup::Open),
        Some(RoomStatus::Active) => Some(RoomStatusGroup::Active),
        Some(RoomStatus::Closed) => Some(RoomStatusGroup::Closed),
        Some(RoomStatus::Ended) => Some(RoomStatusGroup::Ended),
        _ => None,
    };
    let is_expiring = room.settings.deletes_at.is_some_and(|date| date - NOW <= EXPIRING_MS);
    criteria.text.terms.iter().all(|term| match &term.what {
        What::Word(text) | What::Phrase(text) => {
            texts.iter().any(|it| it.contains(text)) != term.is_not
        }
        _ => false,
    }) && (criteria.status.is_none() || criteria.status == group)
        && (!criteria.expiring || is_expiring)
        && criteria.recordings.is_none_or(|has| has == (tallies.get(room).recordings > 0))
}

fn compare(a: &Room, b: &Room, sort: RoomSort, tallies: &Tallies) -> Ordering {
    let text = |it: &str| Some(natural_key(&it.to_lowercase()));
    let number = |it: Option<i64>| it.map(|it| (it as u64 ^ 1 << 63).to_be_bytes().to_vec());
    let status = |it: &RoomStatus| match it {
        RoomStatus::Active => 0,
        RoomStatus::Open => 1,
        RoomStatus::Closed => 2,
        RoomStatus::Ended => 3,
        RoomStatus::Unknown(_) => 4,
    };
    let key = |it: &Room| match sort.key {
        RoomSortKey::Name => text(it.title()),
        RoomSortKey::Owner => it.owner.as_deref().and_then(text),
        RoomSortKey::Status => number(it.status.as_ref().map(status)),
        RoomSortKey::Created => number(it.created_at),
        RoomSortKey::DeletesAt => number(it.settings.deletes_at),
        RoomSortKey::Recordings => number(Some(tallies.get(it).recordings as i64)),
        RoomSortKey::Size => number(Some(tallies.get(it).size as i64)),
    };
    match (key(a), key(b)) {
        (Some(a), Some(b)) => {
            if sort.descending {
                b.cmp(&a)
            } else {
                a.cmp(&b)
            }
        }
        (a, b) => b.is_some().cmp(&a.is_some()),
    }
}

proptest! {
    /// With all that is remembered from one question to the next.
    #[test]
    fn arranging_is_filtering_and_sorting(
        steps in prop::collection::vec((prop::collection::vec(any_change(), 0..8), any_view()), 1..8),
        hidden in prop::collection::vec(0..12_u32, 0..3),
    ) {
        let mut it = rooms();
        let mut tallies = Tallies::default();
        let hidden: Bits = hidden.into_iter().map(Slot).collect();
        for (changes, view) in steps {
            for change in changes {
                match change {
                    Change::Put(room) => { it.put(*room); }
                    Change::Remove(n) => { it.remove(&id(&n.to_string())); }
                    Change::Record(list) => tallies = Tallies::of(&tally::tests::index(&list)),
                }
            }
            let criteria = view.criteria(str::to_lowercase);
            let mut expected: Vec<(Slot, &Room)> = it
                .iter()
                .filter(|(slot, room)| !hidden.has(*slot) && has(room, &criteria, &tallies))
                .collect();
            expected.sort_by(|(_, a), (_, b)| {
                let orders = view.sort.iter().map(|sort| compare(a, b, *sort, &tallies));
                orders.fold(Ordering::Equal, Ordering::then)
            });
            let expected: Vec<Slot> = expected.into_iter().map(|(slot, _)| slot).collect();
            let order = it.arrange(&criteria, &view.sort, &tallies, &hidden, NOW);
            prop_assert_eq!(order.slots, expected);
        }
    }

    /// Whatever pages a server gives, the walk ends, and each room is held once.
    #[test]
    fn every_walk_ends_and_has_each_room_once(
        pages in prop::collection::vec(
            (prop::collection::vec(0..30_u8, 0..5), option::weighted(0.9, 0..10_usize)), 10,
        ),
    ) {
        let mut it = rooms();
        let page_at = |at: usize| {
            let (numbers, next) = &pages[at];
            let items = numbers.iter().map(|n| Room::bare(n.to_string())).collect();
            Page { items, next: next.map(|next| cursor(&next.to_string())), ..Page::EMPTY }
        };
        it.begin(page_at(0));
        let mut seen = vec![0];
        while let Some(next) = it.next().cloned() {
            let at = next.0.parse().unwrap();
            it.add(page_at(at), &next);
            seen.push(at);
            prop_assert!(seen.len() <= 12);
        }
        let mut expected: Vec<String> =
            seen.iter().flat_map(|at| &pages[*at].0).map(u8::to_string).collect();
        expected.sort();
        expected.dedup();
        let mut held = ids(&it);
        held.sort_unstable();
        prop_assert_eq!(held, expected);
        prop_assert!(!it.is_partial());
        for (slot, room) in it.iter() {
            prop_assert_eq!(it.find(&room.id), Some(slot));
        }
    }
}
