//! One recording plays at a time on a page: the one that begins stops the other, whichever element it
//! is in.

use std::cell::RefCell;

use web_sys::HtmlVideoElement;

thread_local! {
    static PLAYING: RefCell<Option<HtmlVideoElement>> = const { RefCell::new(None) };
}

pub fn began(video: &HtmlVideoElement) {
    let other = PLAYING.replace(Some(video.clone())).filter(|other| other != video);
    if let Some(other) = other {
        // Never fails.
        let _ = other.pause();
    }
}

pub fn left(video: &HtmlVideoElement) {
    PLAYING.with_borrow_mut(|playing| {
        playing.take_if(|it| it == video);
    });
}
