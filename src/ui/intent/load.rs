//! Filling the library: the first page, more of them, again, and keeping what is in progress fresh.

use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;

use crate::{
    library::{Library, poll_pause, poll_turn},
    model::{Error, RecordingId, RoomId, Status},
    ui::{
        browser,
        state::{Load, Session, State},
    },
};

impl State {
    /// Loads the list again, as far as it was loaded; what is held stays until the new is there.
    pub fn refresh(self) {
        self.load.set(Load::Loading);
        self.replace_loading(async move {
            match self.fetch_again().await {
                Ok(fresh) => {
                    self.library.set(fresh);
                    self.selection.update(|selection| {
                        self.library
                            .with_untracked(|it| selection.retain(|id| it.get(id).is_some()));
                    });
                    self.loaded();
                }
                Err(error) => self.load_failed(error, false),
            }
        });
    }

    pub fn load_more(self) {
        let Some(cursor) = self.library.with_untracked(|it| it.next().cloned()) else { return };
        self.load.set(Load::LoadingMore);
        self.replace_loading(async move {
            let query = self.query.get_untracked();
            match self.client().list(&query, Some(&cursor)).await {
                Ok(page) => {
                    self.library.update(|it| {
                        it.add(page, Some(&cursor));
                    });
                    self.loaded();
                }
                Err(error) => self.load_failed(error, true),
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
        if self.rooms.with_untracked(|rooms| rooms.iter().next().is_some()) {
            return;
        }
        self.spawn(async move {
            let mut cursor = None;
            loop {
                let page = match self.client().rooms(cursor.as_ref()).await {
                    Ok(page) => page,
                    Err(error) => {
                        self.notice(&error);
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

    async fn poll(self, ids: &[RecordingId]) -> Result<(), Error> {
        for id in ids {
            match self.client().get(id, None).await {
                Ok(fresh) => {
                    let is_ready = fresh.status == Status::Ready;
                    if self.recording(id).as_ref() != Some(&fresh) {
                        self.library.update(|it| it.put(fresh));
                    }
                    if is_ready {
                        self.say(format!("{} is ready to play.", self.title(id)));
                    }
                }
                Err(Error::NotFound) => self.library.update(|it| it.remove([id])),
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }

    async fn fetch_again(self) -> Result<Library, Error> {
        let query = self.query.get_untracked();
        let held = self.library.with_untracked(Library::len);
        let mut fresh = Library::new(browser::fold);
        fresh.start(self.client().list(&query, None).await?);
        while fresh.len() < held
            && let Some(cursor) = fresh.next().cloned()
        {
            let page = self.client().list(&query, Some(&cursor)).await?;
            fresh.add(page, Some(&cursor));
        }
        Ok(fresh)
    }

    fn replace_loading(self, work: impl Future<Output = ()> + 'static) {
        let newer = self.spawn(work);
        let older = self.loading.try_update_value(|it| it.replace(newer)).flatten();
        if let Some(older) = older {
            older.abort();
        }
    }

    fn loaded(self) {
        self.load.set(Load::Done);
        self.announce(untrack(|| self.count()));
    }

    fn load_failed(self, error: Error, more: bool) {
        self.notice(&error);
        self.load.set(Load::Failed { error, more });
    }
}
