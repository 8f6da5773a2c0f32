//! What can be done with the selected recordings: a toolbar that floats over the list. One stop of
//! the Tab key, the arrows go along it.

use super::{
    dom::{Child, El},
    icon,
    intent::FileType,
    list::{Kind, Leaving, Tool, toolbar},
    parts::{self, More},
    reactive::*,
    state::State,
};
use crate::{
    i18n::{Words, clock, messages, t},
    library::{Slot, Sum, sums},
};

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
            Self::SelectAll => {
                state.list.order.with(|order| !order.slots.is_empty())
                    && !state.list.are_all_selected()
            }
            Self::Download => state.can.with(|can| can.zip || can.download),
            Self::CopyLinks => state.can.with(|can| can.share),
            Self::Merge => state.mergeable().is_some(),
            Self::Delete => state.can.with(|can| can.delete),
            Self::ExportCsv | Self::ExportJson | Self::Clear => true,
        }
    }

    pub fn run(self, state: State) {
        let ids = || state.ids(&state.list.selected());
        match self {
            Self::SelectAll => state.list.select_all(),
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
    fn face(self) -> (&'static str, Option<Words>, Words) {
        match self {
            Self::SelectAll => (icon::SELECT_ALL, Some(t("Select all")), t("Select all {n}")),
            Self::Download => (icon::DOWNLOAD, Some(t("Download")), t("Download selected")),
            Self::CopyLinks => (icon::LINK, Some(t("Copy links")), t("Copy links")),
            Self::Merge => (icon::MERGE, Some(t("Merge")), t("Merge selected")),
            Self::ExportCsv => (icon::FILE, Some(t("CSV")), t("Export CSV")),
            Self::ExportJson => (icon::FILE, Some(t("JSON")), t("Export JSON")),
            Self::Delete => (icon::TRASH, Some(t("Delete")), t("Delete selected")),
            Self::Clear => (icon::CLOSE, None, t("Clear selection")),
        }
    }
}

pub fn selection_bar(state: State) -> impl Child {
    let is_shown = Memo::new(move |_| !state.list.selection.read().is_empty());
    move || is_shown.get().then(|| parts::inside(state, More::Selection))
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

pub(super) fn selected(state: State) -> El {
    let sum = |state: State| sum_of(state, &mut state.list.selection.read().iter());
    let tools = Action::ALL.into_iter().map(|action| tool(state, action)).collect();
    toolbar(state, state.list, sum, tools)
}

fn tool(state: State, action: Action) -> Tool {
    let (icon, text, name) = action.face();
    Tool {
        icon,
        text,
        name: Box::new(move || match action {
            Action::SelectAll => {
                let count = state.list.order.with(|order| order.slots.len());
                name.with(&[("n", &state.format().number(count))])
            }
            _ => name.into(),
        }),
        kind: match action {
            Action::Clear => Kind::Icon,
            Action::Delete => Kind::Danger,
            _ => Kind::Plain,
        },
        is_possible: Memo::new(move |_| action.is_possible(state)),
        leaving: match action {
            Action::SelectAll => Leaving::ToNext,
            _ => Leaving::Stays,
        },
        run: Box::new(move || {
            if action == Action::Clear {
                // The toolbar goes away by it.
                state.focus_search();
            }
            action.run(state);
        }),
    }
}
