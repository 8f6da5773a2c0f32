//! The page behind a share link: one recording, for somebody who may have no account.

use leptos::ev;

use super::{
    dom::{El, button, div, fragment, p},
    icon,
    icon::icon,
    messages::live_regions,
    parts::{self, Part, SignIn},
    reactive::*,
    state::{Load, Playing, Session, State},
};
use crate::{
    i18n::{messages, t},
    model::{Error, Recording, RecordingId, Secret},
};

/// `at`: where it begins to play, in seconds.
pub fn shared_page(state: State, id: RecordingId, secret: Option<Secret>, at: Option<f64>) -> El {
    let found = RwSignal::new(None::<Result<Recording, Error>>);
    let ask = {
        let secret = secret.clone();
        move || {
            let (id, secret) = (id.clone(), secret.clone());
            found.set(None);
            let coming = state.coming();
            state.spawn(async move {
                let _coming = coming;
                let result = state.client().get(&(&id).into(), secret.as_ref()).await;
                state.learn();
                match &result {
                    Ok(recording) => {
                        let recording = recording.clone();
                        state.show_player(Playing { recording, secret, at });
                        state.load.set(Load::Done);
                    }
                    Err(error) => {
                        state.notice(error);
                        state.load.set(Load::Failed { error: error.clone(), more: false });
                        state.alarm(messages::error(error));
                    }
                }
                found.set(Some(result));
            });
        }
    };
    // At first, and again whenever somebody has signed in.
    Effect::new({
        let ask = ask.clone();
        move |_| {
            let has_it = matches!(&*found.read_untracked(), Some(Ok(_)));
            // Somebody else signed in.
            let was_taken = has_it && state.playing.with_untracked(Option::is_none);
            let has_it = has_it && !was_taken;
            if state.session.get() == Session::Open && !has_it {
                ask();
            }
        }
    });
    let ask = StoredValue::new(ask);
    // A link for signed-in users, whose session ended while they were watching.
    let sign_in_again = move || {
        let has_it = matches!(&*found.read(), Some(Ok(_)));
        (has_it && state.session.get() == Session::Ended)
            .then(|| parts::sign_in_again(state, |_| ()))
    };
    // Together with the recording.
    parts::need(state, Part::Play);
    div().class("shared").child((
        move || match found.get() {
            None => fragment(p().class("blank muted").child(t("Loading…"))),
            Some(Err(Error::SignedOut)) => parts::sign_in(state, SignIn::Page(|| None)),
            Some(Err(error)) => {
                fragment(problem(messages::error(&error), move || ask.with_value(|ask| ask())))
            }
            Some(Ok(recording)) if recording.status.is_playable() => parts::player(state, None),
            Some(Ok(recording)) => fragment(problem(
                messages::about(
                    recording.title(),
                    &messages::not_playable(&recording.status).text(),
                ),
                move || ask.with_value(|ask| ask()),
            )),
        },
        sign_in_again,
        live_regions(state),
    ))
}

fn problem(text: String, again: impl Fn() + 'static) -> El {
    div().class("blank").child((
        icon(icon::WARNING),
        p().class("blank-title").child(text),
        button()
            .class("button")
            .attr("type", "button")
            .on(ev::click, move |_| again())
            .child(t("Try again")),
    ))
}
