//! Cookies that a meeting server sets, as they have to be set here.

/// Marked so by their names, they are not taken without `Secure`.
const SECURE_PREFIXES: [&str; 2] = ["__Host-", "__Secure-"];

/// `Set-Cookie` without the meeting server's `Domain`, which is not ours. At `http://localhost` (`is_local`) also without
/// `Secure`, for browsers that keep such a cookie for https even there (Safari).
pub fn set_here(cookie: &str, is_local: bool) -> String {
    let mut parts = cookie.split(';').map(str::trim);
    let pair = parts.next().unwrap_or_default();
    let loses_secure = is_local && !SECURE_PREFIXES.iter().any(|it| pair.starts_with(it));
    let mut kept = pair.to_owned();
    for part in parts {
        let (name, value) = part.split_once('=').unwrap_or((part, ""));
        let name = name.trim_end().to_ascii_lowercase();
        let part = match name.as_str() {
            "domain" => continue,
            "secure" if loses_secure => continue,
            // None is not taken without Secure, and here it is one site.
            "samesite" if loses_secure && value.trim().eq_ignore_ascii_case("none") => {
                "SameSite=Lax"
            }
            _ => part,
        };
        kept.push_str("; ");
        kept.push_str(part);
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn domains_go_and_all_else_stays() {
        let cookie = "a=b=c; Path=/meet; Domain=meet.example.com; HttpOnly; Secure; SameSite=None";
        let kept = "a=b=c; Path=/meet; HttpOnly; Secure; SameSite=None";
        assert_eq!(set_here(cookie, false), kept);
        assert_eq!(set_here("a=b;domain =.x;Max-Age=1", false), "a=b; Max-Age=1");
        assert_eq!(set_here("", false), "");
    }

    #[test]
    fn without_https_a_cookie_is_still_taken() {
        let cookie = "a=b; SECURE; samesite=NONE; Path=/";
        assert_eq!(set_here(cookie, true), "a=b; SameSite=Lax; Path=/");
        assert_eq!(set_here("a=b; Secure; SameSite=Strict", true), "a=b; SameSite=Strict");
        let cookie = "__Host-a=b; Secure; Path=/";
        assert_eq!(set_here(cookie, true), cookie);
    }
}
