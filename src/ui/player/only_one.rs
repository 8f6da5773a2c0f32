//! One recording plays at a time on a page: the one that begins stops the other, whichever element it
//! is in.

use std::cell::RefCell;

use super::screen::Screen;

thread_local! {
    static PLAYING: RefCell<Option<Screen>> = const { RefCell::new(None) };
}

pub fn began(screen: Screen) {
    let other = PLAYING.replace(Some(screen)).filter(|other| !is_same(*other, screen));
    if let Some(other) = other {
        // Also one that is being healed: it would begin again by itself.
        other.pause();
    }
}

/// It is gone.
pub fn left(screen: Screen) {
    PLAYING.with_borrow_mut(|playing| {
        playing.take_if(|it| is_same(*it, screen));
    });
}

fn is_same(one: Screen, other: Screen) -> bool {
    one.video.get_untracked() == other.video.get_untracked()
}
