//! The library where no server answers.

use gloo_timers::future::TimeoutFuture;
use meet_recordings::{
    client::{Auth, Client, ServerUrl},
    ui::{State, dom::mount, library, parts},
};
use wasm_bindgen_test::wasm_bindgen_test;

use super::Place;

#[wasm_bindgen_test]
async fn says_so_in_place_and_offers_to_try_again() {
    let place = Place::new();
    // Port 9 (discard) answers nowhere; browsers refuse to ask it.
    let server = ServerUrl::parse("http://127.0.0.1:9/", "http://127.0.0.1/").unwrap();
    let mounted = mount(&place.0, || {
        library(State::new(Client::new(server, None, Auth::Server, parts::provider)))
    });
    assert!(place.find("[aria-hidden=true] .is-skeleton").is_connected());
    let mut waits = 0;
    while !place.text().contains("cannot be reached") {
        waits += 1;
        assert!(waits < 100, "no message: {}", place.text());
        TimeoutFuture::new(50).await;
    }
    assert_eq!(place.find(".blank button").text_content().as_deref(), Some("Try again"));
    let said = place.find("[role=alert]").text_content().unwrap_or_default();
    assert!(said.contains("cannot be reached"), "a screen reader hears: {said}");
    drop(mounted);
    assert_eq!(place.text(), "");
}
