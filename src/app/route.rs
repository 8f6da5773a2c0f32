//! The app's addresses: what a path below the app's base means, and the path of what is shown.

use crate::model::{RecordingId, RoomId};

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Route {
    Recordings,
    /// One recording, played over the list: `recordings/{id}`.
    Recording(RecordingId),
    Rooms,
    /// One room and its recordings: `rooms/{id}`.
    Room(RoomId),
    Overview,
    /// One recording by a share link: `recording/{id}?secret=…&t=1m30s`.
    Shared(RecordingId),
    /// A room's recordings by the room's secret: `room/{id}/recordings?secret=…`.
    RoomLibrary(RoomId),
}

impl Route {
    /// What a path means, and after how many segments that begins: a page that does not know its base
    /// may be below any path, such as the servers' own `/meet`.
    pub fn find(segments: &[String]) -> Option<(usize, Self)> {
        let beginnings = 0..segments.len().max(1);
        beginnings.filter_map(|from| Some((from, Self::of(segments.get(from..)?)?))).next()
    }

    /// `segments` are those of the path below the base, decoded and without empty ones.
    pub fn of(segments: &[String]) -> Option<Self> {
        let segments: Vec<&str> = segments.iter().map(String::as_str).collect();
        Some(match &*segments {
            [] | ["recordings"] => Self::Recordings,
            ["recordings", id] => Self::Recording(RecordingId::new(*id)?),
            ["rooms"] => Self::Rooms,
            ["rooms", id] => Self::Room(RoomId((*id).to_owned())),
            ["overview"] => Self::Overview,
            ["recording", id] => Self::Shared(RecordingId::new(*id)?),
            ["room", id, "recordings"] => Self::RoomLibrary(RoomId((*id).to_owned())),
            _ => return None,
        })
    }

    /// Those of the path below the base, not encoded.
    pub fn segments(&self) -> Vec<&str> {
        match self {
            Self::Recordings => vec!["recordings"],
            Self::Recording(id) => vec!["recordings", id.as_str()],
            Self::Rooms => vec!["rooms"],
            Self::Room(id) => vec!["rooms", &id.0],
            Self::Overview => vec!["overview"],
            Self::Shared(id) => vec!["recording", id.as_str()],
            Self::RoomLibrary(id) => vec!["room", &id.0, "recordings"],
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn of(path: &str) -> Option<Route> {
        let segments: Vec<String> =
            path.split('/').filter(|it| !it.is_empty()).map(str::to_owned).collect();
        Route::find(&segments).map(|(_, route)| route)
    }

    #[test]
    fn addresses_mean_pages() {
        let recording = RecordingId::new("r-1").unwrap();
        let room = RoomId("physics".into());
        for (path, route) in [
            ("", Some(Route::Recordings)),
            ("/recordings/", Some(Route::Recordings)),
            ("/recordings/r-1", Some(Route::Recording(recording.clone()))),
            ("/rooms", Some(Route::Rooms)),
            ("/rooms/physics", Some(Route::Room(room.clone()))),
            ("/rooms/recordings", Some(Route::Room(RoomId("recordings".into())))),
            ("/overview", Some(Route::Overview)),
            ("/recording/r-1", Some(Route::Shared(recording.clone()))),
            ("/meet/recording/r-1", Some(Route::Shared(recording))),
            ("/meet/room/physics/recordings", Some(Route::RoomLibrary(room))),
            ("/meet/recordings", Some(Route::Recordings)),
            ("/meet/rooms", Some(Route::Rooms)),
            ("/elsewhere", None),
            ("/rooms/a/b", None),
        ] {
            assert_eq!(of(path), route, "{path}");
        }
    }

    proptest! {
        #[test]
        fn a_page_is_found_again_by_its_path(id in "\\PC{1,30}", kind in 0..7) {
            let room = RoomId(id.clone());
            let Some(recording) = RecordingId::new(id) else { return Ok(()) };
            let route = match kind {
                0 => Route::Recordings,
                1 => Route::Recording(recording),
                2 => Route::Rooms,
                3 => Route::Room(room),
                4 => Route::Overview,
                5 => Route::Shared(recording),
                _ => Route::RoomLibrary(room),
            };
            let segments: Vec<String> = route.segments().into_iter().map(str::to_owned).collect();
            prop_assert_eq!(Route::of(&segments), Some(route));
        }
    }
}
