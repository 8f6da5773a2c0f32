//! Which fields of a room an answer has: `fields`; since 3.8 also `X-Fields`, and some fields only when they are asked
//! for as extra ones.

use axum::http::HeaderMap;
use serde_json::{Map, Value, json};

use crate::config::Dialect;
use crate::query::{Query, keep_fields, split};

const EXTRA: [&str; 2] = ["config", "roles"];
const KNOWN: [&str; 12] = [
    "roomId",
    "roomName",
    "owner",
    "creationDate",
    "autoDeletionDate",
    "autoDeletionPolicy",
    "config",
    "roles",
    "access",
    "status",
    "rolesUpdatedAt",
    "meetingEndAction",
];

/// What was asked for.
pub struct Fields {
    names: Option<Vec<String>>,
    extra: Vec<String>,
    dialect: Dialect,
}

impl Fields {
    pub fn read(query: &Query, headers: &HeaderMap, dialect: Dialect) -> Self {
        let mut extra = query.names("extraFields").unwrap_or_default();
        let header = headers.get("x-extrafields").and_then(|value| value.to_str().ok());
        extra.extend(split(header.unwrap_or_default()).map(str::to_owned));
        Self { names: query.fields_and(headers, "x-fields", dialect, &KNOWN), extra, dialect }
    }

    /// Takes out of a room what was not asked for.
    pub fn keep(&self, info: &mut Map<String, Value>) {
        if self.dialect < Dialect::V38 {
            return keep_fields(info, self.names.as_deref());
        }
        match &self.names {
            Some(names) => info.retain(|name, _| names.contains(name) || self.extra.contains(name)),
            None => {
                info.retain(|name, _| !EXTRA.contains(&name.as_str()) || self.extra.contains(name))
            }
        }
    }

    /// Says what can be asked for as extra fields, as every answer with rooms does since 3.9.
    pub fn add_choice(&self, answer: &mut Map<String, Value>) {
        if self.dialect >= Dialect::V39 {
            answer.insert("_extraFields".to_owned(), json!(EXTRA));
        }
    }
}
