//! 3.4: rooms have a status, and deleting asks what becomes of a meeting and of recordings.

use super::system::V34;
use super::tests;

tests! {
    V34;
    lists_its_rooms,
    offers_what_it_can_do_with_rooms,
    makes_a_room,
    changes_a_room,
    shares_a_room,
    closes_and_opens_a_room,
    deletes_an_empty_room,
    keeps_recordings_and_closes_their_room,
    deletes_recordings_with_their_room,
    leaves_a_room_as_it_is,
    waits_for_a_meeting_or_ends_it,
    settles_a_meeting_and_recordings_at_once,
    deletes_several_with_mixed_outcomes,
}
