//! Which addresses of a server are taken.

use meet_recordings::client::{InvalidServerUrl, ServerUrl};
use wasm_bindgen_test::wasm_bindgen_test;

const PAGE: &str = "https://app.example/some/page?x#y";

#[wasm_bindgen_test]
fn addresses_are_normalised() {
    let same = |text| ServerUrl::parse(text, PAGE).unwrap();
    assert_eq!(same("/"), same("https://app.example"));
    assert_eq!(same("https://meet.example/base//?a=b#c"), same("https://meet.example/base"));
}

#[wasm_bindgen_test]
fn what_is_no_server_is_refused() {
    for text in ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "blob:x"] {
        assert_eq!(ServerUrl::parse(text, PAGE), Err(InvalidServerUrl::Scheme), "{text}");
    }
    assert_eq!(
        ServerUrl::parse("https://user:pass@meet.example", PAGE),
        Err(InvalidServerUrl::Credentials)
    );
    assert_eq!(ServerUrl::parse("https://", PAGE), Err(InvalidServerUrl::NotAUrl));
}

#[wasm_bindgen_test]
fn a_page_that_came_by_https_does_not_speak_http() {
    assert_eq!(ServerUrl::parse("http://meet.example", PAGE), Err(InvalidServerUrl::Insecure));
    assert!(
        ServerUrl::parse("//meet.example", PAGE) == ServerUrl::parse("https://meet.example", PAGE)
    );
    // Nobody is on the way there, and a page that came by http speaks what it likes.
    assert!(ServerUrl::parse("http://localhost:7080", PAGE).is_ok());
    assert!(ServerUrl::parse("http://meet.example", "http://app.example/").is_ok());
}
