//! SuperViz, through the gateway: a list to look at, play and save.

use super::system::{BEHIND_GATEWAY, Mark, System};
use super::tests;
use crate::harness::Dialect;

const IT: System = System {
    dialect: Dialect::SuperViz,
    rows: 200,
    films: [Mark::Seconds(60.0), Mark::Seconds(1200.0)],
    menu: &["Download", "Details"],
    toolbar: &[],
    filters: &["Room", "Status", "Date"],
    ..BEHIND_GATEWAY
};

tests! {
    IT;
    lists_and_pages,
    offers_what_it_can,
    sorts_what_it_holds,
    plays_and_seeks,
    plays_on_when_the_token_ends,
    opens_the_file_beside,
    signs_in_and_out,
    ends_with_the_cookie,
}
