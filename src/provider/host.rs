//! A session that is the host page's affair: its own cookie for its own proxy, or a token that it
//! hands over. We sign nobody in or out.

use super::{
    SignIn, Tokens,
    http::{Answer, Request},
};
use crate::model::{Error, Secret};

pub struct Host;

impl SignIn for Host {
    fn sign_in(&self, _user: &str, _password: &str) -> Option<Request> {
        None
    }

    fn read_sign_in(&self, _answer: &Answer) -> Result<Tokens, Error> {
        Err(Error::Unsupported)
    }

    fn who(&self) -> Option<Request> {
        None
    }

    fn refresh(&self, _tokens: &Tokens) -> Option<Request> {
        None
    }

    fn read_refresh(&self, _answer: &Answer) -> Result<Tokens, Error> {
        Err(Error::SignedOut)
    }

    fn sign_out(&self) -> Option<Request> {
        None
    }

    fn authorize(&self, tokens: &Tokens, request: &mut Request) {
        if let Some(token) = &tokens.access {
            let value = Secret::new(format!("Bearer {}", token.expose()));
            request.headers.push(("authorization", value));
        }
    }
}
