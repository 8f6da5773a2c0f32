use proptest::prelude::*;

use super::{preset::HOUR, *};
use crate::model::NameRule;

use RoomField::*;

const NOW: i64 = 1_800_000_000_123;

/// As OpenVidu Meet 3.7.
const MEET: RoomCapabilities = RoomCapabilities {
    create: &[
        Name,
        DeletesAt,
        WithMeeting,
        WithRecordings,
        Chat,
        Recording,
        RecordingAccess,
        Layout,
        Encoding,
        E2ee,
    ],
    edit: &[Chat, Recording, RecordingAccess, Layout, Encoding, E2ee],
    name: NameRule { longest: 50, is_plain: true, is_required: false },
    ..RoomCapabilities::NONE
};

/// As plugNmeet.
const SESSIONS: RoomCapabilities = RoomCapabilities {
    create: &[Name, Id, MaxParticipants, Welcome],
    name: NameRule { longest: 255, is_plain: false, is_required: true },
    ..RoomCapabilities::NONE
};

/// As Whereby.
const MEETINGS: RoomCapabilities =
    RoomCapabilities { create: &[Name, DeletesAt, Locked], must_end: true, ..MEET };

fn named(name: &str, capabilities: &RoomCapabilities) -> RoomDraft {
    let mut draft = RoomDraft::new(capabilities, NOW);
    draft.set_text(Name, name.to_owned());
    draft
}

#[test]
fn what_makes_no_sense_is_not_shown_and_comes_back() {
    let mut draft = RoomDraft::new(&MEET, NOW);
    assert!(draft.is_shown(Layout) && !draft.is_shown(WithMeeting));
    draft.set_deletes_at(Some(NOW + 2 * HOUR));
    assert!(draft.is_shown(WithMeeting) && !draft.is_shown(Welcome));
    draft.set_flag(E2ee, true);
    assert!(!draft.flag(Recording) && !draft.is_enabled(Recording) && !draft.is_shown(Layout));
    assert!(!draft.settings().recording);
    draft.set_flag(E2ee, false);
    assert!(draft.settings().recording && draft.is_shown(Layout));
}

#[test]
fn a_form_is_changed_as_long_as_it_differs() {
    let mut draft = RoomDraft::of(&Room::bare("r"), &MEET);
    assert!(!draft.is_new() && !draft.is_changed());
    draft.set_flag(Chat, false);
    assert!(draft.is_changed() && draft.before().chat && !draft.settings().chat);
    draft.set_flag(Chat, true);
    assert!(!draft.is_changed());
    let mut draft = RoomDraft::new(&SESSIONS, NOW);
    draft.set_text(MaxParticipants, "x".into());
    assert!(draft.is_changed());
}

#[test]
fn names_are_shown_as_the_server_will_keep_them() {
    let made = |name| named(name, &MEET).sanitised_name();
    assert_eq!(made("Physics 101_a-b "), None);
    assert_eq!(made(""), None);
    assert_eq!(made("Caf\u{e9}  <b>x</b>"), Some("Caf bxb".into()));
    assert_eq!(made("\u{1f389}"), Some("Room".into()));
    assert_eq!(named("Caf\u{e9}", &SESSIONS).sanitised_name(), None);
}

#[test]
fn names_are_asked_for_and_limited_as_the_dialect_says() {
    assert_eq!(named(" ", &MEET).problems(NOW), []);
    assert_eq!(named(&"\u{e9}".repeat(50), &MEET).problems(NOW), []);
    let problems = named(&"a".repeat(51), &MEET).problems(NOW);
    assert_eq!(problems, [(Name, Problem::TooLong { most: 50 })]);
    let problems = named(" ", &SESSIONS).problems(NOW);
    assert_eq!(problems, [(Name, Problem::Missing), (Id, Problem::Missing)]);
}

#[test]
fn an_id_follows_the_name_until_it_is_typed() {
    let mut draft = named("Caf\u{e9} & Bar_1", &SESSIONS);
    assert_eq!(draft.text(Id), "caf-bar_1");
    draft.set_text(Id, "a b".into());
    draft.set_text(Name, "Physics".into());
    assert_eq!(draft.text(Id), "a b");
    assert_eq!(draft.problems(NOW), [(Id, Problem::NotAnIdentifier)]);
    assert_eq!(named("Physics", &MEET).text(Id), "");
}

#[test]
fn a_number_is_a_number() {
    let problem = |text: &str| {
        let mut draft = named("a", &SESSIONS);
        draft.set_text(MaxParticipants, text.into());
        (draft.problems(NOW).first().map(|it| it.1), draft.settings().max_participants)
    };
    assert_eq!(problem(" "), (None, None));
    assert_eq!(problem(" 25 "), (None, Some(25)));
    assert_eq!(problem("0").0, Some(Problem::TooFew { least: 1 }));
    for text in ["+5", "-5", "5.5", "five", "99999999999"] {
        assert_eq!(problem(text), (Some(Problem::NotANumber), None), "{text}");
    }
}

#[test]
fn dates_are_as_far_ahead_as_the_server_wants() {
    let mut draft = RoomDraft::new(&MEET, NOW);
    assert_eq!(draft.settings().deletes_at, None);
    draft.set_deletes_at(Some(NOW + HOUR));
    assert_eq!(draft.problems(NOW), []);
    assert_eq!(draft.problems(NOW + 1), [(DeletesAt, Problem::TooSoon { least: HOUR })]);
    let mut draft = RoomDraft::new(&MEETINGS, NOW);
    assert!(draft.settings().deletes_at.is_some_and(|date| date > NOW));
    draft.set_deletes_at(Some(NOW + 1));
    assert_eq!(draft.problems(NOW), []);
    draft.set_deletes_at(None);
    assert_eq!(draft.problems(NOW), [(DeletesAt, Problem::Missing)]);
}

#[test]
fn a_date_that_was_accepted_may_be_near() {
    let mut room = Room::bare("r");
    room.settings.deletes_at = Some(NOW);
    let can = RoomCapabilities { edit: &[DeletesAt], ..MEET };
    let mut draft = RoomDraft::of(&room, &can);
    assert_eq!(draft.problems(NOW), []);
    draft.set_deletes_at(Some(NOW + 1));
    assert_eq!(draft.problems(NOW).len(), 1);
}

#[test]
fn what_the_server_says_lands_on_its_field_until_that_is_changed() {
    let error = |field: &str| FieldError { field: field.into(), message: field.to_uppercase() };
    let field_of = |name: &str| match name {
        "name" => Some(Name),
        "welcome" => Some(Welcome),
        _ => None,
    };
    let mut draft = named("a", &MEET);
    draft.refused(&[error("name"), error("welcome"), error("odd")], &field_of);
    let general = [(None, "WELCOME".to_owned()), (None, "ODD".to_owned())];
    assert_eq!(draft.refusals()[0], (Some(Name), "NAME".to_owned()));
    assert_eq!(draft.refusals()[1..], general);
    draft.set_flag(Chat, false);
    assert_eq!(draft.refusals().len(), 3);
    draft.set_text(Name, "b".into());
    assert_eq!(draft.refusals(), general);
    draft.refused(&[], &field_of);
    assert_eq!(draft.refusals(), []);
}

proptest! {
    #[test]
    fn presets_are_accepted_and_at_full_minutes(now in 0..4_000_000_000_000_i64, wait in 0..HOUR) {
        for preset in DatePreset::ALL {
            let mut draft = RoomDraft::new(&MEET, now);
            draft.set_deletes_at(preset.date(now));
            prop_assert_eq!(draft.problems(now + wait), []);
            prop_assert!(preset.date(now).is_none_or(|date| date % 60_000 == 0));
        }
    }

    #[test]
    fn what_is_typed_makes_ids_and_names_that_are_accepted(name in "\\PC{0,60}") {
        let draft = named(&name, &SESSIONS);
        let is_wrong = |it: &(RoomField, Problem)| *it == (Id, Problem::NotAnIdentifier);
        prop_assert!(!draft.problems(NOW).iter().any(is_wrong));
        if let Some(made) = named(&name, &MEET).sanitised_name() {
            prop_assert_eq!(named(&made, &MEET).sanitised_name(), None);
        }
    }
}
