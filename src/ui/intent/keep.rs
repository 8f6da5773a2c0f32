//! What outlives the page, where the host allows it: the list is kept for whoever the server says is signed
//! in, shown at once when they come back, and wiped when they leave. And tabs that show the same server agree.

use std::{cell::Cell, pin::pin, rc::Rc};

use futures_util::future::{AbortHandle, Either, join, select};
use gloo_timers::future::TimeoutFuture;

use crate::{
    i18n::Language,
    library::{Index, Library},
    model::RecordingId,
    store::{
        database::{self, Key},
        settings,
        tabs::{News, Tabs},
    },
    ui::reactive::*,
    ui::{
        browser,
        parts::{self, Background},
        state::{Load, Session, State},
    },
};

/// Milliseconds without a change after which the list is saved.
const IDLE: u32 = 5_000;
/// As many of those are between two saves, and the longest that changes put one off.
const TURNS: u64 = 6;
/// Milliseconds between two looks whether the list is there, before the tabs agree on it.
const JOIN_EVERY: u32 = 100;
/// Milliseconds that the first page waits for what was kept.
const PATIENCE: u32 = 300;

#[derive(Default)]
pub struct Keeping {
    tabs: Option<Tabs>,
    /// Who is signed in, by the server's word.
    pub(super) user: Option<String>,
    /// What is shown is what was kept: whether that was the whole list.
    restored: Option<bool>,
    /// Of what is kept: its length and its end, a checksum.
    kept: Option<Fingerprint>,
    has_changed: bool,
    saving: Option<AbortHandle>,
    saved_at: u64,
    /// Another tab has changed something.
    is_stale: bool,
}

type Fingerprint = (usize, [u8; 5]);

impl State {
    /// Lets the browser keep how the list is looked at, and unless the page is for one room only the list
    /// itself, on which the tabs agree then. Before the library is shown.
    pub fn remember(self) {
        self.remembers.set_value(true);
        self.recall_watching();
        if self.is_for_one_room() {
            return;
        }
        self.spawn(async move {
            // The first rows come first.
            while *self.load.read_untracked() == Load::Loading {
                TimeoutFuture::new(JOIN_EVERY).await;
            }
            parts::background(self, Background::Join).await;
        });
        if settings::get(&self.mark()).as_deref() == Some(WIPED) {
            self.wipe();
        }
        Effect::new(move |_| {
            if self.library.with(Library::is_begun) {
                self.save_later();
            }
        });
    }

    pub(in crate::ui) fn join_tabs(self) {
        let name = ["meet-recordings ", self.client().address()].concat();
        let language = Language::current();
        let tabs = Tabs::new(&name, move |news| language.during(|| self.hear(news)));
        self.keeping.update_value(|it| it.tabs = Some(tabs));
    }

    fn is_for_one_room(self) -> bool {
        self.only_room.with_value(Option::is_some)
    }

    /// The setting that says for whom a list is kept.
    fn mark(self) -> String {
        ["kept ", self.client().address()].concat()
    }

    pub(super) fn kept_for(self) -> Option<String> {
        let is_wanted = self.remembers.get_value() && !self.is_for_one_room();
        settings::get(&self.mark()).filter(|user| is_wanted && user != WIPED)
    }

    pub(super) async fn whose(self) -> Option<String> {
        let known = self.keeping.with_value(|it| it.user.clone());
        if known.is_some() {
            return known;
        }
        let user = self.client().user().await?;
        self.keeping.update_value(|it| it.user = Some(user.clone()));
        self.user.update_value(|it| *it = it.take().or_else(|| Some(user.clone())));
        Some(user)
    }

    /// Waits for the first page, and shows meanwhile what was kept, if anything: whether that was the
    /// whole list.
    pub(super) async fn restore_during<T>(
        self,
        first_page: impl Future<Output = T>,
    ) -> (T, Option<bool>) {
        match select(pin!(first_page), pin!(self.restore())).await {
            Either::Left((page, restoring)) => {
                match select(restoring, TimeoutFuture::new(PATIENCE)).await {
                    Either::Left((restored, _)) => (page, restored),
                    Either::Right(_) => (page, None),
                }
            }
            Either::Right((restored, first_page)) => (first_page.await, restored),
        }
    }

    /// Nothing is shown before the server has said that it is for who is signed in.
    async fn restore(self) -> Option<bool> {
        let (is_begun, is_empty) = self.library.with_untracked(|it| (it.is_begun(), it.is_empty()));
        let user = self.kept_for().filter(|_| !is_begun)?;
        if !is_empty {
            return self.keeping.with_value(|it| it.restored);
        }
        let restored = Rc::new(Cell::new(None));
        parts::background(self, Background::Restore(user, restored.clone())).await;
        restored.get()
    }

    pub(in crate::ui) async fn load_kept(self, user: String) -> Option<bool> {
        let key = self.key(user);
        let (user, bytes) = join(self.whose(), database::load(&key)).await;
        if user? != key.user {
            self.wipe();
            return None;
        }
        let bytes = bytes?;
        let (is_whole, index) = bytes.split_last()?;
        let index = Index::load(index, browser::fold)?;
        let restored = Some(*is_whole == 1);
        self.keeping.update_value(|it| (it.restored, it.kept) = (restored, fingerprint(&bytes)));
        self.library.set(Library::of(index));
        restored
    }

    fn key(self, user: String) -> Key {
        Key { server: self.client().address().to_owned(), user }
    }

    /// Saves when nothing has changed for a while, or changes do not end.
    fn save_later(self) {
        let is_on = self.keeping.try_update_value(|it| {
            it.has_changed = true;
            it.saving.is_some()
        });
        if is_on != Some(false) {
            return;
        }
        let saving = self.spawn(async move {
            let was_saved = parts::background(self, Background::Save).await;
            let has_changed = self.keeping.try_update_value(|it| {
                it.saving = None;
                it.has_changed
            });
            if was_saved && has_changed == Some(true) {
                self.save_later();
            }
        });
        self.keeping.update_value(|it| it.saving = Some(saving));
    }

    pub(in crate::ui) async fn save_when_calm(self) {
        for turn in 1_u64.. {
            self.keeping.update_value(|it| it.has_changed = false);
            TimeoutFuture::new(IDLE).await;
            let is_due = self.keeping.with_value(|it| {
                let soonest = it.saved_at + TURNS * u64::from(IDLE);
                !it.has_changed && (it.saved_at == 0 || browser::clock() >= soonest)
            });
            if (is_due || turn > TURNS) && self.is_settled() {
                break;
            }
        }
        self.save_list().await;
    }

    fn is_settled(self) -> bool {
        *self.load.read_untracked() == Load::Done
            && self.session.get_untracked() == Session::Open
            && !self.is_deleting.get_value()
            && self.library.with_untracked(Library::is_begun)
    }

    async fn save_list(self) {
        let Some(user) = self.whose().await else { return };
        // The server was asked meanwhile.
        if !self.is_settled() {
            return self.keeping.update_value(|it| it.has_changed = true);
        }
        let bytes = self.library.with_untracked(|it| {
            let mut bytes = it.index().save();
            bytes.push(u8::from(it.has_all()));
            bytes
        });
        let fingerprint = fingerprint(&bytes);
        if self.keeping.with_value(|it| it.kept == fingerprint) {
            return;
        }
        let key = self.key(user);
        if settings::get(&self.mark()).is_some_and(|it| it != key.user) {
            database::wipe_server(&key.server).await;
        }
        settings::set(&self.mark(), &key.user);
        database::save(&key, &bytes).await;
        self.keeping.update_value(|it| (it.kept, it.saved_at) = (fingerprint, browser::clock()));
    }

    /// Nothing stays of what was kept, nor of what is being saved.
    pub(super) fn wipe(self) {
        self.keeping.update_value(|it| {
            if let Some(saving) = it.saving.take() {
                saving.abort();
            }
            *it = Keeping { tabs: it.tabs.take(), ..Keeping::default() };
        });
        let mark = self.mark();
        if !self.remembers.get_value() || settings::get(&mark).is_none() {
            return;
        }
        // Should the page close on the way, the next one goes on.
        settings::set(&mark, WIPED);
        self.spawn(async move {
            parts::background(self, Background::Wipe(mark)).await;
        });
    }

    pub(in crate::ui) async fn wipe_kept(self, mark: String) {
        database::wipe_server(self.client().address()).await;
        if settings::get(&mark).as_deref() == Some(WIPED) {
            settings::remove(&mark);
        }
    }

    pub(super) fn tell_tabs(self, news: &News) {
        self.keeping.with_value(|it| it.tabs.as_ref().map(|tabs| tabs.tell(news)));
    }

    /// What another tab tells. It is not told of again: they all have heard it.
    fn hear(self, news: News) {
        let has_ended = self.session.get_untracked() == Session::Ended;
        let is_waiting = has_ended && self.library.with_untracked(Library::is_empty);
        match news {
            News::Gone(ids) => {
                let ids: Vec<_> = ids.into_iter().filter_map(RecordingId::new).collect();
                self.gone.update_value(|it| it.extend_from_slice(&ids));
                self.forget_rows(&ids);
            }
            News::Changed => self.look_soon(),
            News::SignedOut if is_waiting => {}
            News::SignedOut => {
                self.client().forget();
                self.leave();
            }
            News::SignedIn if is_waiting => {
                self.spawn(async move {
                    let is_in = self.client().list(&self.query(), None).await.is_ok();
                    if is_in && self.session.get_untracked() == Session::Ended {
                        self.session.set(Session::Open);
                        self.refresh();
                    }
                });
            }
            News::SignedIn => {}
        }
    }

    /// Something has changed on the server by another way than the library's: it is looked at soon.
    pub fn look_soon(self) {
        self.keeping.update_value(|it| it.is_stale = true);
    }

    /// Whether that was so since this was last asked.
    pub(super) fn take_stale(self) -> bool {
        self.keeping.try_update_value(|it| std::mem::take(&mut it.is_stale)) == Some(true)
    }
}

/// In place of a user: what was kept is to be wiped.
const WIPED: &str = "";

fn fingerprint(bytes: &[u8]) -> Option<Fingerprint> {
    Some((bytes.len(), *bytes.last_chunk()?))
}
