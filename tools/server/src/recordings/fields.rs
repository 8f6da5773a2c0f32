//! Which fields of a recording an answer has: `fields`, since 3.8 also the header `X-Fields`.

use axum::http::HeaderMap;
use serde_json::{Map, Value};

use crate::config::Dialect;
use crate::query::{Query, keep_fields};

const KNOWN: [&str; 14] = [
    "recordingId",
    "roomId",
    "roomName",
    "status",
    "layout",
    "encoding",
    "filename",
    "startDate",
    "endDate",
    "duration",
    "size",
    "errorCode",
    "error",
    "details",
];

/// The fields asked for; `None` for all.
pub struct Fields(Option<Vec<String>>);

impl Fields {
    pub const ALL: Self = Self(None);

    pub fn read(query: &Query, headers: &HeaderMap, dialect: Dialect) -> Self {
        Self(query.fields_and(headers, "x-fields", dialect, &KNOWN))
    }

    pub fn keep(&self, info: &mut Map<String, Value>) {
        keep_fields(info, self.0.as_deref());
    }
}
