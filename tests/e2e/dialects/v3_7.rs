//! OpenVidu Meet 3.6 and 3.7: as 3.5, below `/meet`.

use super::system::{OPENVIDU_MEET, System};
use super::tests;
use crate::harness::Dialect;

const IT: System = System {
    dialect: Dialect::V37,
    oldest_first: Some("sortField=startDate&sortOrder=asc"),
    three_deletions: &[200],
    refresh: Some("/meet/internal-api/v1/auth/refresh"),
    ..OPENVIDU_MEET
};

tests! {
    IT;
    lists_and_pages,
    offers_what_it_can,
    filters_by_room,
    sorts_on_the_server,
    plays_and_seeks,
    plays_on_when_the_token_ends,
    downloads,
    downloads_several_as_zip,
    deletes_one,
    deletes_several,
    shares_a_link,
    signs_in_and_out,
    renews_the_session,
}
