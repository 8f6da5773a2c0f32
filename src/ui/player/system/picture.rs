//! The picture in a small window above all others.

use leptos::ev;
use web_sys::HtmlVideoElement;

use super::{
    super::screen::{Screen, set},
    bar_button, call, get, is_true, listen,
};
use crate::{
    i18n::t,
    player::Action,
    ui::{browser, dom::Child, icon},
};

/// WebKit's own name for it, older than the standard's methods.
const PICTURE: &str = "picture-in-picture";

/// The button, where the engine has such windows and leaves them to the page: Firefox does not.
pub fn picture_in_picture(screen: Screen) -> impl Child {
    let is_in = move || screen.is_in_picture.get();
    let name = move || if is_in() { t("Exit picture in picture") } else { t("Picture in picture") };
    let keys = move || screen.state.player.with(|likes| likes.keys.aria(Action::PictureInPicture));
    move || {
        let video = screen.video.get()?;
        if !is_standard() && !is_webkit(&video) {
            return None;
        }
        follow(screen, &video);
        Some(
            bar_button(name, icon::PICTURE)
                .attr("aria-keyshortcuts", keys)
                .on(ev::click, move |_| toggle_picture_in_picture(screen)),
        )
    }
}

pub fn toggle_picture_in_picture(screen: Screen) {
    let Some(video) = screen.video.get_untracked() else { return };
    let Some(document) = browser::document() else { return };
    let is_in = screen.is_in_picture.get_untracked();
    match (is_standard(), is_in) {
        (true, true) => call(&document, "exitPictureInPicture", &[]),
        (true, false) => call(&video, "requestPictureInPicture", &[]),
        (false, _) => {
            let mode = if is_in { "inline" } else { PICTURE };
            call(&video, "webkitSetPresentationMode", &[mode.into()])
        }
    };
}

fn is_standard() -> bool {
    browser::document().is_some_and(|it| is_true(&it, "pictureInPictureEnabled"))
}

fn is_webkit(video: &HtmlVideoElement) -> bool {
    let answer = call(video, "webkitSupportsPresentationMode", &[PICTURE.into()]);
    answer.is_some_and(|it| it.is_truthy())
}

/// Keeps `screen.is_in_picture` right: such a window has a button of its own that closes it.
fn follow(screen: Screen, video: &HtmlVideoElement) {
    for (name, is_in) in [("enterpictureinpicture", true), ("leavepictureinpicture", false)] {
        listen(video, name, move |_| set(screen.is_in_picture, is_in));
    }
    let shown = video.clone();
    listen(video, "webkitpresentationmodechanged", move |_| {
        let mode = get(&shown, "webkitPresentationMode").and_then(|it| it.as_string());
        set(screen.is_in_picture, mode.as_deref() == Some(PICTURE));
    });
}
