//! Gateways for users of some rooms, in front of servers that answer what the test says.

use axum::body::Body;
use axum::http::Response;
use meet_recordings_server::Gateway;
use serde_json::{Value, json};

use crate::client::{Client, gateway};
use crate::recorder::{Recorder, Seen};

/// `one` has a room, `two` has two, both with every right.
fn config(system: &str) -> String {
    let mut text = format!("\n[systems.it]\nurl = \"{{url}}\"\n{system}\n");
    for (name, rooms) in [("one", "[\"math\"]"), ("two", "[\"math\", \"art\"]")] {
        text += &format!(
            "[[users]]\nname = \"{name}\"\npassword = \"HASH\"\n[users.systems.it]\nrooms = {rooms}\n\
             rights = [\"play\", \"download\", \"delete\", \"edit\", \"share\", \"rooms\"]\n"
        );
    }
    text
}

pub const OPENVIDU_MEET: &str = "provider = \"openvidu-meet\"\napi_key = \"k\"\ndialect = \"3.5\"";
pub const OPENVIDU_MEET_A: &str = "provider = \"openvidu-meet\"\napi_key = \"k\"\ndialect = \"a\"";
pub const PLUGNMEET: &str = "provider = \"plugnmeet\"\nkey = \"k\"\nsecret = \"s\"";
pub const WHEREBY: &str = "provider = \"whereby\"\napi_key = \"k\"";
pub const SUPERVIZ: &str = "provider = \"superviz\"\nclient_id = \"c\"\nsecret = \"s\"";

pub struct World {
    pub server: Recorder,
    gateway: Gateway,
}

impl World {
    pub async fn new(
        system: &str,
        answer: impl Fn(&Seen) -> Response<Body> + Clone + Send + Sync + 'static,
    ) -> Self {
        let server = Recorder::start(answer).await;
        let gateway = gateway(&config(system), &server.url).await;
        Self { server, gateway }
    }

    pub async fn user(&self, name: &str) -> Client {
        Client::signed_in(&self.gateway, name).await
    }
}

/// Rows of the user's rooms between those of others, the room in this field.
pub fn rows(field: &str) -> Value {
    let rooms = ["math", "canary", "art", "mathe", "canary"];
    rooms.iter().map(|room| json!({ "id": format!("{room}-id"), field: room })).collect()
}
