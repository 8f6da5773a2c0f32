//! The query of a link: what in it is a view's, and what belongs to others.

use web_sys::UrlSearchParams;

/// What the query has under these names.
pub fn params(query: &str, names: &[&'static str]) -> Option<Vec<(&'static str, String)>> {
    let query = UrlSearchParams::new_with_str(query).ok()?;
    Some(names.iter().filter_map(|name| Some((*name, query.get(name)?))).collect())
}

/// The query with `params` in place of what it has under these names.
pub fn among(others: &str, names: &[&str], params: Vec<(&str, String)>) -> String {
    let Ok(query) = UrlSearchParams::new_with_str(others) else { return String::new() };
    names.iter().for_each(|name| query.delete(name));
    for (name, value) in params {
        query.append(name, &value);
    }
    query.to_string().into()
}
