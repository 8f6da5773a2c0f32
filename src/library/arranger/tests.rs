use std::{cmp::Ordering, collections::BTreeMap};

use proptest::prelude::*;

use super::{titles::natural_key, *};
use crate::{
    library::{
        StatusGroup, Wanted,
        index::tests::{Change, change, fold, sample},
    },
    model::Recording,
};

type Rows = BTreeMap<Slot, Recording>;

fn day_of(date: i64) -> Range<i64> {
    let start = date.div_euclid(100) * 100;
    start..start + 100
}

fn texts(it: &Recording) -> Vec<String> {
    let texts = [&it.room_name, &it.description, &it.room_id, &it.file_name];
    let texts = texts.into_iter().flatten().map(String::as_str);
    texts.chain([it.title(), it.id.as_str()]).map(fold).collect()
}

/// The distance of two words by its definition, a whole table of it.
fn slips(a: &[char], b: &[char]) -> usize {
    let mut table = vec![vec![0; b.len() + 1]; a.len() + 1];
    for i in 0..=a.len() {
        for j in 0..=b.len() {
            table[i][j] = if i == 0 || j == 0 {
                i + j
            } else {
                let other = usize::from(a[i - 1] != b[j - 1]);
                let mut least =
                    (table[i - 1][j - 1] + other).min(table[i - 1][j] + 1).min(table[i][j - 1] + 1);
                if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                    least = least.min(table[i - 2][j - 2] + 1);
                }
                least
            };
        }
    }
    table[a.len()][b.len()]
}

fn is_near(it: &Recording, word: &str) -> bool {
    let word: Vec<char> = word.chars().collect();
    let most = match word.len() {
        0..5 => return false,
        5..9 => 1,
        _ => 2,
    };
    let texts = [Some(it.title()), it.room_name.as_deref(), it.description.as_deref()];
    texts.into_iter().flatten().map(fold).any(|text| {
        text.split(|letter: char| letter.is_ascii() && !letter.is_ascii_alphanumeric()).any(
            |other| {
                let other: Vec<char> = other.chars().collect();
                (0..=other.len()).any(|end| slips(&word, &other[..end]) <= most)
            },
        )
    })
}

/// `is_exact`: some row has the word as it is.
fn has(is_exact: bool, it: &Recording, wanted: &Wanted) -> bool {
    let contains = |text: &str| texts(it).iter().any(|has| has.contains(text));
    let has = match &wanted.what {
        What::Word(word) => contains(word) || (!wanted.is_not && !is_exact && is_near(it, word)),
        What::Phrase(text) => contains(text),
        What::Room(text) => {
            let named = it.room_name.as_deref().unwrap_or(it.title());
            let id = it.room_id.as_deref();
            fold(named).contains(text) || id.is_some_and(|id| fold(id).contains(text))
        }
        What::Status(group) => group.has(&it.status),
        What::Date(span) => span.has(it.date()),
        What::Duration(span) => span.has(it.duration),
        What::Size(span) => span.has(it.size),
    };
    has != wanted.is_not
}

fn exact(rows: &Rows, criteria: &Criteria) -> Vec<bool> {
    let is_exact = |term: &Wanted| match &term.what {
        What::Word(word) => rows.values().any(|it| texts(it).iter().any(|has| has.contains(word))),
        _ => true,
    };
    criteria.terms.iter().map(is_exact).collect()
}

fn passes(exact: &[bool], it: &Recording, criteria: &Criteria) -> bool {
    criteria.terms.iter().zip(exact).all(|(term, exact)| has(*exact, it, term))
        && criteria.room.as_ref().is_none_or(|room| it.room_id.as_ref() == Some(room))
        && criteria.status.is_none_or(|group| group.has(&it.status))
        && criteria.date.has(it.date())
        && criteria.duration.has(it.duration)
        && criteria.size.has(it.size)
}

fn compare(sort: &Sort, a: &Recording, b: &Recording) -> Ordering {
    fn ordered<T: Ord>(a: Option<T>, b: Option<T>, descending: bool) -> Ordering {
        match (a, b) {
            (Some(a), Some(b)) => {
                if descending {
                    b.cmp(&a)
                } else {
                    a.cmp(&b)
                }
            }
            (a, b) => a.is_none().cmp(&b.is_none()),
        }
    }
    let title = |it: &Recording| Some(natural_key(&fold(it.title())));
    match sort.key {
        SortKey::Room => ordered(title(a), title(b), sort.descending),
        SortKey::Date => ordered(a.date(), b.date(), sort.descending),
        SortKey::Duration => ordered(a.duration, b.duration, sort.descending),
        SortKey::Size => ordered(a.size, b.size, sort.descending),
    }
}

/// By its definition: filter, sort by the groups and then by the keys, and see where groups begin.
fn arranged(rows: &Rows, criteria: &Criteria, sort: &[Sort], group: Option<Group>) -> Order {
    let exact = exact(rows, criteria);
    let mut shown: Vec<(Slot, &Recording)> = rows
        .iter()
        .map(|(slot, it)| (*slot, it))
        .filter(|(_, it)| passes(&exact, it, criteria))
        .collect();
    let outer = group.map(|group| match group {
        Group::Day => SortKey::Date,
        Group::Room => SortKey::Room,
    });
    let first = sort.first().filter(|first| Some(first.key) == outer);
    let descending = first.map_or(outer == Some(SortKey::Date), |first| first.descending);
    let of_group = |it: &Recording| {
        let day = it.date().map(|date| day_of(date).start);
        let mut day_only = Recording::bare("x");
        day_only.name = Some(it.title().to_owned());
        day_only.started_at = day;
        day_only
    };
    let by_group = |a: &Recording, b: &Recording| match outer {
        Some(key) => compare(&Sort { key, descending }, &of_group(a), &of_group(b)),
        None => Ordering::Equal,
    };
    shown.sort_by(|(_, a), (_, b)| {
        sort.iter().fold(by_group(a, b), |order, sort| order.then_with(|| compare(sort, a, b)))
    });
    let mut groups: Vec<GroupStart> = Vec::new();
    for (at, (slot, it)) in shown.iter().enumerate() {
        let begins = at == 0 || by_group(shown[at - 1].1, it) != Ordering::Equal;
        let key = match group {
            Some(Group::Day) => {
                it.date().map_or(GroupKey::Undated, |date| GroupKey::Day(day_of(date).start))
            }
            _ => GroupKey::Room(*slot),
        };
        groups.extend((group.is_some() && begins).then_some(GroupStart { at, key }));
    }
    Order { slots: shown.into_iter().map(|(slot, _)| slot).collect(), groups }
}

fn counted(rows: &Rows, criteria: &Criteria, bands: &Bands) -> Counts {
    let exact = exact(rows, criteria);
    let count =
        |criteria: &Criteria| rows.values().filter(|it| passes(&exact, it, criteria)).count();
    let all = criteria;
    let mut rooms: BTreeMap<&str, usize> = BTreeMap::new();
    for it in rows.values().filter(|it| passes(&exact, it, &Criteria { room: None, ..all.clone() }))
    {
        if let Some(id) = &it.room_id {
            *rooms.entry(id).or_default() += 1;
        }
    }
    let with = |change: &dyn Fn(&mut Criteria, usize), choices: usize| -> Vec<usize> {
        (0..choices)
            .map(|at| {
                let mut criteria = all.clone();
                change(&mut criteria, at);
                count(&criteria)
            })
            .collect()
    };
    let status = with(&|criteria, at| criteria.status = Some(StatusGroup::ALL[at]), 3);
    Counts {
        all: count(all),
        status: [status[0], status[1], status[2]],
        rooms: rooms.into_iter().map(|(id, rows)| (id.to_owned(), String::new(), rows)).collect(),
        dates: with(&|criteria, at| criteria.date = bands.dates[at], bands.dates.len()),
        durations: with(
            &|criteria, at| criteria.duration = bands.durations[at],
            bands.durations.len(),
        ),
        sizes: with(&|criteria, at| criteria.size = bands.sizes[at], bands.sizes.len()),
    }
}

fn span<T: std::fmt::Debug + Clone + 'static>(
    value: impl Strategy<Value = T> + Clone,
) -> impl Strategy<Value = Span<T>> {
    (prop::option::of(value.clone()), prop::option::of(value))
        .prop_map(|(from, to)| Span { from, to })
}

fn group_of_status() -> impl Strategy<Value = StatusGroup> {
    prop::sample::select(StatusGroup::ALL.to_vec())
}

fn criteria() -> impl Strategy<Value = Criteria> {
    let text = || {
        prop_oneof![
            "[abe12-]{0,3}",
            "(heat|hxat|physics|phsyics|thermdynamiks|cafes|lessno|essons)"
        ]
    };
    let what = prop_oneof![
        6 => text().prop_map(What::Word),
        1 => text().prop_map(What::Phrase),
        1 => text().prop_map(What::Room),
        1 => group_of_status().prop_map(What::Status),
        1 => span(-120_i64..240).prop_map(What::Date),
        1 => span(0_u64..4).prop_map(What::Duration),
        1 => span(0_u64..4).prop_map(What::Size),
    ];
    let term = (prop::bool::weighted(0.2), what).prop_map(|(is_not, what)| Wanted { is_not, what });
    let rare = |some: f64| prop::bool::weighted(some);
    (
        prop::collection::vec(term, 0..3),
        prop::option::weighted(0.1, "[ab]{1,2}"),
        prop::option::weighted(0.1, group_of_status()),
        (rare(0.2), span(-120_i64..240)),
        (rare(0.2), span(0_u64..4)),
        (rare(0.2), span(0_u64..4)),
    )
        .prop_map(|(terms, room, status, date, duration, size)| Criteria {
            terms,
            room,
            status,
            date: if date.0 { date.1 } else { Span::default() },
            duration: if duration.0 { duration.1 } else { Span::default() },
            size: if size.0 { size.1 } else { Span::default() },
        })
}

fn sort() -> impl Strategy<Value = Vec<Sort>> {
    let key =
        prop::sample::select(vec![SortKey::Room, SortKey::Date, SortKey::Duration, SortKey::Size]);
    let one = (key, any::<bool>()).prop_map(|(key, descending)| Sort { key, descending });
    prop::collection::vec(one, 0..3)
}

fn group() -> impl Strategy<Value = Option<Group>> {
    prop::sample::select(vec![None, Some(Group::Day), Some(Group::Room)])
}

fn bands() -> Bands {
    let span = |from, to| Span { from, to };
    Bands {
        dates: vec![span(Some(0), None), span(None, Some(80)), Span::default()],
        durations: vec![Span { from: Some(1), to: Some(3) }, Span { from: None, to: Some(2) }],
        sizes: vec![Span { from: Some(2), to: None }],
    }
}

fn step() -> impl Strategy<Value = (Vec<Change>, Criteria, Vec<Sort>, Option<Group>)> {
    (prop::collection::vec(change(), 0..30), criteria(), sort(), group())
}

fn apply(index: &mut Index, rows: &mut Rows, change: Change) {
    match change {
        Change::Put(it) => {
            rows.insert(index.put((*it).clone()).slot, *it);
        }
        Change::Remove(n) => {
            let slot = rows.keys().nth(n).copied();
            slot.inspect(|slot| assert!(index.remove(*slot) && rows.remove(slot).is_some()));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    /// One arranger through all changes, so that everything it remembers is put to the test.
    #[test]
    fn equals_filtering_and_sorting_recordings(steps in prop::collection::vec(step(), 1..8)) {
        let (mut index, mut rows, mut arranger) = (Index::new(fold), Rows::new(), Arranger::default());
        let mut asked = Vec::new();
        for (changes, criteria, sort, group) in steps {
            for change in changes {
                apply(&mut index, &mut rows, change);
            }
            asked.push((criteria, sort, group));
            for (criteria, sort, group) in asked.iter().rev().take(3) {
                let order = arranger.arrange(&index, criteria, sort, *group, &day_of);
                let expected = arranged(&rows, criteria, sort, *group);
                prop_assert_eq!(&order.slots, &expected.slots, "{:?} {:?} {:?}", criteria, sort, group);
                prop_assert_eq!(order.groups, expected.groups);
                let mut counts = arranger.counts(&index, criteria, &bands());
                counts.rooms.sort();
                counts.rooms.iter_mut().for_each(|room| room.1.clear());
                prop_assert_eq!(counts, counted(&rows, criteria, &bands()));
            }
        }
    }

    /// Each letter narrows what the last one found; taking letters back widens it again.
    #[test]
    fn typing_finds_what_asking_at_once_finds(
        changes in prop::collection::vec(change(), 0..60),
        word in "(physics|[ab12-]{1,5}|cafes)",
    ) {
        let (mut index, mut rows, mut arranger) = (Index::new(fold), Rows::new(), Arranger::default());
        for change in changes {
            apply(&mut index, &mut rows, change);
        }
        let ends = (1..=word.len()).chain((1..word.len()).rev());
        for end in ends {
            let what = What::Word(word[..end].to_owned());
            let criteria = Criteria { terms: vec![Wanted { is_not: false, what }], ..Criteria::default() };
            let order = arranger.arrange(&index, &criteria, &[], None, &day_of);
            prop_assert_eq!(order, arranged(&rows, &criteria, &[], None));
        }
    }
}

#[test]
fn a_hundred_thousand_rows_take_less_than_250_bytes_each() {
    const ROWS: usize = 100_000;
    let mut index = Index::new(fold);
    for it in sample(ROWS) {
        index.put(it);
    }
    let mut arranger = Arranger::default();
    for key in [SortKey::Date, SortKey::Room, SortKey::Duration, SortKey::Size] {
        for word in ["a", "ab", "web", "webx", "calculas", "town"] {
            let what = What::Word(word.into());
            let criteria =
                Criteria { terms: vec![Wanted { is_not: false, what }], ..Criteria::default() };
            let sort =
                [Sort { key, descending: true }, Sort { key: SortKey::Date, descending: true }];
            arranger.arrange(&index, &criteria, &sort, None, &day_of);
        }
    }
    let (rows, views) = (index.bytes() / ROWS, arranger.bytes() / ROWS);
    println!("{rows} B + {views} B");
    assert!(rows + views <= 250, "{rows} B + {views} B");
}
