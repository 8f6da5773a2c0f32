//! What is said, beside the picture: to be read along, to be searched, and to go where something was
//! said. While it plays, only the line that begins and the one that ends change; the list goes along
//! unless the viewer looks at something else in it.

mod lines;

use gloo_timers::future::TimeoutFuture;
use leptos::ev;
use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlElement, HtmlInputElement, Node};

use super::{captions::Captions, screen::Screen};
use crate::{
    i18n::{forms, t},
    library::{Criteria, Wanted, What},
    ui::{
        browser,
        dom::{Child, El, NodeRef, aside, input, label, ol, p, span},
        icon,
        icon::icon,
        layers::push,
        reactive::*,
    },
};
use lines::{Job, Lines};

/// Milliseconds after which lines that came into view have their heights.
const SETTLED: u32 = 60;

/// A handle, free to copy.
#[derive(Clone, Copy)]
struct View {
    screen: Screen,
    captions: Captions,
    lines: Lines,
    panel: NodeRef<HtmlElement>,
    search: NodeRef<HtmlInputElement>,
    /// The line that is said.
    now: Memo<Option<usize>>,
    /// The viewer looks at something else.
    has_scrolled: RwSignal<bool>,
    has_focus: RwSignal<bool>,
    query: RwSignal<String>,
    /// The lines that have what is searched for.
    hits: RwSignal<Vec<usize>>,
    /// Which of them was gone to.
    hit: RwSignal<Option<usize>>,
    following: StoredValue<Job>,
}

/// `search` is the field, for whoever sends the focus there.
pub fn transcript(screen: Screen, captions: Captions, search: NodeRef<HtmlInputElement>) -> El {
    let transcript = captions.transcript;
    let view = View {
        screen,
        captions,
        lines: Lines::new(screen.state),
        panel: NodeRef::default(),
        search,
        now: Memo::new(move |_| transcript.with(|it| it.at(screen.position.get()))),
        has_scrolled: RwSignal::new(false),
        has_focus: RwSignal::new(false),
        query: RwSignal::new(String::new()),
        hits: RwSignal::new(Vec::new()),
        hit: RwSignal::new(None),
        following: StoredValue::new(Job::default()),
    };
    Effect::new(move |_| {
        let transcript = transcript.get();
        view.release();
        view.lines.fill(transcript, move || {
            view.show_now(view.now.get_untracked(), true);
            view.find(view.query.get_untracked());
        });
    });
    Effect::new(move |_| view.show_now(view.now.get(), !view.is_held()));
    let left = move |event: ev::FocusEvent| {
        let to = event.related_target().and_then(|it| it.dyn_into::<Node>().ok());
        if !view.panel.get_untracked().is_some_and(|it| it.contains(to.as_ref())) {
            view.has_focus.set(false);
        }
    };
    aside()
        .node_ref(view.panel)
        .class("transcript")
        .attr("aria-label", t("Transcript"))
        .attr("aria-busy", move || captions.is_loading.get().to_string())
        .attr("tabindex", "-1")
        .on(ev::focusout, left)
        .child((field(view), notice(view), list(view), back(view)))
}

fn field(view: View) -> El {
    label().class("field").child((
        icon(icon::SEARCH),
        input()
            .node_ref(view.search)
            .attr("type", "search")
            .attr("aria-label", t("Search the transcript"))
            .attr("placeholder", t("Search the transcript"))
            .attr("autocomplete", "off")
            .attr("spellcheck", "false")
            .on(ev::input, move |event| view.find(event_target_value(&event)))
            .on(ev::keydown, move |event| view.on_search_key(&event)),
        span().attr("aria-live", "polite").child(move || view.count()),
    ))
}

/// Why there is nothing to read, when there is nothing.
fn notice(view: View) -> impl Child {
    let Captions { transcript, is_loading, problem, .. } = view.captions;
    let has_lines = Memo::new(move |_| transcript.with(|it| !it.lines().is_empty()));
    move || {
        let text = match problem.get() {
            _ if has_lines.get() => return None,
            Some(why) => why,
            None if is_loading.get() => t("Loading…").into(),
            None => t("Nothing is said in these captions.").into(),
        };
        let again = move || {
            // The button is about to go.
            view.focus_panel();
            view.captions.need_transcript();
        };
        let has_failed = problem.with(Option::is_some);
        let again = has_failed.then(|| push("button", t("Try again"), again));
        Some(p().child((span().child(text), again)))
    }
}

fn list(view: View) -> El {
    let language = view.captions.language;
    let looks_elsewhere = move || view.has_scrolled.set(true);
    ol().node_ref(view.lines.list)
        .attr("lang", move || Some(language.get()).filter(|it| !it.is_empty()))
        .on(ev::click, move |event| view.clicked(&event))
        .on(ev::keydown, move |event| view.on_list_key(&event))
        .on(ev::focusin, move |event| view.focused(&event))
        .on(ev::wheel, move |_| looks_elsewhere())
        // A finger scrolls.
        .on(ev::pointercancel, move |_| looks_elsewhere())
        .on(ev::pointerdown, move |event| {
            // Only at the scroll bar there is no line under the pointer.
            if view.lines.place(&event).is_none() {
                looks_elsewhere();
            }
        })
}

fn back(view: View) -> impl Child {
    let is_shown = Memo::new(move |_| view.is_held() && view.now.get().is_some());
    move || {
        is_shown.get().then(|| {
            push("button", t("Back to now"), move || {
                view.focus_panel();
                view.release();
            })
        })
    }
}

/// Reading along.
impl View {
    fn show_now(self, now: Option<usize>, follows: bool) {
        let is_there = self.lines.show_now(now);
        if let Some(at) = now.filter(|_| is_there && follows) {
            self.lines.stop_at(at);
            self.follow(at);
        }
    }

    /// Has a line in sight, and again once the lines around it have been laid out.
    fn follow(self, at: usize) {
        self.lines.reveal(at);
        let work = async move {
            TimeoutFuture::new(SETTLED).await;
            if !untrack(|| self.is_held()) {
                self.lines.reveal(at);
            }
        };
        self.following.set_value(Job(Some(self.screen.state.spawn(work))));
    }

    /// The viewer looks elsewhere: what is said does not take the list along.
    fn is_held(self) -> bool {
        let has_scrolled = self.has_scrolled.get();
        self.has_focus.get() || has_scrolled
    }

    fn release(self) {
        self.has_scrolled.set(false);
        self.has_focus.set(false);
    }

    fn focus_panel(self) {
        if let Some(panel) = self.panel.get_untracked() {
            browser::focus_in_place(&panel);
        }
    }
}

/// What the viewer does in the list.
impl View {
    fn clicked(self, event: &Event) {
        if let Some(at) = self.lines.place(event) {
            self.has_scrolled.set(false);
            self.go_to(at);
        }
    }

    fn go_to(self, at: usize) {
        let transcript = self.captions.transcript.get_untracked();
        if let Some(line) = transcript.lines().get(at) {
            self.screen.seek(line.start);
        }
    }

    fn on_list_key(self, event: &ev::KeyboardEvent) {
        if event.ctrl_key() || event.meta_key() || event.alt_key() || event.shift_key() {
            return;
        }
        let stop = self.lines.stop();
        let at = match event.key().as_str() {
            "ArrowDown" => stop + 1,
            "ArrowUp" => stop.saturating_sub(1),
            "Home" => 0,
            "End" => usize::MAX,
            _ => return,
        };
        event.prevent_default();
        self.lines.focus(at);
    }

    fn focused(self, event: &Event) {
        let Some(at) = self.lines.place(event) else { return };
        self.lines.stop_at(at);
        // A click is no wish to stay.
        let line = self.lines.get(at);
        self.has_focus.set(line.is_some_and(|it| it.matches(":focus-visible").unwrap_or(false)));
    }
}

/// The search.
impl View {
    fn find(self, query: String) {
        let words: Vec<_> = query.split_whitespace().map(browser::fold).collect();
        let transcript = self.captions.transcript.get_untracked();
        let hits =
            if words.is_empty() { Vec::new() } else { transcript.find(&query, browser::fold) };
        let wanted = |it| Wanted { is_not: false, what: What::Phrase(it) };
        let terms = words.into_iter().map(wanted).collect();
        self.lines.mark(transcript, hits.clone(), Criteria { terms, ..Criteria::default() });
        self.query.set(query);
        self.hit.set(None);
        self.hits.set(hits);
    }

    /// "3 of 12".
    fn count(self) -> String {
        let count = self.hits.with(Vec::len);
        match self.hit.get() {
            _ if self.query.with(|it| it.trim().is_empty()) => String::new(),
            _ if count == 0 => t("Not found").into(),
            Some(hit) => {
                let [at, all] = [hit + 1, count].map(|it| it.to_string());
                t("{n} of {of}").with(&[("n", &at), ("of", &all)])
            }
            None => forms("{n} found", "{n} found").of(count),
        }
    }

    fn on_search_key(self, event: &ev::KeyboardEvent) {
        // Most of what happens while an input method is at work is the input method's.
        if event.is_composing() {
            return;
        }
        match event.key().as_str() {
            "Enter" => self.go_to_hit(!event.shift_key()),
            "Escape" if !self.query.with_untracked(String::is_empty) => {
                if let Some(field) = self.search.get_untracked() {
                    field.set_value("");
                }
                self.find(String::new());
            }
            _ => return,
        }
        event.prevent_default();
    }

    /// To the next one, or the one before, around the ends; at first counted from what is said.
    fn go_to_hit(self, is_forward: bool) {
        let (hit, now) = (self.hit.get_untracked(), self.now.get_untracked().unwrap_or(0));
        let found = self.hits.with_untracked(|hits| {
            let from = hits.partition_point(|it| *it < now);
            let next = if is_forward {
                hit.map_or(from, |hit| hit + 1)
            } else {
                hit.unwrap_or(from) + hits.len().checked_sub(1)?
            };
            let next = next.checked_rem(hits.len())?;
            Some((next, *hits.get(next)?))
        });
        if let Some((next, at)) = found {
            self.hit.set(Some(next));
            self.release();
            self.go_to(at);
            self.follow(at);
        }
    }
}
