//! Filling the library: the first page, more of them, again, and keeping what is in progress fresh.

use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;

use crate::{
    client::retry::wait_for,
    i18n::messages,
    library::{Library, poll_pause, poll_turn},
    model::{Error, Query, Recording, RecordingId, RoomId, Sort, SortKey, Status},
    rooms::Rooms,
    ui::{
        browser,
        state::{Load, Session, State},
    },
};

impl State {
    /// Loads the list again, as far as it was loaded; what is held stays until the new is there.
    pub fn refresh(self) {
        self.refresh_sorted(None);
    }

    /// The same in another order of the server's, which counts from when the rows are there.
    fn refresh_sorted(self, sort: Option<Sort>) {
        self.load.set(Load::Loading);
        self.gone.set_value(Vec::new());
        self.replace_loading(async move {
            let mut query = self.query.get_untracked();
            query.sort = sort.or(query.sort);
            match self.fetch_again(&query).await {
                Ok(mut fresh) => {
                    if let Some(sort) = sort {
                        self.query.update(|query| query.sort = Some(sort));
                        self.view.update(|view| view.sort = sort);
                    }
                    self.listed.set_value(query);
                    self.remove_gone(&mut fresh);
                    self.library.set(fresh);
                    self.selection.update(|selection| {
                        self.library
                            .with_untracked(|it| selection.retain(|id| it.get(id).is_some()));
                    });
                    self.loaded();
                }
                Err(error) => self.load_failed(error, false).await,
            }
        });
    }

    pub fn load_more(self) {
        // A refresh under way brings another list, with another end.
        if self.load.with_untracked(|load| *load == Load::Loading) {
            return;
        }
        let Some(cursor) = self.library.with_untracked(|it| it.next().cloned()) else { return };
        self.load.set(Load::LoadingMore);
        self.gone.set_value(Vec::new());
        self.replace_loading(async move {
            let query = self.listed.get_value();
            match self.client().list(&query, Some(&cursor)).await {
                Ok(page) => {
                    let first = page.items.first().map(|it| it.id.clone());
                    self.library.update(|it| {
                        it.add(page, Some(&cursor));
                        self.remove_gone(it);
                    });
                    self.loaded();
                    if self.library.with_untracked(|it| it.next().is_none()) {
                        // The button that had the focus has gone.
                        let order = self.order.get_untracked();
                        self.focus_at.set(order.iter().position(|id| Some(id) == first.as_ref()));
                    }
                }
                Err(error) => self.load_failed(error, true).await,
            }
        });
    }

    /// Limits the list to one room, or no longer.
    pub fn show_room(self, room: Option<RoomId>) {
        self.query.update(|query| query.room = room);
        self.library.set(Library::new(browser::fold));
        self.selection.update(|selection| selection.clear());
        self.refresh();
    }

    /// Does again what failed last.
    pub fn retry_load(self) {
        match self.load.get_untracked() {
            Load::Failed { more: true, .. } => self.load_more(),
            _ => self.refresh(),
        }
    }

    /// The rooms to choose from, once.
    pub fn load_rooms(self) {
        if self.rooms.with_untracked(Rooms::is_complete) {
            return;
        }
        self.rooms.set(Rooms::default());
        self.spawn(async move {
            let mut cursor = None;
            loop {
                let page = match self.client().rooms(cursor.as_ref()).await {
                    Ok(page) => page,
                    Err(error) => {
                        self.notice(&error);
                        self.warn(format!(
                            "The rooms could not be loaded. {}",
                            messages::error(&error)
                        ));
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

    /// Asks after recordings in progress for as long as the library is there; not while the page
    /// is hidden.
    pub fn watch_progress(self) {
        self.spawn(async move {
            let (mut turn, mut failures) = (0, 0);
            loop {
                TimeoutFuture::new(poll_pause(failures)).await;
                if browser::is_hidden() || self.session.get_untracked() == Session::Ended {
                    continue;
                }
                let in_progress = self.library.with_untracked(Library::in_progress);
                failures = match self.poll(&poll_turn(&in_progress, turn)).await {
                    Ok(()) => 0,
                    Err(error) => {
                        self.notice(&error);
                        failures + 1
                    }
                };
                turn += 1;
            }
        });
    }

    /// One that cannot be asked after does not keep the others from their turn.
    async fn poll(self, ids: &[RecordingId]) -> Result<(), Error> {
        let mut result = Ok(());
        for id in ids {
            match self.client().get(&self.reference(id), None).await {
                Ok(fresh) => self.take_fresh(fresh),
                Err(Error::NotFound) => {
                    self.library.update(|it| self.remove_rows(it, [id]));
                    self.selection.update(|it| it.retain(|selected| selected != id));
                }
                Err(
                    error @ (Error::SignedOut
                    | Error::Unreachable
                    | Error::TimedOut
                    | Error::RateLimited { .. }),
                ) => return Err(error),
                Err(error) => result = Err(error),
            }
        }
        result
    }

    fn take_fresh(self, fresh: Recording) {
        let known = untrack(|| self.recording(&fresh.id));
        if known.is_none() || known.as_ref() == Some(&fresh) {
            return;
        }
        if fresh.status == Status::Ready {
            self.tell(format!("{} is ready to play.", fresh.title()));
        }
        self.library.update(|it| it.update(fresh));
    }

    /// Takes out what is deleted, or as good as.
    fn remove_gone(self, library: &mut Library) {
        self.gone.with_value(|gone| self.remove_rows(library, gone));
        let now = browser::now();
        self.scheduled.update_value(|it| it.retain(|(_, until)| *until > now));
        self.scheduled.with_value(|it| self.remove_rows(library, it.iter().map(|(id, _)| id)));
    }

    /// Takes rows out; a place that counts the rows before it moves with them.
    pub(super) fn remove_rows<'a>(
        self,
        library: &mut Library,
        ids: impl IntoIterator<Item = &'a RecordingId>,
    ) {
        let removed = library.remove(ids);
        let client = self.client();
        library.move_next(|cursor| client.cursor_after(cursor, removed));
    }

    /// Orders by another column, or the other way. While the server has more than is held, only it can
    /// order the whole list.
    pub fn sort_by(self, key: SortKey) {
        let sort = self.view.with_untracked(|view| view.sort.by(key));
        let is_partial = self.library.with_untracked(|it| it.next().is_some());
        let can_sort = self.can.with_untracked(|can| can.sort.contains(&key));
        if is_partial && can_sort {
            return self.refresh_sorted(Some(sort));
        }
        self.view.update(|view| view.sort = sort);
        if can_sort {
            self.query.update(|query| query.sort = Some(sort));
        }
    }

    async fn fetch_again(self, query: &Query) -> Result<Library, Error> {
        let held = self.library.with_untracked(Library::len);
        let mut fresh = Library::new(browser::fold);
        fresh.add(self.client().list(query, None).await?, None);
        while fresh.len() < held
            && let Some(cursor) = fresh.next().cloned()
        {
            let page = self.client().list(query, Some(&cursor)).await?;
            fresh.add(page, Some(&cursor));
        }
        Ok(fresh)
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

    fn loaded(self) {
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
        // The note with its button goes; who was there should not lose their place.
        let active = browser::active_element();
        if active.is_some_and(|it| matches!(it.closest(".note, .blank"), Ok(Some(_)))) {
            self.focus_search();
        }
        self.retry_load();
    }
}
