//! What can be done with the selected recordings, floating over the list.

use std::collections::HashSet;

use leptos::{ev, prelude::*};

use super::{
    dom::{Child, El, b, button, div, span},
    icon,
    icon::icon,
    state::State,
};
use crate::{
    i18n::{clock, messages},
    library::{Sum, sums},
    model::RecordingId,
};

pub fn selection_bar(state: State) -> impl Child {
    let is_shown = Memo::new(move |_| !state.selection.read().is_empty());
    move || is_shown.get().then(|| toolbar(state))
}

/// Nothing where nothing is known.
fn told(sum: Sum, format: impl Fn(u64) -> String) -> Option<String> {
    let text = format(sum.total?);
    Some(if sum.is_partial { messages::at_least(&text) } else { text })
}

fn toolbar(state: State) -> El {
    // Another user may be able to do other things.
    let can = state.can.get();
    let count = move || messages::selected(state.selection.read().len());
    let sum = move || {
        let (length, size) = state.library.with(|library| {
            state
                .selection
                .with(|selection| sums(library.recordings().filter(|it| selection.has(&it.id))))
        });
        let length = told(length, |ms| clock(ms / 1000));
        let size = told(size, |bytes| state.format().size(bytes));
        [length, size].into_iter().flatten().collect::<Vec<_>>().join(" · ")
    };
    let download = can.zip.then(|| {
        action(icon::DOWNLOAD, "Download", "Download selected", "button", move || {
            state.download_several(selected(state));
        })
    });
    let delete = can.delete.then(|| {
        action(icon::TRASH, "Delete", "Delete selected", "button is-danger", move || {
            state.ask_to_delete(selected(state));
        })
    });
    div().class("selection").attr("role", "toolbar").attr("aria-label", "Selection").child((
        b().child(count),
        span().class("sum").child(sum),
        download,
        move || {
            state.mergeable().map(|_| {
                action(icon::MERGE, "Merge", "Merge selected", "button", move || {
                    state.merge_selected();
                })
            })
        },
        delete,
        button()
            .class("icon-button")
            .attr("type", "button")
            .attr("aria-label", "Clear selection")
            .on(ev::click, move |_| {
                state.focus_search();
                state.selection.update(|it| it.clear());
            })
            .child(icon(icon::CLOSE)),
    ))
}

fn action(
    shape: &'static str,
    text: &'static str,
    name: &'static str,
    class: &'static str,
    act: impl Fn() + 'static,
) -> El {
    button()
        .class(class)
        .attr("type", "button")
        .attr("aria-label", name)
        .on(ev::click, move |_| act())
        .child((icon(shape), span().child(text)))
}

/// In the order of the list; behind them those that a search hides at the moment.
fn selected(state: State) -> Vec<RecordingId> {
    let mut ids = state.selection.read_untracked().within(&*state.order.read_untracked());
    let shown: HashSet<_> = ids.iter().cloned().collect();
    let library = state.library.read_untracked();
    let hidden = library.recordings().map(|it| &it.id).filter(|id| !shown.contains(*id));
    ids.extend(state.selection.read_untracked().within(hidden));
    ids
}
