//! Downloads: the browser saves straight from the server; we only make sure first that it will be
//! the file and not an error message.

use std::slice;

use gloo_timers::future::TimeoutFuture;

use crate::{
    client::MediaLink,
    i18n::{messages, t},
    library::{batches, sums},
    media::file_name,
    model::{Error, Intent, Recording, RecordingId, Secret},
    ui::{
        browser,
        host::Wish,
        reactive::*,
        state::{Layer, State},
    },
};

/// Recordings whose ids one URL names.
const MOST_IN_ZIP: usize = 50;
/// Recordings saved one after another, where the server makes no ZIP.
const MOST_FILES: usize = 20;
/// Bytes that nobody should download by a slip.
const LARGE: u64 = 2_000_000_000;
/// As many recordings, where not all sizes are known.
const MANY: usize = 20;
/// Ms between two files: a browser lets the next one cancel one that has not begun.
const PAUSE: u32 = 1_000;

impl State {
    pub fn download(self, recording: Recording, secret: Option<Secret>) {
        if !self.is_allowed(Wish::Download(slice::from_ref(&recording.id))) {
            return;
        }
        self.spawn(async move {
            match self.download_one(&recording, secret.as_ref()).await {
                Ok(()) => {
                    let title = recording.title();
                    self.say(t("Download of {title} started.").with(&[("title", title)]));
                }
                Err(error) => {
                    self.warn(messages::about(recording.title(), &messages::error(&error)));
                }
            }
        });
    }

    async fn download_one(self, it: &Recording, secret: Option<&Secret>) -> Result<(), Error> {
        let link = self.client().checked_media(&it.into(), Intent::Download, secret).await;
        self.save(link, it.file_name.as_deref().unwrap_or(it.title()))
    }

    fn save(self, link: Result<MediaLink, Error>, name: &str) -> Result<(), Error> {
        match link {
            Ok(link) => {
                browser::save(&link.url, &file_name(name));
                Ok(())
            }
            Err(error) => {
                self.notice(&error);
                Err(error)
            }
        }
    }

    /// Of several, those that are ready. Asks first when that is much.
    pub fn download_several(self, ids: Vec<RecordingId>) {
        let selected = ids.len();
        let (ids, (_, size)) = self.library.with_untracked(|library| {
            let index = library.index();
            let ready = ids.into_iter().filter_map(|id| library.find(&id).map(|slot| (id, slot)));
            let (ids, slots): (Vec<_>, Vec<_>) =
                ready.filter(|(_, slot)| index.status(*slot).is_playable()).unzip();
            (ids, sums(slots.into_iter().map(|slot| (None, index.size(slot)))))
        });
        if ids.is_empty() {
            return self.warn(t("None of the selected recordings is ready to download."));
        }
        if !self.is_allowed(Wish::Download(&ids)) {
            return;
        }
        let left_out = selected - ids.len();
        let is_much = size.total > Some(LARGE) || size.is_partial && ids.len() > MANY;
        let has_zip = self.can.with_untracked(|can| can.zip);
        if is_much || !has_zip && ids.len() > 1 {
            self.layer.set(Some(Layer::Download { ids, left_out }));
        } else {
            self.download_files(ids, left_out);
        }
    }

    /// How many of so many recordings are saved at once, and in how many files.
    pub fn files_of(self, ids: &[RecordingId]) -> (usize, usize) {
        if self.can.with_untracked(|can| can.zip) {
            (ids.len(), batches(ids, RecordingId::as_str, MOST_IN_ZIP).len())
        } else {
            let count = ids.len().min(MOST_FILES);
            (count, count)
        }
    }

    pub fn download_files(self, ids: Vec<RecordingId>, left_out: usize) {
        self.layer.set(None);
        self.spawn(async move {
            let (count, failed) = if self.can.with_untracked(|can| can.zip) {
                self.download_zips(&ids).await
            } else {
                self.download_each(&ids[..ids.len().min(MOST_FILES)]).await
            };
            let started = messages::downloading(&self.format().number(count), count, left_out);
            match failed {
                None => self.say(started),
                Some(why) if count == 0 => self.warn(why),
                Some(why) => self.warn([&started, " ", &why].concat()),
            }
        });
    }

    /// How many are on their way, and why not all.
    async fn download_zips(self, ids: &[RecordingId]) -> (usize, Option<String>) {
        let batches = batches(ids, RecordingId::as_str, MOST_IN_ZIP);
        let mut count = 0;
        for (n, batch) in batches.iter().enumerate() {
            if n > 0 {
                TimeoutFuture::new(PAUSE).await;
            }
            let name = match batches.len() {
                1 => "recordings.zip".to_owned(),
                _ => format!("recordings-{}.zip", n + 1),
            };
            if let Err(error) = self.save(self.client().checked_zip(batch).await, &name) {
                let why = t("Not all was downloaded.").text();
                return (count, Some([&why, " ", &messages::error(&error)].concat()));
            }
            count += batch.len();
        }
        (count, None)
    }

    async fn download_each(self, ids: &[RecordingId]) -> (usize, Option<String>) {
        let mut failed = Vec::new();
        for (n, id) in ids.iter().enumerate() {
            if n > 0 {
                TimeoutFuture::new(PAUSE).await;
            }
            let done = match untrack(|| self.recording(id)) {
                Some(recording) => self.download_one(&recording, None).await,
                None => Err(Error::NotFound),
            };
            if let Err(error) = done {
                failed.push((self.title(id), messages::error(&error)));
            }
        }
        let count = ids.len() - failed.len();
        let why = || messages::failed(&t("Not downloaded.").text(), &failed);
        (count, (!failed.is_empty()).then(why))
    }
}
