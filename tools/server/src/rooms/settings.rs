//! Reads the settings of a room from a body and collects every rule that they break, with the dotted field names.

use serde_json::Value;

use crate::config::Dialect;
use crate::error::Problems;
use crate::rooms::info::setting_names;
use crate::rooms::model::{Access, DeletionPolicy, Settings};
use crate::state::now_ms;

const HOUR_MS: i64 = 60 * 60 * 1000;
const LAYOUTS: [&str; 3] = ["grid", "speaker", "single-speaker"];

/// The settings in `body`; `path` is where it was found (`""` for the body itself). From B to 3.4 all of them must be
/// there; else what is not there is as `before`.
pub fn read(
    body: &Value,
    path: &str,
    dialect: Dialect,
    before: &Settings,
    problems: &mut Problems,
) -> Settings {
    let strict = (Dialect::B..=Dialect::V341).contains(&dialect);
    let at = |name: &str| {
        if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") }
    };
    let names = setting_names(dialect);
    let mut enabled = |name: &str, before: bool, required: bool| {
        let (field, message) = match body.get(name) {
            None if required => (at(name), "Required"),
            None => return before,
            Some(part) => match part.get("enabled") {
                Some(Value::Bool(value)) => return *value,
                None if part.is_object() => (at(name) + ".enabled", "Required"),
                None => (at(name), "Expected object"),
                Some(_) => (at(name) + ".enabled", "Expected boolean"),
            },
        };
        problems.add(field, message);
        false
    };
    let mut settings = Settings {
        chat: enabled(names.chat, before.chat, strict),
        recording: enabled(names.recording, before.recording, strict),
        virtual_background: enabled(names.virtual_background, before.virtual_background, strict),
        ..before.clone()
    };
    // What a generation does not know it does not look at.
    if dialect >= Dialect::V35 {
        settings.e2ee = enabled("e2ee", before.e2ee, false);
    }
    if dialect >= Dialect::V37 {
        settings.captions = enabled("captions", before.captions, false);
    }
    let at = |name: &str| at(names.recording) + "." + name;
    let recording = body.get(names.recording);
    if (Dialect::B..Dialect::V38).contains(&dialect) {
        let given = recording.and_then(|recording| recording.get("allowAccessTo"));
        read_access(given, strict, dialect, &at("allowAccessTo"), &mut settings, problems);
    }
    if dialect >= Dialect::V37 {
        read_composition(recording, at, &mut settings, problems);
    }
    settings
}

fn read_access(
    given: Option<&Value>,
    strict: bool,
    dialect: Dialect,
    field: &str,
    settings: &mut Settings,
    problems: &mut Problems,
) {
    match given {
        None if strict && settings.recording => {
            problems.add(field, "allowAccessTo is required when recording is enabled");
        }
        None => {}
        Some(value) => match value.as_str().and_then(|name| Access::named(name, dialect)) {
            Some(access) => settings.access = access,
            None => problems.add(field, "Invalid enum value"),
        },
    }
}

/// `layout` and `encoding` of recordings; `at` gives their dotted names.
fn read_composition(
    recording: Option<&Value>,
    at: impl Fn(&str) -> String,
    settings: &mut Settings,
    problems: &mut Problems,
) {
    let given = |name: &str| recording.and_then(|recording| recording.get(name));
    match given("layout") {
        None => {}
        Some(Value::String(layout)) if LAYOUTS.contains(&layout.as_str()) => {
            settings.layout.clone_from(layout);
        }
        Some(_) => problems.add(at("layout"), "Invalid enum value"),
    }
    match given("encoding") {
        None => {}
        Some(encoding @ (Value::String(_) | Value::Object(_))) => {
            settings.encoding = encoding.clone();
        }
        Some(_) => problems.add(at("encoding"), "Invalid input"),
    }
}

/// `autoDeletionDate`, in milliseconds since 1970: at least an hour ahead.
pub fn read_auto_deletion(body: &Value, problems: &mut Problems) -> Option<i64> {
    let date = body.get("autoDeletionDate")?;
    let Some(date) = date.as_f64().filter(|date| *date > 0.0) else {
        problems.add("autoDeletionDate", "autoDeletionDate must be a positive integer");
        return None;
    };
    let date = date as i64;
    if date < now_ms() + HOUR_MS {
        problems.add("autoDeletionDate", "autoDeletionDate must be at least 1 hour in the future");
    }
    Some(date)
}

/// `autoDeletionPolicy` of 3.4, which refuses `fail`.
pub fn read_policy(body: &Value, problems: &mut Problems) -> Option<DeletionPolicy> {
    let policy = body.get("autoDeletionPolicy")?;
    let mut choice = |name: &str, allowed: [&'static str; 2]| match policy.get(name) {
        None => allowed[1],
        Some(value) => {
            let known = allowed.into_iter().find(|known| value == known);
            known.unwrap_or_else(|| {
                problems.add(
                    format!("autoDeletionPolicy.{name}"),
                    if value == "fail" {
                        "FAIL policy is not allowed for automatic deletion"
                    } else {
                        "Invalid enum value"
                    },
                );
                ""
            })
        }
    };
    Some(DeletionPolicy {
        with_meeting: choice("withMeeting", ["force", "when_meeting_ends"]),
        with_recordings: choice("withRecordings", ["force", "close"]),
    })
}
