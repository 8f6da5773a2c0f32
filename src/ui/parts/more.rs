//! What opens over the list, and what is done from there: everything that the first look at it does without.

use web_sys::HtmlElement;

use crate::{
    library::Saved,
    model::{Recording, RecordingId},
    ui::{
        delete_dialog,
        dom::{Fragment, NodeRef, fragment},
        edit_dialog, filters, layers, messages,
        reactive::*,
        row_menu,
        search_field::Suggestions,
        selection_bar, share_dialog,
        state::{Layer, Menu, State},
        view_dialog,
    },
};

#[derive(Clone)]
pub enum More {
    Layer(Layer),
    Menu(Menu),
    Question,
    Report,
    Share(RecordingId),
    Edit(RecordingId),
    /// What the dialog at that node shows, with the views that have a name.
    View(NodeRef<HtmlElement>, RwSignal<Saved>),
    Filters,
    Selection,
    /// How many have been deleted.
    Undo(usize),
    Copying,
    Download(Box<Recording>),
    /// What is narrowed, to be taken back.
    Chips,
    /// What the term at the caret could become.
    Suggest(Box<Suggestions>),
}

impl More {
    pub(super) fn build(self, state: State) -> Fragment {
        match self {
            Self::Layer(layer) => fragment(layers::layer(state, layer)),
            Self::Menu(menu) => fragment(row_menu::open_menu(state, menu)),
            Self::Question => fragment(delete_dialog::question(state)),
            Self::Report => fragment(delete_dialog::report(state)),
            Self::Share(id) => fragment(share_dialog::sharing(state, id)),
            Self::Edit(id) => fragment(edit_dialog::editing(state, id)),
            Self::View(dialog, views) => fragment(view_dialog::content(state, dialog, views)),
            Self::Filters => fragment(filters::panel(state)),
            Self::Selection => fragment(selection_bar::selected(state)),
            Self::Undo(count) => fragment(messages::offer(state, count)),
            Self::Copying => fragment(layers::progress(state)),
            Self::Chips => fragment(filters::chips(state)),
            Self::Suggest(suggestions) => {
                suggestions.offer();
                Fragment::default()
            }
            Self::Download(recording) => {
                state.download(*recording, None);
                Fragment::default()
            }
        }
    }
}
