//! What the tests must know of a system to be the same for all of them.

use std::time::Duration;

use crate::harness::{
    AuthTransport, Config, Dialect, Engine, Page, RequestRecord, Row, Stage, e2e_behind_gateway,
    e2e_with,
};

pub struct System {
    pub dialect: Dialect,
    /// How tokens travel, where that can be chosen.
    pub transport: AuthTransport,
    /// How many rows its list has when the sample has [`MORE`] recordings more.
    pub rows: usize,
    /// Whether the list comes in pages of a hundred.
    pub has_pages: bool,
    /// The menu of a row, what the server lets be done with several selected (without that nothing can be selected), and
    /// what lists can be narrowed by.
    pub menu: &'static [&'static str],
    pub toolbar: &'static [&'static str],
    pub filters: &'static [&'static str],
    /// How titles of recordings of a certain room begin; first as in the list of rooms.
    pub room: &'static [&'static str],
    /// The films of a minute and of twenty minutes, as a row tells them apart.
    pub films: [Mark; 2],
    /// What a request for the list has in it that asks for the oldest first, if that is in its address.
    pub oldest_first: Option<&'static str>,
    /// The statuses of the requests by which three are deleted.
    pub three_deletions: &'static [u16],
    /// Whether several are deleted in a while only.
    pub deletes_later: bool,
    /// What the secret of a share link is called.
    pub secret: &'static str,
    /// Renews the session where that is a request of its own.
    pub refresh: Option<&'static str>,
}

/// The sample's films that tests ask for.
#[derive(Clone, Copy)]
pub enum Film {
    OneMinute,
    TwentyMinutes,
}

/// What tells a film apart in a row.
#[derive(Clone, Copy)]
pub enum Mark {
    Length(&'static str),
    Size(&'static str),
    /// The server says nothing of its films: the first that plays so many seconds.
    Seconds(f64),
}

/// Enough for a second and a third page.
pub const MORE: usize = 150;

/// OpenVidu Meet from generation B to 3.4, which the others differ from.
pub const OPENVIDU_MEET: System = System {
    dialect: Dialect::B,
    transport: AuthTransport::Header,
    rows: 64 + MORE,
    has_pages: true,
    menu: &["Download", "Copy link", "Share…", "Details", "Delete"],
    toolbar: &["Download selected", "Copy links", "Delete selected"],
    filters: &["Room", "Status", "Date", "Duration", "Size"],
    room: &["Physics 101"],
    films: [Mark::Length("1:00"), Mark::Length("20:00")],
    oldest_first: None,
    three_deletions: &[204],
    deletes_later: false,
    secret: "secret",
    refresh: Some("/internal-api/v1/auth/refresh"),
};

/// The others, through a gateway; their servers have no secrets for links, and say nothing of statuses.
pub const BEHIND_GATEWAY: System = System {
    dialect: Dialect::Whereby,
    filters: &["Room", "Date", "Duration", "Size"],
    refresh: None,
    ..OPENVIDU_MEET
};

impl System {
    /// Runs a test with so many recordings beside the sample's.
    pub fn stage(&self, recordings: usize, test: impl AsyncFnOnce(&mut Stage)) {
        let config = Config {
            dialect: self.dialect,
            auth_transport: self.transport,
            recordings,
            clock_speed: 0.0,
            ..Config::default()
        };
        if self.dialect.is_openvidu_meet() {
            e2e_with(config, test);
        } else {
            e2e_behind_gateway(config, test);
        }
    }

    /// The same for what only Chromium can be asked.
    pub fn stage_in_chromium(&self, what: &str, test: impl AsyncFnOnce(&mut Stage)) {
        if Engine::from_env() == Engine::Chromium {
            self.stage(0, test);
        } else {
            eprintln!("skipped: {what} can be tested in Chromium only");
        }
    }

    /// The first row with this film.
    pub async fn film(&self, page: &Page, film: Film) -> Row {
        match self.films[film as usize] {
            Mark::Length(length) => page.row_of_length(length).await,
            Mark::Size(size) => page.row(&format!("of {size}"), |it| it.size == size).await,
            Mark::Seconds(seconds) => {
                for row in page.ready_rows(9).await {
                    row.play().await;
                    let frame = page.video("has a length", |it| it.duration > 0.0).await;
                    page.button("Close player").click().await;
                    page.role("region").named("Player").gone().await;
                    if (frame.duration - seconds).abs() < 0.5 {
                        return row;
                    }
                }
                panic!("no film of {seconds} s")
            }
        }
    }

    fn recordings(&self) -> String {
        match self.dialect {
            Dialect::PlugNmeet => "/auth/recording".to_owned(),
            Dialect::Whereby => "/v1/recordings".to_owned(),
            Dialect::SuperViz => "/recording".to_owned(),
            openvidu_meet => format!("{}/api/v1/recordings", openvidu_meet.base_path()),
        }
    }

    /// The path of requests for media, as rules name it.
    pub fn media(&self) -> String {
        match self.dialect {
            Dialect::A => format!("{}/*/stream", self.recordings()),
            Dialect::PlugNmeet => "/download/recording/".to_owned(),
            Dialect::Whereby | Dialect::SuperViz => "/s3/".to_owned(),
            _ => format!("{}/*/media", self.recordings()),
        }
    }

    /// The requests for media, in the order in which they were answered.
    pub fn media_requests(&self, stage: &Stage) -> Vec<RequestRecord> {
        let pattern = self.media();
        let part = pattern.rsplit('*').next().unwrap_or_default();
        let all = stage.hooks.requests().into_iter();
        all.filter(|it| it.path.contains(part)).collect()
    }

    /// The path of requests for the list.
    pub fn list(&self) -> String {
        match self.dialect {
            Dialect::PlugNmeet => format!("{}/fetch", self.recordings()),
            _ => self.recordings(),
        }
    }

    /// The requests for the list, in the order in which they were answered.
    pub fn lists(&self, stage: &Stage) -> Vec<RequestRecord> {
        let path = self.list();
        let all = stage.hooks.requests().into_iter();
        all.filter(|it| it.method != "DELETE" && it.path.split('?').next() == Some(&path)).collect()
    }

    /// Ends what media are opened with.
    pub fn end_tokens(&self, stage: &Stage) {
        if self.dialect.is_openvidu_meet() {
            stage.hooks.expire_access_tokens();
        } else {
            // Links and tokens for media are signed with their end.
            stage.hooks.advance_clock(Duration::from_secs(3601));
        }
    }

    /// The requests that delete, as their statuses.
    pub fn deletions(&self, stage: &Stage) -> Vec<u16> {
        let is_deletion = |it: &RequestRecord| match self.dialect {
            Dialect::PlugNmeet => it.path == "/auth/recording/delete",
            _ => it.method == "DELETE" || it.path == "/v1/recordings/bulk-delete",
        };
        let all = stage.hooks.requests().into_iter();
        all.filter(is_deletion).map(|it| it.status).collect()
    }
}
