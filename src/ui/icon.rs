//! The icons, drawn in a 24 × 24 box by strokes of the current colour. Decoration only: what they
//! stand on has a name.

use super::dom::{Attribute, El, path, svg};

pub const SEARCH: &str = "M17.5 11a6.5 6.5 0 1 1-13 0 6.5 6.5 0 0 1 13 0M16 16l4.5 4.5";
pub const FILTER: &str = "M4 7h16M7.5 12h9M10.5 17h3";
pub const REFRESH: &str = "M19.5 12a7.5 7.5 0 1 1-2.2-5.3L19.5 9M19.5 4v5h-5";
pub const PLAY: &str = "M8.5 5.8v12.4l9.8-6.2z";
pub const PAUSE: &str = "M8.5 6v12M15.5 6v12";
pub const MORE: &str = "M4.8 12a.7.7 0 1 0 1.4 0 .7.7 0 1 0-1.4 0m6.5 0a.7.7 0 1 0 1.4 0 .7.7 0 1 0-1.4 0m6.5 0a.7.7 0 1 0 1.4 0 .7.7 0 1 0-1.4 0";
pub const DOWNLOAD: &str = "M12 4v11m-4.5-4.5L12 15l4.5-4.5M5 19.5h14";
pub const TRASH: &str = "M5 7h14M9.5 7V4.5h5V7M7 7l.8 12.5h8.4L17 7";
pub const CLOSE: &str = "m6.5 6.5 11 11m0-11-11 11";
pub const UP: &str = "M12 18V6m-4.5 4.5L12 6l4.5 4.5";
pub const DOWN: &str = "M12 6v12m-4.5-4.5L12 18l4.5-4.5";
pub const WARNING: &str = "M12 4.5 3.5 19h17zM12 10v4m0 2.6v.1";
pub const LINK: &str = "M10 14a4 4 0 0 0 5.7 0l3-3A4 4 0 0 0 13 5.3l-1 1M14 10a4 4 0 0 0-5.7 0l-3 3a4 4 0 0 0 5.7 5.7l1-1";
pub const SHARE: &str = "M12 14V4m-3.5 3L12 3.5 15.5 7M7 11H5.5v9h13v-9H17";
pub const VOLUME: &str =
    "M4 10v4h3.5L12 18V6L7.5 10zM15.5 9a4 4 0 0 1 0 6m2-8.5a7.5 7.5 0 0 1 0 11";
pub const MUTED: &str = "M4 10v4h3.5L12 18V6L7.5 10zm12 0 4.5 4.5m0-4.5L16 14.5";
pub const EDIT: &str = "M5 19h3.5L19 8.5 15.5 5 5 15.5zM13 7.5 16.5 11";
pub const MERGE: &str = "M7 4.5v4l5 5v6m5-15v4l-5 5";
pub const SELECT_ALL: &str = "m3 12.5 4 4 8.5-9M11.5 15l1.5 1.5 8-9";
pub const FILE: &str = "M7 4h6.5L18 8.5V20H7zM13 4v5h5";
pub const CAPTIONS: &str = "M4 6.5h16v11H4zM10 10.5a2 2 0 1 0 0 3m6-3a2 2 0 1 0 0 3";
pub const BACK: &str = "M5 12a7 7 0 1 0 2-4.9L5 9m0-5v5h5";
pub const FORWARD: &str = "M19 12a7 7 0 1 1-2-4.9L19 9m0-5v5h-5";
pub const NEXT: &str = "M6 6v12l9-6zM18 6v12";
pub const PREVIOUS: &str = "M18 6v12l-9-6zM6 6v12";
pub const SETTINGS: &str = "M4 8h8m5 0h3M4 16h3m5 0h8M12 8a2.5 2.5 0 1 0 5 0 2.5 2.5 0 1 0-5 0m-5 8a2.5 2.5 0 1 0 5 0 2.5 2.5 0 1 0-5 0";
pub const TRANSCRIPT: &str = "M5 6h14M5 10h14M5 14h9M5 18h11";
pub const THEATRE: &str = "M3.5 7h17v10h-17z";
pub const PICTURE: &str = "M4 5.5h16v13H4zm9 6.5h5v4h-5z";
pub const DEVICE: &str = "M4 9V5.5h16v13h-5M4 12.5a6 6 0 0 1 6 6m-6-2.5a2.5 2.5 0 0 1 2.5 2.5";
pub const INFO: &str = "M12 4a8 8 0 1 0 0 16 8 8 0 1 0 0-16m0 7v5m0-8.2v.2";
pub const EXIT_FULL_SCREEN: &str = "M5 9h4V5m6 0v4h4M5 15h4v4m6 0v-4h4";
pub const FULL_SCREEN: &str = "M9 5H5v4m10-4h4v4M9 19H5v-4m10 4h4v-4";
pub const LOCK: &str = "M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3";
pub const UNLOCK: &str = "M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 6.7-1.4";
pub const OPEN: &str = "M9 6.5H5.5v12h12V15M13 5h6v6m0-6-8 8";
pub const RECORD: &str =
    "M12 4.5a7.5 7.5 0 1 0 0 15 7.5 7.5 0 1 0 0-15m0 4.5a3 3 0 1 0 0 6 3 3 0 1 0 0-6";
pub const STOP: &str = "M7 7h10v10H7z";
#[cfg(feature = "app")]
pub const USER: &str =
    "M12 4.5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 1 0 0-7M5 19.5c.6-3.4 3.4-5 7-5s6.4 1.6 7 5";
#[cfg(feature = "app")]
pub const LEAVE: &str = "M14 4.5H6v15h8M10.5 12H20m-3.5-3.5L20 12l-3.5 3.5";
pub const TO_START: &str = "M19 12H5.5M11 6l-6 6 6 6";
pub const PLUS: &str = "M12 5v14M5 12h14";

/// `shape` is one of the constants above, or a closure that gives one.
pub fn icon(shape: impl Attribute) -> El {
    svg()
        .attr("class", "icon")
        .attr("viewBox", "0 0 24 24")
        .attr("aria-hidden", "true")
        .child(path().attr("d", shape))
}
