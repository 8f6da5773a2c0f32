//! The operators: what stands before the colon.

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Key {
    Room,
    Status,
    After,
    Before,
    Longer,
    Shorter,
    Larger,
    Smaller,
}

impl Key {
    pub const ALL: [Self; 8] = [
        Self::Room,
        Self::Status,
        Self::After,
        Self::Before,
        Self::Longer,
        Self::Shorter,
        Self::Larger,
        Self::Smaller,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Self::Room => "room",
            Self::Status => "status",
            Self::After => "after",
            Self::Before => "before",
            Self::Longer => "longer",
            Self::Shorter => "shorter",
            Self::Larger => "larger",
            Self::Smaller => "smaller",
        }
    }

    /// Case does not count.
    pub fn of(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|key| key.name().eq_ignore_ascii_case(name))
    }
}
