//! Loading the rooms: all of them, page by page, and one again.

use gloo_timers::future::TimeoutFuture;

use super::state::RoomsState;
use crate::{
    client::retry::wait_for,
    i18n::messages,
    model::{Error, Room, RoomId},
    ui::{
        browser, parts,
        reactive::*,
        state::{Load, Session},
    },
};

impl RoomsState {
    /// Somebody has signed in again: what was refused comes now. What another user saw is forgotten.
    pub fn follow_session(self) {
        let app = self.app;
        Effect::new(move |before: Option<u32>| {
            let epoch = app.epoch.get();
            if before.is_some_and(|before| before != epoch) {
                self.reset();
            }
            let is_refused = self
                .load
                .with_untracked(|it| matches!(it, Load::Failed { error: Error::SignedOut, .. }));
            if app.session.get() == Session::Open && is_refused {
                parts::refresh_rooms(self);
            }
            epoch
        });
    }

    /// Loads the list again to its end; what is held stays until the new is there.
    pub fn refresh(self) {
        self.load.set(Load::Loading);
        self.replace_loading(async move {
            match self.app.client().rooms_page(None).await {
                Ok(page) => {
                    self.app.learn();
                    self.rooms.update(|it| {
                        it.begin(page);
                    });
                }
                Err(error) => return self.load_failed(error, false).await,
            }
            self.load_rest().await;
        });
    }

    /// Walks on to the end of the list.
    pub fn load_more(self) {
        self.replace_loading(self.load_rest());
    }

    async fn load_rest(self) {
        self.load.set(Load::Filling);
        while let Some(cursor) = self.rooms.with_untracked(|it| it.next().cloned()) {
            match self.app.client().rooms_page(Some(&cursor)).await {
                Ok(page) => self.rooms.update(|it| {
                    it.add(page, &cursor);
                }),
                Err(error) => return self.load_failed(error, true).await,
            }
        }
        self.load.set(Load::Done);
        self.alarm.calm();
    }

    pub fn retry_load(self) {
        match self.load.get_untracked() {
            Load::Failed { more: true, .. } => self.load_more(),
            _ => self.refresh(),
        }
    }

    /// Asks for one room again, with all of its settings. A room that is gone leaves the list.
    pub async fn fetch(self, id: &RoomId) -> Result<Room, Error> {
        let room = self.app.client().room(id).await;
        self.app.learn();
        match &room {
            Ok(room) => {
                self.rooms.update(|it| {
                    it.put(room.clone());
                });
            }
            Err(Error::NotFound) => self.forget(id),
            Err(error) => self.app.notice(error),
        }
        room
    }

    /// Takes out what is not there any more.
    pub fn forget(self, id: &RoomId) {
        let slot = self.rooms.try_update(|it| it.remove(id)).flatten();
        if let Some(slot) = slot {
            self.list.selection.update(|it| it.remove(slot));
        }
    }

    fn replace_loading(self, work: impl Future<Output = ()> + 'static) {
        if let Some(older) = self.loading.try_update_value(Option::take).flatten() {
            older.abort();
        }
        self.loading.set_value(Some(self.spawn(work)));
    }

    /// Says so; where trying again helps later, waits for that moment and does.
    async fn load_failed(self, error: Error, more: bool) {
        self.app.notice(&error);
        if !matches!(error, Error::SignedOut | Error::Unsupported) {
            self.alarm.raise(messages::error(&error));
        }
        self.load.set(Load::Failed { error: error.clone(), more });
        match error {
            Error::RateLimited { retry_after } => {
                let wait = wait_for(retry_after, js_sys::Math::random());
                TimeoutFuture::new(wait.saturating_mul(1000)).await;
            }
            Error::Offline => {
                while !browser::is_online() {
                    TimeoutFuture::new(1000).await;
                }
            }
            _ => return,
        }
        self.retry_load();
    }
}
