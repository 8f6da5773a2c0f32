//! Finding out what the server is, signing in and out, and renewing a session that has ended.

use std::rc::Rc;

use futures_util::{FutureExt, future::LocalBoxFuture};

use super::{
    connection::{Auth, Client, Dialect, gateway},
    fetch::{Reading, fetch},
};
use crate::{
    model::{Error, RoomId, Secret},
    provider::{self, Answer, Gateway, SignIn, Tokens},
};

impl Client {
    /// Fails with `CookieRefused` when all was right but the session's cookie got lost.
    pub async fn sign_in(self: &Rc<Self>, user: &str, password: &str) -> Result<(), Error> {
        let account = self.account().await?;
        let request = account.sign_in(user, password).ok_or(Error::Unsupported)?;
        let answer = fetch(&self.sign_in_url(&request), &request, Reading::Body).await?;
        let tokens = account.read_sign_in(&answer)?;
        let has_token = tokens.access.is_some();
        // Of who was here before nothing stays but the room that the page is for.
        let room = self.tokens.take().room;
        *self.tokens.borrow_mut() = Tokens { room: tokens.room.or(room), ..tokens };
        if has_token {
            return Ok(());
        }
        let Some(request) = account.who() else { return Ok(()) };
        let answer = self.send(&self.sign_in_url(&request), &request, Reading::Body).await?;
        account.read_who(&answer)?;
        if matches!(self.auth, Auth::Gateway(_)) {
            self.take_grant(&answer).await?;
        }
        Ok(())
    }

    /// Forgets the session, and tells the server to.
    pub async fn sign_out(self: &Rc<Self>) -> Result<(), Error> {
        let account = self.account().await?;
        let mut request = account.sign_out().ok_or(Error::Unsupported)?;
        account.authorize(&self.forget(), &mut request);
        fetch(&self.sign_in_url(&request), &request, Reading::Body).await?.done()
    }

    /// Forgets the session, which was ended elsewhere. What showed it.
    pub fn forget(&self) -> Tokens {
        self.stay.set(self.stay.get().wrapping_add(1));
        self.in_hand.take();
        if matches!(self.auth, Auth::Gateway(_)) {
            self.dialect.take();
        }
        self.tokens.take()
    }

    /// Who is signed in, where the server itself says so.
    pub async fn user(self: &Rc<Self>) -> Option<String> {
        #[cfg(feature = "openvidu-meet")]
        if matches!(self.auth, Auth::Server | Auth::Token(_)) {
            let request = self.account().await.ok()?.who()?;
            return provider::OpenViduMeet::read_user(&self.ask(request).await.ok()?);
        }
        None
    }

    async fn account(self: &Rc<Self>) -> Result<Rc<dyn SignIn>, Error> {
        match self.auth {
            Auth::Gateway(_) => Ok(gateway()),
            _ => Ok(self.dialect().await?.known.sign_in),
        }
    }

    /// What the server is. Found out once, for everybody who asks.
    pub(super) fn dialect(self: &Rc<Self>) -> LocalBoxFuture<'static, Result<Dialect, Error>> {
        let client = self.clone();
        let work = async move {
            if client.dialect.borrow().is_none() {
                let work = client.clone();
                client.detecting.join(async move { work.detect().await }).await?;
            }
            client.dialect.borrow().clone().ok_or(Error::SignedOut)
        };
        work.boxed_local()
    }

    async fn detect(self: Rc<Self>) -> Result<(), Error> {
        match &self.auth {
            Auth::Gateway(_) => {
                let request = gateway().who().ok_or(Error::Unsupported)?;
                let answer =
                    self.send(&self.sign_in_url(&request), &request, Reading::Body).await?;
                return self.take_grant(&answer).await;
            }
            Auth::Token(_) => self.need_token().await?,
            Auth::Server | Auth::Room { .. } => {}
        }
        let Some(kind) = self.kind else { return self.detect_version().await };
        let known = (self.provide)(kind).await?;
        *self.dialect.borrow_mut() = Some(Dialect { known, rights: None, may_be_older: false });
        Ok(())
    }

    #[cfg(feature = "openvidu-meet")]
    async fn detect_version(self: &Rc<Self>) -> Result<(), Error> {
        let tokens = self.tokens.borrow().clone();
        let mut detector = provider::Detector::new(tokens.access.is_some(), self.page_size.get());
        let newest = provider::OpenViduMeet::new(provider::Version::V39);
        let version = loop {
            let question = detector.request();
            let mut request = question.clone();
            newest.authorize(&tokens, &mut request);
            request.omits_cookies = matches!(self.auth, Auth::Token(_));
            let answer = match self.send(&self.url(&request), &request, Reading::Body).await {
                // What is at the root may be somebody else, who does not know this page's origin.
                Err(Error::Blocked) if detector.is_at_root() => {
                    Answer { status: 404, retry_after: None, body: provider::Body::Empty }
                }
                answer => answer?,
            };
            let version = detector.answered(&answer)?;
            self.keep_if_list(question, answer);
            if let Some(version) = version {
                break version;
            }
        };
        let known = provider::Known::openvidu_meet(version);
        let may_be_older = version == provider::Version::V341;
        *self.dialect.borrow_mut() = Some(Dialect { known, rights: None, may_be_older });
        Ok(())
    }

    #[cfg(not(feature = "openvidu-meet"))]
    async fn detect_version(self: &Rc<Self>) -> Result<(), Error> {
        Err(Error::Unexpected(crate::model::Unexpected::NoApi))
    }

    /// The first page need not be asked for twice.
    #[cfg(feature = "openvidu-meet")]
    fn keep_if_list(&self, question: provider::Request, answer: Answer) {
        let path = question.target.split('?').next().unwrap_or_default();
        if path.ends_with("/recordings") && answer.status != 404 {
            *self.in_hand.borrow_mut() = Some((question, answer));
        }
    }

    async fn take_grant(&self, answer: &Answer) -> Result<(), Error> {
        let Auth::Gateway(gateway_url) = &self.auth else { return Err(Error::Unsupported) };
        let grant = Gateway::read_grant(answer, &gateway_url.system)?;
        let kind = provider::named(&grant.provider)?.ok_or(Error::Unsupported)?;
        let known = (self.provide)(kind).await?;
        let known = provider::Known { sign_in: gateway(), ..known };
        *self.dialect.borrow_mut() =
            Some(Dialect { known, rights: Some(grant.rights), may_be_older: false });
        Ok(())
    }

    /// Renews the session, once for all who found that it has ended; to its end even when nobody waits
    /// any more, because a refresh token may work only once.
    pub(super) async fn renew(self: &Rc<Self>) -> Result<(), Error> {
        let client = self.clone();
        self.refreshing.join_to_end(async move { client.renew_alone().await }).await
    }

    /// Sees to it that there is a token of the host's before the first request.
    pub(super) async fn need_token(self: &Rc<Self>) -> Result<(), Error> {
        let has_token = self.tokens.borrow().access.is_some();
        match self.auth {
            Auth::Token(_) if !has_token => self.renew().await,
            _ => Ok(()),
        }
    }

    async fn renew_alone(self: Rc<Self>) -> Result<(), Error> {
        let stay = self.stay.get();
        let tokens = match &self.auth {
            Auth::Gateway(_) => return Err(Error::SignedOut),
            Auth::Server => self.refreshed(&*self.account().await?).await?,
            Auth::Token(source) => {
                let access = source().await.ok_or(Error::SignedOut)?;
                Tokens { access: Some(access), ..Tokens::default() }
            }
            Auth::Room { room, secret } => {
                self.room_token(&*self.account().await?, room, secret).await?
            }
        };
        // Who signed out meanwhile is out.
        if stay != self.stay.get() {
            return Err(Error::SignedOut);
        }
        self.tokens.borrow_mut().renew(tokens);
        Ok(())
    }

    async fn refreshed(&self, account: &dyn SignIn) -> Result<Tokens, Error> {
        let tokens = self.tokens.borrow().clone();
        let request = account.refresh(&tokens).ok_or(Error::SignedOut)?;
        account.read_refresh(&fetch(&self.url(&request), &request, Reading::Body).await?)
    }

    /// A stale access cookie spoils a good recording token (`openvidu-meet-api.md` §1B), so it is
    /// renewed or cleared first. The token itself may be for signed-in people only: a 401.
    async fn room_token(
        &self,
        account: &dyn SignIn,
        room: &RoomId,
        secret: &Secret,
    ) -> Result<Tokens, Error> {
        match self.refreshed(account).await {
            Ok(tokens) => self.tokens.borrow_mut().renew(tokens),
            Err(Error::SignedOut) => {
                self.tokens.borrow_mut().access = None;
                if let Some(request) = account.sign_out() {
                    fetch(&self.url(&request), &request, Reading::Body).await?;
                }
            }
            Err(error) => return Err(error),
        }
        let mut request = account.room_token(room, secret).ok_or(Error::Unsupported)?;
        account.authorize(&self.tokens.borrow(), &mut request);
        account.read_room_token(&fetch(&self.url(&request), &request, Reading::Body).await?)
    }
}
