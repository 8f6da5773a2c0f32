//! The few things asked of the browser itself: window, clipboard, saving a file, the time.

use std::ops::Range;

use js_sys::Date;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Document, Element, FocusOptions, HtmlAnchorElement, HtmlElement, Url, VisibilityState, Window,
};

use crate::{
    i18n::unturned,
    library::{Calendar, Day},
};

/// `None` outside a page, where this app does not run.
pub fn window() -> Option<Window> {
    web_sys::window()
}

pub fn document() -> Option<Document> {
    window()?.document()
}

/// Milliseconds since 1970, by the reader's clock.
pub fn now() -> f64 {
    Date::now()
}

/// Milliseconds of a clock that never goes back, for how long things take.
pub fn clock() -> u64 {
    window().and_then(|it| it.performance()).map_or(0.0, |it| it.now()) as u64
}

pub fn is_online() -> bool {
    window().is_none_or(|it| it.navigator().on_line())
}

pub fn is_hidden() -> bool {
    document().is_some_and(|it| it.visibility_state() == VisibilityState::Hidden)
}

/// The page's own; empty where there is none.
pub fn address() -> String {
    window().and_then(|it| it.location().href().ok()).unwrap_or_default()
}

/// The language of the page, in the reader's variety of it: a page in English is read with British
/// dates in Britain. Without one, the reader's.
pub fn language() -> String {
    let page = document()
        .and_then(|it| it.document_element())
        .and_then(|root| root.get_attribute("lang"))
        .unwrap_or_default();
    let reader = window().and_then(|it| it.navigator().language()).unwrap_or_default();
    if reader.split('-').next() == Some(&page) || page.is_empty() { reader } else { page }
}

/// Whether the text is on the clipboard now; the browser may refuse (no permission, no https).
pub async fn copy(text: &str) -> bool {
    let Some(window) = window().filter(Window::is_secure_context) else { return false };
    JsFuture::from(window.navigator().clipboard().write_text(text)).await.is_ok()
}

/// Saves what `url` answers under a name. The browser streams it to disk. A header of the server's
/// (`Content-Disposition`) wins over the name; from another origin the browser takes no name, and may
/// show the file instead, which must not take the place of the page.
pub fn save(url: &str, name: &str) {
    let link = document().and_then(|it| it.create_element("a").ok());
    if let Some(link) = link.and_then(|it| it.dyn_into::<HtmlAnchorElement>().ok()) {
        link.set_href(url);
        link.set_download(name);
        link.set_rel("noreferrer");
        if !is_own(url) {
            link.set_target("_blank");
        }
        link.click();
    }
}

/// Whether an address is of the page's own origin.
pub fn is_own(url: &str) -> bool {
    let own = window().and_then(|it| it.location().origin().ok());
    Url::new(url).is_ok_and(|url| Some(url.origin()) == own)
}

/// What matches a selector within `root`, in document order.
pub fn all(root: &Element, selector: &str) -> Vec<HtmlElement> {
    let Ok(found) = root.query_selector_all(selector) else { return Vec::new() };
    (0..found.length()).filter_map(|at| found.get(at)?.dyn_into().ok()).collect()
}

pub fn focus(element: Option<HtmlElement>) {
    if let Some(element) = element {
        // Fails only for what cannot take the focus, which then stays where it was.
        let _ = element.focus();
    }
}

/// As [`focus`], without scrolling to it.
pub fn focus_in_place(element: &HtmlElement) {
    let options = FocusOptions::new();
    options.set_prevent_scroll(true);
    let _ = element.focus_with_options(&options);
}

/// The reader's calendar, for what people say of days.
pub fn calendar() -> Calendar {
    Calendar { today: day_of(now()), start_of }
}

/// The local day that a moment (ms since 1970) lies in: when it begins and when the next one does.
pub fn day_around(ms: i64) -> Range<i64> {
    let day = day_of(ms as f64);
    start_of(day)..start_of(Day { day: day.day + 1, ..day })
}

fn day_of(ms: f64) -> Day {
    let date = Date::new(&ms.into());
    Day {
        year: date.get_full_year() as i32,
        month: date.get_month() as u8 + 1,
        day: date.get_date() as u8,
    }
}

fn start_of(day: Day) -> i64 {
    // Through a date of this century: years below 100 mean 1900 and something to the constructor.
    let date = Date::new_with_year_month_day(2000, 0, 1);
    date.set_full_year_with_month_date(
        day.year as u32,
        i32::from(day.month) - 1,
        i32::from(day.day),
    ) as i64
}

/// Lower case, without accents: for comparing what people type with what is there.
pub fn fold(text: &str) -> String {
    js_sys::JsString::from(text)
        .to_lower_case()
        .normalize("NFKD")
        .replace_by_pattern(&combining_marks(), "")
        .into()
}

fn combining_marks() -> js_sys::RegExp {
    thread_local! {
        static MARKS: js_sys::RegExp = js_sys::RegExp::new("\\p{M}+", "gu");
    }
    MARKS.with(Clone::clone)
}

pub fn set_title(title: &str) {
    if let Some(document) = document() {
        document.set_title(&unturned(title));
    }
}

/// What has the focus, inside shadow roots too.
pub fn active_element() -> Option<HtmlElement> {
    let mut active = document()?.active_element()?;
    while let Some(inner) = active.shadow_root().and_then(|root| root.active_element()) {
        active = inner;
    }
    active.dyn_into().ok()
}
