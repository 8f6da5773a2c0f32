//! What stands over the picture for a while: why it does not move and what comes next, a word on what
//! was just done, and offers.

use gloo_timers::future::TimeoutFuture;
use leptos::ev;

use super::{
    Player,
    healing::{is_changed, stopped},
};
use crate::{
    i18n::{clock, messages, t},
    library::Slot,
    model::{Error, Unexpected},
    player::Condition,
    ui::{
        dom::{Child, El, button, div, p, span},
        icon,
        icon::icon,
        layers::push,
        reactive::*,
        state::Session,
    },
};

/// Seconds before the next recording begins.
const COUNTDOWN: u32 = 5;
/// Milliseconds of one.
const SECOND: u32 = 1_000;

pub fn notices(it: Player) -> impl Child {
    (hint(it), trouble(it), resume(it), upcoming(it))
}

fn hint(it: Player) -> impl Child {
    let hint = it.screen.hint;
    let is_shown = Memo::new(move |_| !hint.with(String::is_empty));
    move || {
        is_shown
            .get()
            .then(|| div().class("hint").attr("aria-hidden", "true").child(move || hint.get()))
    }
}

/// What there is to be seen of a [`Condition`].
#[derive(Clone, Copy, PartialEq)]
enum Face {
    Nothing,
    /// Something is being done about it.
    Busy,
    Stopped,
}

fn trouble(it: Player) -> impl Child {
    let (screen, condition) = (it.screen, it.screen.condition);
    let face = Memo::new(move |_| match &*condition.read() {
        Condition::Fine => Face::Nothing,
        Condition::Stopped(_) => Face::Stopped,
        // While something is buffered, it plays on and nobody need know.
        _ if !screen.is_still.get() => Face::Nothing,
        Condition::Waiting { .. } => Face::Busy,
        _ if it.healing.has_begun() => Face::Busy,
        _ => Face::Nothing,
    });
    let again = move || {
        it.take_focus();
        if untrack(|| has_ended(it)) {
            // The server's refusal brings the sign-in back, if that was put off.
            it.state.session.set(Session::Open);
        }
        if untrack(|| begins_anew(it)) {
            it.screen.seek(0.0);
        }
        it.healing.retry();
    };
    let waiting = move || match condition.get() {
        Condition::Waiting { why, until } => {
            messages::waiting(&why, until.map(|_| screen.seconds_left.get()))
        }
        _ => t("Reconnecting… your place is kept").into(),
    };
    let label = move || if has_ended(it) { t("Sign in") } else { t("Try again now") };
    let retry = move || if begins_anew(it) { t("Play from the start") } else { t("Try again") };
    let why = move || match condition.get() {
        Condition::Stopped(why) => stopped(why.as_ref()),
        _ => String::new(),
    };
    move || match face.get() {
        Face::Nothing => None,
        Face::Busy => {
            let parts = (span().child(waiting), answer("button", label, again));
            Some(div().class("notice is-waiting").child(parts))
        }
        Face::Stopped => Some(div().class("trouble").child((
            icon(icon::WARNING),
            p().child(why),
            answer("button", retry, again),
        ))),
    }
}

/// The server does not send the middle, or that of another file.
fn begins_anew(it: Player) -> bool {
    let no_ranges = Condition::Stopped(Some(Error::Unexpected(Unexpected::NoRanges)));
    it.screen.condition.with(|it| *it == no_ranges || is_changed(it))
}

/// The session, for which somebody has to sign in.
fn has_ended(it: Player) -> bool {
    matches!(&*it.screen.condition.read(), Condition::Waiting { why: Error::SignedOut, .. })
}

/// Where it was left the last time.
fn resume(it: Player) -> impl Child {
    let left_at = it.left_at;
    move || {
        left_at.get().map(|seconds| {
            let resume = t("Resume at {time}").with(&[("time", &clock(seconds as u64))]);
            div().class("notice is-offer").child((
                answer("button is-accent", resume, move || {
                    it.take_focus();
                    left_at.set(None);
                    it.screen.seek(seconds);
                    it.screen.play();
                }),
                push("button", t("Dismiss"), move || {
                    it.take_focus();
                    left_at.set(None);
                }),
            ))
        })
    }
}

impl Player {
    /// Counts down to the next recording, unless something else happens meanwhile.
    pub fn count_down(self) {
        self.upcoming.set(Some(COUNTDOWN));
        self.state.announce(t("The next recording begins in 5 seconds."));
        self.state.spawn(async move {
            for left in (0..COUNTDOWN).rev() {
                TimeoutFuture::new(SECOND).await;
                if self.upcoming.try_get_untracked().flatten().is_none() {
                    return;
                }
                self.upcoming.set(Some(left));
            }
            self.upcoming.set(None);
            self.play_neighbour(1);
        });
    }
}

fn upcoming(it: Player) -> impl Child {
    let is_coming = Memo::new(move |_| it.upcoming.with(Option::is_some));
    move || {
        is_coming.get().then(|| {
            let title = untrack(|| title(it, it.state.neighbour(1)));
            let text = move || {
                let seconds = it.upcoming.get().unwrap_or(0).to_string();
                t("Next in {n} s: {title}").with(&[("n", &seconds), ("title", &title)])
            };
            div().class("notice is-offer").child((
                span().child(text),
                push("button is-accent", t("Play now"), move || {
                    it.take_focus();
                    it.upcoming.set(None);
                    it.play_neighbour(1);
                }),
                push("button", t("Cancel"), move || {
                    it.take_focus();
                    it.upcoming.set(None);
                }),
            ))
        })
    }
}

/// A button whose text changes, or is made of something.
fn answer(class: &'static str, text: impl Child, act: impl Fn() + 'static) -> El {
    button().class(class).attr("type", "button").on(ev::click, move |_| act()).child(text)
}

fn title(it: Player, slot: Option<Slot>) -> String {
    let recording = slot.and_then(|slot| it.state.library.with(|library| library.get(slot)));
    recording.map_or_else(String::new, |it| it.title().to_owned())
}
