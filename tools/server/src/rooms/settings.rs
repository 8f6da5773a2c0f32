//! Reads the settings of a room from a body and collects every rule that they break, with the dotted field names.

use serde_json::Value;

use crate::config::Dialect;
use crate::error::{ApiError, ApiResult, Detail};
use crate::rooms::model::{Access, DeletionPolicy, Settings, setting_names};
use crate::state::now_ms;

const HOUR_MS: i64 = 60 * 60 * 1000;

/// Rules broken so far.
#[derive(Default)]
pub struct Problems(Vec<Detail>);

impl Problems {
    pub fn add(&mut self, field: impl Into<String>, message: &str) {
        self.0.push(Detail { field: field.into(), message: message.to_owned() });
    }

    pub fn check(self) -> ApiResult<()> {
        if self.0.is_empty() { Ok(()) } else { Err(ApiError::invalid_fields(self.0)) }
    }
}

/// The settings in `body`, an object with all three keys; `path` is where it was found (`""` for the body itself).
pub fn read(body: &Value, path: &str, dialect: Dialect, problems: &mut Problems) -> Settings {
    let at = |name: &str| {
        if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") }
    };
    let names = setting_names(dialect);
    let mut enabled = |name: &str| {
        let (field, message) = match body.get(name) {
            None => (at(name), "Required"),
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
    let chat = enabled(names.chat);
    let recording = enabled(names.recording);
    let virtual_background = enabled(names.virtual_background);

    let given = body.get(names.recording).and_then(|it| it.get("allowAccessTo"));
    let field = at(names.recording) + ".allowAccessTo";
    let access = match given {
        None if recording => {
            problems.add(field, "allowAccessTo is required when recording is enabled");
            None
        }
        None => None,
        Some(value) => {
            let access = value.as_str().and_then(|name| Access::named(name, dialect));
            if access.is_none() {
                problems.add(field, "Invalid enum value");
            }
            access
        }
    };
    Settings { chat, recording, access: access.unwrap_or_default(), virtual_background }
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
