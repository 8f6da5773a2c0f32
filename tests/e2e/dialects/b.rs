//! OpenVidu Meet 3.0.0-beta3. The other tests of this suite run against it too.

use super::system::{OPENVIDU_MEET, System};
use super::tests;
use crate::harness::Dialect;

const IT: System = System { dialect: Dialect::B, ..OPENVIDU_MEET };

tests! {
    IT;
    lists_and_pages,
    offers_what_it_can,
    filters_by_room,
    sorts_what_it_holds,
    plays_and_seeks,
    downloads,
    downloads_several_as_zip,
    deletes_one,
    deletes_several,
    shares_a_link,
    signs_in_and_out,
    renews_the_session,
    opens_a_room_by_its_secret,
}
