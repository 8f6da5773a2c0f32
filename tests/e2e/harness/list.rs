//! The list as a whole: how many rows it has, of which the page holds a window, and going through them.

use std::ops::Range;

use serde_json::{Value, json};

use super::page::Page;
use super::rows::Shown;
use super::{equal, eventually};

/// A script with what `list.js` knows behind which it is to be done.
macro_rules! on_list {
    ($script:literal) => {
        concat!(include_str!("list.js"), $script)
    };
}
pub(super) use on_list;

impl Page {
    /// How many rows the list has, as it says to who cannot see it; `None` while the server has more than is known,
    /// and 0 where there is no list.
    pub async fn row_count(&self) -> Option<usize> {
        let count = self.run(on_list!("return count();"), vec![]).await.as_i64().unwrap();
        usize::try_from(count).ok()
    }

    /// Waits until the list has so many rows, whether or not they are in the page.
    pub async fn row_count_is(&self, count: usize) {
        eventually("number of rows in the list", async || {
            equal(self.row_count().await, Some(count))
        })
        .await;
    }

    /// Waits until so many recordings are loaded of a list that the server has more of.
    pub async fn loaded_is(&self, count: usize) {
        let wanted = format!("{} loaded", grouped(count));
        eventually(&wanted, async || {
            equal(self.row_count().await, None)?;
            let text = self.text().await;
            let is_there = text.match_indices(&wanted).any(|(at, _)| {
                let before = text[..at].chars().next_back();
                !before.is_some_and(|it| it.is_ascii_digit() || it == ',')
            });
            if is_there { Ok(()) } else { Err("not said".to_owned()) }
        })
        .await;
    }

    /// Waits until there are rows, and the list is loaded to its end or as far as it is without being asked.
    pub async fn has_rows(&self) {
        eventually("rows", async || {
            if self.row_count().await == Some(0) { Err("none".to_owned()) } else { Ok(()) }
        })
        .await;
    }

    /// Every row of the list, top down: goes through it screen by screen, and back to the top.
    pub async fn whole_list(&self) -> Vec<Shown> {
        let script = on_list!("wholeList().then(arguments[0], (it) => arguments[0](String(it)));");
        let found = self.run_async(script, vec![]).await;
        let rows: Vec<Shown> = Shown::read(found);
        let places = rows.iter().map(|it| it.at).collect::<Vec<_>>();
        assert_eq!(places, (0..rows.len()).collect::<Vec<_>>(), "rows are missing on the way");
        rows
    }

    /// The places of the rows that are in the page, counted from 0.
    pub async fn places_in_page(&self) -> Vec<usize> {
        self.shown().await.into_iter().map(|it| it.at).collect()
    }

    /// Every element with the role of a row, headers too.
    pub async fn row_elements(&self) -> usize {
        let script =
            on_list!("return [...deep(document)].filter((it) => it.matches('[role=row]')).length;");
        self.run(script, vec![]).await.as_u64().unwrap() as usize
    }

    /// The places of the rows that can be seen, at least in part.
    pub async fn places_in_sight(&self) -> Range<usize> {
        let script = on_list!(
            "const box = viewport().getBoundingClientRect();
             const head = find('.head').getBoundingClientRect();
             return inPage().filter((row) => {
                 const { top, bottom } = row.getBoundingClientRect();
                 return bottom > Math.max(box.top, head.bottom) + 1 && top < box.bottom - 1;
             }).map(placeOf);"
        );
        let places: Vec<usize> = serde_json::from_value(self.run(script, vec![]).await).unwrap();
        // The headers are the first row of the grid.
        places.first().map_or(0..0, |first| first - 2..places[places.len() - 1] - 1)
    }

    /// Scrolls the list to this share of its length, as somebody who drags the scrollbar.
    pub async fn scroll_to(&self, share: f64) {
        let script = on_list!(
            "const [share, done] = arguments;
             const { scrollHeight, clientHeight } = viewport();
             scrollTo(share * (scrollHeight - clientHeight)).then(done);"
        );
        self.run_async(script, vec![json!(share)]).await;
    }

    /// Pixels that the list is scrolled by.
    pub async fn scroll_top(&self) -> f64 {
        self.run(on_list!("return viewport().scrollTop;"), vec![]).await.as_f64().unwrap()
    }

    /// Distance of the row with this subtitle from the top of the window on the list, in pixels.
    pub async fn row_top(&self, subtitle: &str) -> Option<f64> {
        let script = on_list!(
            "const row = inPage().find((it) => shown(it)[2] === arguments[0]);
             return row ? row.getBoundingClientRect().top - viewport().getBoundingClientRect().top : null;"
        );
        self.run(script, vec![Value::from(subtitle)]).await.as_f64()
    }
}

/// With separators, as the page writes numbers.
pub fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let first = (digits.len() - 1) % 3 + 1;
    let (head, tail) = digits.split_at(first);
    let mut text = head.to_owned();
    for group in tail.as_bytes().chunks(3) {
        text.push(',');
        text.push_str(std::str::from_utf8(group).unwrap());
    }
    text
}
