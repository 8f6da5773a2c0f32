//! A room: where meetings, and so recordings, come from.

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct RoomId(pub String);

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Room {
    pub id: RoomId,
    pub name: Option<String>,
}

impl Room {
    pub fn title(&self) -> &str {
        self.name.as_deref().map(str::trim).filter(|name| !name.is_empty()).unwrap_or(&self.id.0)
    }
}
