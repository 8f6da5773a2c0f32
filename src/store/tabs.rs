//! News between the tabs of one browser that show the same server to the same user. What arrives was
//! sent by any script of the page's origin, perhaps of another version: what is not understood is no news.

use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{BroadcastChannel, Event, MessageEvent};

/// The most ids in one message.
const MOST_IDS: usize = 10_000;

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum News {
    /// These recordings, by id, were deleted.
    Gone(Vec<String>),
    /// Something else changed: what is shown may be old.
    Changed,
    SignedOut,
    SignedIn,
}

/// One's place among the tabs, left by dropping it. In a browser without `BroadcastChannel`, or where
/// storage is blocked, nobody hears and nothing is heard.
pub struct Tabs(Option<Channel>);

struct Channel {
    channel: BroadcastChannel,
    #[allow(dead_code, reason = "the channel calls it")]
    call: Closure<dyn FnMut(Event)>,
}

impl Drop for Channel {
    fn drop(&mut self) {
        self.channel.set_onmessage(None);
        self.channel.close();
    }
}

impl Tabs {
    /// Joins the tabs that gave the same name. `on_news` gets what others tell, never one's own.
    pub fn new(name: &str, on_news: impl Fn(News) + 'static) -> Self {
        Self(BroadcastChannel::new(name).ok().map(|channel| {
            let call = Closure::wrap(Box::new(move |event: Event| {
                let message = event.unchecked_into::<MessageEvent>().data().as_string();
                if let Some(news) = message.and_then(|text| read(&text)) {
                    on_news(news);
                }
            }) as Box<dyn FnMut(Event)>);
            channel.set_onmessage(Some(call.as_ref().unchecked_ref()));
            Channel { channel, call }
        }))
    }

    pub fn tell(&self, news: &News) {
        match news {
            News::Gone(ids) => ids.chunks(MOST_IDS).for_each(|ids| self.send(&write_gone(ids))),
            News::Changed => self.send(CHANGED),
            News::SignedOut => self.send(SIGNED_OUT),
            News::SignedIn => self.send(SIGNED_IN),
        }
    }

    fn send(&self, text: &str) {
        // A text is always taken by an open channel.
        let _ = self.0.as_ref().map(|tabs| tabs.channel.post_message(&JsValue::from_str(text)));
    }
}

const GONE: &str = "gone";
const CHANGED: &str = "changed";
const SIGNED_OUT: &str = "signed-out";
const SIGNED_IN: &str = "signed-in";

/// `gone 2:a1 3:b22`: each id behind its length in bytes, as an id may hold any character.
fn write_gone(ids: &[String]) -> String {
    let mut text = GONE.to_owned();
    for id in ids {
        text.extend([" ", &id.len().to_string(), ":", id]);
    }
    text
}

fn read(text: &str) -> Option<News> {
    match text {
        CHANGED => Some(News::Changed),
        SIGNED_OUT => Some(News::SignedOut),
        SIGNED_IN => Some(News::SignedIn),
        _ => read_gone(text.strip_prefix(GONE)?).map(News::Gone),
    }
}

fn read_gone(mut rest: &str) -> Option<Vec<String>> {
    let mut ids = Vec::new();
    while !rest.is_empty() {
        let (length, behind) = rest.strip_prefix(' ')?.split_once(':')?;
        let (id, behind) = behind.split_at_checked(length.parse().ok()?)?;
        if ids.len() == MOST_IDS {
            return None;
        }
        ids.push(id.to_owned());
        rest = behind;
    }
    Some(ids)
}
