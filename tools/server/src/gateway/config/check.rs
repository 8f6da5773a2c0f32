//! From the file as written to the configuration as meant. Every value is looked at, so that one run tells all mistakes.

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::PathBuf;
use std::time::Duration;

use axum::http::HeaderName;
use ipnet::IpNet;

use super::file::{File, Number, Text};
use super::{
    AppConfig, GatewayConfig, Limits, Mistake, SessionConfig, System, TrustedHeader, secrets,
    syntax, systems, users,
};
use crate::gateway::origin::Origin;

const DEFAULT_LISTEN: &str = "localhost:7080";
const DEFAULT_HOURS: u32 = 12;
/// Bytes of the key that signs the sessions.
const SHORTEST_KEY: usize = 32;

/// Collects the mistakes of one file.
pub struct Checker<'a> {
    text: &'a str,
    variable: &'a dyn Fn(&str) -> Option<String>,
    mistakes: Vec<Mistake>,
}

pub fn check(
    file: File,
    text: &str,
    variable: &dyn Fn(&str) -> Option<String>,
) -> Result<GatewayConfig, Vec<Mistake>> {
    let mut checker = Checker { text, variable, mistakes: Vec::new() };
    let config = checker.file(&file);
    match config {
        Some(config) if checker.mistakes.is_empty() => Ok(config),
        _ => {
            checker.mistakes.sort_by_key(|mistake| (mistake.line, mistake.column));
            Err(checker.mistakes)
        }
    }
}

impl Checker<'_> {
    pub fn mistake(&mut self, span: Range<usize>, message: impl Into<String>) {
        self.mistakes.push(Mistake::at(self.text, &span, message.into()));
    }

    /// The text with its environment variables.
    pub fn text(&mut self, text: &Text) -> Option<String> {
        self.read(text, |expanded| Ok(expanded.to_owned()))
    }

    /// What `read` makes of the text; its error is a mistake at the place of the text.
    pub fn read<T>(&mut self, text: &Text, read: impl Fn(&str) -> Result<T, String>) -> Option<T> {
        match secrets::expand(text.get_ref(), self.variable).and_then(|text| read(&text)) {
            Ok(value) => Some(value),
            Err(message) => {
                self.mistake(text.span(), message);
                None
            }
        }
    }

    pub fn secret(&mut self, text: &Text) -> Option<String> {
        self.read(text, |secret| syntax::header_secret(secret).map(|()| secret.to_owned()))
    }

    fn networks(&mut self, list: &[Text]) -> Vec<IpNet> {
        list.iter().filter_map(|text| self.read(text, syntax::network)).collect()
    }

    pub fn origins(&mut self, list: &[Text], with_patterns: bool) -> Vec<Origin> {
        let read = |text: &str| match with_patterns {
            true => Origin::parse_pattern(text).ok_or_else(|| {
                "expected an origin such as \"https://s3.example.com\" or \"https://*.example.com\""
                    .to_owned()
            }),
            false => Origin::parse(text)
                .ok_or_else(|| "expected an origin such as \"https://app.example.org\"".to_owned()),
        };
        list.iter().filter_map(|text| self.read(text, read)).collect()
    }

    fn number(&mut self, number: Option<&Number>, default: u32, most: u32) -> u32 {
        let Some(number) = number else { return default };
        let value = *number.get_ref();
        if value == 0 || value > most {
            self.mistake(number.span(), format!("expected a number from 1 to {most}"));
        }
        value
    }

    fn file(&mut self, file: &File) -> Option<GatewayConfig> {
        let listen = match &file.listen {
            Some(text) => self.read(text, syntax::socket_address),
            None => syntax::socket_address(DEFAULT_LISTEN).ok(),
        };
        let session = self.session(file);
        let systems = self.systems(file);
        let app = file.app.as_ref().map(|app| self.app(app, file));
        let trusted_header = file.trusted_header.as_ref().map(|header| self.header(header));
        let config = GatewayConfig {
            listen: listen?,
            allowed_origins: self.origins(&file.allowed_origins, false),
            trusted_proxies: self.networks(&file.trusted_proxies),
            limits: self.limits(&file.limits),
            users: users::check(self, file),
            session: session?,
            app: app.flatten(),
            trusted_header: trusted_header.flatten(),
            systems,
            log: true,
        };
        Some(config)
    }

    fn session(&mut self, file: &File) -> Option<SessionConfig> {
        let hours = self.number(file.session.hours.as_ref(), DEFAULT_HOURS, 24 * 365);
        let key = self.read(&file.session.key, |key| match key.len() {
            SHORTEST_KEY.. => Ok(key.as_bytes().to_vec()),
            _ => Err(format!(
                "expected at least {SHORTEST_KEY} random characters, such as `openssl rand -hex 32` prints"
            )),
        });
        Some(SessionConfig {
            key: key?,
            life: Duration::from_secs(u64::from(hours) * 3600),
            secure: file.session.secure.unwrap_or(true),
        })
    }

    fn systems(&mut self, file: &File) -> BTreeMap<String, System> {
        if file.systems.get_ref().is_empty() {
            self.mistake(file.systems.span(), "expected at least one [systems.NAME]");
        }
        let mut systems = BTreeMap::new();
        for (name, system) in file.systems.get_ref() {
            if let Err(message) = syntax::system_name(name.get_ref()) {
                self.mistake(name.span(), message);
            }
            if let Some(system) = systems::check(self, system) {
                systems.insert(name.get_ref().clone(), system);
            }
        }
        systems
    }

    fn app(&mut self, app: &super::file::App, file: &File) -> Option<AppConfig> {
        let dir = self.text(&app.dir).map(PathBuf::from);
        if let Some(dir) = &dir
            && !dir.join("index.html").is_file()
        {
            self.mistake(
                app.dir.span(),
                "expected the directory of the built app, which has an index.html",
            );
        }
        let names: Vec<&str> =
            file.systems.get_ref().keys().map(|name| name.get_ref().as_str()).collect();
        let system = match (&app.system, names.as_slice()) {
            (Some(system), names) if names.contains(&system.get_ref().as_str()) => system.get_ref(),
            (None, [only]) => *only,
            (system, names) => {
                let place = system.as_ref().unwrap_or(&app.dir).span();
                let names = names.join(", ");
                self.mistake(place, format!("expected `system` to be one of: {names}"));
                return None;
            }
        };
        Some(AppConfig { dir: dir?, system: system.to_owned() })
    }

    fn header(&mut self, header: &super::file::TrustedHeader) -> Option<TrustedHeader> {
        let name = self.read(&header.name, |name| {
            name.parse::<HeaderName>()
                .map_err(|_| "expected the name of a header, such as \"X-Remote-User\"".to_owned())
        });
        if header.from.get_ref().is_empty() {
            self.mistake(header.from.span(), "expected the address of the reverse proxy");
        }
        let from = self.networks(header.from.get_ref());
        Some(TrustedHeader { name: name?, from })
    }

    fn limits(&mut self, limits: &super::file::Limits) -> Limits {
        let default = Limits::default();
        let kb = (default.body / 1024) as u32;
        let mb = (default.answer / 1024 / 1024) as u32;
        let seconds = default.upstream.as_secs() as u32;
        let requests = default.requests_per_minute;
        Limits {
            body: self.number(limits.body_kb.as_ref(), kb, 10 * 1024) as usize * 1024,
            requests_per_minute: self.number(
                limits.requests_per_minute.as_ref(),
                requests,
                1_000_000,
            ),
            login_attempts: self.number(
                limits.login_attempts.as_ref(),
                default.login_attempts,
                1000,
            ),
            upstream: Duration::from_secs(
                self.number(limits.upstream_seconds.as_ref(), seconds, 600).into(),
            ),
            answer: self.number(limits.answer_mb.as_ref(), mb, 1024) as usize * 1024 * 1024,
        }
    }
}
