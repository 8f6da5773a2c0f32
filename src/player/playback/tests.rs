//! What the policy does with what happens.

use proptest::prelude::*;

use super::*;

const CALM: Look = Look { now: 0, wants_data: false, ahead: 0.0, is_online: true };

fn head(size: u64) -> MediaHead {
    MediaHead { size: Some(size), has_ranges: true }
}

fn busy() -> Error {
    Error::Server { status: 503, message: String::new() }
}

/// One that plays at this many seconds.
fn playing(seconds: f64) -> Playback {
    let mut it = Playback::new(0.0, None);
    assert_eq!(it.answered(Ok(None), CALM, 0.0), Some(Step::Load));
    it.loaded();
    it.shown(0.0);
    it.at(seconds);
    assert_eq!(it.condition, Condition::Fine);
    it
}

fn answered(it: &mut Playback, answer: Result<Option<&MediaHead>, Error>) -> Option<Step> {
    it.answered(answer, CALM, 0.0)
}

/// Looks every half second for so many seconds, as if it should be playing.
fn stand(it: &mut Playback, from: u64, seconds: u64) -> Option<Step> {
    let mut looks = (1..=seconds * 2).map(|n| from + n * 500);
    looks.find_map(|now| it.look(Look { now, wants_data: true, ..CALM }))
}

#[test]
fn goes_on_where_it_was_when_the_server_would_send() {
    let mut it = playing(2050.5);
    assert_eq!(it.failed(), Some(Step::Ask));
    assert_eq!(answered(&mut it, Ok(None)), Some(Step::Load));
    it.at(0.0);
    assert_eq!(it.loaded(), Some(2050.5));
    it.shown(2050.0);
    assert_eq!(it.condition, Condition::Fine);
    assert_eq!(it.loaded(), None);
}

#[test]
fn begins_where_it_is_told_to() {
    let mut it = Playback::new(90.0, None);
    answered(&mut it, Ok(None));
    assert_eq!(it.loaded(), Some(90.0));
    assert_eq!(Playback::new(f64::NAN, None).position(), 0.0);
}

#[test]
fn what_stands_after_an_error_is_not_its_place() {
    let mut it = playing(600.0);
    it.failed();
    it.at(0.0);
    assert_eq!(it.position(), 600.0);
    // Firefox plays on while there is something buffered.
    it.at(601.0);
    assert_eq!(it.position(), 601.0);
    it.at(1200.0);
    assert_eq!(it.position(), 601.0);
    assert_eq!(it.ended(), None);
}

#[test]
fn what_is_buffered_plays_before_it_is_loaded_again() {
    let mut it = playing(600.0);
    it.failed();
    it.at(600.1);
    let rich = Look { ahead: 5.0, wants_data: true, ..CALM };
    assert_eq!(it.answered(Ok(None), rich, 0.0), None);
    it.at(601.0);
    assert_eq!(it.look(rich), None);
    it.at(605.0);
    assert_eq!(it.look(Look { ahead: 0.1, ..rich }), Some(Step::Load));
    assert_eq!(it.loaded(), Some(605.0));
}

#[test]
fn a_tunnel_is_waited_for_however_long() {
    let mut it = playing(600.0);
    it.failed();
    let mut now = 0;
    for n in 0..50 {
        let step = it.answered(Err(Error::Unreachable), Look { now, ..CALM }, 0.0);
        assert_eq!(step, (n == 0).then_some(Step::Release));
        let Condition::Waiting { until: Some(until), .. } = it.condition else { panic!("{n}") };
        assert!((2_000..=30_000).contains(&(until - now)));
        assert_eq!(it.look(Look { now: until - 1, ..CALM }), None);
        assert_eq!(it.look(Look { now: until, ..CALM }), Some(Step::Ask));
        now = until;
    }
    assert_eq!(answered(&mut it, Ok(None)), Some(Step::Load));
    assert_eq!(it.loaded(), Some(600.0));
}

#[test]
fn without_a_network_it_asks_when_that_is_back() {
    let mut it = playing(600.0);
    it.failed();
    answered(&mut it, Err(Error::Offline));
    assert_eq!(it.look(Look { now: 1_000, is_online: false, ..CALM }), None);
    assert_eq!(it.hope(), Some(Step::Ask));
}

#[test]
fn a_server_in_trouble_is_asked_again_but_not_for_ever() {
    let mut it = playing(600.0);
    it.failed();
    for _ in 0..MOST_REFUSALS {
        answered(&mut it, Err(busy()));
        assert!(matches!(it.condition, Condition::Waiting { .. }));
        assert_eq!(it.hope(), Some(Step::Ask));
    }
    answered(&mut it, Err(busy()));
    assert_eq!(it.condition, Condition::Stopped(Some(busy())));
    assert_eq!(it.retry(), Step::Ask);
}

#[test]
fn a_server_that_comes_back_with_an_error_is_not_given_up() {
    let mut it = playing(600.0);
    it.failed();
    for _ in 0..50 {
        answered(&mut it, Err(Error::Unreachable));
        it.hope();
    }
    answered(&mut it, Err(busy()));
    assert!(matches!(it.condition, Condition::Waiting { .. }));
}

#[test]
fn a_server_that_says_when_is_not_asked_before() {
    let mut it = playing(600.0);
    it.failed();
    answered(&mut it, Err(Error::RateLimited { retry_after: Some(5) }));
    assert_eq!(it.look(Look { now: 4_999, ..CALM }), None);
    assert_eq!(it.look(Look { now: 5_000, ..CALM }), Some(Step::Ask));
}

#[test]
fn whoever_signs_in_again_goes_on() {
    let mut it = playing(12.0);
    it.failed();
    answered(&mut it, Err(Error::SignedOut));
    assert_eq!(it.look(Look { now: 1_000_000, ..CALM }), None);
    assert_eq!(it.hope(), Some(Step::Ask));
    answered(&mut it, Ok(None));
    assert_eq!(it.loaded(), Some(12.0));
}

#[test]
fn what_waiting_does_not_help_is_explained() {
    for why in [Error::Forbidden, Error::NotFound, Error::Blocked, Error::BadSecret] {
        let mut it = playing(12.0);
        it.failed();
        assert_eq!(answered(&mut it, Err(why.clone())), None);
        assert_eq!(it.condition, Condition::Stopped(Some(why)));
        assert_eq!(it.hope(), None);
    }
}

#[test]
fn what_goes_on_by_itself_is_let_go_on() {
    let mut it = playing(600.0);
    assert_eq!(stand(&mut it, 0, 9), Some(Step::Ask));
    it.at(600.5);
    assert_eq!(it.condition, Condition::Fine);
    assert_eq!(answered(&mut it, Ok(None)), None);
    assert_eq!(it.condition, Condition::Fine);
}

#[test]
fn a_file_damaged_in_the_middle_is_not_loaded_for_ever() {
    let mut it = playing(600.0);
    for _ in 0..MOST_RELOADS {
        assert_eq!(it.failed(), Some(Step::Ask));
        assert_eq!(answered(&mut it, Ok(None)), Some(Step::Load));
        it.loaded();
        it.at(600.0);
        it.shown(600.0);
    }
    it.failed();
    assert_eq!(answered(&mut it, Ok(None)), None);
    assert_eq!(it.condition, Condition::Stopped(None));
}

#[test]
fn a_file_that_never_plays_is_not_loaded_for_ever() {
    let mut it = Playback::new(0.0, None);
    assert_eq!(answered(&mut it, Ok(None)), Some(Step::Load));
    for _ in 0..MOST_RELOADS {
        assert_eq!(it.failed(), Some(Step::Ask));
        assert_eq!(answered(&mut it, Ok(None)), Some(Step::Load));
    }
    it.failed();
    answered(&mut it, Ok(None));
    assert_eq!(it.condition, Condition::Stopped(None));
}

#[test]
fn progress_gives_new_tries() {
    let mut it = playing(600.0);
    for n in 1..10 {
        assert_eq!(it.failed(), Some(Step::Ask));
        assert_eq!(answered(&mut it, Ok(None)), Some(Step::Load), "{n}");
        it.loaded();
        it.shown(it.position());
        it.at(600.0 + f64::from(n) * 5.0);
    }
}

#[test]
fn a_server_that_sends_nothing_is_not_blamed_on_the_file() {
    let mut it = playing(600.0);
    let mut now = 0;
    for _ in 0..MOST_RELOADS {
        assert_eq!(stand(&mut it, now, 40), Some(Step::Ask));
        assert_eq!(answered(&mut it, Ok(None)), None);
        assert_eq!(stand(&mut it, now + 4_000, 40), Some(Step::Ask));
        assert_eq!(answered(&mut it, Ok(None)), Some(Step::Load));
        now += 40_000;
    }
    stand(&mut it, now, 40);
    answered(&mut it, Ok(None));
    stand(&mut it, now + 4_000, 40);
    answered(&mut it, Ok(None));
    assert!(matches!(it.condition, Condition::Waiting { why: Error::TimedOut, .. }));
}

#[test]
fn a_stall_is_noticed_once_it_lasts() {
    let mut it = playing(600.0);
    it.look(Look { now: 500, wants_data: true, ..CALM });
    assert_eq!(stand(&mut it, 500, 3), None);
    it.data_arrived();
    assert_eq!(stand(&mut it, 3_500, 3), None);
    it.look(Look { now: 6_600, ..CALM });
    assert_eq!(stand(&mut it, 6_600, 4), Some(Step::Ask));
}

#[test]
fn a_server_that_is_only_slow_is_left_alone_for_a_while() {
    let mut it = playing(600.0);
    it.look(Look { now: 500, wants_data: true, ..CALM });
    assert_eq!(stand(&mut it, 500, 5), Some(Step::Ask));
    assert_eq!(answered(&mut it, Ok(None)), None);
    assert_eq!(it.condition, Condition::Fine);
    assert_eq!(stand(&mut it, 4_500, 3), None);
    assert_eq!(stand(&mut it, 7_500, 3), Some(Step::Ask));
    assert_eq!(answered(&mut it, Ok(None)), Some(Step::Load));
}

#[test]
fn without_a_network_it_doubts_soon() {
    let mut it = playing(600.0);
    it.look(Look { now: 500, wants_data: true, ..CALM });
    let dark = |now| Look { now, wants_data: true, is_online: false, ..CALM };
    it.look(dark(1_000));
    assert_eq!(it.look(dark(1_500)), Some(Step::Ask));
    assert_eq!(it.answered(Err(Error::Offline), dark(1_500), 0.0), Some(Step::Release));
    assert_eq!(it.failed(), None);
    it.at(0.0);
    it.hope();
    assert_eq!(answered(&mut it, Ok(None)), Some(Step::Load));
    assert_eq!(it.loaded(), Some(600.0));
}

#[test]
fn a_tunnel_of_twenty_seconds_takes_no_more_than_three_questions_in_ten() {
    let mut it = playing(600.0);
    it.failed();
    let mut asked = vec![0];
    while asked.last().unwrap() < &60_000 {
        let now = *asked.last().unwrap();
        it.answered(Err(Error::Unreachable), Look { now, ..CALM }, 0.0);
        let mut looks = (now..).step_by(500);
        asked.extend(looks.find(|now| it.look(Look { now: *now, ..CALM }).is_some()));
    }
    assert!(asked.windows(4).all(|four| four[3] - four[0] >= 10_000), "{asked:?}");
    assert!(asked.windows(2).all(|two| two[1] - two[0] <= 20_000), "{asked:?}");
}

#[test]
fn sleeping_is_not_waiting() {
    let mut it = playing(600.0);
    it.look(Look { now: 500, wants_data: true, ..CALM });
    assert_eq!(it.look(Look { now: 3_600_000, wants_data: true, ..CALM }), None);
}

#[test]
fn a_server_without_ranges_cannot_bring_back_the_place() {
    let mut it = playing(600.0);
    it.failed();
    answered(&mut it, Ok(Some(&MediaHead { size: None, has_ranges: false })));
    let none = Condition::Stopped(Some(Error::Unexpected(Unexpected::NoRanges)));
    assert_eq!(it.condition, none);

    let mut it = Playback::new(600.0, None);
    answered(&mut it, Ok(None));
    it.loaded();
    it.shown(0.0);
    assert_eq!(it.condition, none);
}

#[test]
fn a_changed_file_is_not_blamed_on_the_browser() {
    let mut it = Playback::new(0.0, Some(1_000));
    answered(&mut it, Ok(None));
    it.failed();
    answered(&mut it, Ok(Some(&head(999))));
    let changed = Some(Error::Unexpected(Unexpected::Changed));
    assert_eq!(it.condition, Condition::Stopped(changed.clone()));
    it.retry();
    assert_eq!(answered(&mut it, Ok(Some(&head(999)))), Some(Step::Load));
    it.failed();
    answered(&mut it, Err(Error::Server { status: 416, message: String::new() }));
    assert_eq!(it.condition, Condition::Stopped(changed));
}

#[test]
fn an_end_that_it_did_not_come_to_is_none() {
    let mut it = playing(600.0);
    it.seeking(960.0);
    it.at(960.5);
    assert_eq!(it.ended(), None);
    it.at(1200.0);
    assert_eq!(it.ended(), Some(Step::Ask));
    assert_eq!(it.position(), 960.5);

    let mut it = playing(600.0);
    it.sought(1200.0);
    it.at(1200.0);
    assert_eq!(it.ended(), None);

    let mut it = playing(0.0);
    it.at(5.0);
    assert_eq!(it.ended(), Some(Step::Ask));
    let mut it = playing(0.2);
    it.at(0.5);
    assert_eq!(it.ended(), None);
}

#[test]
fn the_viewer_may_seek_in_trouble() {
    let mut it = playing(600.0);
    it.failed();
    it.sought(30.0);
    answered(&mut it, Ok(None));
    it.sought(40.0);
    assert_eq!(it.loaded(), Some(40.0));
}

#[derive(Clone, Debug)]
enum Happening {
    At(f64),
    Sought(f64),
    Loaded,
    Shown,
    Failed,
    Good,
    Bad(u8),
    Look(u64, bool, f64),
    Hope,
}

fn happening() -> impl Strategy<Value = Happening> {
    prop_oneof![
        any::<f64>().prop_map(Happening::At),
        any::<f64>().prop_map(Happening::Sought),
        Just(Happening::Loaded),
        Just(Happening::Shown),
        Just(Happening::Failed),
        Just(Happening::Good),
        any::<u8>().prop_map(Happening::Bad),
        (0_u64..5_000, any::<bool>(), 0.0..2.0).prop_map(|(a, b, c)| Happening::Look(a, b, c)),
        Just(Happening::Hope),
    ]
}

fn error(n: u8) -> Error {
    let all = [Error::Offline, Error::SignedOut, busy(), Error::NotFound, Error::TimedOut];
    all[usize::from(n) % all.len()].clone()
}

proptest! {
    #[test]
    fn whatever_happens_the_place_can_be_sought_and_there_is_a_way_on(
        happenings in prop::collection::vec(happening(), 0..80)
    ) {
        let mut it = Playback::new(0.0, None);
        let mut now = 0;
        for happening in happenings {
            let look = Look { now, ..CALM };
            let step = match happening {
                Happening::At(seconds) => { it.at(seconds); None }
                Happening::Sought(seconds) => { it.sought(seconds); None }
                Happening::Loaded => { it.loaded(); None }
                Happening::Shown => { it.shown(it.position()); None }
                Happening::Failed => it.failed(),
                Happening::Good => it.answered(Ok(None), look, 0.5),
                Happening::Bad(n) => it.answered(Err(error(n)), look, 0.5),
                Happening::Look(passed, wants_data, ahead) => {
                    now += passed;
                    it.look(Look { now, wants_data, ahead, is_online: true })
                }
                Happening::Hope => it.hope(),
            };
            prop_assert!(it.position().is_finite() && it.position() >= 0.0);
            // Each step is what the condition says is being done.
            match step {
                Some(Step::Ask) => prop_assert_eq!(it.condition(), &Condition::Asking),
                Some(Step::Load) => prop_assert_eq!(it.condition(), &Condition::Loading),
                Some(Step::Release) => {
                    let waits = matches!(it.condition(), Condition::Waiting { .. });
                    prop_assert!(waits);
                }
                None => {}
            }
        }
        // Left alone with a good server, it is being asked, loads, plays or has said why not.
        for _ in 0..200 {
            now += 1_000;
            it.look(Look { now, wants_data: true, ..CALM });
            it.hope();
            it.answered(Ok(None), Look { now, ..CALM }, 0.0);
            it.loaded();
            it.shown(it.position());
        }
        let is_over = matches!(it.condition(), Condition::Fine | Condition::Stopped(_));
        prop_assert!(is_over || matches!(it.condition(), Condition::Waiting { .. }), "{it:?}");
    }

    #[test]
    fn a_file_that_fails_at_once_is_asked_for_three_times(fails in 1..20_usize) {
        let mut it = Playback::new(0.0, None);
        let mut loads = usize::from(answered(&mut it, Ok(None)) == Some(Step::Load));
        for _ in 0..fails {
            it.failed();
            loads += usize::from(answered(&mut it, Ok(None)) == Some(Step::Load));
        }
        prop_assert_eq!(loads, (1 + fails).min(1 + MOST_RELOADS as usize));
    }
}
