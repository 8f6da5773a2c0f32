//! Downloads: the browser saves straight from the server; we only make sure first that it will be
//! the file and not an error message.

use leptos::prelude::*;

use crate::{
    i18n::messages,
    library::batches,
    media::file_name,
    model::{Recording, RecordingId, Secret},
    ui::{browser, state::State},
};

impl State {
    pub fn download(self, recording: Recording, secret: Option<Secret>) {
        self.spawn(async move {
            let client = self.client();
            match client.check_media(&recording.id, secret.as_ref()).await {
                Ok(()) => {
                    let name = recording.file_name.as_deref().unwrap_or(recording.title());
                    let url = client.media_url(&recording.id, secret.as_ref());
                    browser::save(&url, &file_name(name));
                    self.say(format!("Download of {} started.", recording.title()));
                }
                Err(error) => {
                    self.notice(&error);
                    self.warn(format!("{}: {}", recording.title(), messages::error(&error)));
                }
            }
        });
    }

    /// Of several, those that are ready, in ZIPs as large as a URL can name.
    pub fn download_several(self, ids: Vec<RecordingId>) {
        let (ready, others): (Vec<_>, Vec<_>) = ids.into_iter().partition(|id| {
            self.library.with_untracked(|it| it.get(id).is_some_and(|it| it.status.is_playable()))
        });
        if ready.is_empty() {
            self.warn("None of the selected recordings is ready to download.");
            return;
        }
        self.spawn(async move {
            for batch in batches(&ready) {
                let client = self.client();
                if let Err(error) = client.check_zip(&batch).await {
                    self.notice(&error);
                    self.warn(format!("Not all was downloaded. {}", messages::error(&error)));
                    return;
                }
                browser::save(&client.zip_url(&batch), "recordings.zip");
            }
            let started = format!("Download of {} started.", messages::recordings(ready.len()));
            self.say(match others.len() {
                0 => started,
                skipped => format!("{started} Left out because they are not ready: {skipped}."),
            });
        });
    }
}
