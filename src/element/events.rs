//! What happens inside, as the host page gets it: the name of an event and its detail, plain data
//! without secrets. The shell makes the events.

use js_sys::{Array, Function, Object, Reflect};
use wasm_bindgen::prelude::*;

use super::options::{option, texts};
use crate::{
    i18n::messages,
    model::{Access, Error, RecordingId},
    ui::host::{Condition, Face, Host, News, RowAction, Wish},
};

/// The functions of the page's that the shell hands over.
pub struct Page {
    /// `hear(type, detail)`.
    hear: Option<Function>,
    /// `allows(type, detail)`: whether nobody has prevented it.
    allows: Option<Function>,
    /// `rowActions()`: pairs of name and label.
    row_actions: Option<Function>,
}

impl Page {
    pub fn new(options: JsValue) -> Self {
        let function = |name| option(&options, name).dyn_into().ok();
        Self {
            hear: function("hear"),
            allows: function("allows"),
            row_actions: function("rowActions"),
        }
    }

    pub fn looked(&self, query: String) {
        self.tell("meet-query-change", &[("query", query.into())]);
    }

    fn tell(&self, name: &str, detail: &[(&str, JsValue)]) {
        // What a listener throws is the page's own.
        call(self.hear.as_ref(), name, detail);
    }
}

impl Host for Page {
    fn hear(&self, news: News) {
        match news {
            News::Loaded { count, total } => self.tell(
                "meet-load",
                &[
                    ("count", (count as f64).into()),
                    ("total", total.map_or(JsValue::NULL, |it| (it as f64).into())),
                ],
            ),
            News::Failed(error) => self.tell("meet-error", &failure(&error)),
            News::SignedOut { was_in, may_lack_cookies } => {
                let reason = match (was_in, may_lack_cookies) {
                    (true, _) => "expired",
                    (false, true) => "cookies-blocked",
                    (false, false) => "signed-out",
                };
                self.tell("meet-auth-required", &[("reason", reason.into())]);
            }
            News::Selected(count) => {
                self.tell("meet-selection-change", &[("count", (count as f64).into())]);
            }
            News::Played(id) => self.tell("meet-play", &[of(&id)]),
            News::Paused { id, at } => self.tell("meet-pause", &[of(&id), ("at", at.into())]),
            News::Ended(id) => self.tell("meet-ended", &[of(&id)]),
            News::Deleted(ids) => self.tell("meet-delete", &[all(&ids)]),
            News::Shared { id, access } => {
                let access = match access {
                    Access::Anyone => "anyone",
                    Access::SignedIn => "signed-in",
                };
                self.tell("meet-share", &[of(&id), ("access", access.into())]);
            }
            News::Acted { name, id } => {
                self.tell("meet-row-action", &[("name", name.into()), of(&id)]);
            }
            News::Condition(condition) => self.tell("condition", &conditions(condition)),
        }
    }

    fn allows(&self, wish: Wish) -> bool {
        let (name, detail) = match wish {
            Wish::Play(id) => ("meet-before-play", of(id)),
            Wish::Delete(ids) => ("meet-before-delete", all(ids)),
            Wish::Download(ids) => ("meet-before-download", all(ids)),
        };
        // A listener that fails has prevented nothing.
        call(self.allows.as_ref(), name, &[detail]) != Some(JsValue::FALSE)
    }

    fn row_actions(&self) -> Vec<RowAction> {
        let list = self.row_actions.as_ref().and_then(|it| it.call0(&JsValue::UNDEFINED).ok());
        let list: Option<Array> = list.and_then(|it| it.dyn_into().ok());
        let pairs = list.into_iter().flat_map(|it| it.to_vec());
        pairs
            .filter_map(|pair| {
                let [name, label] = texts(&pair).try_into().ok()?;
                Some(RowAction { name, label })
            })
            .collect()
    }
}

fn call(function: Option<&Function>, name: &str, detail: &[(&str, JsValue)]) -> Option<JsValue> {
    let object = Object::new();
    for (key, value) in detail {
        // Setting a property of a fresh plain object cannot fail.
        let _ = Reflect::set(&object, &(*key).into(), value);
    }
    function?.call2(&JsValue::UNDEFINED, &name.into(), &object).ok()
}

fn of(id: &RecordingId) -> (&'static str, JsValue) {
    ("id", id.as_str().into())
}

fn all(ids: &[RecordingId]) -> (&'static str, JsValue) {
    let ids: Array = ids.iter().map(|it| JsValue::from_str(it.as_str())).collect();
    ("ids", ids.into())
}

fn failure(error: &Error) -> [(&'static str, JsValue); 4] {
    let (code, status, is_retryable) = match error {
        Error::SignedOut | Error::BadCredentials => ("signed-out", 401, false),
        Error::CookieRefused => ("cookies-blocked", 401, false),
        Error::Forbidden | Error::BadSecret => ("forbidden", 403, false),
        Error::NotFound => ("not-found", 404, false),
        Error::Conflict(_) => ("conflict", 409, false),
        Error::Invalid(_) => ("invalid", 422, false),
        Error::RateLimited { .. } => ("rate-limited", 429, true),
        Error::Server { status, .. } => ("server", *status, true),
        Error::Offline => ("offline", 0, true),
        Error::Blocked => ("blocked-by-cors", 0, false),
        Error::Unreachable | Error::Interrupted => ("unreachable", 0, true),
        Error::TimedOut => ("timed-out", 0, true),
        Error::Unexpected(_) => ("unexpected-answer", 0, true),
        Error::Unsupported | Error::NotHosted => ("unsupported", 0, false),
    };
    let status = if status == 0 { JsValue::NULL } else { status.into() };
    [
        ("code", code.into()),
        ("message", messages::error(error).into()),
        ("status", status),
        ("retryable", is_retryable.into()),
    ]
}

/// The word for `state`, and what is so beside it.
fn conditions(it: Condition) -> [(&'static str, JsValue); 4] {
    let face = match it.face {
        Face::Loading => "loading",
        Face::Ready => "ready",
        Face::Empty => "empty",
        Face::SignedOut => "signed-out",
        Face::Failed => "error",
    };
    [
        ("state", face.into()),
        ("authenticated", it.is_signed_in.into()),
        ("playing", it.is_playing.into()),
        ("selecting", it.is_selecting.into()),
    ]
}
