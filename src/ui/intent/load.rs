//! Filling the library: the first page, more of them, again, and all of them in the background.

use gloo_timers::future::TimeoutFuture;

use crate::{
    client::retry::wait_for,
    i18n::{messages, t},
    library::{Brought, Circumstances, Library, Pace, Slot, View},
    model::{Error, Page, Recording, RecordingId, Sort, SortKey},
    rooms::RoomNames,
    ui::{
        browser,
        reactive::*,
        state::{Load, Session, State},
    },
};

/// Recordings of which a list that is asked for again is walked through before it is shown as done;
/// more come in the background.
const AT_ONCE: usize = 1_000;
/// How many that a list no longer has are asked after one by one, in case they have only slipped past.
const MOST_MISSING: usize = 20;

impl State {
    /// Loads the list again, as far as it was loaded; what is held stays until the new is there.
    pub fn refresh(self) {
        self.load_list(None);
    }

    /// The same in another order of the server's, which counts from when the rows are there.
    fn load_list(self, sort: Option<Sort>) {
        self.sorting.set_value(sort);
        let wants_all = *self.load.read_untracked() == Load::Filling;
        self.load.set(Load::Loading);
        self.gone.set_value(Vec::new());
        self.polls.update_value(|it| it.refreshed());
        let (walked, was_begun, was_complete) = self
            .library
            .with_untracked(|it| (it.walked(), it.is_begun(), it.is_begun() && !it.is_partial()));
        self.replace_loading(async move {
            let mut query = self.query();
            // What was kept goes on from the newest.
            let is_kept = !was_begun && self.kept_for().is_some();
            query.sort = sort.or(query.sort.filter(|_| !is_kept));
            let (page, restored) = self.restore_during(self.client().list(&query, None)).await;
            let was_complete = was_complete || wants_all || restored == Some(true);
            let page = match page {
                Ok(page) => page,
                Err(error) => return self.load_failed(error, false).await,
            };
            if let Some(sort) = sort {
                self.view.update(|view| view.sort = vec![sort]);
            }
            let restored = restored.filter(|_| query.sort.is_none());
            self.take_page(page, |library, page| match restored {
                Some(was_whole) => library.resume(query, page, was_whole),
                None => library.begin(query, page),
            });
            self.news.set(0);
            let is_far =
                move || self.library.with_untracked(|it| !was_complete && it.walked() >= walked);
            while !is_far() && self.library.with_untracked(|it| it.next().is_some()) {
                if self.library.with_untracked(|it| it.walked() >= AT_ONCE) {
                    self.loaded();
                    return self.fill_until(is_far).await;
                }
                if let Err(error) = self.next_page().await {
                    return self.load_failed(error, true).await;
                }
            }
            self.forget_missing().await;
            self.loaded();
        });
    }

    pub fn load_more(self) {
        // A refresh under way brings another list, with another end.
        if matches!(*self.load.read_untracked(), Load::Loading | Load::Filling)
            || self.library.with_untracked(|it| it.next().is_none())
        {
            return;
        }
        self.load.set(Load::LoadingMore);
        self.gone.set_value(Vec::new());
        self.replace_loading(async move {
            let first = Slot(self.library.with_untracked(|it| it.index().end()));
            let had_focus = has_focus(".footer");
            if let Err(error) = self.next_page().await {
                return self.load_failed(error, true).await;
            }
            self.loaded();
            if had_focus && self.library.with_untracked(|it| it.next().is_none()) {
                // The button that had the focus has gone.
                let at = self
                    .list
                    .order
                    .with_untracked(|it| it.slots.iter().position(|it| *it == first));
                self.list.focus_at.set(at.or(Some(0)));
            }
        });
    }

    /// Whoever has scrolled to the end of what there is need not press a button; after a failure they must.
    pub fn load_more_by_itself(self) {
        let is_idle = self.load.with_untracked(|load| *load == Load::Done);
        if is_idle && self.session.get_untracked() == Session::Open {
            self.load_more();
        }
    }

    /// Loads all that there is, in the background.
    pub fn load_all(self) {
        self.is_stopped.set_value(false);
        self.leave_note();
        self.fill();
    }

    pub fn stop_filling(self) {
        self.is_stopped.set_value(true);
        self.stop_loading();
        self.loaded();
    }

    fn fill(self) {
        if matches!(*self.load.read_untracked(), Load::Loading | Load::Filling) {
            return;
        }
        if self.library.with_untracked(|it| it.is_begun() && it.next().is_none()) {
            return;
        }
        self.load.set(Load::Filling);
        self.replace_loading(async move {
            if !self.library.with_untracked(Library::is_begun) {
                let query = self.query();
                match self.client().list(&query, None).await {
                    Ok(page) => self.take_page(page, |library, page| library.begin(query, page)),
                    Err(error) => return self.load_failed(error, true).await,
                };
            }
            self.fill_until(|| false).await;
        });
    }

    /// Walks on through the list at a pace that leaves the server to others, for as long as it takes. Not
    /// while nobody looks or nothing can be reached.
    async fn fill_until(self, is_far: impl Fn() -> bool) {
        self.load.set(Load::Filling);
        let mut pace = Pace::default();
        while !is_far() && self.library.with_untracked(|it| it.next().is_some()) {
            match pace.wait(browser::clock(), self.circumstances()) {
                Some(0) => {}
                wait => {
                    TimeoutFuture::new(wait.unwrap_or(1_000).min(1_000) as u32).await;
                    continue;
                }
            }
            pace.started(browser::clock());
            match self.next_page().await {
                Ok(()) => {
                    pace.answered();
                    self.retry_in.set(None);
                }
                Err(error) => {
                    self.notice(&error);
                    if !pace.failed(&error, browser::clock(), js_sys::Math::random()) {
                        return self.load_failed(error, true).await;
                    }
                }
            }
        }
        if !is_far() {
            self.forget_missing().await;
        }
        self.leave_note();
        self.loaded();
    }

    /// A note or a button that is about to go: who was there should not lose their place.
    fn leave_note(self) {
        if has_focus(".note, .blank, .footer") {
            self.focus_search();
        }
    }

    fn circumstances(self) -> Circumstances {
        Circumstances {
            is_hidden: browser::is_hidden(),
            is_offline: !browser::is_online(),
            is_signed_out: self.session.get_untracked() == Session::Ended,
        }
    }

    async fn next_page(self) -> Result<(), Error> {
        let (query, cursor) =
            self.library.with_untracked(|it| (it.query().clone(), it.next().cloned()));
        let page = self.client().list(&query, cursor.as_ref()).await?;
        self.take_page(page, Library::add);
        Ok(())
    }

    fn take_page(
        self,
        page: Page<Recording>,
        take: impl FnOnce(&mut Library, Page<Recording>) -> Brought,
    ) {
        self.learn();
        if !self.is_in.get_untracked() {
            self.is_in.set(true);
        }
        self.library.update(|it| {
            take(it, page);
            self.remove_gone(it);
        });
    }

    /// What the list no longer has is not there any more. A few of them are asked after first, in case
    /// they have only slipped past; of a list that was not walked to its end, no more than those are
    /// forgotten.
    async fn forget_missing(self) {
        let (missing, is_whole) =
            self.library.with_untracked(|it| (it.missing(), !it.is_partial()));
        let can_ask = missing.len() <= MOST_MISSING;
        if !can_ask && !is_whole {
            return;
        }
        let mut gone = Vec::new();
        for id in missing {
            let is_gone = !can_ask
                || matches!(
                    self.client().get(&self.reference(&id), None).await,
                    Err(Error::NotFound)
                );
            if is_gone {
                gone.push(id);
            }
        }
        self.forget_rows(&gone);
    }

    /// Limits the list to one room, or no longer. While not all is known the server is asked for
    /// that room.
    pub fn show_room(self, room: Option<String>) {
        let is_chosen = room.is_some();
        self.view.update(|view| view.filters.room = room);
        let can_ask = self.can.with_untracked(|can| can.filter_room)
            && self.only_room.with_value(Option::is_none);
        let must_ask = is_chosen && can_ask && !self.library.with_untracked(Library::has_all);
        self.stop_loading();
        self.load.set(Load::Done);
        self.library.update(|it| it.narrow(must_ask));
        if must_ask {
            self.is_stopped.set_value(false);
            self.fill();
        } else if !self.library.with_untracked(Library::is_begun) {
            // Its first page was on its way.
            self.refresh();
        }
    }

    /// Takes back what hides rows.
    pub fn show_all(self) {
        if self.view.with_untracked(|view| view.filters.room.is_some()) {
            self.show_room(None);
        }
        self.view.update(View::show_all);
    }

    /// Does again what failed last.
    pub fn retry_load(self) {
        match self.load.get_untracked() {
            Load::Failed { more: true, .. } if self.must_have_all() => self.fill(),
            Load::Failed { more: true, .. } => self.load_more(),
            _ => self.refresh(),
        }
    }

    /// Fills the list whenever what is asked for cannot be answered from a part of it.
    pub fn fill_when_needed(self) {
        Effect::new(move |_| {
            self.list.asked.track();
            let is_ready = *self.load.read() == Load::Done && self.session.get() == Session::Open;
            if is_ready && !self.is_stopped.get_value() && self.must_have_all() {
                match self.room_to_ask_for() {
                    Some(room) => self.show_room(Some(room)),
                    None => self.fill(),
                }
            }
        });
    }

    /// The room of a link, whose list is not the one at hand yet.
    fn room_to_ask_for(self) -> Option<String> {
        let can_ask = self.can.with_untracked(|can| can.filter_room)
            && self.only_room.with_value(Option::is_none)
            && !self.library.with_untracked(|it| it.is_narrowed() || it.has_all());
        self.view.with_untracked(|view| view.filters.room.clone()).filter(|_| can_ask)
    }

    /// Whether what is asked for is to be looked for among all, and the server does not do it.
    fn must_have_all(self) -> bool {
        self.library.with_untracked(Library::is_partial)
            && self.view.with_untracked(|view| {
                let first = view.sort.first();
                let by_server = self.library.with_untracked(|it| it.query().sort);
                let is_in_order = first == Some(&by_server.unwrap_or(View::NEWEST_FIRST));
                view.is_narrowed() || view.group.is_some() || !is_in_order || view.sort.len() > 1
            })
    }

    /// The rows to choose from, once.
    pub fn load_rooms(self) {
        let is_wanted = self.can.with_untracked(|can| can.rooms);
        if !is_wanted || self.rooms.with_untracked(RoomNames::is_complete) {
            return;
        }
        self.rooms.set(RoomNames::default());
        self.spawn(async move {
            let mut cursor = None;
            loop {
                let page = match self.client().room_names(cursor.as_ref()).await {
                    Ok(page) => page,
                    Err(error) => {
                        self.notice(&error);
                        let what = t("The rooms could not be loaded.").text();
                        self.warn([&what, " ", &messages::error(&error)].concat());
                        return;
                    }
                };
                cursor = self.rooms.try_update(|rooms| rooms.add(page, cursor.as_ref())).flatten();
                if cursor.is_none() {
                    return;
                }
            }
        });
    }

    /// Takes out what is deleted, or as good as.
    pub(super) fn remove_gone(self, library: &mut Library) {
        self.gone.with_value(|gone| self.remove_rows(library, gone));
        let now = browser::now();
        self.scheduled.update_value(|it| it.retain(|(_, until)| *until > now));
        self.scheduled.with_value(|it| self.remove_rows(library, it.iter().map(|(id, _)| id)));
    }

    /// Takes rows out; a place that counts the rows before it moves with them.
    fn remove_rows<'a>(
        self,
        library: &mut Library,
        ids: impl IntoIterator<Item = &'a RecordingId>,
    ) {
        let mut slots = Vec::new();
        for id in ids {
            slots.extend(library.remove(id));
        }
        if !slots.is_empty() {
            let client = self.client();
            library.move_next(|cursor| client.cursor_after(cursor, slots.len()));
            self.list.selection.update(|it| slots.into_iter().for_each(|slot| it.remove(slot)));
        }
    }

    pub(super) fn forget_rows(self, ids: &[RecordingId]) {
        if !ids.is_empty() {
            self.library.update(|it| self.remove_rows(it, ids));
        }
    }

    /// Orders by another column, or the other way; with `add` by it as well. While the server has more
    /// than is held, only it can order the whole list at once.
    pub fn sort_by(self, key: SortKey, add: bool) {
        let is_partial = self.library.with_untracked(Library::is_partial);
        let can_sort = self.can.with_untracked(|can| can.sort.contains(&key));
        let is_filling = *self.load.read_untracked() == Load::Filling;
        let mut view = self.view.get_untracked();
        // A click while the server is still at the one before goes on from that.
        let is_loading = *self.load.read_untracked() == Load::Loading;
        if let Some(sort) = self.sorting.get_value().filter(|_| is_loading) {
            view.sort = vec![sort];
        }
        view.sort_by(key, add);
        if is_partial && can_sort && !add && !is_filling {
            return self.load_list(view.sort.first().copied());
        }
        self.view.set(view);
    }

    /// What was asked for is not wanted any more.
    pub(super) fn stop_loading(self) {
        if let Some(older) = self.loading.try_update_value(Option::take).flatten() {
            older.abort();
        }
    }

    fn replace_loading(self, work: impl Future<Output = ()> + 'static) {
        self.stop_loading();
        self.retry_in.set(None);
        self.loading.set_value(Some(self.spawn(work)));
    }

    pub(super) fn loaded(self) {
        self.learn();
        self.load.set(Load::Done);
        self.calm();
        self.announce(untrack(|| self.count()));
    }

    /// Says so; where trying again helps later, waits for that moment and does.
    async fn load_failed(self, error: Error, more: bool) {
        self.notice(&error);
        if error != Error::SignedOut {
            self.alarm(messages::error(&error));
        }
        self.load.set(Load::Failed { error: error.clone(), more });
        match error {
            Error::RateLimited { retry_after } => {
                for left in (1..=wait_for(retry_after, js_sys::Math::random())).rev() {
                    self.retry_in.set(Some(left));
                    TimeoutFuture::new(1000).await;
                }
            }
            Error::Offline => {
                while !browser::is_online() {
                    TimeoutFuture::new(1000).await;
                }
            }
            _ => return,
        }
        self.leave_note();
        self.retry_load();
    }
}

/// Whether the focus is within what matches a selector.
fn has_focus(selector: &str) -> bool {
    browser::active_element().is_some_and(|it| matches!(it.closest(selector), Ok(Some(_))))
}
