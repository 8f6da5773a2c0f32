//! The recordings as a list: which columns there are, and what a row does.

use super::{
    dom::El,
    list::{self, Acts, Face, Header, plain_header, sort_header},
    reactive::*,
    row::row,
    state::State,
};
use crate::{
    i18n::{Words, t},
    library::Column,
    model::SortKey,
};

pub fn grid(state: State) -> El {
    let columns = Memo::new(move |_| state.view.read().columns.clone());
    let acts = Acts {
        open: Box::new(move |slot| state.play(slot)),
        delete: Box::new(move |slot| state.ask_to_delete_at(slot)),
        clear: Box::new(move || state.clear_selection()),
    };
    let face = Face {
        label: t("Recordings"),
        class: "",
        is_partial: Box::new(move || state.library.read().is_partial()),
        tracks: Box::new(move || tracks(state)),
        heads: Box::new(move || {
            let columns = columns.get();
            let shown = columns.shown().iter().filter(|it| state.has_column(**it));
            let shown = shown.map(|it| column(state, *it));
            [header(state, SortKey::Room, t("Room"), "room")].into_iter().chain(shown).collect()
        }),
        row: Box::new(move |entry| row(state, entry)),
        at_end: Box::new(move || state.load_more_by_itself()),
    };
    list::grid(state.list, acts, face)
}

/// The widths of the columns that are shown.
fn tracks(state: State) -> String {
    let mut tracks = String::new();
    for column in state.view.read().columns.shown() {
        if state.has_column(*column) {
            tracks.push_str(match column {
                Column::Date => " 8em",
                Column::Duration => " 8em",
                Column::Size => " 6em",
                Column::Room | Column::File | Column::Id => " minmax(0, 12em)",
            });
        }
    }
    tracks
}

fn column(state: State, column: Column) -> El {
    match column {
        Column::Date => header(state, SortKey::Date, t("Date"), "date"),
        // Where there are no durations the statuses are all that stands there.
        Column::Duration if !state.can.read().duration => plain_header(t("Status"), "duration"),
        Column::Duration => header(state, SortKey::Duration, t("Duration"), "duration"),
        Column::Size => header(state, SortKey::Size, t("Size"), "size"),
        Column::Room => plain_header(t("Room name"), "name"),
        Column::File => plain_header(t("File"), "name"),
        Column::Id => plain_header(t("ID"), "name"),
    }
}

fn header(state: State, key: SortKey, name: Words, class: &'static str) -> El {
    sort_header(Header {
        name,
        class,
        sorted: Memo::new(move |_| {
            let view = state.view.read();
            let at = view.sort.iter().position(|sort| sort.key == key)?;
            Some((at, view.sort.get(at)?.descending))
        }),
        sort: Box::new(move |is_second| state.sort_by(key, is_second)),
    })
}

/// While the first page is on its way.
pub fn skeleton() -> El {
    list::skeleton(&["date", "duration", "size"])
}
