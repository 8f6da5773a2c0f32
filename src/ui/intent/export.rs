//! The list as a file, for spreadsheets and programs. Written bit by bit, so that the page goes on
//! living while there are many rows.

use gloo_timers::future::TimeoutFuture;
use js_sys::Array;
use web_sys::{Blob, BlobPropertyBag, Url};

use crate::{
    i18n::{messages, t},
    library::{Library, Slot, csv, json},
    ui::{browser, state::State},
};

/// Rows written before the browser has its turn again.
const AT_ONCE: usize = 2_000;
/// How long a browser may take to begin saving; ms.
const KEPT: u32 = 60_000;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileType {
    Csv,
    Json,
}

impl State {
    /// What is in view, in its order.
    pub fn export_csv(self) {
        self.export_view(FileType::Csv);
    }

    pub fn export_json(self) {
        self.export_view(FileType::Json);
    }

    pub fn export_selected(self, kind: FileType) {
        let rows = self.list.selected();
        self.export(kind, rows, None);
    }

    fn export_view(self, kind: FileType) {
        let rows = self.list.order.with_untracked(|order| order.slots.clone());
        let known = self.library.with_untracked(|it| it.is_partial().then(|| known(it)));
        self.export(kind, rows, known);
    }

    /// "1,234 recordings", in the reader's digits.
    pub fn recordings(self, count: usize) -> String {
        messages::counted(&self.format().number(count), count)
    }

    fn export(self, kind: FileType, rows: Vec<Slot>, known: Option<Known>) {
        let count = rows.len();
        let rows = rows.into_iter();
        // One that is deleted meanwhile is left out.
        let rows = rows.filter_map(move |slot| self.library.with_untracked(|it| it.get(slot)));
        let (mut lines, extension, mime): (Box<dyn Iterator<Item = String>>, _, _) = match kind {
            FileType::Csv => (Box::new(csv(rows)), "csv", "text/csv;charset=utf-8"),
            FileType::Json => (Box::new(json(rows)), "json", "application/json"),
        };
        self.spawn(async move {
            let parts = Array::new();
            loop {
                let part: String = lines.by_ref().take(AT_ONCE).collect();
                if part.is_empty() {
                    break;
                }
                parts.push(&part.into());
                TimeoutFuture::new(0).await;
            }
            let Some(file) = File::new(&parts, mime) else {
                return self.warn(t("The browser has no room for the file."));
            };
            let day = browser::calendar().today.text();
            browser::save(&file.0, &format!("recordings-{day}.{extension}"));
            let format = self.format();
            self.say(messages::exported(count, known, |n| format.number(n)));
            TimeoutFuture::new(KEPT).await;
        });
    }
}

/// How many are held, and how many there are, if the server says.
type Known = (usize, Option<usize>);

fn known(library: &Library) -> Known {
    (library.len(), library.total().and_then(|total| usize::try_from(total).ok()))
}

/// The address of a file that the page holds, until it is dropped.
struct File(String);

impl File {
    fn new(parts: &Array, mime: &str) -> Option<Self> {
        let options = BlobPropertyBag::new();
        options.set_type(mime);
        let blob = Blob::new_with_str_sequence_and_options(parts, &options).ok()?;
        Url::create_object_url_with_blob(&blob).ok().map(Self)
    }
}

impl Drop for File {
    fn drop(&mut self) {
        // Fails only for what is no URL.
        let _ = Url::revoke_object_url(&self.0);
    }
}
