//! While something is under way or has to wait: the focus stays, signing out ends it, and nothing is asked for again and
//! again.

use std::time::Duration;

use crate::harness::{
    Action, Config, Dialect, Key, LIST, Rule, e2e, e2e_behind_gateway, e2e_with, equal, eventually,
    stays,
};

#[test]
fn the_countdown_leaves_the_focus_where_it_is() {
    e2e(async |stage| {
        stage.hooks.set_clock_speed(0.0);
        let page = stage.open_library().await;
        // Long enough for a slow machine.
        stage.hooks.add_rule(Rule::once(LIST, Action::rate_limit(20)));
        page.button("Refresh").click().await;
        page.says("Too many requests. Trying again in").await;
        let again = page.button("Try again").first().await;
        page.run("arguments[0].focus()", vec![again.to_json().unwrap()]).await;
        let mut before = String::new();
        for _ in 0..4 {
            before = eventually("another number of seconds", async || {
                let text = page.text().await;
                let (_, rest) = text.split_once("Trying again in ").ok_or("no countdown")?;
                let seconds = rest.split('.').next().unwrap_or_default().to_owned();
                if seconds == before { Err(format!("still {seconds}")) } else { Ok(seconds) }
            })
            .await;
            assert_eq!(page.focused().await, "Try again", "with {before} to go");
        }
        // The same button, so that a press that began a second ago is a click.
        again.click().await.unwrap();
        page.button("Try again").gone().await;
        page.row_count_is(64).await;
    });
}

#[test]
fn the_focus_is_not_lost_when_the_countdown_ends() {
    e2e(async |stage| {
        stage.hooks.set_clock_speed(0.0);
        let page = stage.open_library().await;
        stage.hooks.add_rule(Rule::once(LIST, Action::rate_limit(2)));
        page.button("Refresh").click().await;
        let again = page.button("Try again").first().await;
        page.run("arguments[0].focus()", vec![again.to_json().unwrap()]).await;
        assert_eq!(page.focused().await, "Try again");
        page.button("Try again").gone().await;
        eventually("focus", async || equal(&*page.focused().await, "Search recordings")).await;
        page.row_count_is(64).await;
        assert_eq!(page.focused().await, "Search recordings");
    });
}

/// Where somebody else works in the page, the focus is left alone.
#[test]
fn the_end_of_the_countdown_takes_no_focus() {
    e2e(async |stage| {
        stage.hooks.set_clock_speed(0.0);
        let page = stage.open_library().await;
        stage.hooks.add_rule(Rule::once(LIST, Action::rate_limit(2)));
        page.button("Refresh").click().await;
        page.button("Try again").first().await;
        let filters = page.button("Filters").first().await;
        page.run("arguments[0].focus()", vec![filters.to_json().unwrap()]).await;
        page.button("Try again").gone().await;
        page.button("Refresh").attr_is("aria-busy", "false").await;
        assert_eq!(page.focused().await, "Filters");
    });
}

const ROOMS: &str = "/meet/api/v1/rooms";
const SHARE: &str = "/meet/api/v1/recordings/*/url";

#[test]
fn rooms_on_their_way_are_not_shown_to_who_signs_in_next() {
    let config = Config { dialect: Dialect::V39, clock_speed: 0.0, ..Config::default() };
    e2e_with(config, async |stage| {
        let page = stage.open_library().await;
        stage.hooks.add_rule(Rule::once(ROOMS, Action::Delay { ms: 1200 }));
        page.button("Filters").click().await;
        page.role("group").named("Filters").first().await;
        page.button("Sign out").click().await;
        page.sign_in_as("user", "user1").await;
        page.has_rows().await;
        tokio::time::sleep(Duration::from_millis(900)).await;
        page.button("Filters").click().await;
        let own = ["All rooms", "Customer onboarding", "Physics 101"];
        eventually("rooms of the user", async || {
            let mut names = page.options("Room").await;
            names.sort();
            equal(names, own.map(str::to_owned).to_vec())
        })
        .await;
    });
}

#[test]
fn a_link_on_its_way_is_not_copied_after_signing_out() {
    let config = Config { dialect: Dialect::V39, clock_speed: 0.0, ..Config::default() };
    e2e_with(config, async |stage| {
        let page = stage.open_library().await;
        let copies = "window.copies = 0;
            const count = () => { window.copies += 1; return Promise.resolve() };
            navigator.clipboard.writeText = count";
        page.run(copies, vec![]).await;
        stage.hooks.add_rule(Rule::once(SHARE, Action::Delay { ms: 800 }));
        page.ready_rows(1).await[0].choose("Copy link").await;
        page.button("Sign out").click().await;
        page.status_says("Signed out.").await;
        stays(Duration::from_millis(1300), "no link", async || {
            equal(page.run("return window.copies", vec![]).await, 0.into())?;
            equal(page.role("dialog").count().await, 0)
        })
        .await;
        page.status_says("Signed out.").await;
    });
}

/// Every link of plugNmeet is new. A file that none of them can play is given up, and left alone.
#[test]
fn a_file_that_cannot_be_played_asks_for_few_links() {
    const TOKEN: &str = "/auth/recording/getDownloadToken";
    let dialect = Dialect::PlugNmeet;
    let config = Config { dialect, clock_speed: 0.0, ..Config::default() };
    e2e_behind_gateway(config, async |stage| {
        let page = stage.open_library().await;
        let garbage = Action::body("video/mp4", &"no film ".repeat(1000));
        stage.hooks.add_rule(Rule::always("/download/recording/", garbage));
        // Tokens are made of the time in seconds: so each is another.
        let hooks = stage.hooks.clone();
        let time = tokio::spawn(async move {
            loop {
                tokio::time::sleep(Duration::from_millis(10)).await;
                hooks.advance_clock(Duration::from_secs(1));
            }
        });
        page.ready_rows(1).await[0].play().await;
        page.alert_says("The browser cannot play this file.").await;
        let asked = stage.requests("POST", TOKEN).len();
        assert!((2..=4).contains(&asked), "{asked} links");
        stays(Duration::from_millis(1500), "given up", async || {
            equal(stage.requests("POST", TOKEN).len(), asked)?;
            equal(page.alert_text().await.contains("The browser cannot play this file."), true)
        })
        .await;
        time.abort();

        stage.hooks.clear_rules();
        page.button("Try again").click().await;
        page.video("plays", |it| it.time > 0.1 && !it.is_paused).await;
        assert_eq!(page.alert_text().await, "");
    });
}

/// The answer to one recording's details finds another's being written.
#[test]
fn a_late_answer_closes_no_other_dialog() {
    const UPDATE: &str = "/auth/recording/updateMetadata";
    let dialect = Dialect::PlugNmeet;
    let config = Config { dialect, clock_speed: 0.0, ..Config::default() };
    e2e_behind_gateway(config, async |stage| {
        let page = stage.open_library().await;
        let title = page.role("textbox").named("Title");
        stage.hooks.add_rule(Rule::once(UPDATE, Action::Delay { ms: 2500 }));
        page.ready_rows(1).await[0].choose("Edit details…").await;
        title.fill("Kinematics").await;
        page.button("Save").click().await;
        page.button("Saving…").first().await;
        page.press(&[Key::Escape]).await;
        page.role("dialog").gone().await;

        page.ready_rows(2).await[1].choose("Edit details…").await;
        title.fill("Optics").await;
        eventually("the answer is there", async || {
            let titles = page.titles().await;
            equal(titles[0].as_str(), "Kinematics")
        })
        .await;
        stays(Duration::from_millis(400), "still being written", async || {
            equal(page.role("dialog").named("Edit details").count().await, 1)
        })
        .await;
        let typed = title.first().await.prop("value").await.unwrap();
        assert_eq!(typed.as_deref(), Some("Optics"));
        page.button("Save").click().await;
        page.status_says("Optics saved.").await;
        page.role("dialog").gone().await;
    });
}
