//! Narrowing the list: a panel of filters, each with how many recordings its choices leave, and what is
//! narrowed as chips that take it back.

mod facet;

use std::rc::Rc;

use leptos::ev;
use web_sys::HtmlInputElement;

use super::{
    dom::{
        Child, El, NodeRef, Sign, bdi, button, div, fragment, input, label, option, select, span,
    },
    icon,
    icon::icon,
    parts::{self, More},
    search_field::keep_value,
    state::State,
};
use crate::{
    i18n::{Words, messages, t},
    library::{Counts, DateFilter, Day, Filters},
    ui::reactive::*,
};

use facet::Facet;

pub fn filters(state: State, is_open: RwSignal<bool>) -> impl Child {
    (move || is_open.get().then(|| parts::inside(state, More::Filters)), chosen(state))
}

/// Most views are not narrowed.
fn chosen(state: State) -> impl Child {
    let has_any = Memo::new(move |_| state.view.with(|view| view.filters != Filters::default()));
    move || has_any.get().then(|| parts::inside(state, More::Chips))
}

pub(super) fn panel(state: State) -> El {
    Effect::new(move |_| {
        if state.can.with(|can| can.filter_room) {
            state.load_rooms();
        }
    });
    let chosen = Memo::new(move |_| state.view.with(|view| view.filters.clone()));
    // Costs a little with every change of the list: for as long as the panel is open.
    let counts = Memo::new(move |_| {
        let bands = chosen.with(facet::to_count);
        state.criteria.with(|criteria| state.library.with(|it| it.counts(criteria, &bands)))
    });
    let filters = Facet::ALL.map(|facet| {
        let is_possible = Memo::new(move |_| facet.is_possible(state));
        move || {
            is_possible.get().then(|| {
                let own_days = (facet == Facet::Date).then(|| own_days(state, chosen));
                fragment((filter(state, facet, chosen, counts), own_days))
            })
        }
    });
    div()
        .class("filters")
        .attr("part", "filters")
        .attr("role", "group")
        .attr("aria-label", t("Filters"))
        .child(filters.into_iter().collect::<Vec<_>>())
}

fn filter(state: State, facet: Facet, filters: Memo<Filters>, counts: Memo<Counts>) -> El {
    let offers = Memo::new(move |_| {
        filters.with(|filters| counts.with(|counts| facet.offers(state, filters, counts)))
    });
    let count = Memo::new(move |_| offers.with(Vec::len) + 1);
    let text = move |at: usize| {
        let Some(at) = at.checked_sub(1) else { return facet.any().into() };
        offers.with(|offers| {
            let Some(offer) = offers.get(at) else { return String::new() };
            let count = offer.count.map(|count| state.format().number(count));
            messages::choice(&facet.offered(state, offer), count.as_deref())
        })
    };
    let chosen = Memo::new(move |_| {
        let only = filters.with(|it| facet.only(it));
        offers.with(|it| it.iter().position(|it| it.filters == only).map_or(0, |at| at + 1))
    });
    choose(facet.name(), count, text, chosen, move |at| {
        let offer = offers.with_untracked(|it| it.get(at.checked_sub(1)?).cloned());
        facet.choose(state, offer.map(|it| it.filters).unwrap_or_default());
    })
}

/// A labelled choice of one. Texts change in place, so that nothing moves under the pointer; the options
/// are made anew only when there are more or fewer.
pub fn choose(
    name: Words,
    count: Memo<usize>,
    text: impl Fn(usize) -> String + Copy + 'static,
    chosen: Memo<usize>,
    act: impl Fn(usize) + 'static,
) -> El {
    let options = move || {
        let option = |at: usize| {
            option()
                .attr("value", at.to_string())
                .prop("selected", move || chosen.get() == at)
                .child(move || text(at))
        };
        (0..count.get()).map(option).collect::<Vec<_>>()
    };
    label().class("labelled").child((
        span().child(name),
        select()
            .class("input")
            .attr("aria-label", name)
            .on(ev::change, move |event| {
                if let Ok(at) = event_target_value(&event).parse() {
                    act(at);
                }
            })
            .child(options),
    ))
}

/// From one day to another, while that is chosen.
fn own_days(state: State, filters: Memo<Filters>) -> impl Child {
    let days = move || match filters.with(|it| it.date) {
        Some(DateFilter::Range { from, to }) => Some([from, to]),
        _ => None,
    };
    let is_own = Memo::new(move |_| days().is_some());
    let day = move |name: Words, at: usize| {
        let node = NodeRef::<HtmlInputElement>::default();
        let shown = move || days().and_then(|it| it[at]).map(Day::text).unwrap_or_default();
        keep_value(node, shown);
        let chosen = move |event| {
            let text = event_target_value(&event);
            let day = Day::read(&text);
            // A year that is half typed is no day yet.
            if let (Some(mut days), true) = (untrack(days), day.is_some() || text.is_empty()) {
                days[at] = day;
                let [from, to] = days;
                let date = Some(DateFilter::Range { from, to });
                state.view.update(|view| view.filters.date = date);
            }
        };
        label().class("labelled").child((
            span().child(name),
            input()
                .node_ref(node)
                .class("input")
                .attr("type", "date")
                .attr("aria-label", name)
                .on(ev::change, chosen),
        ))
    };
    move || is_own.get().then(|| div().class("days").child((day(t("From"), 0), day(t("To"), 1))))
}

pub(super) fn chips(state: State) -> El {
    let chips = Facet::ALL.map(|facet| {
        let chosen = Memo::new(move |_| state.view.with(|view| facet.only(&view.filters)));
        move || {
            let chosen = chosen.get();
            facet.hides(&chosen).then(|| chip(state, facet, chosen))
        }
    });
    let are_several = Memo::new(move |_| {
        let hides = |facet: &Facet| state.view.with(|view| facet.hides(&view.filters));
        let count = Facet::ALL.iter().filter(|it| hides(it)).count();
        let is_searched = state.view.with(|view| !view.search.trim().is_empty());
        count > 1 || count == 1 && is_searched
    });
    let clear_all = move || {
        are_several.get().then(|| {
            button()
                .class("chip is-plain")
                .attr("type", "button")
                .on(ev::click, move |_| {
                    state.focus_search();
                    state.show_all();
                })
                .child(t("Clear all"))
        })
    };
    div().class("chips").child((chips.into_iter().collect::<Vec<_>>(), clear_all))
}

/// `chosen` are all filters, of which only this one is set.
fn chip(state: State, facet: Facet, chosen: Filters) -> El {
    let value = Rc::new(move || facet.chosen(state, &chosen).unwrap_or_default());
    let name = {
        let value = value.clone();
        move || {
            t("Clear filter {name}: {value}")
                .with(&[("name", &facet.name().text()), ("value", &value())])
        }
    };
    button()
        .class("chip")
        .attr("type", "button")
        .attr("aria-label", name)
        .on(ev::click, move |_| {
            state.focus_search();
            facet.choose(state, Filters::default());
        })
        .child((
            span().child((facet.name(), Sign(": "), bdi().child(move || value()))),
            icon(icon::CLOSE),
        ))
}
