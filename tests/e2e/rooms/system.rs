//! What the tests of rooms must know of a kind of server to be the same for all of them.

use crate::harness::{Config, Dialect, Engine, Stage, e2e_behind_gateway, e2e_with};

pub struct System {
    pub dialect: Dialect,
    /// How many rooms the sample has there.
    pub rooms: usize,
    /// The headers of the list.
    pub columns: &'static [&'static str],
    /// What the form has when a room is made, as long as it is not to be deleted by itself, and when one is changed.
    pub create: &'static [&'static str],
    pub edit: &'static [&'static str],
    /// The menu of a row.
    pub menu: &'static [&'static str],
    /// How the title of a room begins that was made as [`NAME`].
    pub made: &'static str,
    /// Where the server's API has its rooms.
    pub api: &'static str,
    /// The links of a room.
    pub links: &'static [Link],
    /// Where a room's JSON says whether there is a chat.
    pub chat: &'static str,
}

pub struct Link {
    pub name: &'static str,
    /// Where the room's JSON has it, as a pointer.
    pub at: &'static str,
    /// It alone lets somebody in, so it is shown only when asked for.
    pub is_key: bool,
}

/// Of rooms that tests make.
pub const NAME: &str = "Zebra crossing";

const fn key(name: &'static str, at: &'static str) -> Link {
    Link { name, at, is_key: true }
}

/// Generation B, which the others of OpenVidu Meet differ from.
pub const B: System = System {
    dialect: Dialect::B,
    rooms: 8,
    columns: &["Room", "Recordings", "Size", "Created", "Deletes itself"],
    create: &[
        "Name",
        "Delete automatically",
        "Chat",
        "Virtual backgrounds",
        "Meetings can be recorded",
        "Who can see the recordings",
    ],
    edit: &[
        "Name",
        "Chat",
        "Virtual backgrounds",
        "Meetings can be recorded",
        "Who can see the recordings",
    ],
    menu: &["Open", "Share…", "Edit…", "Delete"],
    made: NAME,
    api: "/api/v1/rooms",
    links: &[key("Moderator link", "/moderatorUrl"), key("Speaker link", "/speakerUrl")],
    chat: "/preferences/chatPreferences/enabled",
};

pub const A: System = System {
    dialect: Dialect::A,
    create: &[
        "Name",
        "Most participants",
        "Open until",
        "Chat",
        "Virtual backgrounds",
        "Meetings can be recorded",
    ],
    edit: &["Name", "Chat", "Virtual backgrounds", "Meetings can be recorded"],
    // Whether a meeting goes on is not told.
    menu: &["Open", "Share…", "Edit…", "Start recording", "Delete"],
    made: "Zebracrossing-",
    api: "/meet/api/v1/rooms",
    links: &[
        key("Moderator link", "/moderatorURL"),
        key("Publisher link", "/publisherURL"),
        key("Viewer link", "/viewerURL"),
    ],
    ..B
};

pub const V34: System = System {
    dialect: Dialect::V34,
    columns: &["Room", "Status", "Recordings", "Size", "Created", "Deletes itself"],
    menu: &["Open", "Share…", "Edit…", "Close room", "Delete"],
    chat: "/config/chat/enabled",
    ..B
};

pub const V39: System = System {
    dialect: Dialect::V39,
    // Recordings do not outlive their rooms, so those of the past are there, closed.
    rooms: 20,
    columns: &["Room", "Status", "Recordings", "Size", "Created", "Deletes itself", "Owner"],
    create: &[
        "Name",
        "Delete automatically",
        "Chat",
        "Virtual backgrounds",
        "Live captions",
        "End-to-end encryption",
        "Meetings can be recorded",
        "Picture of the recordings",
        "Quality of the recordings",
        "Moderators may enter by a link",
        "Speakers may enter by a link",
        "A link shows the recordings",
        "All users of the server may enter",
    ],
    edit: &[
        "Name",
        "Chat",
        "Virtual backgrounds",
        "Live captions",
        "End-to-end encryption",
        "Meetings can be recorded",
        "Picture of the recordings",
        "Quality of the recordings",
        "Moderators may enter by a link",
        "Speakers may enter by a link",
        "A link shows the recordings",
        "All users of the server may enter",
    ],
    api: "/meet/api/v1/rooms",
    links: &[
        key("Moderator link", "/access/anonymous/moderator/url"),
        key("Speaker link", "/access/anonymous/speaker/url"),
        Link { name: "Link for users", at: "/access/user/url", is_key: false },
        key("Recordings link", "/access/anonymous/recording/url"),
    ],
    ..V34
};

pub const V38: System = System { dialect: Dialect::V38, ..V39 };

/// Rooms are sessions: those that go on, and those that are over.
pub const PLUGNMEET: System = System {
    dialect: Dialect::PlugNmeet,
    rooms: 46,
    columns: &["Room", "Status", "Recordings", "Size", "Created"],
    create: &[
        "Name",
        "ID",
        "Welcome message",
        "Most participants",
        "Chat",
        "Virtual backgrounds",
        "Meetings can be recorded",
    ],
    edit: &[],
    menu: &["Open", "End meeting"],
    api: "",
    links: &[],
    chat: "",
    ..B
};

pub const WHEREBY: System = System {
    dialect: Dialect::Whereby,
    create: &["Name", "Group room", "Knock to enter", "Open until"],
    edit: &[],
    menu: &["Open", "Share…", "Delete"],
    made: "zebracrossing",
    api: "/gateway/demo/v1/meetings",
    links: &[
        key("Host link", "/hostRoomUrl"),
        Link { name: "Room link", at: "/roomUrl", is_key: false },
        key("Viewer link", "/viewerRoomUrl"),
    ],
    chat: "",
    ..B
};

pub const SUPERVIZ: System = System { dialect: Dialect::SuperViz, rooms: 0, ..WHEREBY };

impl System {
    /// Runs a test against a server of this kind with the sample's rooms, where time stands still.
    pub fn stage(&self, test: impl AsyncFnOnce(&mut Stage)) {
        let config = Config { dialect: self.dialect, clock_speed: 0.0, ..Config::default() };
        if self.dialect.is_openvidu_meet() {
            e2e_with(config, test);
        } else {
            e2e_behind_gateway(config, test);
        }
    }

    /// The same for what only Chromium can do.
    pub fn stage_in_chromium(&self, what: &str, test: impl AsyncFnOnce(&mut Stage)) {
        if Engine::from_env() == Engine::Chromium {
            self.stage(test);
        } else {
            eprintln!("skipped: {what} can be tested in Chromium only");
        }
    }

    /// Where the API has a room; from 3.8 on its links and settings are there only when asked for.
    pub fn room_path(&self, id: &str) -> String {
        let query = match self.dialect {
            Dialect::V38 | Dialect::V39 => "?extraFields=config,roles",
            Dialect::Whereby => "?fields=hostRoomUrl,viewerRoomUrl",
            _ => "",
        };
        format!("{}/{id}{query}", self.api)
    }
}
