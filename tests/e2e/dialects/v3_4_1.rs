//! OpenVidu Meet 3.4.1: tokens in headers, or in cookies where the operator wants it.

use super::system::{OPENVIDU_MEET, System};
use super::tests;
use crate::harness::Dialect;

const IT: System = System { dialect: Dialect::V341, three_deletions: &[200], ..OPENVIDU_MEET };

tests! {
    IT;
    lists_and_pages,
    offers_what_it_can,
    filters_by_room,
    sorts_what_it_holds,
    plays_and_seeks,
    plays_on_when_the_token_ends,
    downloads,
    downloads_several_as_zip,
    deletes_one,
    deletes_several,
    shares_a_link,
    signs_in_and_out,
    renews_the_session,
    opens_a_room_by_its_secret,
}

/// The same with tokens in cookies, by the operator's choice.
mod in_cookies {
    use super::*;
    use crate::harness::AuthTransport;

    const IT: System = System { transport: AuthTransport::Cookie, ..super::IT };

    tests! {
        IT;
        plays_and_seeks,
        renews_the_session,
        opens_a_room_by_its_secret,
    }
}
