//! The list as it is shown: what stands in each row, and what can be done with it there.

use serde_json::Value;

use super::eventually;
use super::find::Locator;
use super::page::Page;

/// What stands in a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    pub title: String,
    /// Below the title, such as the name of the file.
    pub subtitle: String,
    /// In full; empty when there is none.
    pub date: String,
    /// `h:mm:ss` or `m:ss`; of what is not ready, the status instead.
    pub length: String,
    pub size: String,
}

/// A row at its place in the list.
pub struct Row {
    page: Page,
    /// Counted from 0.
    at: usize,
    pub shown: Shown,
}

const ROWS: &str = r"
const deep = (root) => [...root.querySelectorAll('*')].flatMap((it) => [it, ...(it.shadowRoot ? deep(it.shadowRoot) : [])]);
const text = (it) => it?.textContent.trim() ?? '';
return deep(document).filter((it) => it.matches('[role=row]')).flatMap((row) => {
  const [, room, date, length, size] = row.querySelectorAll('[role=gridcell]');
  const day = date?.firstElementChild?.title;
  return room ? [[text(room.querySelector('b')), text(room.querySelector('small')), day, text(length), text(size)]] : [];
});
";

impl Page {
    /// All rows, top down.
    pub async fn shown(&self) -> Vec<Shown> {
        let rows: Vec<[String; 5]> =
            serde_json::from_value(self.run(ROWS, Vec::<Value>::new()).await).unwrap();
        let rows = rows.into_iter();
        rows.map(|[title, subtitle, date, length, size]| Shown {
            title,
            subtitle,
            date,
            length,
            size,
        })
        .collect()
    }

    /// What the rows are known by, top down.
    pub async fn titles(&self) -> Vec<String> {
        self.shown().await.into_iter().map(|it| it.title).collect()
    }

    /// The first row that is so, once there is one.
    pub async fn row(&self, what: &str, is_so: impl Fn(&Shown) -> bool) -> Row {
        eventually(&format!("a row {what}"), async || {
            let rows = self.shown().await;
            let at = rows.iter().position(&is_so);
            let found = at.map(|at| Row { page: self.clone(), at, shown: rows[at].clone() });
            found.ok_or_else(|| format!("not among {} rows", rows.len()))
        })
        .await
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
        let rows = self.shown().await.into_iter().enumerate();
        // What is not ready has its status there, with letters; no length is a dash.
        rows.filter(|(_, it)| !it.length.chars().any(char::is_alphabetic))
            .map(|(at, shown)| Row { page: self.clone(), at, shown })
            .collect()
    }

    /// The first row of a recording that lasts so long, such as `1:00`.
    pub async fn row_of_length(&self, length: &str) -> Row {
        self.row(&format!("of {length}"), |it| it.length == length).await
    }
}

impl Row {
    /// Many rows may have the same title, so what belongs to this one is found by its place.
    fn part(&self, role: &'static str, action: &str, at: usize) -> Locator {
        self.page.role(role).starting(action).nth(at)
    }

    pub async fn play(&self) {
        self.part("button", "Play ", self.at).click().await;
        self.page.role("region").named("Player").first().await;
    }

    pub async fn select(&self) {
        // The first is “Select all”.
        self.part("checkbox", "Select ", self.at + 1).click().await;
    }

    pub async fn open_menu(&self) {
        self.part("button", "More actions for ", self.at).click().await;
        self.page.role("menu").first().await;
    }

    /// Chooses an item of the row's menu.
    pub async fn choose(&self, item: &str) {
        self.open_menu().await;
        self.page.role("menuitem").named(item).click().await;
    }
}
