//! The page's time in the hands of a test: what waits for seconds or minutes need not be waited for.

use std::time::Duration;

use serde_json::json;

use super::page::Page;

/// How long a deletion can be undone, and a little more.
const UNDO: Duration = Duration::from_millis(10_500);

const SKIP: &str = r"
const [ms] = arguments;
if (window.skipped === undefined) {
  const real = performance.now.bind(performance);
  window.skipped = 0;
  performance.now = () => real() + window.skipped;
}
window.skipped += ms;
";

const HURRY: &str = r"
const [times] = arguments;
const real = window.setTimeout;
window.setTimeout = (act, ms, ...more) => real(act, ms >= 1000 ? ms / times : ms, ...more);
const clock = performance.now.bind(performance);
const start = clock();
performance.now = () => start + (clock() - start) * times;
";

const STOP: &str = r"
const real = window.setTimeout;
window.setTimeout = (act, ms, ...more) => ms >= 1000 ? 0 : real(act, ms, ...more);
";

impl Page {
    /// Lets nothing happen a second or more after its cause: the server is not asked for news.
    pub async fn ask_for_no_news(&self) {
        self.run(STOP, vec![]).await;
    }

    /// Lets so much time pass at once on the page's clock for how long things take.
    pub async fn skip(&self, time: Duration) {
        self.run(SKIP, vec![json!(time.as_millis() as u64)]).await;
    }

    /// Lets the page's clock run so many times as fast: what would come in half a minute comes in a second.
    pub async fn hurry(&self, times: u32) {
        self.run(HURRY, vec![json!(times)]).await;
    }

    /// Once a deletion is under way, lets the time pass in which it can be undone; then it is sent.
    pub async fn let_undo_pass(&self) {
        self.button("Undo").first().await;
        self.skip(UNDO).await;
        self.button("Undo").gone().await;
    }

    /// Says yes to the question that is open, and lets the deletion be sent.
    pub async fn confirm_deletion(&self) {
        self.button("Delete").click().await;
        self.role("alertdialog").gone().await;
        self.let_undo_pass().await;
    }
}
