//! What a list can be asked for from 3.5 on, of recordings and of rooms alike: an order, a page of it, a status.

use crate::error::{ApiResult, Problems};
use crate::query::Query;

/// The order and the page asked for.
#[derive(Debug)]
pub struct Listing {
    pub max_items: usize,
    pub field: &'static str,
    pub descending: bool,
    pub status: Option<&'static str>,
}

/// What a kind of list knows.
pub struct Known {
    /// The first one is the default.
    pub fields: &'static [&'static str],
    pub statuses: &'static [&'static str],
}

impl Listing {
    /// # Errors
    /// 422 with every parameter that is not understood, among them those in `problems`.
    pub fn read(query: &Query, known: &Known, mut problems: Problems) -> ApiResult<Self> {
        let max_items = problems.take(query.max_items());
        let field = problems.take(query.one_of("sortField", known.fields));
        let order = problems.take(query.one_of("sortOrder", &["asc", "desc"]));
        let status = problems.take(query.one_of("status", known.statuses));
        problems.check()?;
        let default = known.fields.first().copied().unwrap_or_default();
        Ok(Self {
            max_items,
            field: field.unwrap_or(default),
            descending: order != Some("asc"),
            status,
        })
    }
}
