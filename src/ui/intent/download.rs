//! Downloads: the browser saves straight from the server; we only make sure first that it will be
//! the file and not an error message.

use leptos::prelude::*;

use crate::{
    i18n::messages,
    library::batches,
    media::file_name,
    model::{Intent, Recording, RecordingId, Secret},
    ui::{browser, state::State},
};

/// Recordings whose ids one URL names.
const MOST_IN_ZIP: usize = 50;

impl State {
    pub fn download(self, recording: Recording, secret: Option<Secret>) {
        self.spawn(async move {
            let client = self.client();
            let it = (&recording).into();
            match client.checked_media(&it, Intent::Download, secret.as_ref()).await {
                Ok(link) => {
                    let name = recording.file_name.as_deref().unwrap_or(recording.title());
                    browser::save(&link.url, &file_name(name));
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
            for batch in batches(&ready, MOST_IN_ZIP) {
                let client = self.client();
                match client.checked_zip(&batch).await {
                    Ok(link) => browser::save(&link.url, "recordings.zip"),
                    Err(error) => {
                        self.notice(&error);
                        self.warn(format!("Not all was downloaded. {}", messages::error(&error)));
                        return;
                    }
                }
            }
            let started = format!("Download of {} started.", messages::recordings(ready.len()));
            self.say(match others.len() {
                0 => started,
                skipped => format!("{started} Left out because they are not ready: {skipped}."),
            });
        });
    }
}
