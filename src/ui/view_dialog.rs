//! How the list is shown: its layout, density, groups and columns; views that have a name; and taking
//! along what is in view.

use leptos::ev;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlElement, HtmlInputElement, ToggleEvent};

use super::{
    browser,
    dom::{Child, El, NodeRef, bdi, button, div, form, input, label, li, span, ul},
    filters::choose,
    icon,
    icon::icon,
    parts::{self, More},
    reactive::*,
    state::State,
};
use crate::{
    i18n::{Words, t},
    library::{Column, Density, Group, Layout, Saved, SavedView, View},
};

/// Of the dialog, for the button that opens it.
const ID: &str = "meet-view";
const VIEW: &str =
    "M4 8h9m4 0h3M4 16h3m4 0h9M13 8a2 2 0 1 0 4 0 2 2 0 1 0-4 0m-6 8a2 2 0 1 0 4 0 2 2 0 1 0-4 0";
const TABLE: &str = "M4 6h16M4 12h16M4 18h16";
const CARDS: &str = "M4 5h6v5H4zM4 14h6v5H4zM14 6h6m-6 3h4m-4 6h6m-6 3h4";
const GRID: &str = "M4.5 4.5h6v6h-6zm9 0h6v6h-6zm-9 9h6v6h-6zm9 0h6v6h-6z";

/// A choice, and a picture of it.
type Face = (Words, Option<&'static str>);

const LAYOUTS: [Layout; 3] = [Layout::Table, Layout::Cards, Layout::Grid];
const LAYOUT_FACES: [Face; 3] =
    [(t("Table"), Some(TABLE)), (t("Cards"), Some(CARDS)), (t("Grid"), Some(GRID))];
const DENSITIES: [Density; 2] = [Density::Comfortable, Density::Compact];
const DENSITY_FACES: [Face; 2] = [(t("Comfortable"), None), (t("Compact"), None)];
const GROUPS: [Option<Group>; 3] = [None, Some(Group::Day), Some(Group::Room)];
const GROUP_NAMES: [Words; 3] = [t("group by|None"), t("Day"), t("Room")];

/// The button and what it opens. The browser opens, closes and dismisses it, and takes the focus back.
pub fn view_dialog(state: State) -> impl Child {
    let node = NodeRef::<HtmlElement>::default();
    let asked = RwSignal::new(false);
    let is_open = Memo::new(move |_| asked.get());
    let views = RwSignal::new(state.kept_views().unwrap_or_default());
    // The button's lower right corner, in CSS px of the window.
    let corner = RwSignal::new((0, 0));
    let place = move |event: ev::MouseEvent| {
        let button = event.current_target().and_then(|it| it.dyn_into::<Element>().ok());
        if let Some(button) = button.map(|it| it.get_bounding_client_rect()) {
            corner.set((button.right().round() as i32, button.bottom().round() as i32));
        }
        asked.set(true);
    };
    let toggled = move |event: Event| {
        let is_shown = event.unchecked_into::<ToggleEvent>().new_state() == "open";
        asked.set(is_shown);
        if let Some(kept) = state.kept_views().filter(|_| is_shown) {
            views.set(kept);
        }
        if let Some(dialog) = node.get_untracked().filter(|_| is_shown) {
            focus_first(&dialog);
        }
    };
    let button = button()
        .class("button is-compact")
        .attr("type", "button")
        .attr("popovertarget", ID)
        .attr("aria-haspopup", "dialog")
        .attr("aria-expanded", move || is_open.get().to_string())
        .on(ev::click, place)
        .child((icon(VIEW), span().child(t("View"))));
    let dialog = div()
        .node_ref(node)
        .class("view-dialog")
        .attr("id", ID)
        .attr("popover", "auto")
        .attr("role", "dialog")
        .attr("aria-label", t("View"))
        .style("--x", move || format!("{}px", corner.get().0))
        .style("--y", move || format!("{}px", corner.get().1))
        .on(ev::toggle, toggled)
        .child(move || is_open.get().then(|| parts::inside(state, More::View(node, views))));
    (button, dialog)
}

fn focus_first(dialog: &HtmlElement) {
    browser::focus(browser::all(dialog, ":checked").into_iter().next());
}

pub(super) fn content(
    state: State,
    dialog: NodeRef<HtmlElement>,
    views: RwSignal<Saved>,
) -> impl Child {
    // Where this comes after the dialog has opened.
    Effect::new(move |_| dialog.get().iter().for_each(focus_first));
    let close = move || {
        // Fails only where it is closed already.
        let _ = dialog.get_untracked().map(|it| it.hide_popover());
    };
    let layout = radios(
        state,
        "meet-layout",
        t("Layout"),
        &LAYOUT_FACES,
        |view| LAYOUTS.iter().position(|it| *it == view.layout),
        |view, at| view.layout = LAYOUTS.get(at).copied().unwrap_or_default(),
    );
    let density = radios(
        state,
        "meet-density",
        t("Density"),
        &DENSITY_FACES,
        |view| DENSITIES.iter().position(|it| *it == view.density),
        |view, at| view.density = DENSITIES.get(at).copied().unwrap_or_default(),
    );
    let text = |at: usize| GROUP_NAMES.get(at).map(|it| (*it).into()).unwrap_or_default();
    let count = Memo::new(|_| GROUPS.len());
    let group = Memo::new(move |_| {
        let group = state.view.with(|view| view.group);
        GROUPS.iter().position(|it| *it == group).unwrap_or(0)
    });
    let group = choose(t("Group by"), count, text, group, move |at| {
        state.view.update(|view| view.group = GROUPS.get(at).copied().flatten());
    });
    let export = div().class("exports").child((
        text_button(t("Export CSV"), move || {
            close();
            state.export_csv();
        }),
        text_button(t("Export JSON"), move || {
            close();
            state.export_json();
        }),
    ));
    (layout, density, group, columns(state), saved_views(state, views, close), export)
}

fn text_button(text: Words, act: impl Fn() + 'static) -> El {
    button().class("button").attr("type", "button").on(ev::click, move |_| act()).child(text)
}

fn section(role: &'static str, name: Words) -> El {
    div().attr("role", role).attr("aria-label", name)
}

fn heading(text: Words) -> El {
    div().class("view-heading").attr("aria-hidden", "true").child(text)
}

/// One of a few, side by side: `group` is what the browser knows them by, `name` what people do.
fn radios(
    state: State,
    group: &'static str,
    name: Words,
    texts: &'static [Face],
    chosen: fn(&View) -> Option<usize>,
    choose: fn(&mut View, usize),
) -> El {
    let chosen = Memo::new(move |_| state.view.with(chosen));
    let radio = |(at, (text, shape)): (usize, &Face)| {
        label().class("segment").child((
            input()
                .attr("type", "radio")
                .attr("name", group)
                .prop("checked", move || chosen.get() == Some(at))
                .on(ev::change, move |_| state.change_look(&|view| choose(view, at))),
            shape.map(icon),
            *text,
        ))
    };
    let radios: Vec<_> = texts.iter().enumerate().map(radio).collect();
    div().child((heading(name), section("radiogroup", name).class("segments").child(radios)))
}

/// In the order of the table; what is not shown comes last.
fn columns(state: State) -> El {
    let all = move || {
        let mut all = state.view.with(|view| view.columns.all());
        all.retain(|it| state.has_column(*it));
        all
    };
    let rows =
        section("group", t("Columns"))
            .class("view-columns")
            .pool(all, Column::eq, move |column| column_row(state, column));
    div().child((heading(t("Columns")), rows))
}

fn column_row(state: State, column: RwSignal<Column>) -> El {
    let name = move || match column.get() {
        Column::Date => t("Date"),
        Column::Duration if !state.can.with(|can| can.duration) => t("Status"),
        Column::Duration => t("Duration"),
        Column::Size => t("Size"),
        Column::Room => t("Room name"),
        Column::File => t("File"),
        Column::Id => t("ID"),
    };
    let is_shown = move || state.view.with(|view| view.columns.is_shown(column.get()));
    let toggle = move |_| {
        let column = column.get_untracked();
        state.change_look(&|view| {
            if view.columns.is_shown(column) {
                view.columns.hide(column);
            } else {
                view.columns.show(column);
            }
        });
    };
    let mover = move |shape, words: Words, step: isize| {
        let cannot = move || {
            let shown = state.view.with(|view| state.columns(view));
            let end = if step < 0 { shown.first() } else { shown.last() };
            !is_shown() || end == Some(&column.get())
        };
        button()
            .class("icon-button")
            .attr("type", "button")
            .attr("aria-label", move || words.with(&[("column", &name().text())]))
            .attr("aria-disabled", move || cannot().then_some("true"))
            .on(ev::click, move |_| state.move_column(column.get_untracked(), step))
            .child(icon(shape))
    };
    div().class("view-row").child((
        label().class("check").child((
            input().attr("type", "checkbox").prop("checked", is_shown).on(ev::change, toggle),
            span().child(name),
        )),
        mover(icon::UP, t("Move {column} up"), -1),
        mover(icon::DOWN, t("Move {column} down"), 1),
    ))
}

fn saved_views(state: State, saved: RwSignal<Saved>, close: impl Fn() + Copy + 'static) -> El {
    let name = NodeRef::<HtmlInputElement>::default();
    let row = move |view: &SavedView| {
        let (view, remove) = (view.clone(), view.name.clone());
        let title = view.name.clone();
        li().class("view-row").child((
            button()
                .class("menu-item")
                .attr("type", "button")
                .on(ev::click, move |_| {
                    close();
                    state.show_view(&view);
                })
                .child(bdi().child(title)),
            button()
                .class("icon-button")
                .attr("type", "button")
                .attr("aria-label", t("Remove view {name}").with(&[("name", &remove)]))
                .on(ev::click, move |_| {
                    browser::focus(name.get_untracked().map(Into::into));
                    state.remove_view(saved, &remove);
                })
                .child(icon(icon::CLOSE)),
        ))
    };
    let rows = move || saved.with(|it| it.views().iter().map(row).collect::<Vec<_>>());
    let save = move |event: ev::SubmitEvent| {
        event.prevent_default();
        if let Some(input) = name.get_untracked()
            && state.save_view(saved, &input.value())
        {
            input.set_value("");
        }
    };
    div().child((
        heading(t("Saved views")),
        ul().attr("aria-label", t("Saved views")).child(rows),
        form().class("link").on(ev::submit, save).child((
            input()
                .node_ref(name)
                .class("input")
                .attr("type", "text")
                .attr("aria-label", t("Name"))
                .attr("placeholder", t("Name"))
                .attr("maxlength", "80")
                .attr("autocomplete", "off")
                .attr("required", ""),
            button().class("button").attr("type", "submit").child(t("Save view")),
        )),
    ))
}
