//! The window on the list: how large it is, where it is scrolled to, and so which lines are in the
//! page. The maths are `library::{Lines, Scroller}`'s; this reads the browser's boxes and moves them.

use std::ops::Range;

use gloo_timers::callback::Timeout;
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{HtmlElement, ResizeObserver};

use super::List;
use crate::{
    library::{Align, GroupKey, Layout, Line, Lines, Scroller, Slot},
    ui::{dom::NodeRef, reactive::*},
};

/// Lines beyond each edge that are in the page, so that scrolling has something to show at once.
const OVERSCAN: usize = 4;
/// Rows in the page, whatever the size of the window.
const MOST_ROWS: usize = 56;
/// Narrower than this, in CSS px, a table has no room for its columns.
const NARROW: f64 = 720.0;
/// Of one item in the grid layout, at least; CSS px.
const ITEM_WIDTH: f64 = 220.0;
/// Without scrolling for so long, in ms, the scroll area may be put right.
const IDLE: u32 = 200;

/// Something that takes a place in the window.
#[derive(Clone, Debug, PartialEq)]
pub enum Entry {
    Row {
        slot: Slot,
        /// In the order shown.
        at: usize,
        /// Outside of the window, and in the page only because it has the focus.
        is_away: bool,
    },
    Heading {
        key: GroupKey,
        count: usize,
    },
}

impl Entry {
    pub fn is_same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Row { slot: a, .. }, Self::Row { slot: b, .. }) => a == b,
            (Self::Heading { key: a, .. }, Self::Heading { key: b, .. }) => a == b,
            _ => false,
        }
    }
}

/// The cell that the keyboard is at.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Active {
    pub slot: Slot,
    pub at: usize,
    /// Among what can be gone to in a row.
    pub stop: usize,
}

/// CSS px.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Boxes {
    width: f64,
    height: f64,
    line: f64,
}

#[derive(Clone, Copy)]
pub struct Frame {
    list: List,
    pub viewport: NodeRef<HtmlElement>,
    /// As high as a line.
    pub probe: NodeRef<HtmlElement>,
    /// What stands over the rows and stays there.
    pub heads: NodeRef<HtmlElement>,
    /// What is scrolled, as high as all lines or as high as an engine can.
    pub area: NodeRef<HtmlElement>,
    /// What holds the rows in the page, at their place in it.
    pub sheet: NodeRef<HtmlElement>,
    scroller: StoredValue<Scroller>,
    boxes: RwSignal<Boxes>,
    /// How it is laid out here: a table needs width.
    pub layout: Memo<Layout>,
    pub columns: Memo<usize>,
    lines: Memo<Lines>,
    pub active: RwSignal<Option<Active>>,
    window: RwSignal<Range<usize>>,
    /// Where the browser has it, as far as we know; CSS px.
    scroll_top: StoredValue<f64>,
    /// The first item of each line that can be seen, and that line.
    seen: StoredValue<Vec<(Slot, usize)>>,
    resync: StoredValue<Option<Timeout>>,
}

impl Frame {
    pub fn new(list: List) -> Self {
        let boxes = RwSignal::new(Boxes::default());
        let layout = Memo::new(move |_| match list.layout.get() {
            Layout::Table if boxes.read().width < NARROW => Layout::Cards,
            layout => layout,
        });
        let columns = Memo::new(move |_| match layout.get() {
            Layout::Grid => ((boxes.read().width / ITEM_WIDTH) as usize).max(1),
            _ => 1,
        });
        let lines = Memo::new(move |_| {
            list.order.with(|order| {
                let starts: Vec<usize> = order.groups.iter().map(|group| group.at).collect();
                Lines::new(order.slots.len(), &starts, columns.get())
            })
        });
        let frame = Self {
            list,
            viewport: NodeRef::default(),
            probe: NodeRef::default(),
            heads: NodeRef::default(),
            area: NodeRef::default(),
            sheet: NodeRef::default(),
            scroller: StoredValue::new(Scroller::new(0, 1.0, 0.0)),
            boxes,
            layout,
            columns,
            lines,
            active: RwSignal::new(None),
            window: RwSignal::new(0..0),
            scroll_top: StoredValue::new(0.0),
            seen: StoredValue::new(Vec::new()),
            resync: StoredValue::new(None),
        };
        frame.follow_boxes();
        frame.follow_lines();
        frame
    }

    /// What is in the page: the window, and the row with the focus wherever it is.
    pub fn entries(self) -> Vec<Entry> {
        let window = self.window.get();
        let active = self.active.get();
        self.lines.with(|lines| {
            self.list.order.with(|order| {
                let mut entries = Vec::new();
                let mut has_active = false;
                for line in window.clone() {
                    match lines.line(line) {
                        Line::Group(group) => {
                            let Some(start) = order.groups.get(group) else { continue };
                            let end =
                                order.groups.get(group + 1).map_or(order.slots.len(), |it| it.at);
                            entries.push(Entry::Heading { key: start.key, count: end - start.at });
                        }
                        Line::Items { first, count } => {
                            for at in first..first + count {
                                let Some(slot) = order.slots.get(at).copied() else { break };
                                has_active |= active.is_some_and(|it| it.slot == slot);
                                entries.push(Entry::Row { slot, at, is_away: false });
                            }
                        }
                    }
                }
                if let Some(active) = active.filter(|_| !has_active)
                    && order.slots.get(active.at) == Some(&active.slot)
                {
                    let away = Entry::Row { slot: active.slot, at: active.at, is_away: true };
                    let is_before = lines.of_item(active.at) < window.start;
                    entries.insert(if is_before { 0 } else { entries.len() }, away);
                }
                entries
            })
        })
    }

    /// Lines that a page of the keyboard goes.
    pub fn page(self) -> usize {
        let boxes = self.boxes.get_untracked();
        ((boxes.height / boxes.line.max(1.0)) as usize).saturating_sub(1).max(1)
    }

    pub fn on_scroll(self) {
        let Some(viewport) = self.viewport.get_untracked() else { return };
        let top = f64::from(viewport.scroll_top());
        self.scroll_top.set_value(top);
        self.scroller.update_value(|it| it.on_scroll(top));
        self.show_window();
        // Not while it moves: that would take the scrollbar out of the hand that holds it.
        let resync = Timeout::new(IDLE, move || {
            let top = self.scroller.try_update_value(Scroller::resync).flatten();
            if let Some(top) = top {
                self.set_scroll_top(top);
            }
        });
        self.resync.set_value(Some(resync));
    }

    /// Scrolls as little as it takes to have an item in the window.
    pub fn reveal(self, at: usize, align: Align) {
        let line = self.lines.with_untracked(|lines| lines.of_item(at));
        let top = self.scroller.try_update_value(|it| it.scroll_to(line, align));
        if let Some(top) = top {
            self.set_scroll_top(top);
        }
    }

    /// Whether the reader has scrolled to where the last line is in the page.
    pub fn is_at_end(self) -> bool {
        let end = self.window.get().end;
        end > 0 && end == self.lines.with(Lines::count) && !self.is_at_top()
    }

    pub fn is_at_top(self) -> bool {
        self.scroll_top.get_value() == 0.0
    }

    fn set_scroll_top(self, top: f64) {
        let top = top.round();
        // Only when it is to be another: asking or setting makes the browser lay out all that has changed.
        if top != self.scroll_top.get_value()
            && let Some(viewport) = self.viewport.get_untracked()
        {
            viewport.set_scroll_top(top as i32);
            self.scroll_top.set_value(top);
        }
        self.show_window();
    }

    fn show_window(self) {
        let columns = self.columns.get_untracked();
        let (window, visible, top, space) = self.scroller.with_value(|it| {
            let visible = it.window(0);
            // What is seen comes first, and then what may be next.
            let spare = (MOST_ROWS / columns).saturating_sub(visible.len());
            let window = it.window(OVERSCAN.min(spare / 2));
            let top = it.place(window.start);
            (window, visible, top, it.height())
        });
        // Not through signals: the area must be that high before it is scrolled there.
        set_style(self.area, "block-size", space);
        set_style(self.sheet, "inset-block-start", top);
        self.seen.set_value(self.list.order.with_untracked(|order| {
            self.lines.with_untracked(|lines| {
                let items = visible.filter_map(|line| match lines.line(line) {
                    Line::Items { first, .. } => Some((*order.slots.get(first)?, line)),
                    Line::Group(_) => None,
                });
                items.collect()
            })
        }));
        if self.window.with_untracked(|it| *it != window) {
            self.window.set(window);
        }
    }

    /// The sizes of the window and of a line: they follow the page, the font, the layout.
    fn follow_boxes(self) {
        let measure = move || {
            let (Some(viewport), Some(probe), Some(heads)) = (
                self.viewport.get_untracked(),
                self.probe.get_untracked(),
                self.heads.get_untracked(),
            ) else {
                return;
            };
            let boxes = Boxes {
                width: f64::from(viewport.client_width()),
                height: f64::from(viewport.client_height() - heads.offset_height()),
                line: probe.get_bounding_client_rect().height(),
            };
            if self.boxes.get_untracked() != boxes {
                self.boxes.set(boxes);
            }
        };
        // Not at once: what that changes of the sizes would be an error of the page's, which goes on without it.
        let later = StoredValue::new(None::<Timeout>);
        let call = Closure::<dyn FnMut()>::new(move || {
            later.try_update_value(|it| *it = Some(Timeout::new(0, measure)));
        });
        // Every engine that runs this has it.
        let Ok(observer) = ResizeObserver::new(call.as_ref().unchecked_ref()) else { return };
        let kept = StoredValue::new((call, observer));
        on_cleanup(move || {
            kept.try_with_value(|(_, observer)| observer.disconnect());
        });
        Effect::new(move |_| {
            if let (Some(viewport), Some(probe)) = (self.viewport.get(), self.probe.get()) {
                kept.with_value(|(_, observer)| {
                    observer.observe(&viewport);
                    observer.observe(&probe);
                });
                measure();
            }
        });
    }

    /// Other rows: from the top when something else was asked for, else so that what is looked at stays.
    fn follow_lines(self) {
        let list = self.list;
        Effect::new(move |before: Option<u64>| {
            let boxes = self.boxes.get();
            let asked = list.asked.get();
            self.lines.track();
            let is_same_question = before == Some(asked);
            // Who looks at the top of a list that is still coming wants to see what comes there.
            let stays = !self.is_at_top() || list.keeps_place.get_value();
            let moved = if is_same_question && stays { self.moved() } else { 0 };
            let lines = self.lines.with_untracked(Lines::count);
            let top = self.scroller.try_update_value(|it| {
                let top = it.resize(lines.saturating_add_signed(-moved), boxes.line, boxes.height);
                match moved {
                    _ if !is_same_question => it.scroll_to(0, Align::Start),
                    0 => top,
                    moved => it.shift(moved),
                }
            });
            self.show_window();
            if let Some(top) = top {
                self.set_scroll_top(top);
            }
            self.follow_active();
            asked
        });
    }

    /// By how many lines what is looked at has moved: the first of it that is still there.
    fn moved(self) -> isize {
        let moved = self.seen.with_value(|seen| {
            self.list.order.with_untracked(|order| {
                seen.iter().find_map(|(slot, was)| {
                    let at = order.slots.iter().position(|it| it == slot)?;
                    let line = self.lines.with_untracked(|lines| lines.of_item(at));
                    Some(line as isize - *was as isize)
                })
            })
        });
        moved.unwrap_or(0)
    }

    /// The place of the row with the focus is another one now; where it is gone, its neighbour has it.
    fn follow_active(self) {
        let Some(active) = self.active.get_untracked() else { return };
        let at = self.list.order.with_untracked(|order| {
            if order.slots.get(active.at) == Some(&active.slot) {
                return Some(active.at);
            }
            order.slots.iter().position(|it| *it == active.slot)
        });
        match at {
            Some(at) if at == active.at => {}
            Some(at) => self.active.set(Some(Active { at, ..active })),
            None => {
                let next = self.list.order.with_untracked(|order| {
                    let at = active.at.min(order.slots.len().checked_sub(1)?);
                    Some(Active { slot: *order.slots.get(at)?, at, ..active })
                });
                self.active.set(next);
            }
        }
    }
}

fn set_style(node: NodeRef<HtmlElement>, name: &str, px: f64) {
    if let Some(node) = node.get_untracked() {
        // CSSOM, which a strict CSP allows; fails only for names that are not CSS.
        let _ = node.style().set_property(name, &format!("{}px", px.round() as i32));
    }
}
