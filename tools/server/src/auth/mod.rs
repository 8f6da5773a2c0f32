//! Who is calling and what they may do: callers here, what they bring with them in `credentials`, what it entitles
//! them to in `rights`.

use axum::http::StatusCode;

use crate::error::{ApiError, ApiResult};
use crate::state::World;
pub use account::Account;
pub use credentials::Credentials;
use rights::{Right, Rights};

pub mod account;
pub mod cookie;
mod credentials;
pub mod generation_a;
pub mod limit;
pub mod rights;
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

/// What a token of a room lets its bearer do there.
pub struct RoomGrant {
    pub room_id: String,
    pub rights: Rights,
}

pub enum Caller {
    /// The API key or a signed-in administrator.
    Admin,
    /// Somebody else who is signed in; from 3.8 on each room decides.
    User,
    /// The bearer of a token of a room.
    Room(RoomGrant),
}

impl Caller {
    /// What the caller may do in a room. A token of one room opens nothing of another.
    pub fn rights_in(&self, world: &World, room_id: &str) -> Rights {
        match self {
            Self::Admin => Rights::ALL,
            Self::User => world.rooms.get(room_id).map_or(Rights::NONE, |room| room.user_rights()),
            Self::Room(grant) if grant.room_id == room_id => grant.rights,
            Self::Room(_) => Rights::NONE,
        }
    }

    /// 403 for a token that does not have the right in its own room.
    pub fn check_grant(&self, right: Right) -> ApiResult<()> {
        match self {
            Self::Room(grant) if !grant.rights.has(right) => Err(ApiError::forbidden()),
            _ => Ok(()),
        }
    }

    /// The only room that this caller's token opens.
    pub fn room(&self) -> Option<&str> {
        match self {
            Self::Room(grant) => Some(&grant.room_id),
            _ => None,
        }
    }
}

fn invalid_subject() -> ApiError {
    ApiError { message: "Invalid token subject".to_owned(), ..ApiError::forbidden() }
}

fn refused_refresh(message: &str) -> ApiError {
    ApiError::new(StatusCode::BAD_REQUEST, "Refresh Token Error", message)
}
