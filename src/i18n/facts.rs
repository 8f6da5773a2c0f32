//! All that is known of a recording, line by line: to be looked at, and copied into a report.

use super::{clock, messages, t};
use crate::model::{Failure, Recording, Status};

/// Names and values, without what is not known. `says_status`: the server tells what state a recording
/// is in. `picture`: pixels across and down, once it is shown. `moment` writes ms since 1970, `size`
/// bytes.
pub fn facts(
    it: &Recording,
    says_status: bool,
    picture: Option<(u32, u32)>,
    moment: &dyn Fn(i64) -> String,
    size: &dyn Fn(u64) -> String,
) -> Vec<(String, String)> {
    let Failure { code, error, details } = it.failure.clone().unwrap_or_default();
    let about = if it.is_size_rounded { "≈ " } else { "" };
    let own = [
        (t("Title"), Some(it.title()).filter(|title| *title != it.id.as_str()).map(str::to_owned)),
        (t("Description"), it.description.clone()),
        (t("Room"), it.room_name.clone()),
        (t("Room ID"), it.room_id.clone().filter(|id| Some(id) != it.room_name.as_ref())),
        (t("Session"), it.session_id.clone()),
        (t("Status"), says_status.then(|| status(&it.status))),
        (t("Error"), error),
        (t("Error code"), code.and_then(whole)),
        (t("Error details"), details),
        (t("Started"), it.started_at.map(moment)),
        (t("Ended"), it.ended_at.map(moment)),
        (t("Listed"), it.listed_at.map(moment)),
        (t("Duration"), it.duration.map(|ms| clock(ms / 1000))),
        (t("Size"), it.size.map(|bytes| [about, &size(bytes)].concat())),
        (t("Resolution"), picture.map(|(width, height)| format!("{width} × {height}"))),
        (t("Layout"), it.layout.clone()),
        (t("Encoding"), it.encoding.clone()),
        (t("Subtitles"), Some(languages(it))),
        (t("File"), it.file_name.clone()),
        (t("ID"), Some(it.id.as_str().to_owned())),
    ];
    let own = own.into_iter().filter_map(|(name, value)| Some((name.into(), value?)));
    own.chain(it.extra.iter().cloned()).filter(|(_, value)| !value.trim().is_empty()).collect()
}

/// One fact a line, `Name: value`.
pub fn lines(facts: &[(String, String)]) -> String {
    let lines = facts.iter().map(|(name, value)| [name, ": ", value].concat());
    lines.collect::<Vec<_>>().join("\n")
}

fn status(status: &Status) -> String {
    messages::status(status).unwrap_or_else(|| t("Ready").into())
}

fn languages(it: &Recording) -> String {
    let languages = it.subtitles.iter().map(|it| {
        if it.label == it.language || it.label.is_empty() {
            it.language.clone()
        } else {
            format!("{} ({})", it.label, it.language)
        }
    });
    languages.collect::<Vec<_>>().join(", ")
}

/// Codes are whole numbers; what is none says nothing.
fn whole(code: f64) -> Option<String> {
    let number = code as i64;
    (number as f64 == code).then(|| number.to_string())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::model::{FailureKind, Subtitle};

    fn of(it: &Recording, says_status: bool, picture: Option<(u32, u32)>) -> String {
        let moment = |ms: i64| format!("at {ms}");
        let size = |bytes: u64| format!("{bytes} bytes");
        lines(&facts(it, says_status, picture, &moment, &size))
    }

    #[test]
    fn nothing_unknown_has_a_line() {
        let mut it = Recording::bare("r-1");
        assert_eq!(of(&it, false, None), "ID: r-1");
        assert_eq!(of(&it, true, None), "Status: Ready\nID: r-1");
        it.description = Some(" \n".into());
        it.extra = vec![("note".into(), String::new())];
        it.failure = Some(Failure { code: Some(0.5), ..Failure::default() });
        assert_eq!(of(&it, false, None), "ID: r-1");
    }

    #[test]
    fn all_that_is_known_has_one() {
        let text = |text: &str| Some(text.to_owned());
        let subtitle = |language: &str, label: &str| Subtitle {
            language: language.into(),
            label: label.into(),
            url: "/s.vtt".into(),
        };
        let it = Recording {
            name: text("Heat"),
            description: text("First law"),
            room_id: text("physics-4k7"),
            room_name: text("Physics 101"),
            session_id: text("s-9"),
            started_at: Some(1),
            ended_at: Some(2),
            listed_at: Some(3),
            duration: Some(4_328_900),
            size: Some(7_000_000),
            is_size_rounded: true,
            file_name: text("heat.mp4"),
            layout: text("grid"),
            encoding: text("H.264"),
            subtitles: vec![subtitle("en", "English"), subtitle("de", "de"), subtitle("fr", "")],
            extra: vec![("meeting-title".into(), "Heat and work".into())],
            ..Recording::bare("r-1")
        };
        let lines = "Title: Heat\nDescription: First law\nRoom: Physics 101\nRoom ID: physics-4k7\nSession: s-9\n\
                     Status: Ready\nStarted: at 1\nEnded: at 2\nListed: at 3\nDuration: 1:12:08\n\
                     Size: ≈ 7000000 bytes\nResolution: 1920 × 1080\nLayout: grid\nEncoding: H.264\n\
                     Subtitles: English (en), de, fr\nFile: heat.mp4\nID: r-1\nmeeting-title: Heat and work";
        assert_eq!(of(&it, true, Some((1920, 1080))), lines);
    }

    #[test]
    fn a_failed_one_says_why() {
        let mut it = Recording::bare("r-1");
        it.status = Status::Failed(FailureKind::Error);
        it.failure = Some(Failure {
            code: Some(504.0),
            error: Some("Egress ended".into()),
            details: Some("no video".into()),
        });
        let lines = "Status: Failed\nError: Egress ended\nError code: 504\nError details: no video\nID: r-1";
        assert_eq!(of(&it, true, None), lines);
    }

    #[test]
    fn a_room_that_is_known_by_its_id_only_stands_there_once() {
        let mut it = Recording::bare("r-1");
        it.room_id = Some("physics".into());
        assert_eq!(of(&it, false, None), "Title: physics\nRoom ID: physics\nID: r-1");
        it.room_name = it.room_id.clone();
        assert_eq!(of(&it, false, None), "Title: physics\nRoom: physics\nID: r-1");
    }

    proptest! {
        #[test]
        fn codes_are_written_as_they_are(code in any::<i32>(), odd in any::<f64>()) {
            prop_assert_eq!(whole(f64::from(code)), Some(code.to_string()));
            if let Some(text) = whole(odd) {
                prop_assert_eq!(text.parse(), Ok(odd));
            }
        }
    }
}
