//! Elements by role and accessible name, as a screen reader finds them: a script proposes, and the browser's own
//! computed role and label decide.

use serde_json::{Value, json};
use thirtyfour::WebElement;

use super::driver::Engine;
use super::page::Page;
use super::{PATIENCE, eventually, raw, try_within};

const FIND: &str = include_str!("find.js");

/// What to look for; looked up anew on every use.
#[derive(Clone)]
pub struct Locator {
    page: Page,
    role: &'static str,
    name: Option<String>,
    begins: bool,
    nth: usize,
    root: Option<WebElement>,
}

impl Locator {
    pub fn new(page: Page, role: &'static str) -> Self {
        Self { page, role, name: None, begins: false, nth: 0, root: None }
    }

    pub fn named(self, name: &str) -> Self {
        Self { name: Some(name.to_owned()), ..self }
    }

    /// With a name that begins so.
    pub fn starting(self, name: &str) -> Self {
        Self { begins: true, ..self.named(name) }
    }

    /// Not the first of them but this one, counted from 0.
    pub fn nth(self, nth: usize) -> Self {
        Self { nth, ..self }
    }

    pub fn inside(self, root: &WebElement) -> Self {
        Self { root: Some(root.clone()), ..self }
    }

    /// Waits until it is there.
    pub async fn first(&self) -> WebElement {
        match try_within(PATIENCE, async || self.look().await).await {
            Ok(found) => found,
            // Only now: to describe a page is far slower than to look for one thing.
            Err(why) => {
                panic!("{self}: {why}; there are:\n{}", self.page.describe().await)
            }
        }
    }

    /// Waits until there is none.
    pub async fn gone(&self) {
        eventually(&format!("{self} is gone"), async || match self.count().await {
            0 => Ok(()),
            count => Err(format!("{count} are there")),
        })
        .await;
    }

    /// How many there are now.
    pub async fn count(&self) -> usize {
        let count = self.page.try_run(FIND, self.arguments("count")).await;
        count.ok().and_then(|it| it.as_u64()).unwrap_or_default() as usize
    }

    pub async fn is_there(&self) -> bool {
        self.count().await > self.nth
    }

    pub async fn click(&self) {
        eventually(&format!("click on {self}"), async || {
            let element = self.look().await?;
            element.click().await.map_err(|error| {
                let text = error.to_string();
                text.lines().take(4).map(str::trim).collect::<Vec<_>>().join(" ")
            })
        })
        .await;
    }

    /// Types over what is there.
    pub async fn fill(&self, text: &str) {
        let field = self.first().await;
        field.clear().await.unwrap();
        field.send_keys(text).await.unwrap();
    }

    /// All texts inside, as shown.
    pub async fn text(&self) -> String {
        self.first().await.text().await.unwrap_or_default()
    }

    /// The texts of all of them now.
    pub async fn texts(&self) -> Vec<String> {
        let texts = self.page.run(FIND, self.arguments("texts")).await;
        serde_json::from_value(texts).unwrap()
    }

    /// The names of all of them now.
    pub async fn names(&self) -> Vec<String> {
        let names = self.page.run(FIND, self.arguments("names")).await;
        serde_json::from_value(names).unwrap()
    }

    pub async fn attr(&self, name: &str) -> Option<String> {
        self.first().await.attr(name).await.unwrap()
    }

    /// Waits until an attribute has this value.
    pub async fn attr_is(&self, name: &str, value: &str) {
        eventually(&format!("{name} of {self}"), async || {
            super::equal(self.attr(name).await.as_deref(), Some(value))
        })
        .await;
    }

    async fn look(&self) -> Result<WebElement, String> {
        let mut arguments = self.arguments("one");
        arguments.push(json!(self.nth));
        let mut found = self.page.try_elements(FIND, arguments).await?;
        let element = found.pop().ok_or("not found")?;
        self.confirm(&element).await?;
        Ok(element)
    }

    /// The browser must agree.
    async fn confirm(&self, element: &WebElement) -> Result<(), String> {
        let computed = async |what| {
            let path = format!("element/{}/{what}", element.element_id());
            let value = raw::get(element.handle(), &path).await?;
            Ok::<_, String>(value.as_str().unwrap_or_default().to_owned())
        };
        let role = computed("computedrole").await?;
        let is_webkit = self.page.engine() == Engine::WebKit;
        let is_same = match self.role {
            // WebKit takes a drop-down list for a button.
            "combobox" => role == "combobox" || (is_webkit && role == "button"),
            // A password field has no role in ARIA; Firefox alone says so.
            "textbox" => {
                role == "textbox" || (role.is_empty() && self.page.engine() == Engine::Firefox)
            }
            wanted => role == wanted,
        };
        if !is_same {
            return Err(format!("one that says so has the computed role {role}"));
        }
        let Some(wanted) = &self.name else { return Ok(()) };
        let name = computed("computedlabel").await?;
        if is_webkit && matches!(self.role, "columnheader" | "option") && name.is_empty() {
            // WebKit does not name these by their content.
            return Ok(());
        }
        let fits = if self.begins { name.starts_with(wanted) } else { name == *wanted };
        if fits {
            Ok(())
        } else {
            Err(format!("one that says so has the computed name “{name}”"))
        }
    }

    fn arguments(&self, give: &str) -> Vec<Value> {
        let root = self.root.as_ref().map(|root| root.to_json().unwrap());
        vec![json!(self.role), json!(self.name), json!(self.begins), json!(root), json!(give)]
    }
}

impl std::fmt::Display for Locator {
    fn fmt(&self, to: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(to, "{}", self.role)?;
        if let Some(name) = &self.name {
            write!(to, " “{name}{}”", if self.begins { "…" } else { "" })?;
        }
        if self.nth > 0 { write!(to, " (number {})", self.nth + 1) } else { Ok(()) }
    }
}

impl Page {
    /// The roles and names that are there, for messages.
    pub async fn describe(&self) -> String {
        let arguments = json!([null, null, false, null, "description"]);
        let lines = self.try_run(FIND, arguments.as_array().unwrap().clone()).await;
        lines.map_or_else(|error| error, |lines| lines.as_str().unwrap_or_default().to_owned())
    }
}
