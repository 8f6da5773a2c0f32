//! What holds for any settings and any answer.

use super::*;

fn settings() -> impl Strategy<Value = RoomSettings> {
    let flags = prop::collection::vec(any::<bool>(), 10);
    let choices = (0..3_usize, 0..3_usize, prop::option::of(0..8_usize));
    (any::<String>(), flags, choices, any::<u16>()).prop_map(|(name, flags, choices, bits)| {
        let mut speaker_rights = RoomRights::default();
        for (at, right) in RoomRight::ALL.into_iter().enumerate() {
            speaker_rights.set(right, bits & (1 << at) != 0);
        }
        let access =
            [RecordingAccess::Admin, RecordingAccess::Moderators, RecordingAccess::Speakers];
        let layouts =
            [RecordingLayout::Grid, RecordingLayout::Speaker, RecordingLayout::SingleSpeaker];
        let encoding = choices.2.map_or(String::new(), |at| write::ENCODINGS[at].to_owned());
        RoomSettings {
            name: name.split_whitespace().collect::<Vec<_>>().join(" "),
            recording_access: access[choices.0],
            layout: layouts[choices.1],
            encoding,
            chat: flags[0],
            recording: flags[1],
            virtual_background: flags[2],
            e2ee: flags[3],
            captions: flags[4],
            moderator_link: flags[5],
            speaker_link: flags[6],
            recordings_link: flags[7],
            users: flags[8],
            speaker_rights,
            ..RoomSettings::default()
        }
    })
}

/// Lays one JSON object over another, as a server does with the parts of an update.
fn lay_over(below: &mut Value, over: &Value) {
    match (below, over) {
        (Value::Object(below), Value::Object(over)) => {
            for (name, value) in over {
                lay_over(below.entry(name.clone()).or_insert(Value::Null), value);
            }
        }
        (below, over) => *below = over.clone(),
    }
}

const FIELDS: &[&str] = &[
    "roomName",
    "owner",
    "creationDate",
    "autoDeletionDate",
    "expirationDate",
    "autoDeletionPolicy",
    "config",
    "preferences",
    "roles",
    "access",
    "status",
    "meetingEndAction",
    "moderatorUrl",
    "maxParticipants",
    "markedForDeletion",
];

proptest! {
    /// A server that keeps what it is sent has, after an update, what was wanted.
    #[test]
    fn an_update_makes_the_one_of_the_other(before in settings(), after in settings()) {
        let server = at(Version::V39);
        let mut room = json_of(&server.create(&before).unwrap());
        room["roomId"] = json!("a");
        let read = |room: &Value| {
            server.read_get(&id("a"), &answer(200, &room.to_string())).unwrap().settings
        };
        // A name and who may see recordings cannot be changed there, nor an encoding be forgotten.
        let after = RoomSettings { name: before.name.clone(), recording_access: RecordingAccess::Speakers, ..after };
        let after = match after.encoding.is_empty() {
            true => RoomSettings { encoding: before.encoding.clone(), ..after },
            false => after,
        };
        let before = read(&room);
        for request in server.update(&id("a"), &before, &after) {
            lay_over(&mut room, &json_of(&request));
        }
        // Longer names are cut when they are read.
        let after = RoomSettings { name: before.name.clone(), ..after };
        prop_assert_eq!(read(&room), after.clone());
        prop_assert!(server.update(&id("a"), &after, &after).is_empty());
    }

    #[test]
    fn no_answer_upsets_a_reader(status in 200..600_u16, body in any_json(), row in any_row(("roomId", "a"), FIELDS)) {
        let body = answer(status, &body.to_string());
        let ids = [id("a"), id("b")];
        for version in VERSIONS {
            let it = at(version);
            let _ = (it.read_list(None, &body), it.read_get(&ids[0], &body), it.read_created(&body));
            if let Ok(report) = it.read_delete(&ids, &body) {
                prop_assert!(report.outcomes.iter().map(|it| &it.0).eq(&ids));
            }
        }
        let page = at(Version::V39).read_list(None, &answer(200, &json!([row]).to_string())).unwrap();
        prop_assert_eq!((page.items.len(), page.unreadable), (1, 0));
    }

    #[test]
    fn bulk_answers_have_an_outcome_for_every_id(items in prop::collection::vec(any_json(), 0..4), name in "successful|deleted|failed|markedForDeletion") {
        let ids = [id("a"), id("b")];
        let body = json!({ name: items }).to_string();
        for status in [200, 400] {
            let report = at(Version::V39).read_delete(&ids, &answer(status, &body)).unwrap();
            prop_assert!(report.outcomes.iter().map(|it| &it.0).eq(&ids));
        }
    }

    #[test]
    fn ids_stay_one_segment(text in any::<String>()) {
        for version in VERSIONS {
            let target = at(version).get(&id(&text)).target;
            let path = target.split('?').next().unwrap();
            prop_assert_eq!(path.matches('/').count(), at(version).rooms().matches('/').count() + 1);
        }
    }
}
