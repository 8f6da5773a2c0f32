//! Links to a recording for others.

use leptos::prelude::*;

use crate::{
    i18n::messages,
    model::{Access, RecordingId},
    ui::{
        browser,
        state::{Sharing, State},
    },
};

impl State {
    /// Puts a link for anyone on the clipboard; where the browser does not let us, shows it.
    pub fn copy_link(self, id: RecordingId) {
        self.spawn(async move {
            match self.client().share(&self.reference(&id), Access::Anyone).await {
                Ok(link) if browser::copy(&link.url).await => {
                    let until = link.expires_at.map(|at| self.format().full(at));
                    self.say(messages::link_copied(&self.title(&id), until.as_deref()));
                }
                Ok(link) => {
                    let link = Some(Ok(link));
                    self.sharing.set(Some(Sharing { id, access: Access::Anyone, link }));
                }
                Err(error) => {
                    self.notice(&error);
                    self.warn(format!("{}: {}", self.title(&id), messages::error(&error)));
                }
            }
        });
    }

    /// Opens the dialog, or changes who the link in it is for.
    pub fn share(self, id: RecordingId, access: Access) {
        self.sharing.set(Some(Sharing { id: id.clone(), access, link: None }));
        self.spawn(async move {
            let link = self.client().share(&self.reference(&id), access).await;
            if let Err(error) = &link {
                self.notice(error);
            }
            self.sharing.update(|sharing| {
                // Meanwhile closed, or asked for another: this answer is of no use any more.
                if let Some(it) = sharing.as_mut().filter(|it| it.id == id && it.access == access) {
                    it.link = Some(link);
                }
            });
        });
    }
}
