//! The rows that are in the page: what stands in each, and what can be done with it there.

use serde_json::{Value, json};
use thirtyfour::{Key, WebElement};

use super::eventually;
use super::find::Locator;
use super::list::on_list;
use super::page::Page;

/// What stands in a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// Its place in the list, counted from 0.
    pub at: usize,
    pub title: String,
    /// Below the title, such as the name of the file.
    pub subtitle: String,
    /// In full; empty when there is none.
    pub date: String,
    /// `h:mm:ss` or `m:ss`; of what is not ready, the status instead.
    pub length: String,
    pub size: String,
}

impl Shown {
    /// From what `list.js` tells.
    pub(super) fn read(rows: Value) -> Vec<Self> {
        let rows: Vec<(usize, String, String, String, String, String)> =
            serde_json::from_value(rows).unwrap();
        let rows = rows.into_iter();
        rows.map(|(index, title, subtitle, date, length, size)| Self {
            // Places are counted from 1, and the headers have the first.
            at: index - 2,
            title,
            subtitle,
            date,
            length,
            size,
        })
        .collect()
    }

    /// The same but for its place.
    pub fn is_like(&self, other: &Self) -> bool {
        *self == Self { at: self.at, ..other.clone() }
    }
}

/// A row in the page.
pub struct Row {
    page: Page,
    pub shown: Shown,
}

impl Page {
    /// The rows in the page, top down.
    pub async fn shown(&self) -> Vec<Shown> {
        Shown::read(self.run(on_list!("return inPage().map(shown);"), vec![]).await)
    }

    /// What the rows in the page are known by, top down.
    pub async fn titles(&self) -> Vec<String> {
        self.shown().await.into_iter().map(|it| it.title).collect()
    }

    /// The first row in the page that is so, once there is one.
    pub async fn row(&self, what: &str, is_so: impl Fn(&Shown) -> bool) -> Row {
        eventually(&format!("a row {what}"), async || {
            let rows = self.shown().await;
            let count = rows.len();
            let found = rows.into_iter().find(&is_so);
            let found = found.map(|shown| Row { page: self.clone(), shown });
            found.ok_or_else(|| format!("not among {count} rows"))
        })
        .await
    }

    /// The row at this place of the list, counted from 0, once it is in the page.
    pub async fn row_at(&self, at: usize) -> Row {
        self.row(&format!("at place {at}"), |it| it.at == at).await
    }

    pub async fn first_row(&self) -> Row {
        self.row_at(0).await
    }

    /// So many rows that are ready, top down, once they are there.
    pub async fn ready_rows(&self, count: usize) -> Vec<Row> {
        eventually(&format!("{count} ready rows"), async || {
            let mut rows = self.ready().await;
            rows.truncate(count);
            if rows.len() == count { Ok(rows) } else { Err(format!("{}", rows.len())) }
        })
        .await
    }

    /// The first two ready rows of one room.
    pub async fn two_of_a_room(&self) -> [Row; 2] {
        eventually("two ready rows of a room", async || {
            let mut before: Vec<Row> = Vec::new();
            for row in self.ready().await {
                match before.iter().position(|it| it.shown.title == row.shown.title) {
                    Some(at) => return Ok([before.swap_remove(at), row]),
                    None => before.push(row),
                }
            }
            Err(format!("not among {} rows", before.len()))
        })
        .await
    }

    async fn ready(&self) -> Vec<Row> {
        let rows = self.shown().await.into_iter();
        // What is not ready has its status there, with letters; no length is a dash.
        rows.filter(|it| !it.length.chars().any(char::is_alphabetic))
            .map(|shown| Row { page: self.clone(), shown })
            .collect()
    }

    /// The first row of a recording that lasts so long, such as `1:00`.
    pub async fn row_of_length(&self, length: &str) -> Row {
        self.row(&format!("of {length}"), |it| it.length == length).await
    }
}

impl Row {
    /// Its element now; an element may stand for another row later.
    pub async fn element(&self) -> WebElement {
        eventually(&format!("row {}", self.shown.at), async || {
            let place = json!(self.shown.at + 2);
            let script = on_list!("const row = rowAt(arguments[0]); return row ? [row] : [];");
            let mut found = self.page.try_elements(script, vec![place]).await?;
            found.pop().ok_or_else(|| "not in the page".to_owned())
        })
        .await
    }

    /// Its only element of this role with a name that begins so.
    async fn part(&self, role: &'static str, action: &str) -> Locator {
        self.page.role(role).starting(action).inside(&self.element().await)
    }

    /// All text in it, as shown.
    pub async fn text(&self) -> String {
        self.element().await.text().await.unwrap()
    }

    pub async fn click_play(&self) {
        self.part("button", "Play ").await.click().await;
    }

    pub async fn play(&self) {
        self.click_play().await;
        self.page.role("region").named("Player").first().await;
    }

    pub async fn select(&self) {
        self.checkbox().await.click().await;
    }

    pub async fn checkbox(&self) -> Locator {
        self.part("checkbox", "Select ").await
    }

    /// Clicks beside its controls while a key is held.
    pub async fn click_with(&self, key: Key) {
        let cell = self.page.role("gridcell").inside(&self.element().await).nth(2).first().await;
        self.page.click_with(&cell, key).await;
    }

    pub async fn is_selected(&self) -> bool {
        let selected = self.element().await.attr("aria-selected").await.unwrap();
        selected.as_deref() == Some("true")
    }

    pub async fn open_menu(&self) {
        self.part("button", "More actions for ").await.click().await;
        self.page.role("menu").first().await;
    }

    /// Chooses an item of the row's menu.
    pub async fn choose(&self, item: &str) {
        self.open_menu().await;
        self.page.role("menuitem").named(item).click().await;
    }
}
