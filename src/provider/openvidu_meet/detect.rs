//! Which generation of OpenVidu Meet answers: told apart by which routes are there, which works
//! before anybody has signed in (a route that is there answers 401, one that is not 404).

use super::{OpenViduMeet, Version};
use crate::{
    model::{Error, Json, Query, Unexpected},
    provider::{
        Provider,
        http::{Answer, Body, Request},
    },
};

/// Asks one question after the other until the version is known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Detector {
    question: Question,
    /// Whether requests carry a token: who is let in without one has a cookie.
    has_token: bool,
    /// Rows that the list is asked for.
    size: Option<u32>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Question {
    /// Is the API at the root? Asked by listing, so that the answer is not for nothing.
    #[default]
    AtRoot,
    /// Has it what came with 3.5?
    Analytics,
    /// Is it below `/meet`? There the first and the latest versions are.
    BelowMeet,
    /// Has it the users of 3.8?
    Users,
    /// Has it the download route of 3.9?
    Download,
}

impl Detector {
    /// `size`: rows of one page, where fewer are wanted than the server gives.
    pub fn new(has_token: bool, size: Option<u32>) -> Self {
        Self { has_token, size, ..Self::default() }
    }

    pub fn is_at_root(&self) -> bool {
        self.question == Question::AtRoot
    }

    pub fn request(&self) -> Request {
        let list = |version| {
            OpenViduMeet::new(version).list(&Query { size: self.size, ..Query::default() }, None)
        };
        match self.question {
            Question::AtRoot => list(Version::V341),
            Question::Analytics => Request::get("/internal-api/v1/analytics".to_owned()),
            Question::BelowMeet => list(Version::V37),
            Question::Users => Request::get("/meet/internal-api/v1/users/me".to_owned()),
            // No recording has such an id, which 3.9 says before it asks who wants to know.
            Question::Download => Request::get("/meet/api/v1/recordings/x/download".to_owned()),
        }
    }

    /// Takes the answer to [`Self::request`]: the version, or `None` when there is another question.
    ///
    /// # Errors
    /// When nothing of what was tried is there, or the server is not able to answer now.
    pub fn answered(&mut self, answer: &Answer) -> Result<Option<Version>, Error> {
        if answer.status == 429 || answer.status >= 500 {
            return Err(answer.error());
        }
        let is_page = answer.is_success() && matches!(answer.body, Body::Text(_));
        if is_page && answer.json() == Err(Error::Unexpected(Unexpected::NotJson)) {
            return Err(Error::Unexpected(Unexpected::NotJson));
        }
        let is_there = is_there(answer);
        self.question = match (self.question, is_there) {
            // Later servers know no cookies; who reads older answers reads all of those.
            (Question::AtRoot, true) if answer.is_success() && !self.has_token => {
                return Ok(Some(Version::V341));
            }
            (Question::AtRoot, true) => Question::Analytics,
            (Question::AtRoot, false) => Question::BelowMeet,
            (Question::Analytics, true) => return Ok(Some(Version::V35)),
            (Question::Analytics, false) => return Ok(Some(Version::V341)),
            (Question::BelowMeet, true) if is_first(answer) => return Ok(Some(Version::A)),
            (Question::BelowMeet, true) => Question::Users,
            // Something in front lets nobody through, and it is not ours to sign in there.
            (Question::BelowMeet, false) if matches!(answer.status, 401 | 403) => {
                return Err(match answer.body {
                    Body::Text(_) => Error::Unexpected(Unexpected::Html),
                    _ => Error::Forbidden,
                });
            }
            (Question::BelowMeet, false) if matches!(answer.body, Body::Text(_)) => {
                answer.json()?;
                return Err(Error::Unexpected(Unexpected::NoApi));
            }
            (Question::BelowMeet, false) => return Err(Error::Unexpected(Unexpected::NoApi)),
            (Question::Users, true) => Question::Download,
            (Question::Users, false) => return Ok(Some(Version::V37)),
            (Question::Download, true) => return Ok(Some(Version::V39)),
            (Question::Download, false) => return Ok(Some(Version::V38)),
        };
        Ok(None)
    }
}

impl OpenViduMeet {
    /// What tells a server with 3.4's settings of rooms (`/config`) from the one before it.
    pub fn asks_for_configs() -> Request {
        // No room has such an id; the question is whether the route is there.
        Request::get("/api/v1/rooms/x/config".to_owned())
    }

    /// # Errors
    /// When the server is not able to answer now.
    pub fn has_configs(answer: &Answer) -> Result<bool, Error> {
        if answer.status == 429 || answer.status >= 500 {
            return Err(answer.error());
        }
        let Body::Json(json) = &answer.body else { return Ok(false) };
        let error = json.field("error").and_then(Json::as_text);
        Ok(answer.status != 404 || error != Some("Path Not Found"))
    }
}

/// Whether a route answered, be it with a refusal. Pages and other texts are somebody else's.
fn is_there(answer: &Answer) -> bool {
    match answer.body {
        Body::Json(_) => !matches!(answer.status, 404 | 405),
        Body::Empty => answer.is_success(),
        Body::Text(_) | Body::Media(_) => false,
    }
}

/// The first generation lists bare arrays, and its errors are nothing but a message.
fn is_first(answer: &Answer) -> bool {
    let Body::Json(json) = &answer.body else { return false };
    if answer.is_success() { json.as_list().is_some() } else { json.field("error").is_none() }
}
