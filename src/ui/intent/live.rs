//! What changes by itself: recordings in progress are asked after until they are done, and the list is
//! looked at for new ones. Not while the page is hidden.

use gloo_timers::future::TimeoutFuture;

use crate::{
    i18n::t,
    library::{Library, list_interval},
    model::{Error, Recording, RecordingId, Status},
    ui::{
        browser,
        reactive::*,
        state::{Load, Session, State},
    },
};

/// Milliseconds between two looks at what is due.
const TICK: u32 = 1_000;

impl State {
    /// For as long as the library is there. `since`: when the list was asked for the last time.
    pub async fn watch(self, since: u64) {
        let mut looked_at = since;
        let mut failures = 0;
        loop {
            TimeoutFuture::new(TICK).await;
            if browser::is_hidden() || self.session.get_untracked() == Session::Ended {
                continue;
            }
            if let Err(error) = self.ask_after_those_in_progress().await {
                self.notice(&error);
                self.polls.update_value(|it| it.failed(browser::clock()));
            }
            let is_idle = *self.load.read_untracked() == Load::Done;
            let is_due = browser::clock() - looked_at >= list_interval(failures);
            if is_idle && (is_due || self.take_stale()) {
                looked_at = browser::clock();
                failures = match self.look_for_news().await {
                    Ok(()) => 0,
                    Err(error) => {
                        self.notice(&error);
                        failures + 1
                    }
                };
            }
        }
    }

    async fn ask_after_those_in_progress(self) -> Result<(), Error> {
        let in_progress = self.library.with_untracked(Library::in_progress);
        let due = self
            .polls
            .try_update_value(|it| it.due(browser::clock(), in_progress.into_iter()))
            .unwrap_or_default();
        self.poll(&due).await
    }

    /// One that cannot be asked after does not keep the others from their turn.
    async fn poll(self, ids: &[RecordingId]) -> Result<(), Error> {
        let mut result = Ok(());
        for id in ids {
            match self.client().get(&self.reference(id), None).await {
                Ok(fresh) => self.take_fresh(id, fresh),
                Err(Error::NotFound) => self.forget_rows(std::slice::from_ref(id)),
                Err(
                    error @ (Error::SignedOut
                    | Error::Unreachable
                    | Error::TimedOut
                    | Error::RateLimited { .. }),
                ) => return Err(error),
                Err(error) => result = Err(error),
            }
        }
        result
    }

    fn take_fresh(self, asked: &RecordingId, fresh: Recording) {
        let known = untrack(|| self.recording(&fresh.id));
        let is_changed = known.as_ref() != Some(&fresh);
        self.polls.update_value(|it| it.answered(asked, is_changed, browser::clock()));
        if known.is_none() || !is_changed {
            return;
        }
        if fresh.status == Status::Ready {
            self.tell(t("{title} is ready to play.").with(&[("title", fresh.title())]));
        }
        self.library.update(|it| it.update(fresh));
    }

    /// Goes to where new recordings are.
    pub fn show_news(self) {
        self.news.set(0);
        self.list.focus_at.set(Some(0));
    }

    /// Looks at the first page. What is new there does not move what is looked at.
    pub async fn look_for_news(self) -> Result<(), Error> {
        let query = self.library.with_untracked(|it| it.query().clone());
        if query.sort.is_some() || !self.library.with_untracked(Library::is_begun) {
            return Ok(());
        }
        let page = self.client().list(&query, None).await?;
        // A refresh or another page may have come meanwhile.
        if *self.load.read_untracked() != Load::Done {
            return Ok(());
        }
        self.list.keeps_place.set_value(true);
        let (on_page, has_more) = (page.items.len(), page.next.is_some());
        let in_view = move || self.list.order.with_untracked(|order| order.slots.len());
        let (mut new, before) = (0, in_view());
        self.library.update(|it| {
            let before = it.len();
            it.look(page);
            self.remove_gone(it);
            new = it.len().saturating_sub(before);
        });
        let news = in_view().saturating_sub(before);
        if news > 0 {
            self.news.update(|it| *it += news);
        }
        // The rows have followed by then.
        TimeoutFuture::new(0).await;
        self.list.keeps_place.set_value(false);
        // More than a page of them: what lies between is not known.
        if has_more && new == on_page {
            self.refresh();
        }
        Ok(())
    }
}
