//! What stands over the picture for a while: why it does not move and what comes next, a word on what
//! was just done, and offers.

use gloo_timers::future::TimeoutFuture;

use super::{Player, healing::stopped};
use crate::{
    i18n::{clock, messages},
    library::Slot,
    player::Condition,
    ui::{
        dom::{Child, div, p, span},
        icon,
        icon::icon,
        layers::push,
        reactive::*,
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

fn trouble(it: Player) -> impl Child {
    let screen = it.screen;
    // While something is buffered, it plays on and nobody need know.
    let condition = Memo::new(move |_| match screen.condition.get() {
        Condition::Asking | Condition::Ready | Condition::Loading | Condition::Waiting { .. }
            if !screen.is_still.get() =>
        {
            Condition::Fine
        }
        condition => condition,
    });
    let has_begun = move || screen.position.get_untracked() > 0.0;
    move || match condition.get() {
        Condition::Fine => None,
        Condition::Asking | Condition::Ready | Condition::Loading => {
            has_begun().then(|| div().class("notice").child("Reconnecting… your place is kept"))
        }
        Condition::Waiting { why, until } => Some(div().class("notice is-waiting").child((
            span().child(move || {
                let left = until.map(|_| screen.seconds_left.get());
                messages::waiting(&why, left)
            }),
            push("button", "Try again now", move || it.healing.retry()),
        ))),
        Condition::Stopped(why) => Some(div().class("trouble").child((
            icon(icon::WARNING),
            p().child(stopped(why.as_ref())),
            push("button", "Try again", move || it.healing.retry()),
        ))),
    }
}

/// Where it was left the last time.
fn resume(it: Player) -> impl Child {
    let left_at = it.left_at;
    move || {
        left_at.get().map(|seconds| {
            div().class("notice is-offer").child((
                push("button is-accent", "", move || {
                    left_at.set(None);
                    it.screen.seek(seconds);
                    it.screen.play();
                })
                .child(["Resume at ", &clock(seconds as u64)].concat()),
                push("button", "Dismiss", move || left_at.set(None)),
            ))
        })
    }
}

impl Player {
    /// Counts down to the next recording, unless something else happens meanwhile.
    pub fn count_down(self) {
        self.upcoming.set(Some(COUNTDOWN));
        self.state.announce("The next recording begins in 5 seconds.");
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
            let text = move || format!("Next in {} s: {title}", it.upcoming.get().unwrap_or(0));
            div().class("notice is-offer").child((
                span().child(text),
                push("button is-accent", "Play now", move || {
                    it.upcoming.set(None);
                    it.play_neighbour(1);
                }),
                push("button", "Cancel", move || it.upcoming.set(None)),
            ))
        })
    }
}

fn title(it: Player, slot: Option<Slot>) -> String {
    let recording = slot.and_then(|slot| it.state.library.with(|library| library.get(slot)));
    recording.map_or_else(String::new, |it| it.title().to_owned())
}
