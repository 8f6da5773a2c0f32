//! What can be asked of a server, in the model's terms.

use std::rc::Rc;

use super::{
    connection::Client,
    fetch::{Reading, fetch_text},
};
use crate::{
    model::{
        Access, Address, Cursor, DeleteOutcome, DeleteReport, Error, Intent, Link, MediaHead,
        MetadataPatch, Page, Query, Recording, RecordingId, RecordingRef, RoomId, RoomName, Secret,
        Unexpected,
    },
    provider::{Body, Media, Request},
};

/// An address that a `<video>`, a download or another person can open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MediaLink {
    pub url: String,
    /// Milliseconds since 1970, UTC.
    pub expires_at: Option<i64>,
    /// It opens only with the server's cookie.
    pub needs_cookie: bool,
    /// What the server said of the media behind it, if it was asked.
    pub head: Option<MediaHead>,
}

impl Client {
    /// Whether a server that we know is there.
    pub async fn look(self: &Rc<Self>) -> Result<(), Error> {
        self.dialect().await.map(|_| ())
    }

    pub async fn list(
        self: &Rc<Self>,
        query: &Query,
        cursor: Option<&Cursor>,
    ) -> Result<Page<Recording>, Error> {
        let provider = self.dialect().await?.known.provider;
        let request = provider.list(query, cursor);
        provider.read_list(&self.ask(request).await?)
    }

    pub async fn get(
        self: &Rc<Self>,
        it: &RecordingRef,
        secret: Option<&Secret>,
    ) -> Result<Recording, Error> {
        let provider = self.dialect().await?.known.provider;
        let request = provider.get(it, secret);
        provider.read_get(it, &self.ask(request).await?)
    }

    /// Answers for several at once give only a text for each failure, so what failed is asked
    /// after: a recording that is not there any more is gone, whoever deleted it.
    pub async fn delete(self: &Rc<Self>, ids: &[RecordingId]) -> Result<DeleteReport, Error> {
        let provider = self.dialect().await?.known.provider;
        let request = provider.delete(ids).ok_or(Error::Unsupported)?;
        let mut report = provider.read_delete(ids, &self.ask(request).await?)?;
        for (id, outcome) in &mut report.outcomes {
            if let DeleteOutcome::Failed(_) = outcome
                && self.get(&RecordingRef::from(&*id), None).await == Err(Error::NotFound)
            {
                *outcome = DeleteOutcome::AlreadyGone;
            }
        }
        Ok(report)
    }

    /// A link that opens the recording for others.
    pub async fn share(
        self: &Rc<Self>,
        it: &RecordingRef,
        access: Access,
    ) -> Result<MediaLink, Error> {
        let provider = self.dialect().await?.known.provider;
        let request = provider.share(it, access).ok_or(Error::Unsupported)?;
        let link = provider.read_share(&self.ask(request).await?)?;
        Ok(self.absolute(link))
    }

    pub async fn room_names(
        self: &Rc<Self>,
        cursor: Option<&Cursor>,
    ) -> Result<Page<RoomName>, Error> {
        let provider = self.dialect().await?.known.provider;
        match provider.room_names(cursor) {
            Some(request) => provider.read_room_names(&self.ask(request).await?),
            None => Ok(Page::EMPTY),
        }
    }

    pub async fn update(
        self: &Rc<Self>,
        id: &RecordingId,
        patch: &MetadataPatch,
    ) -> Result<(), Error> {
        let provider = self.dialect().await?.known.provider;
        let request = provider.update(id, patch).ok_or(Error::Unsupported)?;
        provider.read_done(&self.ask(request).await?)
    }

    pub async fn merge(self: &Rc<Self>, room: &RoomId, ids: &[RecordingId]) -> Result<(), Error> {
        let provider = self.dialect().await?.known.provider;
        let request = provider.merge(room, ids).ok_or(Error::Unsupported)?;
        provider.read_done(&self.ask(request).await?)
    }

    /// Where the media are. Asks the server only where it gives out links.
    pub async fn media(
        self: &Rc<Self>,
        it: &RecordingRef,
        intent: Intent,
        secret: Option<&Secret>,
    ) -> Result<MediaLink, Error> {
        let provider = self.dialect().await?.known.provider;
        match provider.media(it, intent, secret) {
            Media::Direct(request) => Ok(self.direct(request)),
            Media::Ask(request) => {
                let answer = self.ask(request).await?;
                Ok(self.absolute(provider.read_link(it, &answer)?))
            }
        }
    }

    /// The same after making sure that the server would send the media now, and if not, why: a
    /// `<video>` or a download link cannot tell. Renews the session on the way.
    pub async fn checked_media(
        self: &Rc<Self>,
        it: &RecordingRef,
        intent: Intent,
        secret: Option<&Secret>,
    ) -> Result<MediaLink, Error> {
        let provider = self.dialect().await?.known.provider;
        match provider.media(it, intent, secret) {
            Media::Direct(request) => self.checked(request).await,
            Media::Ask(request) => {
                let answer = self.ask(request).await?;
                match provider.read_link(it, &answer)? {
                    Link { address: Address::Below(target), expires_at } => {
                        let link = self.checked(Request::get(target)).await?;
                        Ok(MediaLink { expires_at, needs_cookie: false, ..link })
                    }
                    // Somebody else's server, which need not answer our questions (CORS).
                    link => Ok(self.absolute(link)),
                }
            }
        }
    }

    /// As [`Self::checked_media`].
    pub async fn checked_zip(self: &Rc<Self>, ids: &[RecordingId]) -> Result<MediaLink, Error> {
        let provider = self.dialect().await?.known.provider;
        self.checked(provider.zip(ids).ok_or(Error::Unsupported)?).await
    }

    /// A text that belongs to a recording, such as its captions. `url` may be relative to the server.
    pub async fn text(&self, url: &str) -> Result<String, Error> {
        let url = self.server.resolve(url).ok_or(Error::Unexpected(Unexpected::UnsafeLink))?;
        fetch_text(&url).await
    }

    async fn checked(self: &Rc<Self>, media: Request) -> Result<MediaLink, Error> {
        let provider = self.dialect().await?.known.provider;
        let answer = self.renewing(media.clone(), Reading::Media).await?;
        provider.read_media(&answer)?;
        let head = match answer.body {
            Body::Media(head) => Some(head),
            Body::Text(_) => return Err(Error::Unexpected(Unexpected::NotMedia)),
            _ => None,
        };
        Ok(MediaLink { head, ..self.direct(media) })
    }

    fn direct(&self, mut media: Request) -> MediaLink {
        let bare = media.target.len();
        if let Some(dialect) = &*self.dialect.borrow() {
            dialect.known.sign_in.authorize_media(&self.tokens.borrow(), &mut media);
        }
        let needs_cookie = media.target.len() == bare;
        MediaLink { url: self.url(&media), expires_at: None, needs_cookie, head: None }
    }

    fn absolute(&self, link: Link) -> MediaLink {
        let url = match link.address {
            Address::Below(target) => self.server.join(&target),
            Address::Absolute(url) => url,
        };
        MediaLink { url, expires_at: link.expires_at, needs_cookie: false, head: None }
    }
}
