//! From one picture to the next, while paused. How long a picture stands is learnt from the first that
//! are shown, where the browser tells (`requestVideoFrameCallback`).

use js_sys::{Function, Reflect};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};

use super::screen::Screen;
use crate::{player::Frames, ui::reactive::*};

type OnFrame = Closure<dyn FnMut(JsValue, JsValue)>;

#[derive(Clone, Copy)]
pub struct Stepping {
    screen: Screen,
    frames: StoredValue<Frames>,
    on_frame: StoredValue<Option<OnFrame>>,
}

impl Stepping {
    pub fn new(screen: Screen) -> Self {
        let it = Self {
            screen,
            frames: StoredValue::new(Frames::default()),
            on_frame: StoredValue::new(None),
        };
        it.on_frame.set_value(Some(Closure::new(move |_, about: JsValue| {
            let seconds = Reflect::get(&about, &"mediaTime".into()).ok().and_then(|it| it.as_f64());
            let Some(seconds) = seconds else { return };
            let is_sure = it.frames.try_update_value(|frames| {
                frames.seen(seconds);
                frames.is_sure()
            });
            if is_sure == Some(false) {
                it.ask();
            }
        })));
        it
    }

    /// Another recording has pictures of another length.
    pub fn begin(self) {
        self.frames.set_value(Frames::default());
        self.ask();
    }

    /// Goes so many pictures on, or back. Aims at the middle of a picture: its edges are rounded.
    pub fn step(self, count: i32) {
        if !self.screen.is_paused.get_untracked() {
            return;
        }
        let length = self.frames.with_value(Frames::duration);
        let now = (self.screen.position.get_untracked() / length).floor();
        self.screen.seek((now + 0.5 + f64::from(count)) * length);
    }

    fn ask(self) -> Option<()> {
        let video = self.screen.video.get_untracked()?;
        let request = Reflect::get(&video, &"requestVideoFrameCallback".into()).ok()?;
        let request: Function = request.dyn_into().ok()?;
        self.on_frame.with_value(|on_frame| {
            if let Some(on_frame) = on_frame {
                // A video takes any function.
                let _ = request.call1(&video, on_frame.as_ref());
            }
        });
        Some(())
    }
}
