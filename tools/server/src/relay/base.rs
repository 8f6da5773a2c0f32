//! Where on its host the app is.

use axum::http::Uri;

/// Such as `/` or `/recordings/`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BasePath(String);

impl BasePath {
    /// With or without the slash at its end.
    pub fn parse(text: &str) -> Option<Self> {
        let inner = text.strip_prefix('/')?;
        let inner = inner.strip_suffix('/').unwrap_or(inner);
        if inner.is_empty() {
            return (text == "/").then(|| Self(text.to_owned()));
        }
        let is_harmless = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
        let is_name = |it: &str| !matches!(it, "" | "." | "..") && it.bytes().all(is_harmless);
        inner.split('/').all(is_name).then(|| Self(format!("/{inner}/")))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether this is it but for the slash at its end.
    pub fn is_without_slash(&self, path: &str) -> bool {
        self.0.len() > 1 && self.0.strip_suffix('/') == Some(path)
    }

    /// The address as it would be if the app had the host for itself.
    pub fn below(&self, uri: &Uri) -> Option<Uri> {
        let path = uri.path().strip_prefix(self.0.as_str())?;
        let query = uri.query().map(|query| format!("?{query}")).unwrap_or_default();
        format!("/{path}{query}").parse().ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn base(text: &str) -> Option<String> {
        BasePath::parse(text).map(|it| it.as_str().to_owned())
    }

    #[test]
    fn a_base_is_a_path_that_ends_in_a_slash() {
        for (text, read) in [("/", "/"), ("/a", "/a/"), ("/a/b.c/", "/a/b.c/")] {
            assert_eq!(base(text).as_deref(), Some(read));
        }
        for text in ["", "a", "a/", "//", "/a//b", "/a/../b", "/a b", "/a?b", "https://a/", "/%41"]
        {
            assert_eq!(base(text), None, "{text}");
        }
    }

    #[test]
    fn addresses_below_it_lose_it() {
        let base = BasePath::parse("/a/b").unwrap();
        let below = |uri: &str| base.below(&uri.parse().unwrap()).map(|it| it.to_string());
        assert_eq!(below("/a/b/").as_deref(), Some("/"));
        assert_eq!(below("/a/b/recordings/x?y=/a/b/").as_deref(), Some("/recordings/x?y=/a/b/"));
        assert_eq!((below("/a/b"), below("/a/bc"), below("/")), (None, None, None));
        assert!(base.is_without_slash("/a/b") && !base.is_without_slash("/a/b/"));
        let root = BasePath::parse("/").unwrap();
        assert!(!root.is_without_slash("") && !root.is_without_slash("/"));
    }
}
