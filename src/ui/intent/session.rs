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
        // Who signs in again finds things as they were; somebody else finds nothing of it.
        let is_other = self.user.with_value(|it| it.as_ref().is_some_and(|it| it != user));
        let had_rooms = self.rooms.with_untracked(|rooms| rooms.iter().next().is_some());
        if is_other {
            self.forget();
        }
        self.user.set_value(Some(user.to_owned()));
        self.learn();
        self.session.set(Session::Open);
        let failed_share = self.sharing.with_untracked(|it| {
            let it = it.as_ref().filter(|it| matches!(it.link, Some(Err(_))))?;
            Some((it.id.clone(), it.access))
        });
        if let Some((id, access)) = failed_share {
            self.share(id, access);
        }
        match self.load.get_untracked() {
            // On its way, or not wanted here at all.
            Load::Loading if !is_other => {}
            Load::Failed { more: true, .. } if !is_other => self.load_more(),
            // What was refused comes now, and what was there may have changed.
            _ => self.refresh(),
        }
        if is_other && had_rooms {
            self.load_rooms();
        }
        Ok(())
    }

    /// Nothing of what was seen stays behind, whatever the server answers.
    pub fn sign_out(self) {
        self.stop_tasks();
        self.watch_progress();
        self.forget();
        self.user.set_value(None);
        self.load.set(Load::Failed { error: Error::SignedOut, more: false });
        self.session.set(Session::Ended);
        self.spawn(async move {
            match self.client().sign_out().await {
                Ok(()) => self.say("Signed out."),
                Err(_) => self.warn(
                    "The server could not be told that you signed out. Close the browser to be safe.",
                ),
            }
        });
    }

    fn forget(self) {
        self.stop_loading();
        self.playing.set(None);
        self.sharing.set(None);
        self.editing.set(None);
        self.is_merging.set(false);
        self.menu.set(None);
        self.library.set(Library::new(browser::fold));
        self.rooms.set(Rooms::default());
        self.query.set(Query { room: self.only_room.get_value(), ..Query::default() });
        self.view.set(View::default());
        self.selection.set(Selection::default());
        self.deletion.set(Deletion::Idle);
        self.gone.set_value(Vec::new());
        self.scheduled.set_value(Vec::new());
    }
}
