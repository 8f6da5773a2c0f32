//! Small texts that outlive the page, such as the chosen layout. Blocked storage (third-party frames,
//! a reader's choice) throws at the first touch: then nothing is kept.

use web_sys::Storage;

/// The storage is the host page's too.
const PREFIX: &str = "meet-recordings:";

pub fn get(name: &str) -> Option<String> {
    storage()?.get_item(&own(name)).ok()?
}

/// Keeps `text` under `name`, where there is room: a browser gives a site about 5 MB.
pub fn set(name: &str, text: &str) {
    // Throws when full.
    let _ = storage().map(|storage| storage.set_item(&own(name), text));
}

pub fn remove(name: &str) {
    let _ = storage().map(|storage| storage.remove_item(&own(name)));
}

fn storage() -> Option<Storage> {
    web_sys::window()?.local_storage().ok()?
}

fn own(name: &str) -> String {
    [PREFIX, name].concat()
}
