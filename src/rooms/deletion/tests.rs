use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;

const RULE: RoomDeletion = RoomDeletion {
    ends: false,
    batch: 3,
    with_meeting: &[WithMeeting::WhenMeetingEnds, WithMeeting::Force],
    with_recordings: &[WithRecordings::Close, WithRecordings::Force],
};
const ENDS_CLOSE: DeletionPolicy = DeletionPolicy {
    with_meeting: WithMeeting::WhenMeetingEnds,
    with_recordings: WithRecordings::Close,
};

/// A room at the server, which judges as OpenVidu Meet does (`openvidu-meet-api.md` §1B').
#[derive(Clone, Copy, Debug, PartialEq)]
struct There {
    meeting: bool,
    recordings: bool,
}

type Server = BTreeMap<RoomId, There>;

fn id(n: usize) -> RoomId {
    RoomId(format!("room-{n}"))
}

fn server(rooms: &[(bool, bool)]) -> Server {
    let there = |(n, (meeting, recordings)): (usize, &(bool, bool))| {
        (id(n), There { meeting: *meeting, recordings: *recordings })
    };
    rooms.iter().enumerate().map(there).collect()
}

fn judge(server: &mut Server, id: &RoomId, policy: DeletionPolicy) -> RoomOutcome {
    let Some(There { meeting, recordings }) = server.get(id).copied() else {
        return RoomOutcome::AlreadyGone;
    };
    let DeletionPolicy { with_meeting, with_recordings } = policy;
    let is_refused = (meeting && with_meeting == WithMeeting::Fail)
        || (recordings && with_recordings == WithRecordings::Fail);
    if is_refused {
        let cannot_wait = meeting && recordings && with_meeting == WithMeeting::WhenMeetingEnds;
        return RoomOutcome::Refused(Obstacle { meeting, recordings, cannot_wait });
    }
    let closes = recordings && with_recordings == WithRecordings::Close;
    match (meeting && with_meeting == WithMeeting::WhenMeetingEnds, closes) {
        (true, true) => RoomOutcome::ToBeClosed,
        (true, false) => RoomOutcome::ToBeDeleted { with_recordings: recordings },
        (false, true) => {
            server.insert(id.clone(), There { meeting: false, recordings });
            RoomOutcome::Closed { with_meeting: meeting }
        }
        (false, false) => {
            server.remove(id);
            RoomOutcome::Deleted { with_meeting: meeting, with_recordings: recordings }
        }
    }
}

/// Sends and answers until nothing is to be sent; what was sent, batch by batch.
fn run(it: &mut RoomDeletions, server: &mut Server) -> Vec<(Vec<RoomId>, DeletionPolicy)> {
    let mut sent = Vec::new();
    while let Some((ids, policy)) = it.batch() {
        assert_eq!(it.batch(), None, "one on its way");
        let outcome = |id: &RoomId| (id.clone(), judge(server, id, policy));
        it.answered(RoomReport { outcomes: ids.iter().map(outcome).collect() });
        sent.push((ids, policy));
    }
    sent
}

fn asked(ids: impl IntoIterator<Item = usize>) -> RoomDeletions {
    let mut it = RoomDeletions::new(RULE);
    it.ask(ids.into_iter().map(id).collect());
    it
}

#[test]
fn nothing_is_sent_before_it_is_confirmed_and_what_is_simple_needs_no_more() {
    let mut server = server(&[(false, false); 4]);
    let mut it = asked([0, 1, 0, 2, 3]);
    assert!(it.batch().is_none() && !it.has(&id(0)));
    it.confirm();
    assert!(it.question().is_empty() && it.has(&id(0)));
    assert_eq!(it.progress(), Some(Progress { done: 0, of: 4 }));
    let sent = run(&mut it, &mut server);
    assert_eq!(sent.iter().map(|(ids, _)| ids.len()).collect::<Vec<_>>(), [3, 1]);
    assert_eq!(it.summary(), Some(DeletionSummary { deleted: 4, ..DeletionSummary::default() }));
    it.dismiss();
    assert_eq!(it, RoomDeletions::new(RULE));
}

#[test]
fn what_is_in_the_way_is_asked_and_each_room_gets_only_its_part_of_the_answer() {
    let mut server = server(&[(true, false), (false, true), (true, true), (false, false)]);
    let mut it = asked(0..4);
    it.confirm();
    run(&mut it, &mut server);
    assert_eq!(it.summary(), None);
    assert_eq!(
        it.obstacles(),
        Some(Obstacles {
            with_meeting: vec![id(0)],
            with_recordings: vec![id(1)],
            with_both: vec![id(2)],
            cannot_wait: false,
            meeting_choices: RULE.with_meeting.to_vec(),
            recordings_choices: RULE.with_recordings.to_vec(),
        })
    );
    it.choose(ENDS_CLOSE);
    let sent = run(&mut it, &mut server);
    let safe = DeletionPolicy::SAFE;
    assert_eq!(
        sent,
        [
            (vec![id(0)], DeletionPolicy { with_recordings: safe.with_recordings, ..ENDS_CLOSE }),
            (vec![id(1)], DeletionPolicy { with_meeting: safe.with_meeting, ..ENDS_CLOSE }),
            (vec![id(2)], ENDS_CLOSE),
        ]
    );
    let counts = DeletionSummary {
        deleted: 1,
        to_be_deleted: 1,
        closed: 1,
        to_be_closed: 1,
        ..DeletionSummary::default()
    };
    assert_eq!(it.summary(), Some(counts));
}

#[test]
fn recordings_that_turn_up_while_waiting_was_chosen_are_asked_about() {
    let mut server = server(&[(true, false)]);
    let mut it = asked([0]);
    it.confirm();
    run(&mut it, &mut server);
    server.insert(id(0), There { meeting: true, recordings: true });
    it.choose(ENDS_CLOSE);
    run(&mut it, &mut server);
    let obstacles = it.obstacles().unwrap();
    assert_eq!((obstacles.with_both, obstacles.cannot_wait), (vec![id(0)], true));
    it.choose(ENDS_CLOSE);
    run(&mut it, &mut server);
    assert_eq!(it.summary().unwrap().to_be_closed, 1);
}

#[test]
fn what_is_left_as_it_is_is_kept() {
    let mut server = server(&[(true, false), (false, true), (true, true)]);
    let before = server.clone();
    let mut it = asked(0..3);
    it.confirm();
    run(&mut it, &mut server);
    let mut dismissed = it.clone();
    dismissed.dismiss();
    assert_eq!(dismissed.summary().unwrap().kept, 3);
    it.choose(DeletionPolicy { with_recordings: WithRecordings::Force, ..DeletionPolicy::SAFE });
    run(&mut it, &mut server);
    let summary = it.summary().unwrap();
    assert_eq!((summary.deleted_with_recordings, summary.kept), (1, 2));
    assert_eq!(server.get(&id(0)), before.get(&id(0)));
    assert_eq!(server.get(&id(2)), before.get(&id(2)));
}

#[test]
fn without_an_answer_the_rest_is_not_sent_and_can_be_tried_again() {
    let mut server = server(&[(false, false); 5]);
    let mut it = asked(0..5);
    it.confirm();
    it.batch();
    it.broke_off("no connection");
    let failed = it.summary().unwrap().failed;
    assert_eq!(failed.len(), 5);
    assert_eq!(failed[4], (id(4), "no connection".into()));
    it.retry_failed();
    assert_eq!(it.summary(), None);
    run(&mut it, &mut server);
    assert_eq!(it.summary().unwrap().deleted, 5);
}

fn policy() -> impl Strategy<Value = DeletionPolicy> {
    let with_meeting = [WithMeeting::Fail, WithMeeting::WhenMeetingEnds, WithMeeting::Force];
    let with_recordings = [WithRecordings::Fail, WithRecordings::Close, WithRecordings::Force];
    (prop::sample::select(with_meeting.to_vec()), prop::sample::select(with_recordings.to_vec()))
        .prop_map(|(with_meeting, with_recordings)| DeletionPolicy {
            with_meeting,
            with_recordings,
        })
}

#[derive(Clone, Debug)]
enum Action {
    Ask(Vec<usize>),
    Confirm,
    Dismiss,
    Send,
    Answer,
    BreakOff,
    Choose(DeletionPolicy),
    Retry,
    /// Somebody else changes a room meanwhile.
    Change(usize, bool, bool),
}

fn actions() -> impl Strategy<Value = Vec<Action>> {
    let action = prop_oneof![
        3 => prop::collection::vec(0..8_usize, 0..6).prop_map(Action::Ask),
        3 => Just(Action::Confirm),
        1 => Just(Action::Dismiss),
        6 => Just(Action::Send),
        6 => Just(Action::Answer),
        1 => Just(Action::BreakOff),
        3 => policy().prop_map(Action::Choose),
        1 => Just(Action::Retry),
        1 => (0..8_usize, any::<bool>(), any::<bool>())
            .prop_map(|(n, meeting, recordings)| Action::Change(n, meeting, recordings)),
    ];
    prop::collection::vec(action, 0..60)
}

proptest! {
    /// Of every room that was confirmed it is known what has become of it, once; and a meeting or
    /// recordings go only where their being in the way was told and that was chosen.
    #[test]
    fn each_room_ends_once_and_nothing_goes_that_was_not_chosen(
        rooms in prop::collection::vec(any::<(bool, bool)>(), 8),
        actions in actions(),
    ) {
        let mut server = server(&rooms);
        let mut it = RoomDeletions::new(RULE);
        let mut on_its_way: Option<(Vec<RoomId>, DeletionPolicy)> = None;
        // What was chosen for a room, and what it was told to have.
        let mut chosen: BTreeMap<RoomId, DeletionPolicy> = BTreeMap::new();
        let mut owed: BTreeSet<RoomId> = BTreeSet::new();
        let end = [Action::Confirm, Action::Answer, Action::BreakOff, Action::Dismiss];
        for action in actions.into_iter().chain(end) {
            match action {
                Action::Ask(numbers) => it.ask(numbers.into_iter().map(id).collect()),
                Action::Confirm => {
                    for id in it.question() {
                        chosen.insert(id.clone(), DeletionPolicy::SAFE);
                        owed.insert(id.clone());
                    }
                    it.confirm();
                }
                Action::Dismiss => {
                    if it.question().is_empty() && it.summary().is_some() {
                        // The report is read: nothing is owed any more.
                        owed.clear();
                    }
                    it.dismiss();
                }
                Action::Send => {
                    if let Some(batch) = it.batch() {
                        prop_assert!(on_its_way.is_none() && batch.0.len() <= RULE.batch);
                        for id in &batch.0 {
                            prop_assert_eq!(chosen.get(id), Some(&batch.1));
                        }
                        on_its_way = Some(batch);
                    }
                }
                Action::Answer => {
                    if let Some((ids, policy)) = on_its_way.take() {
                        let outcome = |id: &RoomId| (id.clone(), judge(&mut server, id, policy));
                        it.answered(RoomReport { outcomes: ids.iter().map(outcome).collect() });
                    }
                }
                Action::BreakOff => {
                    on_its_way = None;
                    it.broke_off("no connection");
                }
                Action::Choose(policy) => {
                    if let Some(obstacles) = it.obstacles() {
                        let safe = DeletionPolicy::SAFE;
                        for id in obstacles.with_meeting {
                            chosen.insert(id, DeletionPolicy { with_meeting: policy.with_meeting, ..safe });
                        }
                        for id in obstacles.with_recordings {
                            chosen.insert(id, DeletionPolicy { with_recordings: policy.with_recordings, ..safe });
                        }
                        for id in obstacles.with_both {
                            chosen.insert(id, policy);
                        }
                    }
                    it.choose(policy);
                }
                Action::Retry => {
                    let summary = it.summary();
                    it.retry_failed();
                    if let Some(DeletionSummary { failed, .. }) = summary {
                        owed = failed.into_iter().map(|(id, _)| id).collect();
                        let safe = |id: &RoomId| (id.clone(), DeletionPolicy::SAFE);
                        chosen.extend(owed.iter().map(safe));
                    }
                }
                Action::Change(n, meeting, recordings) => {
                    server.entry(id(n)).and_modify(|it| *it = There { meeting, recordings });
                }
            }
            let ended: Vec<&RoomId> = it.done.iter().map(|(id, _)| id).collect();
            let ended_once: BTreeSet<&RoomId> = ended.iter().copied().collect();
            prop_assert_eq!(ended.len(), ended_once.len());
            let known: BTreeSet<RoomId> = it.busy.iter().chain(ended).cloned().collect();
            prop_assert_eq!(&known, &owed);
        }
        prop_assert!(it.is_over() && it.busy.is_empty());
    }

    #[test]
    fn the_summary_counts_every_room_once(
        rooms in prop::collection::vec(any::<(bool, bool)>(), 1..30),
        choices in prop::collection::vec(policy(), 3),
    ) {
        let mut server = server(&rooms);
        let mut it = asked(0..rooms.len());
        it.confirm();
        for policy in choices {
            run(&mut it, &mut server);
            it.choose(policy);
        }
        run(&mut it, &mut server);
        let DeletionSummary {
            deleted, deleted_with_recordings, closed, to_be_deleted, to_be_closed, gone, kept, failed,
        } = it.summary().unwrap();
        let sum = deleted + deleted_with_recordings + closed + to_be_deleted + to_be_closed + gone + kept;
        prop_assert_eq!(sum + failed.len(), rooms.len());
    }
}
