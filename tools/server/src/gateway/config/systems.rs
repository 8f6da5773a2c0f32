//! The sections `[systems.NAME]`: which keys each provider needs.

use toml::Spanned;

use super::check::Checker;
use super::file::{System as Written, Text};
use super::{SuperVizAccess, System, Vendor, syntax};
use crate::config::Dialect;

const PROVIDERS: &str = "openvidu-meet, plugnmeet, whereby, superviz";

pub fn check(checker: &mut Checker<'_>, written: &Spanned<Written>) -> Option<System> {
    let system = written.get_ref();
    let url = checker.read(&system.url, syntax::base_url);
    let media_origins = checker.origins(&system.media_origins, true);
    let mut keys = Keys::new(checker, written);
    let vendor = match system.provider.get_ref().as_str() {
        "openvidu-meet" => keys.open_vidu_meet(),
        "plugnmeet" => keys.plug_n_meet(),
        "whereby" => keys.whereby(),
        "superviz" => keys.super_viz(),
        _ => {
            checker.mistake(system.provider.span(), format!("expected one of {PROVIDERS}"));
            return None;
        }
    };
    keys.refuse_the_rest();
    if let Some(Vendor::Whereby { .. }) = vendor
        && url.as_ref().is_some_and(|url| url.path.ends_with("/v1"))
    {
        checker.mistake(system.url.span(), "expected the address without /v1: paths begin with it");
    }
    Some(System { vendor: vendor?, url: url?, media_origins })
}

/// The keys of one section that only some providers have, and which of them were asked for.
struct Keys<'a, 'c, 't> {
    checker: &'c mut Checker<'t>,
    section: &'a Spanned<Written>,
    known: Vec<&'static str>,
}

impl<'a, 'c, 't> Keys<'a, 'c, 't> {
    fn new(checker: &'c mut Checker<'t>, section: &'a Spanned<Written>) -> Self {
        Self { checker, section, known: Vec::new() }
    }

    fn all(&self) -> [(&'static str, Option<&'a Text>); 7] {
        let it = self.section.get_ref();
        [
            ("dialect", it.dialect.as_ref()),
            ("api_key", it.api_key.as_ref()),
            ("key", it.key.as_ref()),
            ("secret", it.secret.as_ref()),
            ("client_id", it.client_id.as_ref()),
            ("email", it.email.as_ref()),
            ("password", it.password.as_ref()),
        ]
    }

    fn written(&mut self, name: &'static str) -> Option<&'a Text> {
        self.known.push(name);
        let is_written = self.all().into_iter().find(|(it, _)| *it == name);
        let written = is_written.and_then(|(_, text)| text);
        if written.is_none() {
            let provider = self.section.get_ref().provider.get_ref();
            let message = format!("{provider} needs `{name}`");
            self.checker.mistake(self.section.span(), message);
        }
        written
    }

    fn secret(&mut self, name: &'static str) -> Option<String> {
        let text = self.written(name)?;
        self.checker.secret(text)
    }

    fn open_vidu_meet(&mut self) -> Option<Vendor> {
        let dialect = self.written("dialect").and_then(|text| {
            self.checker.read(text, |name| {
                let known = Dialect::named(name).filter(|dialect| dialect.is_openvidu_meet());
                known.ok_or_else(|| {
                    let all = Dialect::ALL.iter().filter(|(dialect, _)| dialect.is_openvidu_meet());
                    let names: Vec<&str> = all.map(|(_, name)| *name).collect();
                    format!("expected the server's version, one of {}", names.join(", "))
                })
            })
        });
        let api_key = self.secret("api_key");
        Some(Vendor::OpenViduMeet { dialect: dialect?, api_key: api_key? })
    }

    fn plug_n_meet(&mut self) -> Option<Vendor> {
        let (key, secret) = (self.secret("key"), self.secret("secret"));
        Some(Vendor::PlugNmeet { key: key?, secret: secret? })
    }

    fn whereby(&mut self) -> Option<Vendor> {
        self.secret("api_key").map(|api_key| Vendor::Whereby { api_key })
    }

    /// Two generations, told apart by which keys there are.
    fn super_viz(&mut self) -> Option<Vendor> {
        let access = if self.section.get_ref().email.is_some() {
            let (email, password) = (self.secret("email"), self.secret("password"));
            let api_key = self.secret("api_key");
            SuperVizAccess::Login { email: email?, password: password?, api_key: api_key? }
        } else {
            let (client_id, secret) = (self.secret("client_id"), self.secret("secret"));
            SuperVizAccess::Key { client_id: client_id?, secret: secret? }
        };
        Some(Vendor::SuperViz(access))
    }

    fn refuse_the_rest(self) {
        let provider = self.section.get_ref().provider.get_ref();
        for (name, text) in self.all() {
            if let Some(text) = text
                && !self.known.contains(&name)
            {
                let known = self.known.join(", ");
                let message = format!("`{name}` is not a key of {provider}, which has {known}");
                self.checker.mistake(text.span(), message);
            }
        }
    }
}
