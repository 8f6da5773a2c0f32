//! The servers of other vendors, each with its own paths, shapes and manners, over the same sample recordings.
//! What they answer follows `reference/other-providers-api.md`.

use axum::Router;

use crate::config::Dialect;
use crate::recordings::model::Recording;
use crate::sample::Sample;
use crate::state::{Clock, Shared};
use catalogue::Catalogue;

mod catalogue;
mod cors;
mod crypto;
mod dates;
mod plugnmeet;
mod ranges;
pub mod secrets;
mod storage;
mod superviz;
mod whereby;

/// The API of the vendor's server, with what it answers on unknown paths; `None` for OpenVidu Meet.
pub fn router(dialect: Dialect) -> Option<Router<Shared>> {
    match dialect {
        Dialect::PlugNmeet => Some(plugnmeet::router()),
        Dialect::Whereby => Some(whereby::router()),
        Dialect::SuperViz => Some(superviz::router()),
        _ => None,
    }
}

/// What a vendor's server keeps beside the recordings.
#[derive(Default)]
pub struct World {
    /// When the clock began, in milliseconds since 1970.
    start: i64,
    catalogue: Catalogue,
    plugnmeet: plugnmeet::Changes,
    whereby: whereby::Changes,
}

impl World {
    /// `start`: when the clock begins, in milliseconds since 1970.
    pub fn new(dialect: Dialect, start: i64, sample: &Sample) -> Self {
        if dialect.is_openvidu_meet() {
            return Self::default();
        }
        Self {
            start,
            catalogue: Catalogue::new(sample, start),
            plugnmeet: plugnmeet::Changes::default(),
            whereby: whereby::Changes::new(sample, start),
        }
    }

    /// Lists a recording that has come since the start.
    pub fn add(&mut self, key: &str, recording: &Recording) {
        self.catalogue.add_finished(key, recording);
    }

    /// The vendor's time of day, in milliseconds since 1970: links and tokens end with the clock of the sample, which
    /// tests can advance.
    fn now(&self, clock: &Clock) -> i64 {
        self.start + clock.now()
    }
}
