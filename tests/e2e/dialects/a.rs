//! OpenVidu Meet of 2025-03-17: `/meet/api/v1`, all recordings in one answer, no links and no ZIP.

use super::system::{OPENVIDU_MEET, System};
use super::tests;
use crate::harness::Dialect;

const IT: System = System {
    dialect: Dialect::A,
    has_pages: false,
    menu: &["Download", "Details", "Delete"],
    toolbar: &["Download selected", "Delete selected"],
    refresh: Some("/meet/api/v1/auth/admin/refresh"),
    ..OPENVIDU_MEET
};

tests! {
    IT;
    lists_and_pages,
    offers_what_it_can,
    sorts_what_it_holds,
    plays_and_seeks,
    downloads,
    deletes_one,
    deletes_several,
    signs_in_and_out,
    renews_the_session,
}
