mod deletions;
mod detection;
mod errors;
mod lists;
mod requests;
mod sign_in;

use super::*;

pub(super) const VERSIONS: [Version; 8] = [
    Version::A,
    Version::B,
    Version::V34,
    Version::V341,
    Version::V35,
    Version::V37,
    Version::V38,
    Version::V39,
];

/// What does not differ between versions is tested with one of them.
const ANY: OpenViduMeet = OpenViduMeet { version: Version::V35 };
