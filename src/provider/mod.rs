//! Server dialects: what to ask a server, and how to read what it answers. Nothing here sends
//! anything (sans-io), so each dialect is tested from recorded answers; `client` does the sending.
//!
//! Each kind of server is a module and a cargo feature of its own: a build for one of them does not
//! carry the others.

// A build for some of the servers does not need all that is shared by them.
#![cfg_attr(
    not(all(
        feature = "openvidu-meet",
        feature = "plugnmeet",
        feature = "superviz",
        feature = "whereby"
    )),
    allow(dead_code)
)]

mod gateway;
mod host;
mod http;
#[cfg(feature = "openvidu-meet")]
mod openvidu_meet;
mod password;
mod percent;
#[cfg(feature = "plugnmeet")]
mod plugnmeet;
mod read;
mod rooms;
#[cfg(feature = "superviz")]
mod superviz;
#[cfg(test)]
mod testing;
#[cfg(feature = "whereby")]
mod whereby;

use std::rc::Rc;

use crate::model::{
    Access, Capabilities, Cursor, DeleteReport, Error, Intent, Link, MetadataPatch, Page, Query,
    Recording, RecordingId, RecordingRef, RoomCapabilities, RoomId, RoomName, Secret,
};

pub use gateway::{Gateway, Grant, Rights};
pub use host::Host;
pub use http::{Answer, Body, Method, Request};
#[cfg(feature = "openvidu-meet")]
pub use openvidu_meet::{Detector, OpenViduMeet, Version};
pub use password::{change_password, read_password_change};
#[cfg(feature = "plugnmeet")]
pub use plugnmeet::PlugNmeet;
pub use rooms::RoomProvider;
#[cfg(feature = "superviz")]
pub use superviz::SuperViz;
#[cfg(feature = "whereby")]
pub use whereby::Whereby;

/// One kind of server: its requests, and its answers in the model's terms. What it does not do is
/// off in [`Self::capabilities`] and `None` here.
pub trait Provider {
    fn capabilities(&self) -> Capabilities;

    /// A page of the list. What of `query` the server cannot do is left out.
    fn list(&self, query: &Query, cursor: Option<&Cursor>) -> Request;
    fn read_list(&self, answer: &Answer) -> Result<Page<Recording>, Error>;
    /// The same place in the list after so many rows before it have gone.
    fn cursor_after(&self, cursor: Cursor, _removed: usize) -> Cursor {
        cursor
    }

    /// One recording. A share link's `secret` is judged alone, whatever else the caller may do.
    fn get(&self, it: &RecordingRef, secret: Option<&Secret>) -> Request;
    fn read_get(&self, it: &RecordingRef, answer: &Answer) -> Result<Recording, Error>;

    /// Where the media are.
    fn media(&self, it: &RecordingRef, intent: Intent, secret: Option<&Secret>) -> Media;
    /// The link that [`Media::Ask`] asked for.
    fn read_link(&self, it: &RecordingRef, answer: &Answer) -> Result<Link, Error>;
    /// What a request for media or a ZIP was refused for.
    fn read_media(&self, answer: &Answer) -> Result<(), Error> {
        answer.done()
    }

    /// At most [`Capabilities::delete_batch`] at once.
    fn delete(&self, _ids: &[RecordingId]) -> Option<Request> {
        None
    }
    /// An outcome for every id. An error when the request as a whole came to nothing.
    fn read_delete(&self, _ids: &[RecordingId], _answer: &Answer) -> Result<DeleteReport, Error> {
        Err(Error::Unsupported)
    }

    fn zip(&self, _ids: &[RecordingId]) -> Option<Request> {
        None
    }

    /// A link for others. Its answer is read by [`Self::read_share`].
    fn share(&self, _it: &RecordingRef, _access: Access) -> Option<Request> {
        None
    }
    fn read_share(&self, _answer: &Answer) -> Result<Link, Error> {
        Err(Error::Unsupported)
    }

    fn update(&self, _id: &RecordingId, _patch: &MetadataPatch) -> Option<Request> {
        None
    }
    /// Makes one recording, in a while, of several of a room, in this order.
    fn merge(&self, _room: &RoomId, _ids: &[RecordingId]) -> Option<Request> {
        None
    }
    /// The answer to [`Self::update`] and [`Self::merge`].
    fn read_done(&self, answer: &Answer) -> Result<(), Error> {
        answer.done()
    }

    fn room_names(&self, _cursor: Option<&Cursor>) -> Option<Request> {
        None
    }
    fn read_room_names(&self, _answer: &Answer) -> Result<Page<RoomName>, Error> {
        Err(Error::Unsupported)
    }
}

/// How the media of a recording are come by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Media {
    /// This request is the media: it can be made by a `<video>` or a link.
    Direct(Request),
    /// The server gives a link on request; see [`Provider::read_link`].
    Ask(Request),
}

/// How somebody signs in at a server, and how a request shows that they did.
pub trait SignIn {
    /// `None` where somebody else does it.
    fn sign_in(&self, user: &str, password: &str) -> Option<Request>;
    fn read_sign_in(&self, answer: &Answer) -> Result<Tokens, Error>;

    /// Whether the session that was just begun is there: `CookieRefused` when the server knows nobody.
    fn who(&self) -> Option<Request>;
    fn read_who(&self, answer: &Answer) -> Result<(), Error> {
        if answer.status == 401 { Err(Error::CookieRefused) } else { answer.done() }
    }

    /// Renews a session that has ended; `None` when there is nothing to renew it by.
    fn refresh(&self, tokens: &Tokens) -> Option<Request>;
    fn read_refresh(&self, answer: &Answer) -> Result<Tokens, Error>;

    fn sign_out(&self) -> Option<Request>;

    /// A token for the recordings of one room, for its secret.
    fn room_token(&self, _room: &RoomId, _secret: &Secret) -> Option<Request> {
        None
    }
    fn read_room_token(&self, _answer: &Answer) -> Result<Tokens, Error> {
        Err(Error::Unsupported)
    }

    /// Shows the tokens where they go as headers. Cookies go by themselves.
    fn authorize(&self, _tokens: &Tokens, _request: &mut Request) {}
    /// The same for addresses that a `<video>` or a link opens, which have no headers.
    fn authorize_media(&self, _tokens: &Tokens, _request: &mut Request) {}
}

/// What a sign-in gave out to be shown with requests; empty where it set cookies. Kept in memory only.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tokens {
    pub access: Option<Secret>,
    pub refresh: Option<Secret>,
    /// For the recordings of one room.
    pub room: Option<Secret>,
}

impl Tokens {
    /// Takes what `newer` has; the rest stays as it was.
    pub fn renew(&mut self, newer: Self) {
        for (mine, new) in [
            (&mut self.access, newer.access),
            (&mut self.refresh, newer.refresh),
            (&mut self.room, newer.room),
        ] {
            if new.is_some() {
                *mine = new;
            }
        }
    }
}

/// A kind of server, and how people sign in there when nobody stands before it.
#[derive(Clone)]
pub struct Known {
    pub kind: Kind,
    pub provider: Rc<dyn Provider>,
    pub sign_in: Rc<dyn SignIn>,
}

/// Which kind of server it is: by this the app comes by what the element does not carry, [`rooms`] and
/// [`change_password`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    #[cfg(feature = "openvidu-meet")]
    OpenViduMeet(Version),
    #[cfg(feature = "plugnmeet")]
    PlugNmeet,
    #[cfg(feature = "whereby")]
    Whereby,
    #[cfg(feature = "superviz")]
    SuperViz,
}

impl Kind {
    /// Whether people sign in at the server itself. Others take whoever stands before them at their word.
    pub fn has_sign_in(self) -> bool {
        match self {
            #[cfg(feature = "openvidu-meet")]
            Self::OpenViduMeet(_) => true,
            #[cfg(any(feature = "plugnmeet", feature = "whereby", feature = "superviz"))]
            _ => false,
        }
    }
}

/// The rooms of a server; `None` where it has none. A function of its own, and not a part of
/// [`Known`], so that a build that never asks does not carry them.
pub fn rooms(kind: Kind) -> Option<Rc<dyn RoomProvider>> {
    match kind {
        #[cfg(feature = "openvidu-meet")]
        Kind::OpenViduMeet(version) => Some(Rc::new(OpenViduMeet::new(version))),
        #[cfg(feature = "plugnmeet")]
        Kind::PlugNmeet => Some(Rc::new(PlugNmeet)),
        #[cfg(feature = "whereby")]
        Kind::Whereby => Some(Rc::new(Whereby)),
        #[cfg(feature = "superviz")]
        Kind::SuperViz => None,
    }
}

/// What can be done with the rooms of a server; `None` where it has none. A function of its own, so that
/// whoever only asks that does not carry [`rooms`].
pub fn room_capabilities(kind: Kind) -> Option<RoomCapabilities> {
    match kind {
        #[cfg(feature = "openvidu-meet")]
        Kind::OpenViduMeet(version) => {
            Some(RoomProvider::capabilities(&OpenViduMeet::new(version)))
        }
        #[cfg(feature = "plugnmeet")]
        Kind::PlugNmeet => Some(RoomProvider::capabilities(&PlugNmeet)),
        #[cfg(feature = "whereby")]
        Kind::Whereby => Some(RoomProvider::capabilities(&Whereby)),
        #[cfg(feature = "superviz")]
        Kind::SuperViz => None,
    }
}

/// The server of that name: `plugnmeet`, `whereby`, `superviz`, or `openvidu-meet@` and a version
/// such as `3.4`. `None` when it is to be found out: for no name, and for `openvidu-meet` alone.
///
/// # Errors
/// `Unsupported` for a name that this build does not know.
pub fn named(name: &str) -> Result<Option<Kind>, Error> {
    match name.split_once('@').unwrap_or((name, "")) {
        ("" | "openvidu-meet", "") => Ok(None),
        #[cfg(feature = "openvidu-meet")]
        ("openvidu-meet", version) => {
            let version = Version::named(version).ok_or(Error::Unsupported)?;
            Ok(Some(Kind::OpenViduMeet(version)))
        }
        #[cfg(feature = "plugnmeet")]
        ("plugnmeet", "") => Ok(Some(Kind::PlugNmeet)),
        #[cfg(feature = "whereby")]
        ("whereby", "") => Ok(Some(Kind::Whereby)),
        #[cfg(feature = "superviz")]
        ("superviz", "") => Ok(Some(Kind::SuperViz)),
        _ => Err(Error::Unsupported),
    }
}

impl Known {
    /// Whichever kind it is: this carries them all.
    pub fn of(kind: Kind) -> Self {
        match kind {
            #[cfg(feature = "openvidu-meet")]
            Kind::OpenViduMeet(version) => Self::openvidu_meet(version),
            #[cfg(feature = "plugnmeet")]
            Kind::PlugNmeet => Self::behind_host(kind, PlugNmeet),
            #[cfg(feature = "whereby")]
            Kind::Whereby => Self::behind_host(kind, Whereby),
            #[cfg(feature = "superviz")]
            Kind::SuperViz => Self::behind_host(kind, SuperViz),
        }
    }

    #[cfg(feature = "openvidu-meet")]
    pub fn openvidu_meet(version: Version) -> Self {
        let it = OpenViduMeet::new(version);
        Self { kind: Kind::OpenViduMeet(version), provider: Rc::new(it), sign_in: Rc::new(it) }
    }

    /// Servers that no browser may speak to by itself: whoever stands before them has the session.
    #[cfg(any(feature = "plugnmeet", feature = "whereby", feature = "superviz"))]
    fn behind_host(kind: Kind, provider: impl Provider + 'static) -> Self {
        Self { kind, provider: Rc::new(provider), sign_in: Rc::new(Host) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_known_or_refused() {
        for name in ["plugnmeet", "whereby", "superviz", "openvidu-meet@b", "openvidu-meet@3.9"] {
            assert!(matches!(named(name), Ok(Some(_))), "{name}");
        }
        for name in ["", "openvidu-meet"] {
            assert!(matches!(named(name), Ok(None)), "{name}");
        }
        for name in ["zoom", "openvidu-meet@2", "whereby@1", "@3.4"] {
            assert!(matches!(named(name), Err(Error::Unsupported)), "{name}");
        }
    }
}
