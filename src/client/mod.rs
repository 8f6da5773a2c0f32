//! One signed-in conversation with one server: it sends what a dialect builds, with the cookies,
//! limits and headers that every request has, renews the session once when it has ended, and hands
//! back what the dialect reads. It knows neither signals nor views.

mod fetch;
mod server_url;

use std::{cell::RefCell, rc::Rc};

use futures_util::{
    FutureExt,
    future::{LocalBoxFuture, Shared, WeakShared},
};

pub use server_url::{InvalidServerUrl, ServerUrl};

use self::fetch::{Reading, fetch};
use crate::{
    model::{
        Access, Capabilities, Cursor, DeleteOutcome, DeleteReport, Error, Page, Query, Recording,
        RecordingId, Room, Secret,
    },
    provider::{Answer, OpenViduMeet, Request},
};

type Refresh = LocalBoxFuture<'static, Result<(), Error>>;

pub struct Client {
    server: ServerUrl,
    /// The renewal under way, which everyone who needs one waits for. It is gone as soon as
    /// nobody waits any more.
    refreshing: RefCell<Option<WeakShared<Refresh>>>,
}

impl Client {
    pub fn new(server: ServerUrl) -> Rc<Self> {
        Rc::new(Self { server, refreshing: RefCell::new(None) })
    }

    /// Fails with `CookieRefused` when all was right but the session's cookie got lost.
    pub async fn sign_in(&self, user: &str, password: &str) -> Result<(), Error> {
        let answer = self.send(&OpenViduMeet::sign_in(user, password), Reading::Body).await?;
        OpenViduMeet::read_sign_in(&answer)?;
        let answer = self.send(&OpenViduMeet::profile(), Reading::Body).await?;
        OpenViduMeet::read_profile(&answer)
    }

    pub async fn sign_out(&self) -> Result<(), Error> {
        self.send(&OpenViduMeet::sign_out(), Reading::Body).await?.done()
    }

    pub async fn list(
        &self,
        query: &Query,
        cursor: Option<&Cursor>,
    ) -> Result<Page<Recording>, Error> {
        OpenViduMeet::read_list(&self.ask(&OpenViduMeet::list(query, cursor)).await?)
    }

    pub async fn get(&self, id: &RecordingId, secret: Option<&Secret>) -> Result<Recording, Error> {
        OpenViduMeet::read_get(&self.ask(&OpenViduMeet::get(id, secret)).await?)
    }

    /// Answers for several at once give only a text for each failure, so what failed is asked
    /// after: a recording that is not there any more is gone, whoever deleted it.
    pub async fn delete(&self, ids: &[RecordingId]) -> Result<DeleteReport, Error> {
        let answer = self.ask(&OpenViduMeet::delete(ids)).await?;
        let mut report = OpenViduMeet::read_delete(ids, &answer)?;
        for (id, outcome) in &mut report.outcomes {
            if let DeleteOutcome::Failed(_) = outcome
                && self.get(id, None).await == Err(Error::NotFound)
            {
                *outcome = DeleteOutcome::AlreadyGone;
            }
        }
        Ok(report)
    }

    /// A link that opens the recording on the server's own pages or on this app.
    pub async fn share(&self, id: &RecordingId, access: Access) -> Result<String, Error> {
        OpenViduMeet::read_share(&self.ask(&OpenViduMeet::share(id, access)).await?)
    }

    pub async fn rooms(&self, cursor: Option<&Cursor>) -> Result<Page<Room>, Error> {
        OpenViduMeet::read_rooms(&self.ask(&OpenViduMeet::rooms(cursor)).await?)
    }

    pub fn capabilities(&self) -> Capabilities {
        OpenViduMeet::CAPABILITIES
    }

    /// The MP4, for `<video src>` and download links.
    pub fn media_url(&self, id: &RecordingId, secret: Option<&Secret>) -> String {
        self.url(&OpenViduMeet::media(id, secret))
    }

    /// Whether the server would send the media now, and if not, why: a `<video>` or a download link
    /// cannot tell. Renews the session on the way.
    pub async fn check_media(
        &self,
        id: &RecordingId,
        secret: Option<&Secret>,
    ) -> Result<(), Error> {
        self.check(&OpenViduMeet::media(id, secret)).await
    }

    pub fn zip_url(&self, ids: &[RecordingId]) -> String {
        self.url(&OpenViduMeet::zip(ids))
    }

    /// As [`Self::check_media`].
    pub async fn check_zip(&self, ids: &[RecordingId]) -> Result<(), Error> {
        self.check(&OpenViduMeet::zip(ids)).await
    }

    async fn check(&self, media: &Request) -> Result<(), Error> {
        OpenViduMeet::read_media(&self.renewing(media, Reading::Status).await?)
    }

    fn url(&self, request: &Request) -> String {
        self.server.join(&request.target)
    }

    async fn ask(&self, request: &Request) -> Result<Answer, Error> {
        self.renewing(request, Reading::Body).await
    }

    /// Sends; if the session has ended, renews it and sends once more.
    async fn renewing(&self, request: &Request, reading: Reading) -> Result<Answer, Error> {
        let answer = self.send(request, reading).await?;
        if answer.status != 401 {
            return Ok(answer);
        }
        self.refresh().await?;
        self.send(request, reading).await
    }

    async fn send(&self, request: &Request, reading: Reading) -> Result<Answer, Error> {
        fetch(&self.url(request), request, reading).await
    }

    async fn refresh(&self) -> Result<(), Error> {
        let under_way = self.refreshing.borrow().as_ref().and_then(WeakShared::upgrade);
        let refresh = under_way.unwrap_or_else(|| self.start_refresh());
        refresh.await
    }

    fn start_refresh(&self) -> Shared<Refresh> {
        let request = OpenViduMeet::refresh();
        let url = self.url(&request);
        let refresh =
            async move { OpenViduMeet::read_refresh(&fetch(&url, &request, Reading::Body).await?) };
        let refresh = refresh.boxed_local().shared();
        *self.refreshing.borrow_mut() = refresh.downgrade();
        refresh
    }
}
