//! Changing the password of who is signed in.

use std::rc::Rc;

use super::connection::{Auth, Client};
use crate::{
    model::Error,
    provider::{self, Request},
};

impl Client {
    pub fn can_change_password(&self) -> bool {
        self.password_change("", "").is_some()
    }

    /// `BadCredentials` when `current` is not the password, `Invalid` when the server does not want `new`.
    pub async fn change_password(self: &Rc<Self>, current: &str, new: &str) -> Result<(), Error> {
        self.dialect().await?;
        let request = self.password_change(current, new).ok_or(Error::Unsupported)?;
        provider::read_password_change(&self.ask(request).await?)
    }

    /// Behind a gateway people are the gateway's, which has their passwords from its configuration.
    fn password_change(&self, current: &str, new: &str) -> Option<Request> {
        match self.auth {
            Auth::Server | Auth::Token(_) => provider::change_password(self.kind()?, current, new),
            Auth::Gateway(_) | Auth::Room { .. } => None,
        }
    }
}
