//! What may be asked of a meeting server through the gateway, as data: for each vendor a list of routes. What is not on
//! it does not exist. Each route says which right it needs and how it is kept to the rooms of a user.

mod openvidu_meet;
mod plugnmeet;
mod superviz;
mod whereby;

use axum::http::Method;

use super::config::{Right, Vendor};
use super::percent::decode_segment;

pub struct Route {
    pub method: Method,
    /// Below the system's address; `{}` is any one segment.
    pub path: &'static str,
    /// Any of these will do; none at all for what everybody may see.
    pub needs: &'static [Right],
    /// When this parameter has this value, the right is needed as well.
    pub also: Option<(&'static str, &'static str, Right)>,
    /// The parameters that are passed on; others are dropped.
    pub query: &'static [&'static str],
    pub scope: Scope,
    pub answer: Answer,
}

/// How a route is kept to the rooms of a user who has not all of them.
pub enum Scope {
    /// Nothing to keep: what is asked for is its own proof.
    Any,
    /// Not for users of some rooms only.
    AllRooms,
    /// Rows of other rooms are left out of the answer.
    List(List),
    /// The segment in the path is a room.
    PathRoom,
    /// The segment in the path is a recording of OpenVidu Meet, which begins with its room.
    PathRecording,
    /// The segment in the path is a recording or a meeting whose room is looked up.
    PathLookup(Lookup),
    /// A parameter has ids of rooms, separated by commas.
    QueryRooms(&'static str),
    /// A parameter has ids of recordings of OpenVidu Meet, separated by commas.
    QueryRecordings(&'static str),
    /// This field of the body is a room.
    BodyRoom(&'static str),
    /// This field of the body is a recording whose room is looked up.
    BodyLookup(&'static str, Lookup),
    /// This field of the body is a list of recordings whose rooms are looked up. Those that are gone are not asked for.
    BodyLookups(&'static str, Lookup),
    /// The recordings of a room or of a session, which the body names in one of two ways.
    Merge(Lookup, Lookup),
    /// The answer has the room here (a JSON pointer); reading it does no harm.
    AnswerRoom(&'static str),
}

/// Where things are in a list's request and answer; places in answers are JSON pointers.
pub struct List {
    pub pin: Pin,
    /// One of these is the array of rows.
    pub rows: &'static [&'static str],
    /// Within a row.
    pub room: &'static str,
    /// Counts that include rows of other rooms.
    pub totals: &'static [&'static str],
    /// Where the answer tells how to go on, and the parameter to say it with.
    pub next: Option<(&'static str, &'static str)>,
}

/// How a list is asked for the rows of some rooms only.
pub enum Pin {
    /// Not at all.
    No,
    /// With one room in this parameter.
    Query(&'static str),
    /// With any number of rooms in this field of the body.
    Body(&'static str),
}

/// How to ask which room something belongs to.
#[derive(Clone, Copy)]
pub struct Lookup {
    /// `{}` is where the id goes.
    pub path: &'static str,
    /// Asked by POST, with the id in this field of the body.
    pub body: Option<&'static str>,
    /// A JSON pointer into the answer.
    pub room: &'static str,
}

pub enum Answer {
    Json,
    /// JSON from which these fields are removed, wherever they are, for users with none of these rights.
    Hiding(&'static [&'static str], &'static [Right]),
    /// A film, or an archive of films.
    Media,
    /// The same for everybody who has the token in the path: it needs no session.
    OpenMedia,
}

impl Route {
    fn new(method: Method, path: &'static str, scope: Scope) -> Self {
        Self { method, path, needs: &[], also: None, query: &[], scope, answer: Answer::Json }
    }

    fn needs(self, needs: &'static [Right]) -> Self {
        Self { needs, ..self }
    }

    fn query(self, query: &'static [&'static str]) -> Self {
        Self { query, ..self }
    }

    fn answer(self, answer: Answer) -> Self {
        Self { answer, ..self }
    }

    /// The names in the segments `{}`, when this is the route of the path.
    fn ids(&self, path: &str) -> Option<Vec<String>> {
        let mut ids = Vec::new();
        let mut segments = path.split('/');
        for expected in self.path.split('/') {
            let segment = segments.next()?;
            if expected == "{}" {
                ids.push(decode_segment(segment)?);
            } else if segment != expected {
                return None;
            }
        }
        segments.next().is_none().then_some(ids)
    }
}

/// The routes of a vendor's server.
pub fn of(vendor: &Vendor) -> Vec<Route> {
    match vendor {
        Vendor::OpenViduMeet { dialect, .. } => openvidu_meet::routes(*dialect),
        Vendor::PlugNmeet { .. } => plugnmeet::routes(),
        Vendor::Whereby { .. } => whereby::routes(),
        Vendor::SuperViz(_) => superviz::routes(),
    }
}

/// The route of a request, with the names in its path; `path` as it came, percent-encoded.
pub fn find<'a>(
    routes: &'a [Route],
    method: &Method,
    path: &str,
) -> Option<(&'a Route, Vec<String>)> {
    let method = if method == Method::HEAD { &Method::GET } else { method };
    routes
        .iter()
        .filter(|route| route.method == *method)
        .find_map(|route| Some((route, route.ids(path)?)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Dialect;

    fn found(routes: &[Route], method: Method, path: &str) -> Option<(&'static str, Vec<String>)> {
        find(routes, &method, path).map(|(route, ids)| (route.path, ids))
    }

    #[test]
    fn paths_are_on_the_list_or_not() {
        let routes = openvidu_meet::routes(Dialect::V39);
        let get = |path: &str| found(&routes, Method::GET, path);
        assert_eq!(
            get("/meet/api/v1/recordings/a--EG_1--u/media"),
            Some(("/meet/api/v1/recordings/{}/media", vec!["a--EG_1--u".to_owned()]))
        );
        assert_eq!(get("/meet/api/v1/recordings/download").unwrap().1, [""; 0]);
        assert!(found(&routes, Method::HEAD, "/meet/api/v1/recordings/x/media").is_some());
        for path in [
            "",
            "/",
            "/meet/api/v1/recordings/",
            "/meet/api/v1//recordings",
            "/meet/api/v1/recordings/x/media/",
            "/meet/api/v1/recordings/%2e%2e/media",
            "/meet/api/v1/recordings/../users",
            "/meet/api/v1/recordings/x%2Fmedia",
            "/meet/api/v1/users",
            "/meet/internal-api/v1/config/security",
            "/api/v1/recordings",
        ] {
            assert_eq!(get(path), None, "{path}");
        }
        assert_eq!(found(&routes, Method::PATCH, "/meet/api/v1/recordings"), None);
        assert_eq!(found(&routes, Method::POST, "/meet/api/v1/recordings"), None);
    }

    #[test]
    fn downloads_are_apart_from_playing_where_the_server_tells_them_apart() {
        let later = openvidu_meet::routes(Dialect::V39);
        let earlier = openvidu_meet::routes(Dialect::V38);
        let needs = |routes: &[Route], path: &str| {
            find(routes, &Method::GET, path).map(|(route, _)| route.needs.to_vec())
        };
        let media = "/meet/api/v1/recordings/x/media";
        assert_eq!(needs(&later, media), Some(vec![Right::Play]));
        assert_eq!(needs(&earlier, media), Some(vec![Right::Play, Right::Download]));
        let download = "/meet/api/v1/recordings/x/download";
        assert_eq!(needs(&later, download), Some(vec![Right::Download]));
        assert_eq!(needs(&earlier, download), None);
    }

    #[test]
    fn only_reading_needs_no_right() {
        let all = Dialect::ALL.map(|(dialect, _)| match dialect {
            Dialect::PlugNmeet => plugnmeet::routes(),
            Dialect::Whereby => whereby::routes(),
            Dialect::SuperViz => superviz::routes(),
            dialect => openvidu_meet::routes(dialect),
        });
        for route in all.iter().flatten().filter(|route| route.needs.is_empty()) {
            let last = route.path.rsplit('/').next().unwrap_or_default();
            let is_read = route.method == Method::GET
                || last.starts_with("fetch")
                || last.starts_with("get")
                || last.starts_with("info")
                || last.starts_with("recordingInfo")
                || last.starts_with("is");
            assert!(is_read, "{} {}", route.method, route.path);
        }
    }
}
