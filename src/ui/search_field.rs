//! The search box: the list follows every letter, and what the term at the caret could become is
//! offered below it. What the search language means is `library`'s.

use gloo_timers::callback::Timeout;
use leptos::ev;
use web_sys::HtmlInputElement;

use super::{
    browser,
    dom::{El, NodeRef, Sign, bdi, div, input, kbd, label, span},
    icon,
    icon::icon,
    parts::{self, More},
    reactive::*,
    state::State,
};
use crate::{
    i18n::{Language, messages, t},
    library::{Completion, complete},
};

const LIST: &str = "meet-suggestions";
/// Milliseconds without a change after which what was found is said: said at every letter it would
/// drown the typing.
const QUIET: u32 = 1_000;

/// What is offered, and which of it the arrow keys are at.
#[derive(Clone, Copy)]
pub struct Suggestions {
    state: State,
    offers: RwSignal<Vec<Completion>>,
    at: RwSignal<Option<usize>>,
}

pub fn search_field(state: State) -> El {
    let suggestions =
        Suggestions { state, offers: RwSignal::new(Vec::new()), at: RwSignal::new(None) };
    let is_open = Memo::new(move |_| suggestions.offers.with(|it| !it.is_empty()));
    // Most of what happens while an input method is at work is the input method's.
    let is_composing = StoredValue::new(false);
    keep_value(state.search, move || state.view.with(|view| view.search.clone()));
    announce_what_is_found(suggestions);
    let typed = move |event| {
        state.view.update(|view| view.search = event_target_value(&event));
        if !is_composing.get_value() {
            suggestions.ask();
        }
    };
    let field = label().class("field").child((
        icon(icon::SEARCH),
        input()
            .node_ref(state.search)
            .attr("type", "search")
            .attr("aria-label", t("Search recordings"))
            .attr("aria-autocomplete", "list")
            .attr("aria-controls", move || is_open.get().then_some(LIST))
            .attr("aria-activedescendant", move || suggestions.at.get().map(option_id))
            .attr("placeholder", t("Search"))
            .attr("autocomplete", "off")
            .attr("autocapitalize", "off")
            .attr("spellcheck", "false")
            .on(ev::input, typed)
            .on(ev::compositionstart, move |_| {
                is_composing.set_value(true);
                suggestions.close();
            })
            .on(ev::compositionend, move |_| {
                is_composing.set_value(false);
                suggestions.ask();
            })
            .on(ev::keydown, move |event| {
                // Safari sends the key that ends a composition after the end.
                if !event.is_composing() && event.key_code() != 229 && suggestions.on_key(&event) {
                    event.prevent_default();
                    event.stop_propagation();
                }
            })
            .on(ev::blur, move |_| suggestions.close()),
        kbd().attr("aria-hidden", "true").child(Sign("/")),
    ));
    div()
        .class("search")
        .attr("part", "search")
        .child((field, move || is_open.get().then(|| suggestions.list())))
}

impl Suggestions {
    fn list(self) -> El {
        let options = move || {
            let offers = self.offers.get();
            offers.into_iter().enumerate().map(|(at, it)| self.option(at, it)).collect::<Vec<_>>()
        };
        div()
            .class("suggestions")
            .attr("id", LIST)
            .attr("role", "listbox")
            .attr("aria-label", t("Suggestions"))
            // The focus stays in the box.
            .on(ev::mousedown, |event| event.prevent_default())
            .child(options)
    }

    fn option(self, at: usize, offer: Completion) -> El {
        let Completion { label, hint, .. } = offer;
        div()
            .class("suggestion")
            .attr("id", option_id(at))
            .attr("role", "option")
            .attr("aria-selected", move || (self.at.get() == Some(at)).to_string())
            .on(ev::click, move |_| self.take(at))
            .child((bdi().child(label), span().class("muted").child(hint)))
    }

    fn ask(self) {
        parts::offer(self.state, More::Suggest(self.into()));
    }

    pub(super) fn offer(self) {
        let Some(input) = self.state.search.get_untracked() else { return };
        let text = input.value();
        // Fails only for inputs without a caret.
        let caret = input.selection_start().ok().flatten();
        let caret = byte_at(&text, caret.map_or(usize::MAX, |it| it as usize));
        self.at.set(None);
        self.offers.set(self.state.library.with_untracked(|library| {
            complete(&text, caret, &mut library.index().rooms().map(|(_, title)| title))
        }));
    }

    fn close(self) {
        self.at.set(None);
        self.offers.update(Vec::clear);
    }

    fn take(self, at: usize) {
        let offer = self.offers.with_untracked(|it| it.get(at).cloned());
        let (Some(offer), Some(input)) = (offer, self.state.search.get_untracked()) else { return };
        let caret = offer.text.get(..offer.caret).unwrap_or_default().encode_utf16().count() as u32;
        input.set_value(&offer.text);
        // Fails only for inputs without a caret.
        let _ = input.set_selection_range(caret, caret);
        self.state.view.update(|view| view.search = offer.text);
        // After an operator come its values.
        self.ask();
    }

    /// Whether the key was for us.
    fn on_key(self, event: &ev::KeyboardEvent) -> bool {
        let count = self.offers.with_untracked(Vec::len);
        let at = self.at.get_untracked();
        if event.ctrl_key() || event.meta_key() || event.alt_key() {
            return false;
        }
        match (event.key().as_str(), at) {
            ("ArrowDown", _) if count == 0 => return self.go_to_grid(),
            ("ArrowDown", _) => self.at.set(Some(at.map_or(0, |at| (at + 1) % count))),
            ("ArrowUp", _) if count > 0 => {
                self.at.set(Some((at.unwrap_or(0) + count - 1) % count));
            }
            ("Enter", Some(at)) => self.take(at),
            ("Escape", _) if count > 0 => self.close(),
            ("Escape", _) if !self.state.view.with_untracked(|it| it.search.is_empty()) => {
                self.state.view.update(|view| view.search.clear());
            }
            ("Enter" | "Tab" | "ArrowLeft" | "ArrowRight" | "Home" | "End", _) => {
                // The caret moves on, and what was offered was for where it stood.
                self.close();
                return false;
            }
            _ => return false,
        }
        true
    }

    fn go_to_grid(self) -> bool {
        let Some(input) = self.state.search.get_untracked() else { return false };
        let Ok(Some(content)) = input.closest(".content") else { return false };
        let grid = browser::all(&content, "[role=grid]").pop();
        let is_there = grid.is_some();
        browser::focus(grid);
        is_there
    }
}

/// How many are left, and how many suggestions there are, some time after the last change.
fn announce_what_is_found(suggestions: Suggestions) {
    let state = suggestions.state;
    let timeout = StoredValue::new(None::<Timeout>);
    Effect::new(move |before: Option<()>| {
        state.criteria.track();
        if before.is_some() {
            let language = Language::current();
            let say = move || {
                let offered = suggestions.offers.with_untracked(Vec::len);
                state.announce(messages::found(&untrack(|| state.count()), offered));
            };
            timeout.set_value(Some(Timeout::new(QUIET, move || language.during(say))));
        }
    });
}

fn option_id(at: usize) -> String {
    format!("meet-suggestion-{at}")
}

/// Carets are counted in UTF-16 units.
fn byte_at(text: &str, caret: usize) -> usize {
    let mut units = 0;
    let found = text.char_indices().find(|(_, it)| {
        let is_there = units >= caret;
        units += it.len_utf16();
        is_there
    });
    found.map_or(text.len(), |(at, _)| at)
}

/// Has the text in an input. Written only where it differs: a value that is written, even the same, may
/// move the caret, end a composition or wipe a date that is half typed.
pub fn keep_value(node: NodeRef<HtmlInputElement>, text: impl Fn() -> String + 'static) {
    Effect::new(move |_| {
        let text = text();
        if let Some(input) = node.get().filter(|input| input.value() != text) {
            input.set_value(&text);
        }
    });
}
