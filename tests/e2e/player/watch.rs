//! What a viewer sees from moment to moment, noted in the page: whether the picture ever goes away, jumps or stands.

use std::collections::BTreeMap;

use crate::harness::{Page, RequestRecord, json};

/// Notes how the video is, 25 times a second. A picture is there from the first one loaded until the video is emptied,
/// and whenever a still stands over it.
const WATCH: &str = r"
const deep = (root) => root.querySelector('video') ??
  [...root.querySelectorAll('*')].reduce((found, it) => found ?? (it.shadowRoot && deep(it.shadowRoot)), null);
const video = deep(document);
const root = video.getRootNode();
let hasFrame = video.readyState >= 2;
video.addEventListener('emptied', () => { hasFrame = false; });
video.addEventListener('loadeddata', () => { hasFrame = true; });
const start = Date.now();
clearInterval(window.watching);
window.moments = [];
window.watching = setInterval(() => {
  const still = [...root.querySelectorAll('canvas')].some((it) => it.checkVisibility());
  const isLost = video.error !== null && (video.currentTime === 0 || video.ended);
  window.moments.push([(Date.now() - start) / 1000, video.currentTime, hasFrame, still, isLost]);
}, 40);
";

/// Seconds by which a viewer does not notice a jump.
const UNNOTICED: f64 = 0.5;

#[derive(Clone, Copy, Debug)]
struct Moment {
    /// Seconds of the clock.
    at: f64,
    /// Seconds of the film.
    time: f64,
    has_frame: bool,
    has_still: bool,
    /// It has failed, and its time says nothing: WebKit's is 0, while the picture stays, and Firefox's the end.
    is_lost: bool,
}

/// From when it was asked for to when it was taken.
pub struct Watched(Vec<Moment>);

impl Page {
    /// Begins to watch the video.
    pub async fn watch(&self) {
        self.run(WATCH, vec![]).await;
    }

    pub async fn watched(&self) -> Watched {
        let moments = self.run("return window.moments", vec![]).await;
        let moment = |it: &crate::harness::Value| Moment {
            at: it[0].as_f64().unwrap(),
            time: it[1].as_f64().unwrap(),
            has_frame: it[2] == json!(true),
            has_still: it[3] == json!(true),
            is_lost: it[4] == json!(true),
        };
        let moments: Vec<Moment> = moments.as_array().unwrap().iter().map(moment).collect();
        assert!(moments.len() > 10, "nothing was watched");
        Watched(moments)
    }
}

impl Moment {
    /// What stands under a still is on its way.
    fn is_shown(&self) -> bool {
        self.has_frame && !self.has_still && !self.is_lost
    }
}

impl Watched {
    /// There was a picture all the time, and its film went forward by itself, no faster than `rate` times as fast as the
    /// clock: a place that was lost shows as a jump.
    pub fn is_one_film(&self, rate: f64) -> &Self {
        let Self(moments) = self;
        for it in moments {
            assert!(it.has_frame || it.has_still, "no picture: {it:?}\n{}", self.near(it.at));
        }
        let shown: Vec<_> = moments.iter().filter(|it| it.is_shown()).collect();
        for pair in shown.windows(2) {
            let [before, after] = [pair[0], pair[1]];
            let forward = after.time - before.time;
            let most = (after.at - before.at) * rate + UNNOTICED;
            let is_on = forward >= -UNNOTICED && forward <= most;
            assert!(is_on, "a jump: {before:?} to {after:?}\n{}", self.near(after.at));
        }
        self
    }

    /// The last place, in seconds, of which the viewer saw the picture.
    pub fn last_shown(&self) -> f64 {
        let last = self.0.iter().rev().find(|it| it.is_shown());
        last.unwrap_or_else(|| panic!("no picture:\n{}", self.near(1.0))).time
    }

    /// The longest time, in seconds, that the film stood.
    pub fn longest_halt(&self) -> f64 {
        let Self(moments) = self;
        let mut longest = 0.0_f64;
        let mut since = moments[0];
        for it in moments {
            if it.is_shown() && it.time > since.time {
                since = *it;
            }
            longest = longest.max(it.at - since.at);
        }
        longest
    }

    fn near(&self, at: f64) -> String {
        let near = self.0.iter().filter(|it| (it.at - at).abs() < 1.0);
        near.map(|it| format!("{it:?}")).collect::<Vec<_>>().join("\n")
    }
}

/// A server in trouble is not stormed: of the same part of the same film no more than three requests in ten seconds.
pub fn assert_no_storm(requests: &[RequestRecord]) {
    let mut times: BTreeMap<(&str, Option<&str>), Vec<u64>> = BTreeMap::new();
    for it in requests {
        let path = it.path.split('?').next().unwrap_or_default();
        times.entry((path, it.range.as_deref())).or_default().push(it.at);
    }
    for (what, times) in times {
        let is_storm = times.windows(4).any(|four| four[3] - four[0] < 10_000);
        assert!(!is_storm, "{what:?} at {times:?} ms:\n{requests:#?}");
    }
}
