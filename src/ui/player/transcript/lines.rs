//! The lines of a transcript in the page. There may be thousands: they are copies of one, put in a few
//! milliseconds at a time, and changed one by one. What to do with them is decided by the view.

use std::{ops::Range, rc::Rc};

use futures_util::future::AbortHandle;
use gloo_timers::future::TimeoutFuture;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlElement, Node};

use crate::{
    i18n::clock,
    library::{Criteria, highlight},
    player::{Transcript, TranscriptLine},
    ui::{
        browser,
        dom::{NodeRef, Sign, b, button, li, span, time},
        reactive::*,
        state::State,
    },
};

/// Milliseconds of work at a time, so that the page keeps drawing.
const SLICE: u64 = 8;

/// A handle, free to copy.
#[derive(Clone, Copy)]
pub struct Lines {
    state: State,
    /// What they stand in, and what scrolls.
    pub list: NodeRef<HtmlElement>,
    template: NodeRef<Node>,
    items: StoredValue<Vec<Item>>,
    /// The line that is said, where it is in the page.
    now: StoredValue<Option<usize>>,
    /// The one line that Tab stops at.
    stop: StoredValue<usize>,
    /// Lines in which something is marked.
    marked: StoredValue<Vec<usize>>,
    filling: StoredValue<Job>,
    marking: StoredValue<Job>,
}

struct Item {
    button: HtmlElement,
    text: Element,
}

/// Work that is under way, and stops when other work takes its place.
#[derive(Default)]
pub struct Job(pub Option<AbortHandle>);

impl Drop for Job {
    fn drop(&mut self) {
        self.0.iter().for_each(AbortHandle::abort);
    }
}

impl Lines {
    pub fn new(state: State) -> Self {
        let template = NodeRef::default();
        let parts = (time(), Sign(" "), b(), Sign(" "), span().attr("dir", "auto"));
        let button = button().attr("type", "button").attr("tabindex", "-1").child(parts);
        // The node stays by its handle.
        drop(li().node_ref(template).child(button));
        Self {
            state,
            list: NodeRef::default(),
            template,
            items: StoredValue::new(Vec::new()),
            now: StoredValue::new(None),
            stop: StoredValue::new(0),
            marked: StoredValue::new(Vec::new()),
            filling: StoredValue::new(Job::default()),
            marking: StoredValue::new(Job::default()),
        }
    }

    /// Puts the lines into the list, in place of those of another recording or language, and calls when
    /// they are there.
    pub fn fill(self, transcript: Rc<Transcript>, done: impl FnOnce() + 'static) {
        self.marking.set_value(Job::default());
        self.marked.set_value(Vec::new());
        self.items.set_value(Vec::new());
        self.now.set_value(None);
        self.stop.set_value(0);
        let (Some(list), Some(template)) =
            (self.list.get_untracked(), self.template.get_untracked())
        else {
            return;
        };
        list.set_text_content(None);
        let work = async move {
            let mut began = browser::clock();
            let mut before = None;
            for line in transcript.lines() {
                let speaker = line.speaker.as_deref();
                if let Some((node, item)) =
                    copy(&template, line, speaker.filter(|_| speaker != before))
                {
                    // Fails only for cycles.
                    let _ = list.append_child(&node);
                    self.items.update_value(|it| it.push(item));
                }
                before = speaker;
                rest(&mut began).await;
            }
            self.stop_at(0);
            done();
        };
        self.filling.set_value(Job(Some(self.state.spawn(work))));
    }

    /// Shows which line is said: whether it is in the page.
    pub fn show_now(self, now: Option<usize>) -> bool {
        let before = self.now.get_value();
        let is_there = self.items.with_value(|items| {
            let there = now.and_then(|at| items.get(at));
            if before != now {
                // Neither fails for an attribute of that name.
                if let Some(item) = before.and_then(|at| items.get(at)) {
                    let _ = item.button.remove_attribute("aria-current");
                }
                if let Some(item) = there {
                    let _ = item.button.set_attribute("aria-current", "true");
                }
            }
            there.is_some()
        });
        self.now.set_value(now.filter(|_| is_there));
        is_there
    }

    /// Marks what is searched for in the lines that have it, and nothing in the others.
    pub fn mark(self, transcript: Rc<Transcript>, hits: Vec<usize>, wanted: Criteria) {
        let work = async move {
            let mut began = browser::clock();
            while let Some(at) = self.marked.try_update_value(Vec::pop).flatten() {
                self.write(&transcript, at, |_| Vec::new());
                rest(&mut began).await;
            }
            for at in hits {
                self.write(&transcript, at, |text| highlight(text, &wanted, browser::fold));
                self.marked.update_value(|it| it.push(at));
                rest(&mut began).await;
            }
        };
        self.marking.set_value(Job(Some(self.state.spawn(work))));
    }

    fn write(
        self,
        transcript: &Transcript,
        at: usize,
        hits: impl FnOnce(&str) -> Vec<Range<usize>>,
    ) {
        let Some(line) = transcript.lines().get(at) else { return };
        self.items.with_value(|items| {
            if let Some(item) = items.get(at) {
                write_marked(&item.text, &line.text, &hits(&line.text));
            }
        });
    }

    /// Scrolls the list, and never the page, so that a line stands in its upper half.
    pub fn reveal(self, at: usize) {
        let (Some(list), Some(line)) = (self.list.get_untracked(), self.get(at)) else { return };
        let below = line.get_bounding_client_rect().top() - list.get_bounding_client_rect().top();
        let room = f64::from(list.client_height()) / 3.0;
        list.set_scroll_top(list.scroll_top() + (below - room) as i32);
    }

    /// Moves the focus to a line, past the end to the last, and has all of it in sight.
    pub fn focus(self, at: usize) {
        let last = self.items.with_value(Vec::len).saturating_sub(1);
        let (Some(list), Some(line)) = (self.list.get_untracked(), self.get(at.min(last))) else {
            return;
        };
        browser::focus_in_place(&line);
        let (line, frame) = (line.get_bounding_client_rect(), list.get_bounding_client_rect());
        let above = (line.top() - frame.top()).min(0.0);
        let below = (line.bottom() - frame.bottom()).max(0.0);
        list.set_scroll_top(list.scroll_top() + (above + below) as i32);
    }

    pub fn get(self, at: usize) -> Option<HtmlElement> {
        self.items.with_value(|it| it.get(at).map(|it| it.button.clone()))
    }

    /// The line that something happens in.
    pub fn place(self, event: &Event) -> Option<usize> {
        let target = event.target()?.dyn_into::<Element>().ok()?;
        let line = target.closest("button").ok()??;
        self.items.with_value(|it| it.iter().position(|it| *it.button == line))
    }

    pub fn stop(self) -> usize {
        self.stop.get_value()
    }

    pub fn stop_at(self, at: usize) {
        let before = self.stop.get_value();
        self.items.with_value(|items| {
            for (at, index) in [(before, "-1"), (at, "0")] {
                if let Some(item) = items.get(at) {
                    let _ = item.button.set_attribute("tabindex", index);
                }
            }
        });
        self.stop.set_value(at);
    }
}

/// Once in a while, leaves the page to others for a moment.
async fn rest(began: &mut u64) {
    if browser::clock() - *began >= SLICE {
        TimeoutFuture::new(0).await;
        *began = browser::clock();
    }
}

/// A copy of the template with a line in it, and what of it is used later.
fn copy(template: &Node, line: &TranscriptLine, speaker: Option<&str>) -> Option<(Node, Item)> {
    let node = template.clone_node_with_deep(true).ok()?;
    let button = node.first_child()?.dyn_into::<HtmlElement>().ok()?;
    let (time, text) = (button.first_element_child()?, button.last_element_child()?);
    time.set_text_content(Some(&clock(line.start as u64)));
    if speaker.is_some() {
        time.next_element_sibling()?.set_text_content(speaker);
    }
    text.set_text_content(Some(&line.text));
    Some((node, Item { button, text }))
}

fn write_marked(element: &Element, text: &str, hits: &[Range<usize>]) {
    element.set_text_content(None);
    let part = |range| text.get(range).unwrap_or_default();
    let mut from = 0;
    for hit in hits {
        let mark = browser::document().and_then(|it| it.create_element("mark").ok());
        if let Some(mark) = mark {
            mark.set_text_content(Some(part(hit.clone())));
            // Neither fails in a span.
            let _ = element.append_with_str_1(part(from..hit.start));
            let _ = element.append_with_node_1(&mark);
            from = hit.end;
        }
    }
    let _ = element.append_with_str_1(part(from..text.len()));
}
