//! What plugNmeet's recordings can be given besides: details that others may be changing too, and one recording of
//! several. And captions, which it alone has.

use std::time::Duration;

use crate::harness::{
    Action, Config, Dialect, Page, Rule, Stage, Value, e2e_behind_gateway, equal, json, stays,
};

const MERGE: &str = "/auth/recording/mergeRecordings";
const SUBTITLES: &str = "/subtitles/";

fn with_plugnmeet(test: impl AsyncFnOnce(&mut Stage)) {
    let dialect = Dialect::PlugNmeet;
    e2e_behind_gateway(Config { dialect, clock_speed: 0.0, ..Config::default() }, test);
}

/// Asks plugNmeet with the page's own session.
async fn ask(page: &Page, path: &str, body: Value) -> Value {
    let script = "const [path, body, done] = arguments;
        const headers = { 'content-type': 'application/json', 'x-requested-with': 'test' };
        fetch('/gateway/demo/auth/recording' + path, { method: 'POST', headers, body: JSON.stringify(body) })
            .then((it) => it.json()).then(done, (error) => done({ error: String(error) }))";
    let answer = page.run_async(script, vec![json!(path), body]).await;
    assert_eq!(answer["status"], json!(true), "{path}: {answer}");
    answer
}

/// As somebody else writes it meanwhile.
async fn describe(page: &Page, id: &Value, description: &str) {
    let metadata = json!({ "description": description });
    ask(page, "/updateMetadata", json!({ "record_id": id, "metadata": metadata })).await;
}

async fn details(page: &Page, id: &Value) -> Value {
    let info = ask(page, "/info", json!({ "record_id": id })).await;
    info["recording_info"]["metadata"].clone()
}

/// The newest recording, which is in the first row.
async fn newest(page: &Page) -> Value {
    let list = ask(page, "/fetch", json!({ "limit": 1, "order_by": "DESC" })).await;
    list["result"]["recordings_list"][0]["record_id"].clone()
}

async fn change_title(page: &Page, title: &str) {
    page.role("textbox").named("Title").fill(title).await;
    page.button("Save").click().await;
    page.status_says(&format!("{title} saved.")).await;
    page.role("dialog").gone().await;
}

#[test]
fn a_new_title_leaves_a_long_description_as_it_was() {
    with_plugnmeet(async |stage| {
        let page = stage.open_library().await;
        let id = newest(&page).await;
        let description = format!("{}\n{}\n\nThe end.", "First half. ".repeat(60), "x".repeat(800));
        describe(&page, &id, &description).await;
        page.reload().await;
        page.ready_rows(1).await[0].choose("Edit details…").await;
        let field = page.role("textbox").named("Description").first().await;
        assert_eq!(field.prop("value").await.unwrap().as_deref(), Some(&*description));
        change_title(&page, "Kinematics").await;
        let now = details(&page, &id).await;
        assert_eq!(
            (&now["title"], &now["description"]),
            (&json!("Kinematics"), &json!(description))
        );
    });
}

#[test]
fn what_others_wrote_meanwhile_stays() {
    with_plugnmeet(async |stage| {
        let page = stage.open_library().await;
        let id = newest(&page).await;
        page.ready_rows(1).await[0].choose("Edit details…").await;
        page.role("dialog").named("Edit details").first().await;
        describe(&page, &id, "Written by somebody else.").await;
        change_title(&page, "Kinematics").await;
        let now = details(&page, &id).await;
        assert_eq!(now["title"], json!("Kinematics"));
        assert_eq!(now["description"], json!("Written by somebody else."));
    });
}

/// Selects two recordings of one room.
async fn select_two(page: &Page) {
    for row in page.two_of_a_room().await {
        row.select().await;
    }
}

#[test]
fn two_clicks_merge_once() {
    with_plugnmeet(async |stage| {
        let page = stage.open_library().await;
        select_two(&page).await;
        let merge = page.button("Merge selected").first().await.to_json().unwrap();
        stage.hooks.add_rule(Rule::always(MERGE, Action::Delay { ms: 400 }));
        page.run("arguments[0].click(); arguments[0].click()", vec![merge.clone()]).await;
        tokio::time::sleep(Duration::from_millis(100)).await;
        page.run("arguments[0].click()", vec![merge]).await;
        page.status_says("The recordings are being merged.").await;
        // A second one would be refused by now.
        stays(Duration::from_millis(600), "no word of a refusal", async || {
            equal(page.alert_text().await.as_str(), "")
        })
        .await;
        assert_eq!(stage.requests("POST", MERGE).len(), 1);
        page.status_says("The recordings are being merged.").await;
    });
}

/// The server has the request, only its answer gets lost.
#[test]
fn a_merge_without_an_answer_is_not_called_undone() {
    with_plugnmeet(async |stage| {
        let page = stage.open_library().await;
        select_two(&page).await;
        let lose = "const send = window.fetch;
            window.fetch = async (...given) => {
                const answer = await send(...given);
                if (answer.url.includes('mergeRecordings')) throw new TypeError('lost');
                return answer;
            }";
        page.run(lose, vec![]).await;
        page.button("Merge selected").click().await;
        page.alert_says("The recordings may be merged all the same").await;
        let alert = page.alert_text().await;
        assert!(!alert.contains("Not merged"), "{alert}");
        assert_eq!(stage.requests("POST", MERGE).len(), 1);
        assert!(page.button("Merge selected").is_there().await, "the selection is kept");
    });
}

const TRACKS: &str = "const video = document.querySelector('video');
    return [...video.textTracks].map((it) => it.mode)";

#[test]
fn clicks_before_the_captions_have_come_load_them_once() {
    with_plugnmeet(async |stage| {
        let page = stage.open_library().await;
        page.ready_rows(1).await[0].play().await;
        page.video("plays", |it| it.time > 0.1).await;
        stage.hooks.add_rule(Rule::always(SUBTITLES, Action::Delay { ms: 300 }));
        let captions = page.button("Captions");
        let button = captions.first().await.to_json().unwrap();
        page.run("arguments[0].click(); arguments[0].click()", vec![button]).await;
        captions.attr_is("aria-pressed", "true").await;
        // A browser asks for the same file twice one after the other.
        stays(Duration::from_millis(900), "one track", async || {
            equal(page.run(TRACKS, vec![]).await, json!(["showing"]))?;
            equal(stage.requests("GET", SUBTITLES).len(), 1)
        })
        .await;

        captions.click().await;
        captions.attr_is("aria-pressed", "false").await;
        assert_eq!(page.run(TRACKS, vec![]).await, json!(["hidden"]));
    });
}
