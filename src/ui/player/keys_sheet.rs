//! The keys of the player, and the changing of them: press the button, then the key that is to do it.

use leptos::ev;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use super::screen::Screen;
use crate::{
    i18n::{Words, t},
    player::{Action, Keymap, Stroke, key_label},
    ui::{
        browser,
        dialog::modal,
        dom::{El, NodeRef, button, div, h3, li, p, section, span, ul},
        help::chord,
        icon,
        icon::icon,
        layers::push,
        reactive::*,
    },
};

/// Every action stands in one of them, once.
const GROUPS: [(Words, &[Action]); 5] = [
    (
        t("Playing"),
        &[
            Action::Play,
            Action::Slower,
            Action::Faster,
            Action::LoopFrom,
            Action::LoopTo,
            Action::LoopStop,
        ],
    ),
    (
        t("Seeking"),
        &[
            Action::Back5,
            Action::Forward5,
            Action::Back10,
            Action::Forward10,
            Action::Back30,
            Action::Forward30,
            Action::FrameBack,
            Action::FrameForward,
            Action::Tenth,
            Action::Start,
            Action::End,
            Action::PreviousChapter,
            Action::NextChapter,
        ],
    ),
    (
        t("Sound and captions"),
        &[Action::Louder, Action::Quieter, Action::Mute, Action::Captions, Action::Search],
    ),
    (t("Picture"), &[Action::FullScreen, Action::Theatre, Action::PictureInPicture]),
    (t("List"), &[Action::Previous, Action::Next, Action::Help]),
];

const _: () = {
    let (mut seen, mut group) = (0_u64, 0);
    while group < GROUPS.len() {
        let (_, actions) = GROUPS[group];
        let mut at = 0;
        while at < actions.len() {
            let action = 1 << actions[at] as u64;
            assert!(seen & action == 0, "an action stands there twice");
            seen |= action;
            at += 1;
        }
        group += 1;
    }
    assert!(seen == (1 << Action::ALL.len()) - 1, "an action is missing");
};

#[derive(Clone, Copy)]
struct Sheet {
    screen: Screen,
    /// What the next key is to do.
    changing: RwSignal<Option<Action>>,
    said: RwSignal<String>,
    /// No other key went down since one was taken.
    was_taken: StoredValue<bool>,
    list: NodeRef<HtmlElement>,
    is_mirrored: bool,
}

/// `on_close` is to take the dialog out of the view.
pub fn keys_sheet(screen: Screen, on_close: impl Fn() + 'static) -> El {
    let frame = screen.frame.get_untracked();
    let it = Sheet {
        screen,
        changing: RwSignal::new(None),
        said: RwSignal::new(String::new()),
        was_taken: StoredValue::new(false),
        list: NodeRef::default(),
        is_mirrored: frame.is_some_and(|it| matches!(it.matches(":dir(rtl)"), Ok(true))),
    };
    let on_close = StoredValue::new(on_close);
    let close = move || {
        on_close.try_with_value(|close| close());
    };
    let is_changed =
        Memo::new(move |_| screen.state.player.with(|likes| likes.keys != Keymap::default()));
    let reset =
        move || is_changed.get().then(|| push("button", t("Reset keys"), move || it.reset()));
    let groups: Vec<_> = GROUPS.iter().map(|(title, actions)| it.group(*title, actions)).collect();
    let foot = div().class("keys-foot").child((
        p().class("muted").attr("aria-live", "polite").child(move || it.said.get()),
        div().class("buttons").child((reset, push("button", t("Close"), close))),
    ));
    // Takes the focus, so that arrows scroll the dialog.
    let list = div().node_ref(it.list).class("keys").attr("tabindex", "-1").attr("autofocus", "");
    modal("dialog", || t("Keyboard shortcuts").into(), close, (list.child(groups), foot))
        .class_if("is-wide", || true)
        .on(ev::keydown, move |event| it.pressed(&event))
        .on(ev::keyup, move |event| {
            // Firefox clicks the button, which has the focus, when the space bar goes up.
            if it.was_taken.get_value() {
                event.prevent_default();
            }
        })
}

impl Sheet {
    fn group(self, title: Words, actions: &[Action]) -> El {
        let mut lines: Vec<_> = actions.iter().map(|action| self.line(*action)).collect();
        if actions.contains(&Action::Help) {
            let keys = span().class("chords").child(chord("Esc"));
            lines.push(li().child((span().child(t("Close what is open, then the player")), keys)));
        }
        // Safari takes a list without bullets for none.
        section().child((h3().child(title), ul().attr("role", "list").child(lines)))
    }

    fn line(self, action: Action) -> El {
        let is_changing = move || self.changing.get() == Some(action);
        let keys = move || {
            if is_changing() {
                return vec![span().class("muted").child(t("Press a key…"))];
            }
            let keys = self.keys(action);
            let none = keys.is_empty().then(|| span().class("muted").child(t("No key")));
            keys.iter().map(|keys| chord(keys)).chain(none).collect()
        };
        let name = t("Change the key for {action}").with(&[("action", &action.what().text())]);
        // The ten digits are one line and belong together.
        let change = (action != Action::Tenth).then(|| {
            button()
                .class("icon-button")
                .attr("type", "button")
                .attr("aria-label", name)
                .attr("aria-pressed", move || is_changing().to_string())
                .on(ev::click, move |event| {
                    // Safari leaves the focus where it was.
                    browser::focus(event.current_target().and_then(|it| it.dyn_into().ok()));
                    self.begin(action);
                })
                .on(ev::focusout, move |_| {
                    if self.changing.get_untracked() == Some(action) {
                        self.changing.set(None);
                    }
                })
                .child(icon(icon::EDIT))
        });
        li().child((span().child(action.what()), span().class("chords").child(keys), change))
    }

    /// To read, as they are on a keyboard: the keymap's arrows follow the bar.
    fn keys(self, action: Action) -> Vec<String> {
        let mut keys = self.screen.state.player.with(|likes| likes.keys.keys(action));
        if self.is_mirrored {
            let mirrored = |letter| match letter {
                '←' => '→',
                '→' => '←',
                letter => letter,
            };
            keys.iter_mut().for_each(|keys| *keys = keys.chars().map(mirrored).collect());
        }
        keys
    }

    fn begin(self, action: Action) {
        let is_wanted = self.changing.get_untracked() != Some(action);
        self.changing.set(is_wanted.then_some(action));
        self.said.set(if is_wanted {
            let what = action.what().text();
            t("{action}: press the new key, or Escape.").with(&[("action", &what)])
        } else {
            String::new()
        });
    }

    fn pressed(self, event: &ev::KeyboardEvent) {
        if !event.repeat() {
            self.was_taken.set_value(false);
        }
        let Some(action) = self.changing.get_untracked() else { return };
        event.prevent_default();
        event.stop_propagation();
        let key = event.key();
        let is_modifier = matches!(key.as_str(), "Shift" | "Control" | "Alt" | "AltGraph" | "Meta");
        if event.repeat() || is_modifier {
            return;
        }
        if key == "Escape" {
            self.changing.set(None);
            self.said.set(t("Nothing was changed.").into());
        } else {
            self.take(action, &stroke(event, self.is_mirrored));
        }
    }

    fn take(self, action: Action, stroke: &Stroke) {
        let before = self.screen.state.player.with_untracked(|likes| likes.keys.action(stroke));
        let mut is_taken = false;
        self.screen.like(|likes| is_taken = likes.keys.remap(action, stroke));
        if !is_taken {
            let refusal = t("The browser or a dialog needs this key. Press another, or Escape.");
            return self.said.set(refusal.into());
        }
        self.was_taken.set_value(true);
        self.changing.set(None);
        let (key, what) = (said(&untrack(|| self.keys(action)).concat()), action.what().text());
        self.said.set(match before.filter(|before| *before != action) {
            Some(other) => t("{key} now: {action}. No longer: {other}.").with(&[
                ("key", &key),
                ("action", &what),
                ("other", &other.what().text()),
            ]),
            None => t("{key} now: {action}.").with(&[("key", &key), ("action", &what)]),
        });
    }

    fn reset(self) {
        self.screen.like(|likes| likes.keys.reset());
        self.said.set(t("All keys are as they were at first.").into());
        // The button that had it is gone.
        browser::focus(self.list.get_untracked());
    }
}

/// Keys that are pressed together, as they are called where the viewer is.
fn said(keys: &str) -> String {
    let label = |key: &str| key_label(key).map_or_else(|| key.to_owned(), Into::into);
    keys.split('+').map(label).collect::<Vec<_>>().join("+")
}

/// A key that goes down, as the keymap has it. `is_mirrored`: the bar runs the other way, and the
/// arrows with it.
pub fn stroke(event: &ev::KeyboardEvent, is_mirrored: bool) -> Stroke {
    let key = match event.key().as_str() {
        "ArrowLeft" if is_mirrored => "ArrowRight".to_owned(),
        "ArrowRight" if is_mirrored => "ArrowLeft".to_owned(),
        key => key.to_owned(),
    };
    Stroke {
        key,
        code: event.code(),
        ctrl: event.ctrl_key() || event.meta_key(),
        alt: event.alt_key(),
        shift: event.shift_key(),
    }
}
