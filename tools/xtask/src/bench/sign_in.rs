//! The sample's administrator comes in, as a person does or as a program does.

use anyhow::{Result, ensure};
use serde_json::json;

use super::tab::{PAGE_LIMIT, Tab};

const FORM: &str = "bench.find('input', '') !== null && bench.find('button', 'Sign in') !== null";

/// By the form of the app, once that is there.
pub async fn by_form(tab: &Tab) -> Result<()> {
    tab.wait_for("the sign-in page", PAGE_LIMIT, FORM).await?;
    for field in ["input[type=text]", "input[type=password]"] {
        tab.click_unwatched(field, "").await?;
        tab.insert("admin").await?;
    }
    tab.click_unwatched("button", "Sign in").await
}

/// By the API of the server that the page is from: its cookies hold in every tab.
pub async fn by_api(tab: &Tab) -> Result<()> {
    let user = json!({ "username": "admin", "password": "admin" }).to_string();
    let request = json!({
        "method": "POST", "headers": { "content-type": "application/json" }, "body": user,
    });
    let ask = format!("fetch('/internal-api/v1/auth/login', {request}).then((it) => it.status)");
    let status = tab.run(&ask).await?;
    ensure!(status == 200, "the server does not let the admin in: status {status}");
    Ok(())
}
