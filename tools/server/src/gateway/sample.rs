//! A gateway in front of the sample server, for the demo and the tests: `admin`, password `admin`, may do everything;
//! `user`, password `user1`, may look and play.

use std::collections::{BTreeMap, BTreeSet};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use argon2::password_hash::PasswordHasher;
use argon2::{Algorithm, Argon2, Params, Version};

use super::config::{
    AppConfig, GatewayConfig, Grant, Limits, Right, SessionConfig, SuperVizAccess, System, User,
    Vendor, base_url,
};
use super::{Gateway, GatewayError, Origin};
use crate::config::Dialect;
use crate::server::Server;
use crate::vendors::secrets;

/// What the sample server is called.
const SYSTEM: &str = "demo";

impl Gateway {
    /// Forwards to `server` under the name `demo`, with its secrets; `app` is the directory of the built app.
    ///
    /// # Errors
    /// As [`Gateway::start`].
    pub async fn in_front_of(
        server: &Server,
        app: Option<PathBuf>,
        addr: SocketAddr,
    ) -> Result<Self, GatewayError> {
        let mut key = vec![0; 32];
        getrandom::fill(&mut key).map_err(|error| GatewayError::NoRandom(error.to_string()))?;
        let unreachable = || GatewayError::Url(server.url().to_owned());
        let system = System {
            vendor: vendor(server),
            url: base_url(server.url()).map_err(|_| unreachable())?,
            // Its signed links to films lead to itself.
            media_origins: Origin::parse(server.url()).into_iter().collect(),
        };
        let config = GatewayConfig {
            listen: addr,
            allowed_origins: Vec::new(),
            trusted_proxies: Vec::new(),
            session: SessionConfig {
                key,
                life: Duration::from_secs(12 * 3600),
                // The demo is at http://localhost.
                secure: false,
            },
            app: app.map(|dir| AppConfig { dir, system: SYSTEM.to_owned() }),
            trusted_header: None,
            limits: Limits { requests_per_minute: 100_000, ..Limits::default() },
            systems: BTreeMap::from([(SYSTEM.to_owned(), system)]),
            users: BTreeMap::from([
                ("admin".to_owned(), user("admin", &Right::ALL.map(|(right, _)| right))?),
                ("user".to_owned(), user("user1", &[Right::Play])?),
            ]),
            log: false,
        };
        Self::start(config, addr).await
    }
}

fn vendor(server: &Server) -> Vendor {
    match server.dialect() {
        Dialect::PlugNmeet => Vendor::PlugNmeet {
            key: secrets::PLUGNMEET_KEY.to_owned(),
            secret: secrets::PLUGNMEET_SECRET.to_owned(),
        },
        Dialect::Whereby => Vendor::Whereby { api_key: secrets::WHEREBY_KEY.to_owned() },
        Dialect::SuperViz => Vendor::SuperViz(SuperVizAccess::Key {
            client_id: secrets::SUPERVIZ_CLIENT_ID.to_owned(),
            secret: secrets::SUPERVIZ_SECRET.to_owned(),
        }),
        dialect => Vendor::OpenViduMeet { dialect, api_key: server.api_key().to_owned() },
    }
}

/// These passwords are no secrets, so their hashes may be cheap: a debug build takes seconds for real ones.
fn user(password: &str, rights: &[Right]) -> Result<User, GatewayError> {
    let hash = Params::new(Params::MIN_M_COST, 1, 1, None)
        .map_err(argon2::password_hash::Error::from)
        .and_then(|params| {
            let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
            argon2.hash_password(password.as_bytes())
        })
        .map_err(|error| GatewayError::NoRandom(error.to_string()))?;
    let grant = Grant { rights: rights.iter().copied().collect::<BTreeSet<_>>(), rooms: None };
    Ok(User {
        password: Some(hash.to_string()),
        grants: BTreeMap::from([(SYSTEM.to_owned(), grant)]),
    })
}
