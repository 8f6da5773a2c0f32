//! The last picture, held over a video that is being loaded again: without it the viewer would see a
//! black flash at every hole in the network.

use wasm_bindgen::JsCast;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement, HtmlVideoElement};

use crate::ui::{
    dom::{El, NodeRef, canvas},
    reactive::*,
};

#[derive(Clone, Copy)]
pub struct Still {
    node: NodeRef<HtmlCanvasElement>,
    is_shown: RwSignal<bool>,
}

impl Still {
    pub fn new() -> Self {
        Self { node: NodeRef::default(), is_shown: RwSignal::new(false) }
    }

    pub fn canvas(self) -> El {
        canvas()
            .node_ref(self.node)
            .class("still")
            .attr("aria-hidden", "true")
            .attr("hidden", move || (!self.is_shown.get()).then_some(""))
    }

    /// Takes the picture that is there, if there is one.
    pub fn show(self, video: &HtmlVideoElement) {
        if self.is_shown.get_untracked() {
            return;
        }
        self.is_shown.set(self.draw(video).is_some());
    }

    pub fn hide(self) {
        if self.is_shown.get_untracked() {
            self.is_shown.set(false);
            if let Some(canvas) = self.node.get_untracked() {
                // Frees the memory of the picture.
                canvas.set_width(0);
            }
        }
    }

    fn draw(self, video: &HtmlVideoElement) -> Option<()> {
        let (width, height) = (video.video_width(), video.video_height());
        let canvas = self.node.get_untracked().filter(|_| width > 0 && height > 0)?;
        canvas.set_width(width);
        canvas.set_height(height);
        let context: CanvasRenderingContext2d = canvas.get_context("2d").ok()??.dyn_into().ok()?;
        let (width, height) = (f64::from(width), f64::from(height));
        // Of another origin's picture only the reading back is forbidden.
        context
            .draw_image_with_html_video_element_and_dw_and_dh(video, 0.0, 0.0, width, height)
            .ok()
    }
}
