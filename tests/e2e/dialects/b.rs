//! OpenVidu Meet 3.0.0-beta3, which the rest of this suite runs against too: here is what only dialects are asked.

use super::system::{OPENVIDU_MEET, System};
use super::tests;
use crate::harness::Dialect;

const IT: System = System { dialect: Dialect::B, ..OPENVIDU_MEET };

tests! {
    IT;
    offers_what_it_can,
    sorts_what_it_holds,
    deletes_several,
    shares_a_link,
    opens_a_room_by_its_secret,
}
