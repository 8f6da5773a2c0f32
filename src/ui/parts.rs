//! The parts of the program that come when they are needed, each from a file of its own: the player, what
//! opens over the list, the rooms. What stands in a part is what its seam here reaches and the rest of the
//! program does not: a call of it by any other way would bring it back. xtask takes the parts out of the
//! linked program (its `parts.rs`); without the feature `split` all is one and a seam is a call like any.
#![allow(unsafe_code, reason = "the linker names what is imported and exported at a seam")]

mod background;
mod more;
mod rooms;
mod sign_in;

use futures_util::{
    FutureExt,
    future::{AbortHandle, Either, LocalBoxFuture, select},
};
use gloo_timers::future::TimeoutFuture;
use js_sys::Reflect;
use leptos::ev;
use std::pin::pin;
#[cfg(feature = "split")]
use wasm_split_helpers::{SplitLoaderError as Missing, wasm_split};

use super::{
    browser,
    dialog::modal,
    dom::{El, Fragment, button, div, fragment, p},
    reactive::*,
    rooms::RoomsState,
    state::{Load, State},
    style,
};
use crate::{
    i18n::t,
    model::Error,
    provider::{Kind, Known},
};
pub use background::Background;
pub use more::More;
pub use rooms::RoomsPart;
pub use sign_in::SignIn;

/// Milliseconds on its way after which the place of a part says so.
const LATE: u32 = 200;
/// Milliseconds after the first rows until parts are fetched that nobody has asked for yet.
const CALM: u32 = 2_000;
/// As many late, a timer tells of a page that is busy.
const BUSY: u64 = 50;
const MOST_BUSY: usize = 5;

#[cfg(not(feature = "split"))]
struct Missing;

type Built = Result<Fragment, Missing>;

#[cfg_attr(feature = "split", wasm_split(play, fallible, preload(fetch_play)))]
fn build_player(state: State, on_close: Option<Box<dyn Fn()>>) -> Built {
    style::PANELS.fill();
    style::PLAYER.fill();
    Ok(fragment(super::player::player(state, on_close)))
}

#[cfg_attr(feature = "split", wasm_split(more, fallible, preload(fetch_more)))]
fn build_more(state: State, what: More) -> Built {
    style::PANELS.fill();
    Ok(what.build(state))
}

#[cfg_attr(feature = "split", wasm_split(rooms, fallible, preload(fetch_rooms)))]
fn build_rooms(what: RoomsPart) -> Built {
    style::PANELS.fill();
    style::ROOMS.fill();
    Ok(what.build())
}

#[cfg_attr(feature = "split", wasm_split(sign_in, fallible, preload(fetch_sign_in)))]
fn build_sign_in(state: State, what: SignIn) -> Built {
    Ok(what.build(state))
}

#[cfg_attr(feature = "split", wasm_split(background, fallible, preload(fetch_background)))]
fn begin_background(
    state: State,
    what: Background,
) -> Result<LocalBoxFuture<'static, ()>, Missing> {
    Ok(what.begin(state))
}

#[cfg(any(feature = "plugnmeet", feature = "whereby", feature = "superviz"))]
#[cfg_attr(feature = "split", wasm_split(servers, fallible, preload(fetch_servers)))]
fn build_server(kind: Kind) -> Result<Known, Missing> {
    Ok(Known::of(kind))
}

/// What a seam gives of a part that is here.
#[cfg(feature = "split")]
fn now<T>(given: impl Future<Output = Result<T, Missing>>) -> Option<T> {
    given.now_or_never()?.ok()
}

#[cfg(not(feature = "split"))]
fn now<T>(given: Result<T, Missing>) -> Option<T> {
    given.ok()
}

#[derive(Clone, Copy)]
pub enum Part {
    Play,
    More,
    Rooms,
    SignIn,
    Background,
    /// The kinds of server that are rarer than OpenVidu Meet.
    #[cfg(any(feature = "plugnmeet", feature = "whereby", feature = "superviz"))]
    Servers,
}

#[cfg(feature = "split")]
impl Part {
    fn is_here(self) -> bool {
        here::has(self)
    }

    /// Whether it is here then. Asked for by several at once it comes once; what has failed is tried again.
    pub async fn fetch(self) -> bool {
        let fetched = match self {
            Self::Play => fetch_play().await,
            Self::More => fetch_more().await,
            Self::Rooms => fetch_rooms().await,
            Self::SignIn => fetch_sign_in().await,
            Self::Background => fetch_background().await,
            #[cfg(any(feature = "plugnmeet", feature = "whereby", feature = "superviz"))]
            Self::Servers => fetch_servers().await,
        };
        if fetched.is_ok() {
            here::add(self);
        }
        fetched.is_ok()
    }
}

#[cfg(not(feature = "split"))]
impl Part {
    fn is_here(self) -> bool {
        true
    }

    pub async fn fetch(self) -> bool {
        true
    }
}

/// The parts that have come, for every element on the page.
#[cfg(feature = "split")]
mod here {
    use std::cell::Cell;

    use super::Part;

    thread_local! {
        static PARTS: Cell<u8> = const { Cell::new(0) };
    }

    pub fn has(part: Part) -> bool {
        PARTS.get() & bit(part) != 0
    }

    pub fn add(part: Part) {
        PARTS.set(PARTS.get() | bit(part));
    }

    fn bit(part: Part) -> u8 {
        1 << part as u8
    }
}

/// The player; `close` is missing where there is nothing to go back to.
pub fn player(state: State, close: Option<fn(State)>) -> Fragment {
    let build = move || {
        let on_close = close.map(|close| Box::new(move || close(state)) as Box<dyn Fn()>);
        now(build_player(state, on_close))
    };
    place(Part::Play, state, close, Box::new(build))
}

/// Something that opens over the library, and what takes it away again.
pub fn over(state: State, close: fn(State), what: More) -> Fragment {
    let build = move || now(build_more(state, what.clone()));
    place(Part::More, state, Some(close), Box::new(build))
}

/// Something that stands in the library.
pub fn inside(state: State, what: More) -> Fragment {
    let build = move || now(build_more(state, what.clone()));
    place(Part::More, state, None, Box::new(build))
}

/// Does what somebody has asked for, and says so when it cannot be done.
pub fn act(state: State, what: More) {
    do_with(state, what, |state| {
        state.warn(t("A part of the program could not be loaded. Try again."));
    });
}

/// Does what nobody misses.
pub fn offer(state: State, what: More) {
    do_with(state, what, |_| ());
}

fn do_with(state: State, what: More, failed: fn(State)) {
    if Part::More.is_here() {
        now(build_more(state, what));
        return;
    }
    state.spawn(async move {
        if Part::More.fetch().await {
            now(build_more(state, what));
        } else {
            failed(state);
        }
    });
}

/// Signing in, as a page.
pub fn sign_in(state: State, what: SignIn) -> Fragment {
    place(Part::SignIn, state, None, Box::new(move || now(build_sign_in(state, what))))
}

/// Signing in, over everything.
pub fn sign_in_again(state: State, close: fn(State)) -> Fragment {
    let build = move || now(build_sign_in(state, SignIn::Again(close)));
    place(Part::SignIn, state, Some(close), Box::new(build))
}

/// Does what nobody waits for. Whether it could be begun.
pub async fn background(state: State, what: Background) -> bool {
    let is_here = Part::Background.fetch().await;
    let work = is_here.then(|| now(begin_background(state, what))).flatten();
    match work {
        Some(work) => work.await,
        None => return false,
    }
    true
}

/// What the client needs to speak to a kind of server.
pub fn provider(kind: Kind) -> LocalBoxFuture<'static, Result<Known, Error>> {
    async move {
        match kind {
            #[cfg(feature = "openvidu-meet")]
            Kind::OpenViduMeet(version) => Ok(Known::openvidu_meet(version)),
            #[cfg(any(feature = "plugnmeet", feature = "whereby", feature = "superviz"))]
            kind => {
                let is_here = Part::Servers.fetch().await;
                is_here.then(|| now(build_server(kind))).flatten().ok_or(Error::Unreachable)
            }
        }
    }
    .boxed_local()
}

pub fn rooms(state: State, what: RoomsPart) -> Fragment {
    let build = move || now(build_rooms(what.clone()));
    place(Part::Rooms, state, None, Box::new(build))
}

/// Asks for the rooms again.
pub fn refresh_rooms(rooms: RoomsState) {
    rooms.app.spawn(async move {
        if Part::Rooms.fetch().await {
            now(build_rooms(RoomsPart::Refresh(rooms)));
        }
    });
}

/// How far a part is on its way to a place.
#[derive(Clone, Copy, PartialEq)]
enum Arrival {
    Soon,
    Late,
    Failed,
    Here,
}

/// What `build` makes of the part, at once when that is here. `close` takes the place away, where it is over
/// everything.
fn place(
    part: Part,
    state: State,
    close: Option<fn(State)>,
    build: Box<dyn Fn() -> Option<Fragment>>,
) -> Fragment {
    if part.is_here() {
        return untrack(build).unwrap_or_default();
    }
    let arrival = RwSignal::new(Arrival::Soon);
    ask(part, state, arrival);
    let is_here = Memo::new(move |_| match arrival.get() {
        Arrival::Soon => None,
        it => Some(it == Arrival::Here),
    });
    fragment(move || match is_here.get() {
        None => Fragment::default(),
        Some(true) => untrack(&build).unwrap_or_default(),
        Some(false) => fragment(untrack(|| meanwhile(part, state, arrival, close))),
    })
}

fn ask(part: Part, state: State, arrival: RwSignal<Arrival>) {
    state.spawn(async move {
        let is_here = match select(pin!(part.fetch()), TimeoutFuture::new(LATE)).await {
            Either::Left((is_here, _)) => is_here,
            Either::Right((_, fetched)) => {
                arrival.set(Arrival::Late);
                fetched.await
            }
        };
        // The place may be gone, and its signal with it.
        arrival.set(if is_here { Arrival::Here } else { Arrival::Failed });
    });
}

fn meanwhile(part: Part, state: State, arrival: RwSignal<Arrival>, close: Option<fn(State)>) -> El {
    let has_failed = Memo::new(move |_| arrival.get() == Arrival::Failed);
    let text = move || {
        if has_failed.get() { t("This could not be loaded.") } else { t("Loading…") }
    };
    let again = move || {
        has_failed.get().then(|| {
            button()
                .class("button")
                .attr("type", "button")
                .on(ev::click, move |_| {
                    arrival.set(Arrival::Late);
                    ask(part, state, arrival);
                })
                .child(t("Try again"))
        })
    };
    let Some(close) = close else {
        let said = p().attr("role", "status").child(text);
        return div().class("blank").child((said, again));
    };
    let close_button = button()
        .class("button")
        .attr("type", "button")
        .on(ev::click, move |_| close(state))
        .child(t("Close"));
    let buttons = div().class("buttons").child((again, close_button));
    modal("dialog", move || text().into(), move || close(state), buttons)
}

/// Once the list has been asked for and the page is idle: fetches what is likely to be wanted next, and begins
/// what goes on for as long as the library is there. Anew for whoever signs in.
pub fn begin_when_idle(state: State) {
    let is_settled = Memo::new(move |before: Option<&bool>| {
        before == Some(&true) || !matches!(*state.load.read(), Load::Loading)
    });
    Effect::new(move |before: Option<Option<AbortHandle>>| {
        state.epoch.track();
        if let Some(before) = before.flatten() {
            before.abort();
        }
        is_settled.get().then(|| {
            let settled = browser::clock();
            state.spawn(async move {
                idle().await;
                fetch_soon(state);
                background(state, Background::Watch(settled)).await;
            })
        })
    });
}

/// Until a timer is not late any more; in a page that is always busy, not for ever.
async fn idle() {
    for _ in 0..MOST_BUSY {
        let begun = browser::clock();
        TimeoutFuture::new(CALM).await;
        if browser::clock() - begun <= u64::from(CALM) + BUSY {
            return;
        }
    }
}

/// Fetches what opens over the library, for somebody has begun to use it. Not where data are to be saved.
pub fn fetch_soon(state: State) {
    for part in [Part::More, Part::Play, Part::SignIn] {
        want(state, part);
    }
}

/// Fetches a part that is likely to be wanted.
pub fn want(state: State, part: Part) {
    if !part.is_here() && !saves_data() {
        state.spawn(async move {
            // Whoever needs it asks again, and says if it cannot be had.
            part.fetch().await;
        });
    }
}

/// Fetches a part that is needed as soon as something else has come.
pub fn need(state: State, part: Part) {
    state.spawn(async move {
        part.fetch().await;
    });
}

fn saves_data() -> bool {
    let connection =
        browser::window().and_then(|it| Reflect::get(&it.navigator(), &"connection".into()).ok());
    let saves = connection.and_then(|it| Reflect::get(&it, &"saveData".into()).ok());
    saves.is_some_and(|it| it.is_truthy())
}
