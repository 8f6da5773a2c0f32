//! Signing in and out.

use leptos::prelude::*;

use crate::{
    library::{Deletion, Library, Selection, View},
    model::{Error, Query},
    rooms::Rooms,
    ui::{
        browser,
        state::{Load, Session, State},
    },
};

impl State {
    pub async fn sign_in(self, user: &str, password: &str) -> Result<(), Error> {
        self.calm();
        self.client().sign_in(user, password).await?;
        self.learn();
        self.session.set(Session::Open);
        let failed = self.load.with_untracked(|load| matches!(load, Load::Failed { .. }));
        if failed {
            self.retry_load();
        }
        Ok(())
    }

    /// Nothing of what was seen stays behind, whatever the server answers.
    pub fn sign_out(self) {
        self.stop_loading();
        self.stop_tasks();
        self.watch_progress();
        self.playing.set(None);
        self.sharing.set(None);
        self.editing.set(None);
        self.is_merging.set(false);
        self.menu.set(None);
        self.library.set(Library::new(browser::fold));
        self.rooms.set(Rooms::default());
        self.query.set(Query::default());
        self.view.set(View::default());
        self.selection.set(Selection::default());
        self.deletion.set(Deletion::Idle);
        self.load.set(Load::Failed { error: Error::SignedOut, more: false });
        self.session.set(Session::Ended);
        self.gone.set_value(Vec::new());
        self.scheduled.set_value(Vec::new());
        self.spawn(async move {
            match self.client().sign_out().await {
                Ok(()) => self.say("Signed out."),
                Err(_) => self.warn(
                    "The server could not be told that you signed out. Close the browser to be safe.",
                ),
            }
        });
    }
}
