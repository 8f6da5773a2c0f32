//! The list of rooms and what opens over it, in the hands of a test: rows, the form, the server itself.

use serde_json::{Value, json};

use crate::harness::{Page, Stage, equal, eventually};

/// A script with what `rooms.js` knows behind which it is to be done.
macro_rules! on_rooms {
    ($script:literal) => {
        concat!(include_str!("rooms.js"), $script)
    };
}

/// What stands in a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoomRow {
    /// Its place in the list, counted from 0.
    pub at: usize,
    pub title: String,
    pub id: String,
    /// Empty where the server tells none.
    pub status: String,
    /// How many there are, a dash where that is not known.
    pub recordings: String,
}

/// Opens the page of the rooms in another browser and signs in.
pub async fn open_rooms(stage: &mut Stage) -> Page {
    let page = stage.open("/rooms").await;
    page.sign_in().await;
    page.has_rooms().await;
    page
}

impl Page {
    /// Loads the page of the rooms anew; who is known by what only the old page held signs in again.
    pub async fn reload_rooms(&self) {
        self.reload().await;
        let user = self.role("textbox").named("User");
        eventually("rooms, or whom to sign in", async || {
            if user.is_there().await || self.rooms_count().await > 0 {
                Ok(())
            } else {
                Err("neither".to_owned())
            }
        })
        .await;
        if user.is_there().await {
            self.sign_in().await;
        }
        self.has_rooms().await;
    }

    /// Waits for a picture with this name.
    pub async fn has_picture(&self, name: &str) {
        // Engines do not agree on what its role is called.
        let there = "return [...document.querySelectorAll('[role=img]')].some((it) => it.ariaLabel === arguments[0] && it.checkVisibility())";
        eventually(name, async || equal(self.run(there, vec![json!(name)]).await, json!(true)))
            .await;
    }

    /// How many rooms the list has; 0 where there is no list.
    pub async fn rooms_count(&self) -> usize {
        let count = self.run(on_rooms!("return count();"), vec![]).await;
        count.as_u64().unwrap() as usize
    }

    pub async fn rooms_are(&self, count: usize) {
        eventually("rooms in the list", async || equal(self.rooms_count().await, count)).await;
    }

    /// Waits for rows.
    pub async fn has_rooms(&self) {
        eventually("rooms", async || match self.rooms_count().await {
            0 => Err("none".to_owned()),
            _ => Ok(()),
        })
        .await;
    }

    /// The rows in the page, top down.
    pub async fn rooms(&self) -> Vec<RoomRow> {
        let rows = self.run(on_rooms!("return rows().map(shown);"), vec![]).await;
        let rows: Vec<(usize, String, String, String, String)> =
            serde_json::from_value(rows).unwrap();
        let rows = rows.into_iter();
        rows.map(|(index, title, id, status, recordings)| RoomRow {
            // Places are counted from 1, and the headers have the first.
            at: index - 2,
            title,
            id,
            status,
            recordings,
        })
        .collect()
    }

    /// The first row that is so, once there is one.
    pub async fn room_that(&self, what: &str, is_so: impl Fn(&RoomRow) -> bool) -> RoomRow {
        eventually(&format!("a room {what}"), async || {
            let rows = self.rooms().await;
            rows.iter().find(|it| is_so(it)).cloned().ok_or_else(|| format!("{rows:?}"))
        })
        .await
    }

    pub async fn room(&self, title: &str) -> RoomRow {
        self.room_that(&format!("“{title}…”"), |it| it.title.starts_with(title)).await
    }

    pub async fn search_rooms(&self, text: &str) {
        self.role("searchbox").named("Search rooms").fill(text).await;
    }

    /// Searches until only one row is left.
    pub async fn find_room(&self, text: &str) -> RoomRow {
        self.search_rooms(text).await;
        self.rooms_are(1).await;
        self.room_that(&format!("found by “{text}”"), |_| true).await
    }

    /// Chooses an item of the menu of the room with this title.
    pub async fn choose_of_room(&self, title: &str, item: &str) {
        self.button(&format!("More actions for {title}")).click().await;
        self.role("menuitem").named(item).click().await;
    }

    pub async fn select_room(&self, title: &str) {
        let checkbox = self.role("checkbox").named(&format!("Select {title}"));
        checkbox.click().await;
        eventually("selected", async || {
            equal(
                self.run(
                    "return arguments[0].checked",
                    vec![checkbox.first().await.to_json().unwrap()],
                )
                .await,
                json!(true),
            )
        })
        .await;
    }

    /// Waits until the row of this room says so of its status.
    pub async fn room_is(&self, title: &str, status: &str) {
        eventually(&format!("status of {title}"), async || {
            let rows = self.rooms().await;
            let row = rows.iter().find(|it| it.title.starts_with(title));
            equal(row.map(|it| it.status.as_str()), Some(status))
        })
        .await;
    }

    /// Waits until no row has this title.
    pub async fn room_is_gone(&self, title: &str) {
        eventually(&format!("{title} is gone"), async || {
            let is_there = self.rooms().await.iter().any(|it| it.title.starts_with(title));
            if is_there { Err("it is there".to_owned()) } else { Ok(()) }
        })
        .await;
    }

    /// The names of the controls that the open form has and shows, in their order.
    pub async fn form_fields(&self) -> Vec<String> {
        let names = self.run(on_rooms!("return fields().map(nameOf);"), vec![]).await;
        serde_json::from_value(names).unwrap()
    }

    /// What is told at the fields of the open form: their names and what is wrong.
    pub async fn wrong_fields(&self) -> Vec<(String, String)> {
        let wrong = self.run(on_rooms!("return wrong();"), vec![]).await;
        serde_json::from_value(wrong).unwrap()
    }

    pub async fn field_is_wrong(&self, name: &str, why: &str) {
        eventually(&format!("what is wrong with {name}"), async || {
            equal(self.wrong_fields().await, vec![(name.to_owned(), why.to_owned())])
        })
        .await;
    }

    /// Sets the date of the open form to so many minutes from now, and leaves the field.
    pub async fn set_date(&self, minutes: i64) {
        self.run(on_rooms!("setDate(arguments[0]);"), vec![json!(minutes)]).await;
    }

    /// What is typed in a text field.
    pub async fn typed(&self, name: &str) -> String {
        let field = self.role("textbox").named(name).first().await;
        field.prop("value").await.unwrap().unwrap_or_default()
    }

    pub async fn is_checked(&self, name: &str) -> bool {
        let checkbox = self.role("checkbox").named(name).first().await;
        checkbox.prop("checked").await.unwrap().as_deref() == Some("true")
    }

    /// Opens the form, types a name, makes the room and waits for it; returns its row.
    pub async fn make_room(&self, name: &str) -> RoomRow {
        self.button("New room").click().await;
        self.role("textbox").named("Name").fill(name).await;
        self.button("Create room").click().await;
        self.role("dialog").gone().await;
        self.status_says("created.").await;
        let first = name.split(' ').next().unwrap_or(name);
        self.room_that(&format!("“{name}”"), |it| {
            it.title.to_lowercase().starts_with(&first.to_lowercase())
        })
        .await
    }

    /// Asks the server beside the page, as another client of the same user would: the status and the answer.
    pub async fn call(&self, method: &str, path: &str, body: Value) -> (u64, Value) {
        let script = "const [method, path, body, done] = arguments;
            const headers = { 'x-api-key': 'meet-api-key', 'content-type': 'application/json', 'x-requested-with': 'test' };
            fetch(path, { method, headers, body: body === null ? undefined : JSON.stringify(body) })
              .then(async (it) => done([it.status, await it.json().catch(() => null)]), (error) => done([0, String(error)]));";
        let answer = self.run_async(script, vec![json!(method), json!(path), body]).await;
        (answer[0].as_u64().unwrap(), answer[1].clone())
    }

    /// The titles of the recordings on the page of a room, once there are so many.
    pub async fn recordings_of_room(&self, count: usize) -> Vec<String> {
        let script = on_rooms!(
            "return [...root().querySelectorAll('.room-page [role=row] [role=gridcell].room b')].map(words);"
        );
        eventually("recordings of the room", async || {
            let titles: Vec<String> =
                serde_json::from_value(self.run(script, vec![]).await).unwrap();
            if titles.len() == count { Ok(titles) } else { Err(format!("{titles:?}")) }
        })
        .await
    }

    /// Plays the first recording on the page of a room that can be played.
    pub async fn play_of_room(&self) {
        let script = on_rooms!(
            "return [...root().querySelectorAll('.room-page [role=row]:has([role=gridcell])')]
            .filter((row) => /^[\\d:]+$/.test(words(row.querySelector('.duration'))))
            .map((row) => row.querySelector('button[aria-label^=\"Play \"]'))"
        );
        eventually("a recording that can be played", async || {
            let found = self.try_elements(script, vec![]).await?;
            let button = found.into_iter().next().ok_or("none")?;
            button.click().await.map_err(|error| error.to_string())
        })
        .await;
    }

    /// The path of the app that the address bar shows, with its query.
    pub async fn path(&self) -> String {
        let path = self.run("return location.pathname + location.search", vec![]).await;
        path.as_str().unwrap().to_owned()
    }

    pub async fn path_is(&self, path: &str) {
        eventually("path", async || equal(self.path().await.as_str(), path)).await;
    }

    pub async fn title_is(&self, title: &str) {
        eventually("title", async || {
            let now = self.run("return document.title", vec![]).await;
            equal(now.as_str().unwrap_or_default(), title)
        })
        .await;
    }

    pub async fn go_back(&self) {
        self.run("history.back()", vec![]).await;
    }

    pub async fn go_forward(&self) {
        self.run("history.forward()", vec![]).await;
    }

    /// Pixels that the list of rooms is scrolled by.
    pub async fn rooms_scrolled(&self) -> i64 {
        self.run(on_rooms!("return Math.round(viewport().scrollTop);"), vec![])
            .await
            .as_i64()
            .unwrap()
    }

    /// Scrolls the list of rooms to this share of its length.
    pub async fn scroll_rooms(&self, share: f64) {
        let script = on_rooms!("const [share, done] = arguments; scroll(share).then(done);");
        self.run_async(script, vec![json!(share)]).await;
    }
}
