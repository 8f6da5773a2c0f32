//! Whether a browser treats the server as of the page's own site. Between sites it keeps cookies back
//! (`reference/web-component-bar.md` §4.1), and nothing tells a script that it did.

/// Of two addresses, `https://host…`. Which names are registered by themselves only a long list knows:
/// names that end in the same two parts are taken for one site, so a "no" can be believed.
pub fn is_same_site(one: &str, other: &str) -> bool {
    match (host(one), host(other)) {
        (Some((scheme, host)), Some((other_scheme, other_host))) => {
            scheme == other_scheme && (host == other_host || domain(host) == domain(other_host))
        }
        // An address without a host is nobody's site, and says nothing.
        _ => true,
    }
}

fn host(address: &str) -> Option<(&str, &str)> {
    let (scheme, rest) = address.split_once("://")?;
    let authority = rest.split(['/', '?', '#']).next()?;
    let end = authority.rfind(']').map_or(0, |end| end + 1);
    let name = authority[end..].find(':').map_or(authority, |colon| &authority[..end + colon]);
    (!name.is_empty()).then_some((scheme, name))
}

/// The last two parts of a name; all of a number or of a single word.
fn domain(host: &str) -> &str {
    let is_number =
        host.starts_with('[') || host.bytes().all(|it| it == b'.' || it.is_ascii_digit());
    match host.rmatch_indices('.').nth(1) {
        Some((at, _)) if !is_number => &host[at + 1..],
        _ => host,
    }
}

#[cfg(test)]
mod tests {
    use super::is_same_site;

    #[test]
    fn names_of_one_domain_are_one_site() {
        for (one, other, is_same) in [
            ("https://app.example.com/a?b", "https://meet.example.com:8443/meet", true),
            ("https://example.com", "https://meet.example.com", true),
            ("http://localhost:1", "http://localhost:2/x", true),
            ("http://[::1]:1/", "http://[::1]:2/", true),
            ("https://example.com", "http://example.com", false),
            ("https://example.com", "https://example.org", false),
            ("http://127.0.0.1:1", "http://localhost:1", false),
            ("http://10.0.0.1", "http://10.1.0.1", false),
            ("http://[::1]", "http://[::2]", false),
            ("about:blank", "https://example.com", true),
        ] {
            assert_eq!(is_same_site(one, other), is_same, "{one} {other}");
            assert_eq!(is_same_site(other, one), is_same, "{other} {one}");
        }
    }
}
