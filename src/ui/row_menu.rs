//! The menu of a row: what can be done with one recording.

use super::{
    dom::{Child, El},
    host::{News, RowAction},
    icon,
    menu::{Item, item, menu},
    parts::{self, More},
    state::{Layer, Menu, State},
};
use crate::{i18n::t, model::Access};

pub fn row_menu(state: State) -> impl Child {
    move || {
        let menu = state.menu.get()?;
        Some(parts::over(state, |state| state.menu.set(None), More::Menu(menu)))
    }
}

pub(super) fn open_menu(state: State, place: Menu) -> Option<El> {
    let recording = state.recording(&place.id)?;
    let is_playable = recording.status.is_playable();
    let can = state.can.get_untracked();
    let id = || recording.id.clone();
    let mut items = Vec::new();
    if can.download {
        let recording = recording.clone();
        items.push(item(icon::DOWNLOAD, t("Download"), is_playable, move || {
            state.download(recording.clone(), None);
        }));
    }
    if can.share {
        let (to_copy, to_share) = (id(), id());
        items.push(item(icon::LINK, t("Copy link"), true, move || {
            state.copy_link(to_copy.clone(), None);
        }));
        items.push(item(icon::SHARE, t("Share…"), true, move || {
            state.share(to_share.clone(), Access::Anyone);
        }));
    }
    if can.edit {
        let id = id();
        items.push(item(icon::EDIT, t("Edit details…"), true, move || {
            state.editing.set(Some(id.clone()));
        }));
    }
    let to_detail = id();
    items.push(item(icon::INFO, t("Details"), true, move || {
        state.layer.set(Some(Layer::Details(to_detail.clone())));
    }));
    if can.delete {
        let id = id();
        items.push(item(icon::TRASH, t("Delete"), recording.status.is_deletable(), move || {
            state.ask_to_delete(vec![id.clone()]);
        }));
    }
    for RowAction { name, label } in state.row_actions() {
        let id = id();
        let act = move || state.tell_host(News::Acted { name: name.clone(), id: id.clone() });
        let act = Box::new(act);
        items.push(Item { icon: icon::MORE, text: label.into(), is_enabled: true, act });
    }
    Some(menu(place.x, place.y, move || state.menu.set(None), items))
}
