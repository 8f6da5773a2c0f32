//! Server dialects: what to ask a server, and how to read what it answers. Nothing here sends
//! anything (sans-io), so each dialect is tested from recorded answers; `client` does the sending.

mod http;
mod openvidu_meet;
mod percent;

pub use http::{Answer, Body, Method, Request};
pub use openvidu_meet::OpenViduMeet;
