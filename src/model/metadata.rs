//! What people write about a recording, and the changing of it.

/// One language's captions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subtitle {
    /// As the server has it, usually a language code such as `en`.
    pub language: String,
    pub label: String,
    /// http(s), or a path on the server.
    pub url: String,
}

/// Changes to a recording's metadata. `None` and what is not named keep what is there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MetadataPatch {
    /// Empty clears it.
    pub title: Option<String>,
    /// Empty clears it.
    pub description: Option<String>,
    /// An empty value deletes its key.
    pub extra: Vec<(String, String)>,
    /// An empty URL deletes its language.
    pub subtitles: Vec<Subtitle>,
}
