//! What hands do beside clicking and typing: point, tap, drop files, copy.

use std::path::Path;

use serde_json::json;
use thirtyfour::WebElement;

use super::page::Page;

/// In shadow roots too.
const DEEP: &str = r"
const deep = (root, selector) => root.querySelector(selector) ??
  [...root.querySelectorAll('*')].reduce((found, it) => found ?? (it.shadowRoot && deep(it.shadowRoot, selector)), null);
";

impl Page {
    /// Rests the pointer on an element, at this share of its width.
    pub async fn point_at(&self, element: &WebElement, share: f64) {
        let width = element.rect().await.unwrap().width;
        let from_middle = ((share - 0.5) * width).round() as i64;
        let actions = self.browser().action_chain();
        let actions = actions.move_to_element_with_offset(element, from_middle, 0);
        actions.perform().await.unwrap();
    }

    pub async fn double_click_video(&self) {
        let video = self.deep("video").await;
        self.browser().action_chain().double_click_element(&video).perform().await.unwrap();
    }

    /// Taps so often with a finger, at this share of the picture's width. Only Chromium can.
    pub async fn tap_video(&self, share: f64, times: usize) {
        let script = format!(
            "{DEEP} const it = deep(document, 'video').getBoundingClientRect();
             return {{ x: it.x + it.width * arguments[0], y: it.y + it.height / 2 }}"
        );
        let place = self.run(&script, vec![json!(share)]).await;
        for _ in 0..times {
            let start = json!({ "type": "touchStart", "touchPoints": [place] });
            self.cdp("Input.dispatchTouchEvent", start).await;
            let end = json!({ "type": "touchEnd", "touchPoints": [] });
            self.cdp("Input.dispatchTouchEvent", end).await;
        }
    }

    /// Chooses a file in the field of this name, as the dialog of the system would.
    pub async fn give_file(&self, name: &str, path: &Path) {
        let field = self.deep(&format!("input[type=file][aria-label='{name}']")).await;
        field.send_keys(path.to_str().unwrap()).await.unwrap();
    }

    /// Drops a file on the picture.
    pub async fn drop_file(&self, name: &str, text: &str) {
        let script = format!(
            "{DEEP} const dataTransfer = new DataTransfer();
             dataTransfer.items.add(new File([arguments[1]], arguments[0]));
             const options = {{ bubbles: true, cancelable: true, composed: true, dataTransfer }};
             for (const type of ['dragenter', 'dragover', 'drop']) deep(document, 'video').dispatchEvent(new DragEvent(type, options))"
        );
        self.run(&script, vec![json!(name), json!(text)]).await;
    }

    /// Lets the page, and so the test, read what is on the clipboard. Only Chromium can.
    pub async fn allow_clipboard(&self) {
        let permissions =
            json!({ "permissions": ["clipboardReadWrite", "clipboardSanitizedWrite"] });
        self.cdp("Browser.grantPermissions", permissions).await;
    }

    pub async fn clipboard(&self) -> String {
        let read =
            "navigator.clipboard.readText().then(arguments[0], (it) => arguments[0](String(it)))";
        self.run_async(read, vec![]).await.as_str().unwrap().to_owned()
    }

    async fn deep(&self, selector: &str) -> WebElement {
        let script =
            format!("{DEEP} const it = deep(document, arguments[0]); return it ? [it] : []");
        let found = self.try_elements(&script, vec![json!(selector)]).await.unwrap();
        found.into_iter().next().unwrap_or_else(|| panic!("there is no {selector}"))
    }
}
