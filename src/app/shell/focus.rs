//! Where the focus is when pages, dialogs and people come and go, and what the page is called.

use gloo_timers::future::TimeoutFuture;
use web_sys::HtmlElement;

use super::{super::Route, Pane, Shell, pane_of};
use crate::{
    i18n::t,
    ui::{browser, parts::Part, reactive::*},
};

impl Shell {
    /// The focus is where one goes on, and nothing that was opened stays for whoever comes next.
    pub(super) fn follow_sign_in(self, is_out: Memo<bool>) {
        Effect::new(move |before: Option<u32>| {
            let epoch = self.state.epoch.get();
            if before.is_some_and(|before| before != epoch) {
                self.is_profile_open.set(false);
                self.focus.set_value(Default::default());
            }
            epoch
        });
        Effect::new(move |before: Option<bool>| {
            let is_out = is_out.get();
            if before.is_some_and(|before| before != is_out) {
                self.state.spawn(async move {
                    // After the page has been shown.
                    if is_out {
                        Part::SignIn.fetch().await;
                    }
                    TimeoutFuture::new(0).await;
                    if is_out {
                        let fields = all_in_page(".sign-in input");
                        browser::focus(fields.into_iter().next());
                    } else {
                        self.focus_in(pane_of(&self.route.get_untracked()), true);
                    }
                });
            }
            is_out
        });
    }

    /// What had the focus may have gone, with a dialog between: then the page's heading has it.
    pub(super) fn keep_focus(self) {
        let is_open = Memo::new(move |_| {
            self.rooms.list.is_covered.get()
                || self.is_profile_open.get()
                || self.rooms.menu.read().is_some()
                || self.state.layer.read().is_some()
        });
        Effect::new(move |before: Option<bool>| {
            let is_open = is_open.get();
            if before == Some(true) && !is_open {
                self.state.spawn(async move {
                    // After whoever closed it has put the focus where it belongs.
                    TimeoutFuture::new(50).await;
                    let active = browser::active_element();
                    if active.is_none_or(|it| it.tag_name() == "BODY") {
                        self.focus_in(pane_of(&self.route.get_untracked()), true);
                    }
                });
            }
            is_open
        });
    }

    /// Title and focus follow the page. Not at first: what a page begins with is its own.
    pub(super) fn name_pages(self) {
        // What is shown, by its own title where it has one.
        let title = Memo::new(move |_| match &*self.route.read() {
            Route::Recording(_) => {
                let playing = self.state.playing.read();
                (t("Recordings"), playing.as_ref().map(|it| it.recording.title().to_owned()))
            }
            Route::Rooms => (t("Rooms"), None),
            Route::Room(id) => {
                let room = self.rooms.room(id);
                let title = room.map_or_else(|| id.0.clone(), |it| it.title().to_owned());
                (t("Rooms"), Some(title))
            }
            Route::Overview => (t("Overview"), None),
            _ => (t("Recordings"), None),
        });
        Effect::new(move |_| {
            let (page, own) = title.get();
            browser::set_title(&own.unwrap_or_else(|| page.into()));
        });
        let place = Memo::new(move |_| match &*self.route.read() {
            Route::Recording(_) => Route::Recordings,
            route => route.clone(),
        });
        Effect::new(move |before: Option<Route>| {
            let place = place.get();
            if before.is_some() {
                self.rooms.moved_on();
                let pane = pane_of(&place);
                let is_other_room =
                    matches!((&before, &place), (Some(Route::Room(_)), Route::Room(_)));
                self.state.spawn(async move {
                    // After the page has been shown.
                    TimeoutFuture::new(0).await;
                    self.focus_in(pane, !is_other_room);
                });
            }
            place
        });
    }

    /// Where the focus was on that page, or its heading.
    fn focus_in(self, pane: Pane, is_back: bool) {
        // The player sees to its own.
        if matches!(*self.route.read_untracked(), Route::Recording(_)) {
            return;
        }
        let before = self.focus.with_value(|it| it[pane as usize].clone());
        if let Some(element) = before.filter(|it| is_back && it.is_connected()) {
            return browser::focus_in_place(&element);
        }
        let headings = all_in_page(".pane:not(.is-behind) h2");
        if let Some(heading) = headings.into_iter().next() {
            heading.set_tab_index(-1);
            browser::focus_in_place(&heading);
        }
    }
}

fn all_in_page(selector: &str) -> Vec<HtmlElement> {
    let page = browser::document().and_then(|it| it.document_element());
    page.map(|it| browser::all(&it, selector)).unwrap_or_default()
}
