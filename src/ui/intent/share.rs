//! Links to a recording for others.

use gloo_timers::future::TimeoutFuture;

use crate::{
    client::{MediaLink, retry::wait_for},
    i18n::{forms, messages, t},
    model::{Access, Error, RecordingId},
    player::write_time,
    ui::{
        browser,
        host::News,
        state::{Copying, Layer, Sharing, State},
    },
};

/// Links copied at once.
const MOST_LINKS: usize = 200;
/// Ms from one link asked for to the next: the server has other work.
const LINK_EVERY: u32 = 200;

impl State {
    /// Puts a link for anyone on the clipboard; where the browser does not let us, shows it. `at`: where
    /// it begins to play, in seconds.
    pub fn copy_link(self, id: RecordingId, at: Option<f64>) {
        self.spawn(async move {
            let link = self.client().share(&self.reference(&id), Access::Anyone).await;
            match link.map(|link| MediaLink { url: self.timed(link.url, at), ..link }) {
                Ok(link) if browser::copy(&link.url).await => {
                    self.tell_host(News::Shared { id: id.clone(), access: Access::Anyone });
                    let until = link.expires_at.map(|at| self.format().full(at));
                    self.say(messages::link_copied(&self.title(&id), until.as_deref()));
                }
                Ok(link) => {
                    let link = Some(Ok(link));
                    self.sharing.set(Some(Sharing { id, access: Access::Anyone, link }));
                }
                Err(error) => {
                    self.notice(&error);
                    self.warn(messages::about(&self.title(&id), &messages::error(&error)));
                }
            }
        });
    }

    /// A page reads the time from its query; a file's address may be signed, and of that a browser's own
    /// player reads the fragment.
    fn timed(self, url: String, at: Option<f64>) -> String {
        let Some(at) = at else { return url };
        if !self.can.with_untracked(|can| can.private_share) {
            return [url, format!("#t={}", at as u64)].concat();
        }
        let mark = if url.contains('?') { "&t=" } else { "?t=" };
        [&url, mark, &write_time(at)].concat()
    }

    /// Opens the dialog, or changes who the link in it is for.
    pub fn share(self, id: RecordingId, access: Access) {
        self.sharing.set(Some(Sharing { id: id.clone(), access, link: None }));
        self.spawn(async move {
            let link = self.client().share(&self.reference(&id), access).await;
            match &link {
                Ok(_) => self.tell_host(News::Shared { id: id.clone(), access }),
                Err(error) => self.notice(error),
            }
            self.sharing.update(|sharing| {
                // Meanwhile closed, or asked for another: this answer is of no use any more.
                if let Some(it) = sharing.as_mut().filter(|it| it.id == id && it.access == access) {
                    it.link = Some(link);
                }
            });
        });
    }

    /// Puts a link for anyone to each of them on the clipboard, as lines of title, tab and link.
    pub fn copy_links(self, ids: Vec<RecordingId>) {
        if ids.len() > MOST_LINKS {
            let most = self.format().number(MOST_LINKS);
            let words = forms(
                "Links can be copied of at most {n} recording at once.",
                "Links can be copied of at most {n} recordings at once.",
            );
            return self.warn(words.with(MOST_LINKS, &[("n", &most)]));
        }
        // One at a time, of which the reader can see how far it is.
        if ids.is_empty() || self.copying.with_untracked(Option::is_some) {
            return;
        }
        self.copying.set(Some(Copying { done: 0, of: ids.len() }));
        self.spawn(async move {
            let (mut lines, mut failed) = (Vec::new(), Vec::new());
            for (done, id) in ids.iter().enumerate() {
                let started = browser::clock();
                let link = self.link_when_allowed(id).await;
                if self.copying.with_untracked(Option::is_none) {
                    return self.say(t("No links copied."));
                }
                match link {
                    Ok(url) => lines.push(format!("{}\t{url}", one_line(&self.title(id)))),
                    Err(error) => failed.push((self.title(id), messages::error(&error))),
                }
                self.copying.set(Some(Copying { done: done + 1, of: ids.len() }));
                let took = browser::clock().saturating_sub(started);
                TimeoutFuture::new(LINK_EVERY.saturating_sub(took as u32)).await;
            }
            // Whoever stops at the last moment has stopped.
            if self.copying.with_untracked(Option::is_none) {
                return self.say(t("No links copied."));
            }
            self.copying.set(None);
            self.hand_over(lines, &failed).await;
        });
    }

    async fn link_when_allowed(self, id: &RecordingId) -> Result<String, Error> {
        loop {
            match self.client().share(&self.reference(id), Access::Anyone).await {
                Err(Error::RateLimited { retry_after })
                    if self.copying.with_untracked(Option::is_some) =>
                {
                    let seconds = wait_for(retry_after, js_sys::Math::random());
                    TimeoutFuture::new(seconds.saturating_mul(1_000)).await;
                }
                Err(error) => {
                    self.notice(&error);
                    return Err(error);
                }
                Ok(link) => return Ok(link.url),
            }
        }
    }

    /// Some browsers let a page copy only within seconds of a click: then the reader does.
    async fn hand_over(self, lines: Vec<String>, failed: &[(String, String)]) {
        let copied = messages::links_copied(lines.len());
        let is_copied = if lines.is_empty() {
            false
        } else {
            let text = lines.join("\n");
            let is_copied = browser::copy(&text).await;
            if !is_copied {
                self.layer.set(Some(Layer::Links(text)));
            }
            is_copied
        };
        match (is_copied, failed) {
            (true, []) => self.say(copied),
            (true, failed) => self.warn(messages::failed(&copied, failed)),
            (false, []) => {}
            (false, failed) => {
                self.warn(messages::failed(&t("Not all links are there.").text(), failed));
            }
        }
    }
}

/// A title must not make two lines or three columns of one.
fn one_line(title: &str) -> String {
    title.replace(['\t', '\r', '\n'], " ")
}
