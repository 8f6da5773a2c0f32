//! The client: which server, in which dialect, by which right; and the sending of one request.

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

use futures_util::{FutureExt, future::LocalBoxFuture};
use gloo_timers::future::TimeoutFuture;
use js_sys::Promise;
use web_sys::AbortController;

use super::{
    fetch::{Reading, fetch, receive},
    retry::{Outcome, pause},
    server_url::{GatewayUrl, ServerUrl},
    shared::SingleFlight,
    site::is_same_site,
};
use crate::{
    model::{Capabilities, Cursor, Error, RoomId, Secret},
    provider::{Answer, Gateway, Kind, Known, Request, Rights, SignIn, Tokens},
};

/// Asked for a token whenever one is needed; `None` when there is none to be had.
pub type TokenSource = Rc<dyn Fn() -> LocalBoxFuture<'static, Option<Secret>>>;

/// How the client comes by what a kind of server needs, which may be on its way when it is asked for.
pub type Provide = fn(Kind) -> LocalBoxFuture<'static, Result<Known, Error>>;

/// Boxed: see `fetch`.
pub(super) type Answering = LocalBoxFuture<'static, Result<Answer, Error>>;

/// A GET that is under way, as this client would have sent it without tokens.
pub struct Early {
    pub url: String,
    /// Of a `Response`.
    pub response: Promise,
    pub stop: AbortController,
}

/// By which right requests are sent. Cookies go along in any case.
pub enum Auth {
    /// The server's own sign-in.
    Server,
    /// The sign-in of a gateway (`meet-recordings-server gateway`).
    Gateway(GatewayUrl),
    /// Tokens that the host page hands over.
    Token(TokenSource),
    /// A room's secret, which opens that room's recordings.
    Room { room: RoomId, secret: Secret },
}

/// Which kind of server it is, and what is special to this user.
#[derive(Clone)]
pub(super) struct Dialect {
    pub known: Known,
    /// `None` where the server itself judges.
    pub rights: Option<Rights>,
    /// It may be an older one, which is the same for recordings and not for rooms.
    #[cfg_attr(not(feature = "openvidu-meet"), allow(dead_code, reason = "no other is found out"))]
    pub may_be_older: bool,
}

pub struct Client {
    pub(super) server: ServerUrl,
    /// What the page says that it is.
    pub(super) kind: Option<Kind>,
    pub(super) provide: Provide,
    pub(super) auth: Auth,
    /// The dialect, once it is known. Behind a gateway it is forgotten at sign-out, because it comes
    /// with the rights of who signed in.
    pub(super) dialect: RefCell<Option<Dialect>>,
    pub(super) detecting: SingleFlight<()>,
    pub(super) tokens: RefCell<Tokens>,
    pub(super) refreshing: SingleFlight<()>,
    /// Set by a sign-out: an answer to a refresh from before must not bring its tokens back.
    pub(super) stay: Cell<u32>,
    /// Rows that one page is asked for; `None`: as many as the server gives.
    pub page_size: Cell<Option<u32>>,
    /// The first question, where the page has asked it already.
    early: RefCell<Option<Early>>,
    /// An answer that detecting the dialect brought, kept for the request that it is the answer to.
    pub(super) in_hand: RefCell<Option<(Request, Answer)>>,
}

impl Client {
    /// Without a `kind` of server it is found out which it is; behind a gateway that says it.
    pub fn new(server: ServerUrl, kind: Option<Kind>, auth: Auth, provide: Provide) -> Rc<Self> {
        let is_own = !matches!(auth, Auth::Gateway(_));
        let server = if is_own && kind.is_none() { server.without_meet() } else { server };
        Rc::new(Self {
            server,
            kind: kind.filter(|_| is_own),
            provide,
            auth,
            dialect: RefCell::new(None),
            detecting: SingleFlight::default(),
            tokens: RefCell::default(),
            refreshing: SingleFlight::default(),
            stay: Cell::new(0),
            page_size: Cell::new(None),
            early: RefCell::new(None),
            in_hand: RefCell::new(None),
        })
    }

    /// Takes the answer to a request that was sent before this program had begun.
    pub fn expect(&self, early: Early) {
        self.early.replace(Some(early));
    }

    /// Origin and path of the server.
    pub fn address(&self) -> &str {
        self.server.as_str()
    }

    /// What can be done there; nothing before the first answer.
    pub fn capabilities(&self) -> Capabilities {
        self.dialect.borrow().as_ref().map_or(Capabilities::NONE, |dialect| {
            let mut can = dialect.known.provider.capabilities();
            if matches!(self.auth, Auth::Room { .. }) {
                (can.rooms, can.filter_room) = (false, false);
            }
            dialect.rights.map_or(can, |rights| rights.limit(can))
        })
    }

    /// Where a list goes on after so many rows of it have gone.
    pub fn cursor_after(&self, cursor: Cursor, removed: usize) -> Cursor {
        match &*self.dialect.borrow() {
            Some(dialect) => dialect.known.provider.cursor_after(cursor, removed),
            None => cursor,
        }
    }

    /// Whether the browser may keep back the server's cookies, because the page at `page` is of another
    /// site and cookies are what the server goes by.
    pub fn may_lack_cookies(&self, page: &str) -> bool {
        !matches!(self.auth, Auth::Token(_)) && !is_same_site(page, self.address())
    }

    /// Whether people sign in here, with a user and a password.
    pub fn has_sign_in(&self) -> bool {
        match self.auth {
            Auth::Gateway(_) => true,
            Auth::Token(_) => false,
            Auth::Server | Auth::Room { .. } => self.kind().is_none_or(Kind::has_sign_in),
        }
    }

    /// Which kind of server it is, as far as that is known.
    pub(super) fn kind(&self) -> Option<Kind> {
        let found = self.dialect.borrow().as_ref().map(|dialect| dialect.known.kind);
        found.or(self.kind)
    }

    pub(super) fn url(&self, request: &Request) -> String {
        self.server.join(&request.target)
    }

    /// Where signing in is: at the gateway's own address, beside its systems.
    pub(super) fn sign_in_url(&self, request: &Request) -> String {
        match &self.auth {
            Auth::Gateway(gateway) => gateway.base.join(&request.target),
            _ => self.url(request),
        }
    }

    /// Asks and reads; if the session has ended, renews it and asks once more.
    pub(super) fn ask(self: &Rc<Self>, request: Request) -> Answering {
        self.renewing(request, Reading::Body)
    }

    pub(super) fn renewing(self: &Rc<Self>, request: Request, reading: Reading) -> Answering {
        let client = self.clone();
        let work = async move {
            client.need_token().await?;
            let answer = client.authorized(request.clone(), reading).await?;
            if answer.status != 401 {
                return Ok(answer);
            }
            client.renew().await?;
            client.authorized(request, reading).await
        };
        work.boxed_local()
    }

    async fn authorized(&self, mut request: Request, reading: Reading) -> Result<Answer, Error> {
        if let Some((_, answer)) = self.in_hand.borrow_mut().take_if(|(it, _)| *it == request) {
            return Ok(answer);
        }
        if let Some(dialect) = &*self.dialect.borrow() {
            dialect.known.sign_in.authorize(&self.tokens.borrow(), &mut request);
        }
        // So a server may answer to pages anywhere (`Access-Control-Allow-Origin: *`).
        request.omits_cookies = matches!(self.auth, Auth::Token(_));
        self.send(&self.url(&request), &request, reading).await
    }

    /// Sends, again and again where that may help and does no harm.
    pub(super) fn send<'a>(
        &self,
        url: &'a str,
        request: &'a Request,
        reading: Reading,
    ) -> LocalBoxFuture<'a, Result<Answer, Error>> {
        let is_bare = request.is_safe && request.headers.is_empty() && reading == Reading::Body;
        let early = self.early.borrow_mut().take_if(|it| is_bare && it.url == url);
        send(early, url, request, reading).boxed_local()
    }
}

async fn send(
    mut early: Option<Early>,
    url: &str,
    request: &Request,
    reading: Reading,
) -> Result<Answer, Error> {
    let mut tries = 0;
    loop {
        let result = match early.take() {
            Some(early) => receive(early).await,
            None => fetch(url, request, reading).await,
        };
        tries += 1;
        let outcome = match &result {
            Ok(answer) => Outcome::Status(answer.status, answer.retry_after),
            Err(error) => Outcome::Failed(error),
        };
        // Who asks for media has a pace of their own.
        let may_repeat = request.is_safe && reading == Reading::Body;
        match pause(outcome, tries, js_sys::Math::random()).filter(|_| may_repeat) {
            Some(ms) => TimeoutFuture::new(ms).await,
            None => return result,
        }
    }
}

/// The sign-in of the gateway, for those who have a dialect only once they have signed in.
pub(super) fn gateway() -> Rc<dyn SignIn> {
    Rc::new(Gateway)
}
