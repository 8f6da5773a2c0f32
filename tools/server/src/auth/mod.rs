//! Who is calling: the credentials of a request and the chains in which the real server tries them.
//! A missing credential passes on to the next one; an invalid one ends the chain with its own error.

use std::convert::Infallible;

use axum::extract::FromRequestParts;
use axum::http::header;
use axum::http::request::Parts;

use crate::error::{ApiError, ApiResult};
use crate::state::State;
pub use account::Account;
use token::{Kind, Perms};

pub mod account;
pub mod cookie;
pub mod routes;
pub mod token;

/// `authModeToAccessRoom`: who must be signed in to use the secret of a room.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum AuthMode {
    #[default]
    None,
    ModeratorsOnly,
    AllUsers,
}

/// What a recording token lets its bearer do, in one room.
pub struct RoomGrant {
    pub room_id: String,
    pub perms: Perms,
}

pub enum Caller {
    /// The API key or a signed-in administrator.
    Admin,
    /// The bearer of a recording token.
    Room(RoomGrant),
    /// The bearer of a share secret, whose rights ended with the check of the secret.
    Anonymous,
}

impl Caller {
    pub fn may_retrieve(&self) -> ApiResult<()> {
        match self {
            Self::Room(grant) if !grant.perms.can_retrieve_recordings => Err(ApiError::forbidden()),
            _ => Ok(()),
        }
    }

    pub fn may_delete(&self) -> ApiResult<()> {
        match self {
            Self::Room(grant) if !grant.perms.can_delete_recordings => Err(ApiError::forbidden()),
            _ => Ok(()),
        }
    }

    /// The only room whose recordings this caller sees.
    pub fn room(&self) -> Option<&str> {
        match self {
            Self::Room(grant) => Some(&grant.room_id),
            _ => None,
        }
    }

    /// A token of one room opens nothing of another.
    pub fn may_see(&self, room_id: &str) -> ApiResult<()> {
        match self.room() {
            Some(own) if own != room_id => Err(ApiError::forbidden()),
            _ => Ok(()),
        }
    }
}

/// The credentials that came with a request, unchecked.
pub struct Credentials {
    api_key: Option<String>,
    access: Option<String>,
    refresh: Option<String>,
    recording: Option<String>,
}

impl<S: Sync> FromRequestParts<S> for Credentials {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        let cookies = parts.headers.get_all(header::COOKIE).iter();
        let cookies: Vec<&str> = cookies.filter_map(|value| value.to_str().ok()).collect();
        let read = |name| cookie::read(&cookies, name);
        Ok(Self {
            api_key: parts
                .headers
                .get("x-api-key")
                .map(|value| value.to_str().unwrap_or_default().to_owned()),
            access: read(cookie::ACCESS),
            refresh: read(cookie::REFRESH),
            recording: read(cookie::RECORDING),
        })
    }
}

impl Credentials {
    /// API key, then a signed-in administrator, then a recording token.
    pub fn for_recordings(&self, state: &State) -> ApiResult<Caller> {
        if let Some(caller) = self.api_key(state)? {
            return Ok(caller);
        }
        let user = self.user_if_any(state)?;
        if user.is_some_and(|account| account.is_admin) {
            return Ok(Caller::Admin);
        }
        match &self.recording {
            Some(token) => {
                let claims = state.tokens.verify(token, Kind::Recording);
                let claims = claims.ok_or_else(ApiError::invalid_token)?;
                Ok(Caller::Room(RoomGrant { perms: claims.perms(), room_id: claims.room() }))
            }
            None if user.is_some() => Err(ApiError::forbidden()),
            None => Err(ApiError::unauthorized()),
        }
    }

    /// API key, then a signed-in administrator.
    pub fn for_rooms(&self, state: &State) -> ApiResult<()> {
        if self.api_key(state)?.is_some() {
            return Ok(());
        }
        match self.user(state)? {
            account if account.is_admin => Ok(()),
            _ => Err(ApiError::forbidden()),
        }
    }

    /// Anybody signed in.
    pub fn user(&self, state: &State) -> ApiResult<&'static Account> {
        self.user_if_any(state)?.ok_or_else(ApiError::unauthorized)
    }

    fn user_if_any(&self, state: &State) -> ApiResult<Option<&'static Account>> {
        let Some(token) = &self.access else {
            return Ok(None);
        };
        let claims = state.tokens.verify(token, Kind::Access);
        let claims = claims.ok_or_else(ApiError::invalid_token)?;
        match Account::named(&claims.sub) {
            Some(account) => Ok(Some(account)),
            None => Err(invalid_subject()),
        }
    }

    fn api_key(&self, state: &State) -> ApiResult<Option<Caller>> {
        match (&self.api_key, &state.config.api_key) {
            (None, _) => Ok(None),
            (Some(_), None) => Err(ApiError::authentication(
                "There are no API keys configured yet. Please, create one to access the API",
            )),
            (Some(given), Some(key)) if given == key => Ok(Some(Caller::Admin)),
            _ => Err(ApiError::authentication("Invalid API key")),
        }
    }
}

fn invalid_subject() -> ApiError {
    ApiError { message: "Invalid token subject".to_owned(), ..ApiError::forbidden() }
}
