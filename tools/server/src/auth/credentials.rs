//! The credentials of a request and the chains in which each generation tries them. A missing credential passes on to
//! the next one; what an invalid one does has changed twice.

use std::convert::Infallible;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, header};

use crate::auth::token::{Claims, Kind};
use crate::auth::{Account, Caller, RoomGrant, cookie, invalid_subject, refused_refresh};
use crate::config::{AuthTransport, Dialect};
use crate::error::{ApiError, ApiResult};
use crate::query::Query;
use crate::state::{Shared, State};

/// What came with a request, unchecked.
pub struct Credentials {
    api_key: Option<String>,
    access: Option<String>,
    refresh: Option<String>,
    room: Option<String>,
}

impl FromRequestParts<Shared> for Credentials {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &Shared) -> Result<Self, Infallible> {
        let headers = &parts.headers;
        let api_key = headers.get("x-api-key");
        let api_key = api_key.map(|value| value.to_str().unwrap_or_default().to_owned());
        let cookies = headers.get_all(header::COOKIE).iter();
        let cookies: Vec<&str> = cookies.filter_map(|value| value.to_str().ok()).collect();
        let query = Query::of(&parts.uri);
        let read = |kind| match state.config.transport() {
            AuthTransport::Cookie => cookie::read(&cookies, kind),
            AuthTransport::Header => read_header(headers, &query, kind, state.config.dialect),
        };
        Ok(Self {
            api_key,
            access: read(Kind::Access),
            refresh: read(Kind::Refresh),
            room: read(Kind::Room),
        })
    }
}

/// A token in its header, or in the query, where `<video src>` can put it.
fn read_header(headers: &HeaderMap, query: &Query, kind: Kind, dialect: Dialect) -> Option<String> {
    let (header, parameter) = match kind {
        Kind::Access => ("authorization", Some("accessToken")),
        Kind::Refresh => ("x-refresh-token", None),
        Kind::Room if dialect >= Dialect::V35 => ("x-room-member-token", Some("roomMemberToken")),
        Kind::Room => ("x-recording-token", Some("recordingToken")),
    };
    // Without `Bearer ` it counts as missing.
    let value = headers.get(header).and_then(|value| value.to_str().ok()?.strip_prefix("Bearer "));
    let value = value.or_else(|| query.get(parameter?));
    value.filter(|value| !value.is_empty()).map(str::to_owned)
}

type Attempt = ApiResult<Option<Caller>>;

impl Credentials {
    /// API key, administrator, token of a room; from 3.8 on API key, token of a room, anybody signed in.
    pub fn for_recordings(&self, state: &State) -> ApiResult<Caller> {
        let dialect = state.config.dialect;
        let key: &dyn Fn() -> Attempt = &|| self.api_key(state);
        let admin: &dyn Fn() -> Attempt = &|| match self.signed_in(state)? {
            Some(Caller::User) => Err(ApiError::forbidden()),
            caller => Ok(caller),
        };
        let user: &dyn Fn() -> Attempt = &|| self.signed_in(state);
        let room: &dyn Fn() -> Attempt = &|| self.room_token(state);
        match dialect {
            // A has no tokens of rooms.
            Dialect::A => first_of(&[key, admin], |_| true),
            // A token that is no good ends the chain, a user who is no administrator does not.
            Dialect::B | Dialect::V34 | Dialect::V341 => {
                first_of(&[key, admin, room], |error| error.status == StatusCode::UNAUTHORIZED)
            }
            Dialect::V35 | Dialect::V37 => first_of(&[key, admin, room], |_| false),
            _ => first_of(&[key, room, user], |_| true),
        }
    }

    /// For what is done to rooms: API key, then an administrator.
    pub fn for_rooms(&self, state: &State) -> ApiResult<()> {
        if self.api_key(state)?.is_some() {
            return Ok(());
        }
        match self.signed_in(state)? {
            Some(Caller::Admin) => Ok(()),
            Some(_) => Err(ApiError::forbidden()),
            None => Err(ApiError::unauthorized()),
        }
    }

    /// For listing rooms: as above, from 3.8 on anybody signed in.
    pub fn for_listing_rooms(&self, state: &State) -> ApiResult<Caller> {
        if state.config.dialect >= Dialect::V38 {
            first_of(&[&|| self.api_key(state), &|| self.signed_in(state)], |_| true)
        } else {
            self.for_rooms(state).map(|()| Caller::Admin)
        }
    }

    /// For reading one room, which from 3.5 on whoever may see its recordings may.
    pub fn for_reading_room(&self, state: &State) -> ApiResult<Caller> {
        if state.config.dialect >= Dialect::V35 {
            self.for_recordings(state)
        } else {
            self.for_rooms(state).map(|()| Caller::Admin)
        }
    }

    /// For starting and stopping recordings: API key, then a token of a room. Administrators are not asked for.
    pub fn for_recording(&self, state: &State) -> ApiResult<Caller> {
        first_of(&[&|| self.api_key(state), &|| self.room_token(state)], |_| {
            state.config.dialect >= Dialect::V38
        })
    }

    /// Anybody signed in.
    pub fn user(&self, state: &State) -> ApiResult<&'static Account> {
        self.user_if_any(state)?.ok_or_else(ApiError::unauthorized)
    }

    /// What the refresh token says.
    pub fn refresh(&self, state: &State) -> ApiResult<Claims> {
        let token = self.refresh.as_deref();
        let token = token.ok_or_else(|| refused_refresh("No refresh token provided"))?;
        let claims = state.tokens.verify(token, Kind::Refresh);
        claims.ok_or_else(|| refused_refresh("Invalid refresh token"))
    }

    fn user_if_any(&self, state: &State) -> ApiResult<Option<&'static Account>> {
        let Some(token) = &self.access else {
            return Ok(None);
        };
        let claims = state.tokens.verify(token, Kind::Access);
        let claims = claims.ok_or_else(ApiError::invalid_token)?;
        Account::named(&claims.sub).map(Some).ok_or_else(invalid_subject)
    }

    fn signed_in(&self, state: &State) -> Attempt {
        Ok(self.user_if_any(state)?.map(|account| match account.is_admin {
            true => Caller::Admin,
            false => Caller::User,
        }))
    }

    fn room_token(&self, state: &State) -> Attempt {
        let Some(token) = &self.room else {
            return Ok(None);
        };
        let claims = state.tokens.verify(token, Kind::Room);
        let claims = claims.ok_or_else(ApiError::invalid_token)?;
        let grant = RoomGrant { rights: claims.rights(), room_id: claims.room() };
        if state.config.dialect >= Dialect::V38 {
            // A change of the room's roles or access ends its tokens, and so does its end.
            let world = state.world();
            let room = world.rooms.get(grant.room_id.as_str());
            room.filter(|room| claims.issued >= room.roles_updated)
                .ok_or_else(ApiError::invalid_token)?;
        }
        Ok(Some(Caller::Room(grant)))
    }

    fn api_key(&self, state: &State) -> Attempt {
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

/// The first credential that is there and good. One that is no good ends the search when `ends` says so; else its
/// error is the answer only if nothing after it is good.
fn first_of(
    attempts: &[&dyn Fn() -> Attempt],
    ends: impl Fn(&ApiError) -> bool,
) -> ApiResult<Caller> {
    let mut refusal = ApiError::unauthorized();
    for attempt in attempts {
        match attempt() {
            Ok(Some(caller)) => return Ok(caller),
            Ok(None) => {}
            Err(error) if ends(&error) => return Err(error),
            Err(error) => refusal = error,
        }
    }
    Err(refusal)
}
