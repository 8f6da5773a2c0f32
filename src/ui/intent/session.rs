//! Signing in and out.

use crate::{
    i18n::t,
    library::{Deletions, Library, Polls, Selection},
    model::Error,
    rooms::RoomNames,
    store::tabs::News,
    ui::{
        browser,
        intent::view::look,
        state::{Load, Session, State},
    },
};

impl State {
    pub async fn sign_in(self, user: &str, password: &str) -> Result<(), Error> {
        self.calm();
        self.client().sign_in(user, password).await?;
        // Who signs in again finds things as they were; somebody else finds nothing of it.
        // After a reload with a cookie nobody has told who that was.
        let has_rows = !self.library.with_untracked(Library::is_empty);
        let is_other = self.user.with_value(|it| match it {
            Some(before) => before != user,
            None => has_rows,
        });
        let had_rooms = self.rooms.with_untracked(|rooms| rooms.iter().next().is_some());
        if is_other {
            self.forget();
        }
        self.user.set_value(Some(user.to_owned()));
        self.keeping.update_value(|it| it.user = None);
        self.learn();
        self.session.set(Session::Open);
        self.is_in.set(true);
        self.tell_tabs(&News::SignedIn);
        let failed_share = self.sharing.with_untracked(|it| {
            let it = it.as_ref().filter(|it| matches!(it.link, Some(Err(_))))?;
            Some((it.id.clone(), it.access))
        });
        if let Some((id, access)) = failed_share {
            self.share(id, access);
        }
        match self.load.get_untracked() {
            // On its way, or not wanted here at all.
            Load::Loading | Load::Filling if !is_other => {}
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
        self.leave();
        self.tell_tabs(&News::SignedOut);
        self.spawn(async move {
            match self.client().sign_out().await {
                Ok(()) => self.say(t("Signed out.")),
                Err(_) => self.warn(t(
                    "The server could not be told that you signed out. Close the browser to be safe.",
                )),
            }
        });
    }

    /// Shows the sign-in, and nothing of what was seen.
    pub(super) fn leave(self) {
        self.stop_tasks();
        self.forget();
        self.user.set_value(None);
        self.is_in.set(false);
        self.load.set(Load::Failed { error: Error::SignedOut, more: false });
        self.session.set(Session::Ended);
    }

    fn forget(self) {
        self.stop_loading();
        self.wipe();
        self.forget_places();
        self.playing.set(None);
        self.sharing.set(None);
        self.editing.set(None);
        self.is_merging.set(false);
        self.menu.set(None);
        self.layer.set(None);
        self.copying.set(None);
        self.library.set(Library::new(browser::fold));
        self.rooms.set(RoomNames::default());
        // How the list looks is the browser's, not the user's.
        self.view.update(|view| *view = look(view));
        self.list.selection.set(Selection::default());
        self.deletions.set(Deletions::default());
        self.undo.set(None);
        self.is_deleting.set_value(false);
        self.polls.set_value(Polls::default());
        self.news.set(0);
        self.gone.set_value(Vec::new());
        self.scheduled.set_value(Vec::new());
        self.epoch.update(|it| *it = it.wrapping_add(1));
    }
}
