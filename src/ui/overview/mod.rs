//! The whole server at a glance: how much there is, where it lies, how it grows, and what wants
//! looking after.

mod lists;
mod plot;

use gloo_timers::future::TimeoutFuture;
use leptos::ev;

use self::{
    lists::{List, lines, looked_at},
    plot::{legend, month_of, percent, plot, thousandths},
};
use crate::{
    i18n::{Words, clock, messages, rooms as texts, t},
    library::Sum,
    model::RoomId,
    rooms::{MonthShare, Overview, RoomShare},
    ui::{
        browser,
        dom::{
            Child, El, bdi, button, dd, div, dl, dt, fragment, h2, h3, li, p, section, span, ul,
        },
        layers::push,
        reactive::*,
        rooms::{RoomsState, Way},
        state::{Load, Session},
    },
};

/// Milliseconds from a change until it is looked at: while pages come in one after the other, not each
/// is counted.
const CALM: u64 = 400;
/// And so many times as long as looking took, so that it stays a small part of the work.
const SHARE: u64 = 20;

pub fn overview_page(rooms: RoomsState) -> El {
    // The recordings load by themselves; the rooms only for who looks at them.
    Effect::new(move |_| {
        let is_wanted = rooms.can.with(Option::is_some) && rooms.app.session.get() == Session::Open;
        if is_wanted && !rooms.rooms.with_untracked(|it| it.is_begun()) {
            rooms.refresh();
        }
    });
    let overview = computed(rooms);
    let is_empty = Memo::new(move |_| overview.with(|it| it.recordings == 0 && it.rooms == 0));
    section().class("overview-page").attr("role", "region").attr("aria-label", t("Overview")).child(
        div().class("overview").child((
            div().class("bar").child(h2().child(t("Overview"))),
            partial(rooms, overview),
            move || {
                if is_empty.get() {
                    fragment(empty(rooms))
                } else {
                    untrack(|| fragment((totals(rooms, overview), panels(rooms, overview))))
                }
            },
        )),
    )
}

/// Looks again a moment after the recordings or the rooms have changed.
fn computed(rooms: RoomsState) -> RwSignal<Overview> {
    let look = move || {
        rooms.app.library.with_untracked(|library| {
            rooms.rooms.with_untracked(|rooms| {
                Overview::of(library, rooms, browser::now() as i64, &month_of)
            })
        })
    };
    let overview = RwSignal::new(look());
    let is_due = StoredValue::new(false);
    let took = StoredValue::new(0_u64);
    Effect::new(move |before: Option<()>| {
        rooms.app.library.track();
        rooms.rooms.track();
        if before.is_none() || is_due.get_value() {
            return;
        }
        is_due.set_value(true);
        rooms.spawn(async move {
            let pause = took.try_get_value().unwrap_or(0).saturating_mul(SHARE).max(CALM);
            TimeoutFuture::new(u32::try_from(pause).unwrap_or(u32::MAX)).await;
            // The page may be gone.
            let Some(before) = overview.try_get_untracked() else { return };
            is_due.set_value(false);
            let begun = browser::clock();
            let now = look();
            took.set_value(browser::clock().saturating_sub(begun));
            if now != before {
                overview.set(now);
            }
        });
    });
    overview
}

fn is_loading(rooms: RoomsState) -> bool {
    let is_busy = |load: &Load| matches!(load, Load::Loading | Load::LoadingMore | Load::Filling);
    rooms.app.load.with(is_busy) || rooms.load.with(is_busy)
}

/// Over how many recordings it is, while that is not all of them.
fn partial(rooms: RoomsState, overview: RwSignal<Overview>) -> impl Child {
    let app = rooms.app;
    let is_partial = Memo::new(move |_| overview.with(|it| it.is_partial && it.recordings > 0));
    let over = move || {
        let total = app.library.with(|it| it.total()).and_then(|it| usize::try_from(it).ok());
        let format = app.format();
        texts::over(overview.with(|it| it.recordings), total, |n| format.number(n))
    };
    let is_filling = Memo::new(move |_| app.load.with(|it| *it == Load::Filling));
    move || {
        is_partial.get().then(|| {
            div().class("note").child((
                span().child(over),
                button()
                    .class("button")
                    .attr("type", "button")
                    .attr("aria-disabled", move || is_filling.get().then_some("true"))
                    .on(ev::click, move |_| {
                        if !is_filling.get_untracked() {
                            app.load_all();
                        }
                    })
                    .child(move || if is_filling.get() { t("Loading…") } else { t("Load all") }),
            ))
        })
    }
}

fn empty(rooms: RoomsState) -> El {
    let failed = move || {
        rooms.app.load.with(|it| match it {
            Load::Failed { error, .. } => Some(messages::error(error)),
            _ => None,
        })
    };
    let text = move || match failed() {
        Some(text) => text,
        None if is_loading(rooms) => t("Loading…").into(),
        None => {
            t("Nothing here yet. Make a room, and what is recorded in it is counted here.").into()
        }
    };
    div().class("blank").child((p().attr("aria-live", "polite").child(text), move || {
        failed().map(|_| {
            push("button", t("Try again"), move || {
                rooms.app.retry_load();
                rooms.retry_load();
            })
        })
    }))
}

fn told(sum: Sum, write: impl Fn(u64) -> String) -> String {
    match sum.total {
        None => "–".to_owned(),
        Some(total) if sum.is_partial => messages::at_least(&write(total)),
        Some(total) => write(total),
    }
}

fn totals(rooms: RoomsState, overview: RwSignal<Overview>) -> El {
    let format = rooms.app.format();
    let total = move |name: Words, text: Box<dyn Fn(&Overview) -> String>| {
        div().class("total").child((
            dt().child(name),
            dd().child(bdi().child(move || overview.with(|it| text(it)))),
        ))
    };
    let number = {
        let format = format.clone();
        move |count: usize, is_partial: bool| {
            let number = format.number(count);
            if is_partial { messages::at_least(&number) } else { number }
        }
    };
    let of_rooms = number.clone();
    let has_rooms = Memo::new(move |_| rooms.can.with(Option::is_some));
    let has_status = Memo::new(move |_| rooms.can.with(|can| can.is_some_and(|can| can.status)));
    let all_rooms = move || {
        let number = of_rooms.clone();
        has_rooms
            .get()
            .then(|| total(t("Rooms"), Box::new(move |it| number(it.rooms, it.are_rooms_partial))))
    };
    let of_active = number.clone();
    let active = move || {
        let number = of_active.clone();
        let text = move |it: &Overview| number(it.active_rooms, it.are_rooms_partial);
        has_status.get().then(|| total(t("Meetings now"), Box::new(text)))
    };
    dl().class("totals").child((
        total(t("Recordings"), Box::new(move |it| number(it.recordings, it.is_partial))),
        total(t("Total length"), Box::new(|it| told(it.duration, |ms| clock(ms / 1000)))),
        total(t("Storage"), Box::new(move |it| told(it.size, |bytes| format.size(bytes)))),
        all_rooms,
        active,
    ))
}

pub(super) fn panel(name: Words, class: &'static str, content: impl Child) -> El {
    section().class(class).attr("aria-label", name).child((h3().child(name), content))
}

fn panels(rooms: RoomsState, overview: RwSignal<Overview>) -> El {
    let has_sizes = Memo::new(move |_| overview.with(|it| it.size.total.is_some()));
    let months = Memo::new(move |_| overview.with(|it| Months(it.by_month.clone())));
    let by_month = move || {
        let has_sizes = has_sizes.get();
        months.with(|it| plot(rooms.app, &it.0, has_sizes))
    };
    let grown = move || {
        has_sizes.get().then(|| {
            let last = months.with(|it| it.0.last().map_or(0, |it| it.size_so_far));
            legend(&rooms.app.format().size(last))
        })
    };
    let looked = RwSignal::new(None);
    div().class("panels").child((
        panel(t("Storage by room"), "panel is-wide", shares(rooms, overview, has_sizes)),
        panel(t("By month"), "panel is-wide", (by_month, grown)),
        lines(rooms, overview, List::Longest, looked),
        lines(rooms, overview, List::Largest, looked),
        lines(rooms, overview, List::Failed, looked),
        lines(rooms, overview, List::Expiring, looked),
        looked_at(rooms.app, looked),
    ))
}

/// To be compared by a memo.
#[derive(Clone, PartialEq)]
struct Months(Vec<MonthShare>);

#[derive(Clone, PartialEq)]
struct Bar {
    share: RoomShare,
    thousandths: u64,
    text: String,
}

fn shares(rooms: RoomsState, overview: RwSignal<Overview>, has_sizes: Memo<bool>) -> El {
    let bars = move || {
        let has_sizes = has_sizes.get();
        let value = move |it: &RoomShare| if has_sizes { it.size } else { it.recordings as u64 };
        overview.with(|it| {
            let others = (it.others.recordings > 0).then_some(&it.others);
            let all = || it.by_room.iter().chain(others);
            let largest = all().map(value).max().unwrap_or(0);
            let bar = |share: &RoomShare| {
                let recordings = rooms.app.recordings(share.recordings);
                let text = if has_sizes {
                    format!("{} · {recordings}", rooms.app.format().size(share.size))
                } else {
                    recordings
                };
                let thousandths = thousandths(value(share), largest);
                Bar { share: share.clone(), thousandths, text }
            };
            all().map(bar).collect::<Vec<_>>()
        })
    };
    let view = move |bar: RwSignal<Bar>| {
        let is_others = Memo::new(move |_| bar.with(|it| it.share.id.is_empty()));
        let title = move || bar.with(|it| it.share.title.clone());
        let name = move || {
            if is_others.get() {
                fragment(span().child(t("All others")))
            } else {
                fragment(
                    button()
                        .class("text-button")
                        .attr("type", "button")
                        .on(ev::click, move |_| {
                            let id = bar.with_untracked(|it| it.share.id.clone());
                            rooms.go(Way::Room(&room_of(rooms, id)));
                        })
                        .child(bdi().child(title)),
                )
            }
        };
        li().child((
            div().class("bar-line").child((
                name,
                span().class("muted").child(bdi().child(move || bar.with(|it| it.text.clone()))),
            )),
            div().class("meter").attr("aria-hidden", "true").child(
                div()
                    .class("filling")
                    .style("inline-size", move || bar.with(|it| percent(it.thousandths))),
            ),
        ))
    };
    let none = move || {
        overview
            .with(|it| it.recordings == 0)
            .then(|| p().class("muted").child(t("No recordings yet")))
    };
    div().child((ul().class("bars").pool(bars, |a, b| a.share.id == b.share.id, view), none))
}

/// The room that recordings know by this id.
fn room_of(rooms: RoomsState, recorded_id: String) -> RoomId {
    rooms.rooms.with_untracked(|it| {
        let room = it.iter().find(|(_, room)| room.recorded_id() == recorded_id);
        room.map_or(RoomId(recorded_id.clone()), |(_, room)| room.id.clone())
    })
}
