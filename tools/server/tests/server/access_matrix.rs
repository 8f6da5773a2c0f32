//! Who may do what to recordings: credential × access level × endpoint, and share secrets, in each generation that
//! has them.

use std::collections::HashMap;

use crate::client::{Answer, Client, TestServer, room_of, send};
use meet_recordings_server::Dialect::{self, B, V34, V35, V39, V341};
use reqwest::Method;

/// Generations that decide alike.
const WITH_RECORDING_TOKENS: &[Dialect] = &[B, V34, V341];
const UP_TO_3_7: &[Dialect] = &[B, V34, V341, V35];
const FROM_3_5: &[Dialect] = &[V35, V39];
const ALL: &[Dialect] = &[B, V34, V341, V35, V39];

/// Rooms by who may see their recordings.
const EVERYBODY: &str = "Physics 101";
const MODERATORS: &str = "Design critique";
const ADMINISTRATORS: &str = "Board meeting Q3";
/// From 3.8 on: one that all users may enter, and one that the sample's user may not.
const OPEN: &str = "Customer onboarding";
const CLOSED: &str = "Sprint review";

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Who {
    Nobody,
    Key,
    WrongKey,
    Admin,
    User,
    Moderator,
    Speaker,
    /// With the link to a room's recordings.
    Guest,
    /// A moderator, but of another room than the recording's.
    Elsewhere,
}

use Who::*;

/// What is asked, in the order of the columns below.
const COLUMNS: [&str; 7] = ["list", "get", "media", "url", "zip", "delete", "bulk"];

/// Any success is 200 here.
type Row = (&'static [Dialect], Who, &'static str, [u16; 7]);

#[rustfmt::skip]
const ROWS: &[Row] = &[
    //                                           list get  media url  zip  del  bulk
    (ALL, Nobody, EVERYBODY,                    [401, 401, 401, 401, 401, 401, 401]),
    (ALL, Key, EVERYBODY,                       [200, 200, 200, 200, 200, 200, 200]),
    (ALL, Key, MODERATORS,                      [200, 200, 200, 200, 200, 200, 200]),
    (UP_TO_3_7, Key, ADMINISTRATORS,            [200, 200, 200, 200, 200, 200, 200]),
    // From 3.8 on there is no public link to what anonymous visitors may not see.
    (&[V39], Key, ADMINISTRATORS,               [200, 200, 200, 403, 200, 200, 200]),
    (ALL, WrongKey, EVERYBODY,                  [401, 401, 401, 401, 401, 401, 401]),
    (ALL, Admin, EVERYBODY,                     [200, 200, 200, 200, 200, 200, 200]),
    (ALL, Admin, MODERATORS,                    [200, 200, 200, 200, 200, 200, 200]),
    (UP_TO_3_7, Admin, ADMINISTRATORS,          [200, 200, 200, 200, 200, 200, 200]),
    (&[V39], Admin, ADMINISTRATORS,             [200, 200, 200, 403, 200, 200, 200]),

    (UP_TO_3_7, User, EVERYBODY,                [403, 403, 403, 403, 403, 403, 403]),
    (&[V39], User, EVERYBODY,                   [200, 200, 200, 200, 200, 200, 200]),
    (&[V39], User, OPEN,                        [200, 200, 200, 200, 200, 403, 400]),
    (&[V39], User, CLOSED,                      [200, 403, 403, 403, 400, 403, 400]),

    (ALL, Moderator, EVERYBODY,                 [200, 200, 200, 200, 200, 200, 200]),
    (ALL, Moderator, MODERATORS,                [200, 200, 200, 200, 200, 200, 200]),
    (&[V35], Moderator, ADMINISTRATORS,         [403, 403, 403, 403, 403, 403, 403]),
    (&[V39], Moderator, ADMINISTRATORS,         [403, 403, 403, 403, 400, 403, 400]),
    (ALL, Speaker, EVERYBODY,                   [200, 200, 200, 200, 200, 403, 403]),
    (UP_TO_3_7, Speaker, MODERATORS,            [403, 403, 403, 403, 403, 403, 403]),
    (&[V39], Speaker, MODERATORS,               [403, 403, 403, 403, 400, 403, 400]),
    (&[V35], Speaker, ADMINISTRATORS,           [403, 403, 403, 403, 403, 403, 403]),
    (&[V39], Speaker, ADMINISTRATORS,           [403, 403, 403, 403, 400, 403, 400]),
    (&[V39], Guest, EVERYBODY,                  [200, 200, 200, 200, 200, 403, 400]),
    (&[V39], Guest, MODERATORS,                 [200, 200, 200, 200, 200, 403, 400]),

    // B reports what it did not delete with 200, see `matches`.
    (ALL, Elsewhere, EVERYBODY,                 [200, 403, 403, 403, 400, 403, 400]),
    (ALL, Elsewhere, MODERATORS,                [200, 403, 403, 403, 400, 403, 400]),
];

/// Rooms that give no token at all.
const REFUSED: &[(&[Dialect], Who, &str)] = &[
    (WITH_RECORDING_TOKENS, Moderator, ADMINISTRATORS),
    (WITH_RECORDING_TOKENS, Speaker, ADMINISTRATORS),
    (&[V39], Guest, ADMINISTRATORS),
];

#[derive(Clone, Copy, Debug)]
enum Secret {
    Public,
    Private,
    Wrong,
}

/// With a share secret: what getting a recording and its media are answered with.
#[rustfmt::skip]
const SECRETS: &[(&[Dialect], Secret, Who, &str, u16)] = &[
    (ALL, Secret::Public, Nobody, EVERYBODY, 200),
    (UP_TO_3_7, Secret::Public, Nobody, ADMINISTRATORS, 200),
    (&[V39], Secret::Public, Nobody, ADMINISTRATORS, 403),
    (&[V39], Secret::Public, Admin, ADMINISTRATORS, 403),
    (ALL, Secret::Public, User, EVERYBODY, 200),
    (ALL, Secret::Public, WrongKey, EVERYBODY, 200),
    (ALL, Secret::Public, Elsewhere, EVERYBODY, 200),
    (ALL, Secret::Private, Nobody, EVERYBODY, 401),
    (ALL, Secret::Private, User, EVERYBODY, 200),
    (ALL, Secret::Private, User, ADMINISTRATORS, 200),
    (ALL, Secret::Private, Admin, MODERATORS, 200),
    // Beside a secret neither the key nor a token of the room counts.
    (ALL, Secret::Private, Key, EVERYBODY, 401),
    (ALL, Secret::Private, Moderator, EVERYBODY, 401),
    (ALL, Secret::Wrong, Nobody, EVERYBODY, 400),
    (ALL, Secret::Wrong, Key, EVERYBODY, 400),
    (ALL, Secret::Wrong, Admin, EVERYBODY, 400),
    (FROM_3_5, Secret::Wrong, Moderator, EVERYBODY, 400),
];

/// One server and everybody who calls it.
struct Stage {
    dialect: Dialect,
    server: TestServer,
    admin: Client,
    user: Client,
    /// Two complete recordings by room.
    recordings: HashMap<&'static str, [String; 2]>,
}

impl Stage {
    async fn new(dialect: Dialect) -> Self {
        let server = TestServer::of(dialect).await;
        let (admin, user) = (server.admin().await, server.user().await);
        let mut recordings = HashMap::new();
        for room in [EVERYBODY, MODERATORS, ADMINISTRATORS, OPEN, CLOSED] {
            let mut ids = admin.ids(room, "complete").await;
            ids.truncate(2);
            recordings.insert(room, ids.try_into().unwrap());
        }
        Self { dialect, server, admin, user, recordings }
    }

    async fn client(&self, who: Who, room: &str) -> Client {
        let id = |room: &str| room_of(&self.recordings[room][0]).to_owned();
        match who {
            Nobody => self.server.anonymous(),
            Key => self.server.with_key(),
            WrongKey => self.server.anonymous().with_header("x-api-key", "wrong"),
            Admin => self.admin.clone(),
            User => self.user.clone(),
            Moderator => self.server.in_room(&id(room), "moderator").await,
            Speaker => self.server.in_room(&id(room), "speaker").await,
            Guest => self.server.in_room(&id(room), "recording").await,
            Elsewhere => self.server.in_room(&id(CLOSED), "moderator").await,
        }
    }

    async fn ask(&self, client: &Client, what: &str, room: &str) -> Answer {
        let [first, second] = &self.recordings[room];
        let one = client.api(&format!("recordings/{first}"));
        let (method, path) = match what {
            "list" => (Method::GET, client.api("recordings")),
            "get" => (Method::GET, one),
            "media" => (Method::GET, format!("{one}/media")),
            "url" => (Method::GET, format!("{one}/url")),
            "zip" => {
                (Method::GET, client.api(&format!("recordings/download?recordingIds={first}")))
            }
            "delete" => (Method::DELETE, one),
            _ => (Method::DELETE, client.api(&format!("recordings?recordingIds={second}"))),
        };
        send(client.request(method, &path)).await
    }

    /// Whether an answer is the one in the table.
    fn matches(&self, what: &str, answer: &Answer, expected: u16) -> bool {
        let refused_in_report = self.dialect == B && what == "bulk" && expected == 400;
        match expected {
            400 if refused_in_report => {
                answer.status == 200 && !answer.json()["notDeleted"][0].is_null()
            }
            // From 3.8 on a deletion of many is refused one by one.
            403 if self.dialect == V39 && what == "bulk" => answer.status == 400,
            200 => matches!(answer.status, 200 | 204),
            expected => answer.status == expected,
        }
    }
}

#[tokio::test]
async fn every_credential_at_every_endpoint() {
    let mut wrong = Vec::new();
    for dialect in ALL {
        let stage = Stage::new(*dialect).await;
        for (_, who, room, expected) in ROWS.iter().filter(|row| row.0.contains(dialect)) {
            stage.server.hooks().reset();
            let client = stage.client(*who, room).await;
            for (what, expected) in COLUMNS.iter().zip(expected) {
                let answer = stage.ask(&client, what, room).await;
                if !stage.matches(what, &answer, *expected) {
                    let status = answer.status;
                    wrong.push(format!(
                        "{dialect:?} {who:?} {room}: {what} is {status}, not {expected}"
                    ));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[tokio::test]
async fn some_rooms_give_no_tokens() {
    for dialect in ALL {
        let stage = Stage::new(*dialect).await;
        for (_, who, room) in REFUSED.iter().filter(|row| row.0.contains(dialect)) {
            let id = room_of(&stage.recordings[room][0]);
            let role = match who {
                Moderator => "moderator",
                Guest => "recording",
                _ => "speaker",
            };
            let answer =
                stage.server.anonymous().enter(id, &stage.server.room_secret(id, role)).await;
            assert_eq!(answer.status, 403, "{dialect:?} {who:?}");
        }
    }
}

#[tokio::test]
async fn every_share_secret_with_every_credential() {
    let mut wrong = Vec::new();
    for dialect in ALL {
        let stage = Stage::new(*dialect).await;
        let parameter = if *dialect == V39 { "recordingSecret" } else { "secret" };
        for (_, secret, who, room, expected) in SECRETS.iter().filter(|row| row.0.contains(dialect))
        {
            let id = &stage.recordings[room][0];
            let (public, private) = stage.server.hooks().share_secrets(id);
            let value = match secret {
                Secret::Public => public,
                Secret::Private => private,
                Secret::Wrong => "wrong".to_owned(),
            };
            let client = stage.client(*who, room).await;
            for path in ["", "/media"] {
                let path = client.api(&format!("recordings/{id}{path}?{parameter}={value}"));
                let status = client.get(&path).await.status;
                if status != *expected {
                    wrong.push(format!(
                        "{dialect:?} {secret:?} {who:?} {room}: {status}, not {expected}"
                    ));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
