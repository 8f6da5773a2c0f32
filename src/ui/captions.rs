//! Captions over the picture. Fetched and read by ourselves and given to the browser's own renderer as
//! cues: a `<track>` would need the file's server to allow us, and a policy to allow `blob:`.

use leptos::ev;
use web_sys::{HtmlVideoElement, TextTrack, TextTrackKind, TextTrackMode, VttCue};

use super::{
    dom::{Child, NodeRef, button},
    icon,
    icon::icon,
    reactive::*,
    state::State,
};
use crate::{
    i18n::messages,
    media::read_captions,
    model::{Error, Subtitle, Unexpected},
};

/// A button that shows the captions, where there are any. Of several languages the first that the
/// reader's browser prefers.
pub fn captions(
    state: State,
    video: NodeRef<HtmlVideoElement>,
    subtitles: Vec<Subtitle>,
) -> impl Child {
    let chosen = preferred(subtitles)?;
    let track = StoredValue::new(None::<TextTrack>);
    let is_shown = RwSignal::new(false);
    let is_loading = RwSignal::new(false);
    let show = move |is_wanted: bool| {
        is_shown.set(is_wanted);
        let mode = if is_wanted { TextTrackMode::Showing } else { TextTrackMode::Hidden };
        track.with_value(|it| it.iter().for_each(|it| it.set_mode(mode)));
    };
    let load = {
        let chosen = chosen.clone();
        move || {
            let chosen = chosen.clone();
            is_loading.set(true);
            state.spawn(async move {
                let result = match state.client().text(&chosen.url).await {
                    Ok(text) => {
                        read_captions(&text).ok_or(Error::Unexpected(Unexpected::NotCaptions))
                    }
                    Err(error) => Err(error),
                };
                // The player may have been closed meanwhile.
                is_loading.set(false);
                match (result, video.get_untracked()) {
                    (Ok(cues), Some(video)) => {
                        let made = video.add_text_track_with_label_and_language(
                            TextTrackKind::Captions,
                            &chosen.label,
                            &chosen.language,
                        );
                        for cue in cues {
                            if let Ok(cue) = VttCue::new(cue.start, cue.end, &cue.text) {
                                cue.set_snap_to_lines(false);
                                cue.set_line_f64(top_of(&cue.text(), &video));
                                made.add_cue(&cue);
                            }
                        }
                        track.set_value(Some(made));
                        show(true);
                    }
                    (Err(error), Some(_)) => {
                        state.warn(format!("No captions. {}", messages::error(&error)));
                    }
                    (_, None) => {}
                }
            });
        }
    };
    Some(
        button()
            .class("icon-button")
            .attr("type", "button")
            .attr("aria-label", "Captions")
            .attr("title", chosen.label)
            .attr("aria-pressed", move || is_shown.get().to_string())
            .attr("aria-busy", move || is_loading.get().to_string())
            .on(ev::click, move |_| {
                if is_loading.get_untracked() {
                    return;
                }
                if track.with_value(Option::is_some) {
                    show(!is_shown.get_untracked());
                } else {
                    load();
                }
            })
            .child(icon(icon::CAPTIONS)),
    )
}

/// Where a caption begins, in percent of the picture's height, so that it ends above our controls. Not
/// all engines can be told where it ends.
fn top_of(text: &str, video: &HtmlVideoElement) -> f64 {
    const CONTROLS: f64 = 92.0;
    /// Characters, after which a line is probably broken.
    const LINE: usize = 48;
    let height = f64::from(video.client_height()).max(1.0);
    let line_height = 1.3 * (height * 0.05).max(15.0);
    let lines: usize = text.lines().map(|line| 1 + line.chars().count() / LINE).sum();
    let top = height - CONTROLS - line_height * lines as f64;
    (100.0 * top / height).clamp(0.0, 90.0).round()
}

fn preferred(subtitles: Vec<Subtitle>) -> Option<Subtitle> {
    let reader = super::browser::language();
    let own = reader.split('-').next().unwrap_or_default().to_owned();
    let at = subtitles.iter().position(|it| it.language.split('-').next() == Some(&own));
    subtitles.into_iter().nth(at.unwrap_or(0))
}
