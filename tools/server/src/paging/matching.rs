//! The filter by room name: a regular expression up to 3.7, whatever the client meant; a choice of modes since.

use regex::{Regex, RegexBuilder};

use crate::config::Dialect;
use crate::error::{ApiError, ApiResult};
use crate::query::Query;

/// The filter in `roomName`, if there is one.
///
/// # Errors
/// For a bad regular expression: from 3.8 on 422, before it 500, because nobody looked at it until it was used.
/// `operation` is what the server was doing then.
pub fn room_name(query: &Query, dialect: Dialect, operation: &str) -> ApiResult<Option<Regex>> {
    let Some(name) = query.get("roomName").filter(|name| !name.is_empty()) else {
        return Ok(None);
    };
    if dialect < Dialect::V38 {
        let regex = RegexBuilder::new(name).case_insensitive(true).build();
        return regex.map(Some).map_err(|_| ApiError::internal(operation));
    }
    let literal = regex::escape(name);
    let pattern = match query.get("roomNameMatchMode") {
        None | Some("exact") => format!(r"\A{literal}\z"),
        Some("prefix") => format!(r"\A{literal}"),
        Some("partial") => literal,
        Some("regex") => name.to_owned(),
        Some(mode) => return Err(Query::not_one_of("roomNameMatchMode", &MODES, mode)),
    };
    let case_insensitive = query.flag("roomNameCaseInsensitive");
    let regex = RegexBuilder::new(&pattern).case_insensitive(case_insensitive).build();
    regex.map(Some).map_err(|_| ApiError::invalid("roomName", "Invalid regular expression pattern"))
}

const MODES: [&str; 4] = ["exact", "prefix", "partial", "regex"];
