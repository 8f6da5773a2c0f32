//! What can be done with the selected recordings: a toolbar that floats over the list. One stop of
//! the Tab key, the arrows go along it.

use gloo_timers::callback::Timeout;
use leptos::ev;
use web_sys::HtmlElement;

use super::{
    browser,
    dom::{Child, El, NodeRef, b, bdi, button, div, span},
    icon,
    icon::icon,
    intent::FileType,
    reactive::*,
    state::State,
};
use crate::{
    i18n::{clock, messages},
    library::{Slot, Sum, sums},
};

/// Ms without a change until the new selection is said.
const SAID_AFTER: u32 = 1_000;

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Action {
    SelectAll,
    Download,
    CopyLinks,
    Merge,
    ExportCsv,
    ExportJson,
    Delete,
    Clear,
}

impl Action {
    const ALL: [Self; 8] = [
        Self::SelectAll,
        Self::Download,
        Self::CopyLinks,
        Self::Merge,
        Self::ExportCsv,
        Self::ExportJson,
        Self::Delete,
        Self::Clear,
    ];

    /// With what is selected now, on this server.
    pub fn is_possible(self, state: State) -> bool {
        match self {
            Self::SelectAll => state.order.with(|order| {
                !order.slots.is_empty() && !state.selection.read().has_all(&order.slots)
            }),
            Self::Download => state.can.with(|can| can.zip || can.download),
            Self::CopyLinks => state.can.with(|can| can.share),
            Self::Merge => state.mergeable().is_some(),
            Self::Delete => state.can.with(|can| can.delete),
            Self::ExportCsv | Self::ExportJson | Self::Clear => true,
        }
    }

    pub fn run(self, state: State) {
        let ids = || state.ids(&state.selected());
        match self {
            Self::SelectAll => state.select_all(),
            Self::Download => state.download_several(ids()),
            Self::CopyLinks => state.copy_links(ids()),
            Self::Merge => state.merge_selected(),
            Self::ExportCsv => state.export_selected(FileType::Csv),
            Self::ExportJson => state.export_selected(FileType::Json),
            Self::Delete => state.ask_to_delete(ids()),
            Self::Clear => {
                state.clear_selection();
            }
        }
    }

    /// Its icon, the word beside that, and its name.
    fn face(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::SelectAll => (icon::SELECT_ALL, "Select all", "Select all"),
            Self::Download => (icon::DOWNLOAD, "Download", "Download selected"),
            Self::CopyLinks => (icon::LINK, "Copy links", "Copy links"),
            Self::Merge => (icon::MERGE, "Merge", "Merge selected"),
            Self::ExportCsv => (icon::FILE, "CSV", "Export CSV"),
            Self::ExportJson => (icon::FILE, "JSON", "Export JSON"),
            Self::Delete => (icon::TRASH, "Delete", "Delete selected"),
            Self::Clear => (icon::CLOSE, "", "Clear selection"),
        }
    }
}

pub fn selection_bar(state: State) -> impl Child {
    let is_shown = Memo::new(move |_| !state.selection.read().is_empty());
    move || is_shown.get().then(|| toolbar(state))
}

/// How long and how large they are together, as far as is known: "2:10:00 · 1.2 GB".
pub fn sum_of(state: State, slots: &mut dyn Iterator<Item = Slot>) -> String {
    let (length, size) = state.library.with(|library| {
        let index = library.index();
        sums(slots.map(|slot| (index.duration(slot), index.size(slot))))
    });
    let told = |sum: Sum, format: &dyn Fn(u64) -> String| {
        let text = format(sum.total?);
        Some(if sum.is_partial { messages::at_least(&text) } else { text })
    };
    let length = told(length, &|ms| clock(ms / 1000));
    let size = told(size, &|bytes| state.format().size(bytes));
    [length, size].into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

fn toolbar(state: State) -> El {
    let node = NodeRef::<HtmlElement>::default();
    let count =
        Memo::new(move |_| messages::selected(state.format().number(state.selection.read().len())));
    let sum = Memo::new(move |_| sum_of(state, &mut state.selection.read().iter()));
    announce(state, count, sum);
    let current = RwSignal::new(Action::SelectAll);
    // Where Tab comes in: what was last used, or the first.
    let stop = Memo::new(move |_| {
        let current = [current.get()];
        current.into_iter().chain(Action::ALL).find(|action| action.is_possible(state))
    });
    let actions: Vec<_> = Action::ALL
        .into_iter()
        .map(|action| button_of(state, action, node, current, stop))
        .collect();
    div()
        .node_ref(node)
        .class("selection")
        .attr("role", "toolbar")
        .attr("aria-label", "Selection")
        .on(ev::keydown, move |event| toolbar_keys(&event, node))
        .child((
            div().class("selected").child((
                b().child(bdi().child(move || count.get())),
                bdi().class("sum").child(move || sum.get()),
            )),
            actions,
        ))
}

/// Says what is selected when it has stayed so for a while: with Shift and an arrow held down it is
/// another selection with every row.
fn announce(state: State, count: Memo<String>, sum: Memo<String>) {
    let waiting = StoredValue::new(None);
    Effect::new(move |_| {
        let texts = [count.get(), sum.get()];
        let text = texts.into_iter().filter(|it| !it.is_empty()).collect::<Vec<_>>().join(" · ");
        let say = Timeout::new(SAID_AFTER, move || {
            // What has happened meanwhile is more to the point, and there to be seen.
            if !state.status.with_untracked(|it| it.is_news) {
                state.announce(text);
            }
        });
        waiting.set_value(Some(say));
    });
}

fn button_of(
    state: State,
    action: Action,
    toolbar: NodeRef<HtmlElement>,
    current: RwSignal<Action>,
    stop: Memo<Option<Action>>,
) -> El {
    let (shape, text, name) = action.face();
    let is_possible = Memo::new(move |_| action.is_possible(state));
    let name = move || match action {
        Action::SelectAll => {
            let count = state.order.with(|order| order.slots.len());
            format!("{name} {}", state.format().number(count))
        }
        _ => name.to_owned(),
    };
    let act = move |_| {
        match action {
            // It goes away by this.
            Action::SelectAll => go(toolbar, |at, last| (at + 1).min(last)),
            Action::Clear => state.focus_search(),
            _ => {}
        }
        action.run(state);
    };
    button()
        .class(match action {
            Action::Clear => "icon-button",
            Action::Delete => "button is-danger",
            _ => "button",
        })
        .attr("type", "button")
        .attr("aria-label", name)
        .attr("hidden", move || (!is_possible.get()).then_some(""))
        .attr("tabindex", move || if stop.get() == Some(action) { "0" } else { "-1" })
        .on(ev::focus, move |_| current.set(action))
        .on(ev::click, act)
        .child((icon(shape), (!text.is_empty()).then(|| span().child(text))))
}

fn toolbar_keys(event: &ev::KeyboardEvent, toolbar: NodeRef<HtmlElement>) {
    let is_mirrored =
        toolbar.get_untracked().is_some_and(|it| it.matches(":dir(rtl)").unwrap_or(false));
    match event.key().as_str() {
        "ArrowRight" | "ArrowLeft" => {
            let is_forward = (event.key() == "ArrowRight") != is_mirrored;
            go(
                toolbar,
                |at, last| if is_forward { (at + 1).min(last) } else { at.saturating_sub(1) },
            );
        }
        "Home" => go(toolbar, |_, _| 0),
        "End" => go(toolbar, |_, last| last),
        _ => return,
    }
    event.prevent_default();
}

/// Moves the focus from the button at a place to another, of which the last is at `last`.
fn go(toolbar: NodeRef<HtmlElement>, to: impl Fn(usize, usize) -> usize) {
    let Some(toolbar) = toolbar.get_untracked() else { return };
    let mut buttons = browser::all(&toolbar, "button:not([hidden])");
    let active = browser::active_element();
    let at = buttons.iter().position(|it| Some(it) == active.as_ref()).unwrap_or(0);
    if let Some(last) = buttons.len().checked_sub(1) {
        browser::focus(Some(buttons.swap_remove(to(at, last))));
    }
}
