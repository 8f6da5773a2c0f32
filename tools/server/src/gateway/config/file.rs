//! The file as it is written: its keys and their types, each with its place. What the values mean is not known here.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

use super::Mistake;

pub type Text = Spanned<String>;
pub type Number = Spanned<u32>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct File {
    pub listen: Option<Text>,
    #[serde(default)]
    pub allowed_origins: Vec<Text>,
    #[serde(default)]
    pub trusted_proxies: Vec<Text>,
    pub session: Session,
    pub app: Option<App>,
    pub trusted_header: Option<TrustedHeader>,
    #[serde(default)]
    pub limits: Limits,
    pub systems: Spanned<BTreeMap<Text, Spanned<System>>>,
    pub users: Spanned<Vec<Spanned<User>>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Session {
    pub key: Text,
    pub hours: Option<Number>,
    pub secure: Option<bool>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct App {
    pub dir: Text,
    pub system: Option<Text>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TrustedHeader {
    pub name: Text,
    pub from: Spanned<Vec<Text>>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Limits {
    pub body_kb: Option<Number>,
    pub requests_per_minute: Option<Number>,
    pub login_attempts: Option<Number>,
    pub upstream_seconds: Option<Number>,
    pub answer_mb: Option<Number>,
}

/// The keys of all providers; which of them belong to which is checked later, for a better message.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct System {
    pub provider: Text,
    pub url: Text,
    #[serde(default)]
    pub media_origins: Vec<Text>,
    pub dialect: Option<Text>,
    pub api_key: Option<Text>,
    pub key: Option<Text>,
    pub secret: Option<Text>,
    pub client_id: Option<Text>,
    pub email: Option<Text>,
    pub password: Option<Text>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct User {
    pub name: Text,
    pub password: Option<Text>,
    #[serde(default)]
    pub systems: BTreeMap<Text, Grant>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Grant {
    #[serde(default)]
    pub rights: Vec<Text>,
    pub rooms: Option<Spanned<Vec<Text>>>,
}

impl File {
    pub fn parse(text: &str) -> Result<Self, Vec<Mistake>> {
        toml::from_str(text).map_err(|error| {
            let span = error.span().unwrap_or_default();
            // What `message` says fits on a line, but for hints below.
            let message = error.message().trim().replace('\n', "; ");
            vec![Mistake::at(text, &span, message)]
        })
    }
}
