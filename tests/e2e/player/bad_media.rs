//! Files and answers that are not what they should be: it plays all the same, or says in words why not; it never hangs,
//! and asks no more often than helps.

use std::time::Duration;

use super::watch::assert_no_storm;
use super::{ids_of, is_near, play, play_id, plays, slow_down};
use crate::harness::{
    Action, Engine, Locator, MEDIA, Page, Rule, Stage, e2e, eventually, five_seconds, json, stays,
    text, twelve_minutes, with_codec,
};

/// What is said of a file that the browser gives up on.
const UNPLAYABLE: &str = "The browser cannot play this file.";
const WHOLE: &str = "only as a whole";
const CHANGED: &str = "the recording was changed there meanwhile";
/// Bytes into the film of twenty minutes, behind its index and what a player reads ahead.
const LATER: u64 = 2_000_000;

/// The player says why, and what to do.
async fn explains(page: &Page, why: &str) {
    page.says(why).await;
    way_out(page).await;
}

/// The button that begins again: where it was, unless that place cannot be had.
async fn way_out(page: &Page) -> Locator {
    eventually("a way out", async || {
        for name in ["Try again", "Play from the start"] {
            if page.button(name).is_there().await {
                return Ok(page.button(name));
            }
        }
        Err(page.describe().await)
    })
    .await
}

/// Either is well: that it plays, or that it says why not.
async fn plays_or_explains(page: &Page, reasons: &[&str]) {
    eventually(&format!("it plays or says one of {reasons:?}"), async || {
        let it = page.frame().await?;
        let plays = it.time > 0.1 && !it.is_paused && it.width > 0;
        let text = page.text().await;
        let is_told = reasons.iter().any(|it| text.contains(it));
        if plays || is_told { Ok(()) } else { Err(format!("{it:?} {text}")) }
    })
    .await;
}

async fn close(page: &Page) {
    page.button("Close player").click().await;
    page.role("region").named("Player").gone().await;
}

/// Plays the film of twenty minutes, and seeks to 80 % once its later parts are spoiled.
async fn seek_into(stage: &Stage, page: &Page, spoil: impl Fn() -> Action) {
    slow_down(&stage.hooks);
    play(page, 1200.0).await;
    plays(page).await;
    stage.hooks.add_rule(Rule::always(MEDIA, spoil()).from_byte(LATER));
    page.set_slider("Seek", 0.8).await;
}

#[test]
fn every_refusal_is_explained() {
    e2e(async |stage| {
        let page = stage.open_library().await;
        let refusals = [
            (400, "The server does not accept this link."),
            (403, "You are not allowed to do this."),
            (404, "It is not on the server any more."),
            (409, "Not possible now"),
            (410, "It is not on the server any more."),
            (415, "status 415"),
            (416, CHANGED),
        ];
        let ids = ids_of(&page, 60.0).await;
        assert!(ids.len() >= refusals.len());
        for ((status, why), id) in refusals.into_iter().zip(ids) {
            stage.hooks.clear_requests();
            stage.hooks.add_rule(Rule::always(MEDIA, Action::status(status)));
            play_id(&page, &id).await;
            explains(&page, why).await;
            assert_no_storm(&stage.media_requests());
            stage.hooks.clear_rules();
            // 410 is for good, and browsers keep it.
            if status != 410 {
                way_out(&page).await.click().await;
                plays(&page).await;
            }
            close(&page).await;
        }
    });
}

#[test]
fn a_refusal_on_the_way_is_explained_and_the_place_kept() {
    e2e(async |stage| {
        let page = stage.open_library().await;
        seek_into(stage, &page, || Action::status(404)).await;
        // Only the later parts are gone: who asks for the first byte gets it.
        stage.hooks.add_rule(Rule::always(MEDIA, Action::status(404)));
        explains(&page, "It is not on the server any more.").await;
        assert_no_storm(&stage.media_requests());
        stage.hooks.clear_rules();
        page.button("Try again").click().await;
        page.video("plays on", |it| is_near(it, 0.8) && !it.is_paused).await;
    });
}

/// It plays from the start; what lies behind cannot be had, and it says so.
#[test]
fn a_server_without_ranges_plays_from_the_start() {
    e2e(async |stage| {
        let page = stage.open_library().await;
        slow_down(&stage.hooks);
        stage.hooks.add_rule(Rule::always(MEDIA, Action::IgnoreRange));
        play(&page, 1200.0).await;
        plays_or_explains(&page, &[WHOLE]).await;
        if stage.engine == Engine::WebKit {
            return;
        }
        plays(&page).await;
        page.set_slider("Seek", 0.8).await;
        eventually("it is still there, or says why not", async || {
            let it = page.frame().await?;
            let text = page.text().await;
            let is_told = text.contains(WHOLE);
            let goes_on = it.time > 0.1 && !it.is_paused && !is_near(&it, 0.8);
            if is_told || goes_on { Ok(()) } else { Err(format!("{it:?} {text}")) }
        })
        .await;
        assert_no_storm(&stage.media_requests());
    });
}

#[test]
fn ranges_that_are_not_what_they_say_do_no_harm() {
    e2e(async |stage| {
        let page = stage.open_library().await;
        let misstated = [(5, None), (0, Some("*")), (0, Some("999999999")), (0, Some("7"))];
        for ((later, length), id) in misstated.into_iter().zip(ids_of(&page, 60.0).await) {
            stage.hooks.clear_requests();
            let length = length.map(str::to_owned);
            let lie = Action::MisstateRange { later, length };
            stage.hooks.add_rule(Rule::always(MEDIA, lie));
            play_id(&page, &id).await;
            plays_or_explains(&page, &[UNPLAYABLE, CHANGED]).await;
            assert_no_storm(&stage.media_requests());
            stage.hooks.clear_rules();
            close(&page).await;
        }
    });
}

#[test]
fn a_range_that_begins_elsewhere_is_no_end_of_it() {
    e2e(async |stage| {
        let page = stage.open_library().await;
        seek_into(stage, &page, || Action::MisstateRange { later: 1000, length: None }).await;
        eventually("it goes on, or says why not", async || {
            let it = page.frame().await?;
            let text = page.text().await;
            let reasons = ["Unexpected answer from the server", UNPLAYABLE];
            let is_told = reasons.iter().any(|it| text.contains(it));
            let goes_on = is_near(&it, 0.8) && it.time > 960.5 && !it.is_paused;
            if is_told || goes_on { Ok(()) } else { Err(format!("{it:?}")) }
        })
        .await;
        assert_no_storm(&stage.media_requests());
    });
}

/// Somebody cut it meanwhile, and it is another file now.
#[test]
fn a_file_that_was_changed_is_not_mixed_with_the_one_before() {
    e2e(async |stage| {
        let page = stage.open_library().await;
        let recording = page.recording_of(1200.0).await;
        let id = text(&recording, "recordingId");
        slow_down(&stage.hooks);
        play_id(&page, id).await;
        plays(&page).await;
        assert!(stage.hooks.replace_film(id, twelve_minutes()));
        page.set_slider("Seek", 0.8).await;
        eventually("it plays the new one, or says that there is one", async || {
            let it = page.frame().await?;
            let plays_new = (it.duration - 720.0).abs() < 1.0 && !it.is_paused && it.time > 0.1;
            let text = page.text().await;
            if plays_new || text.contains(CHANGED) { Ok(()) } else { Err(format!("{it:?} {text}")) }
        })
        .await;
        assert_no_storm(&stage.media_requests());
    });
}

/// Proxies and object stores get it wrong; the browsers look at the bytes.
#[test]
fn a_film_that_is_said_to_be_a_page_plays() {
    e2e(async |stage| {
        let page = stage.open_library().await;
        let kinds = ["text/html", "application/octet-stream"];
        for (kind, id) in kinds.into_iter().zip(ids_of(&page, 5.0).await) {
            stage.hooks.add_rule(Rule::always(MEDIA, Action::set_header("content-type", kind)));
            let strictly = Action::set_header("x-content-type-options", "nosniff");
            stage.hooks.add_rule(Rule::always(MEDIA, strictly));
            play_id(&page, &id).await;
            plays(&page).await;
            stage.hooks.clear_rules();
            close(&page).await;
        }
    });
}

#[test]
fn a_page_or_an_error_that_is_said_to_be_well_is_explained() {
    e2e(async |stage| {
        let page = stage.open_library().await;
        let page_of_a_proxy = "<!doctype html><script>window.__x = 1</script><h1>Sign in</h1>";
        for (kind, body) in
            [("text/html", page_of_a_proxy), ("application/json", r#"{"error":"no such file"}"#)]
        {
            stage.hooks.add_rule(Rule::always(MEDIA, Action::body(kind, body)));
            play(&page, 60.0).await;
            explains(&page, "a text in place of the recording").await;
            stage.hooks.clear_rules();
            close(&page).await;
        }
        assert_eq!(page.run("return typeof window.__x", vec![]).await, json!("undefined"));
    });
}

/// Nothing, noise, half of it, and a way of encoding that no browser knows.
#[test]
fn a_file_that_is_none_is_explained() {
    e2e(async |stage| {
        let page = stage.open_library().await;
        let film = five_seconds();
        let noise = film.iter().map(|it| it.wrapping_mul(167) ^ 90).collect();
        let index_only = film[..4569].to_vec();
        let files = [
            ("noise", noise),
            ("no bytes", Vec::new()),
            ("half an index", film[..2000].to_vec()),
            ("an index only", index_only),
            ("an unknown codec", with_codec(&film, b"zz99")),
        ];
        for ((what, bytes), id) in files.into_iter().zip(ids_of(&page, 5.0).await) {
            stage.hooks.clear_requests();
            assert!(stage.hooks.replace_film(&id, bytes));
            play_id(&page, &id).await;
            eventually(&format!("{what} is explained"), async || {
                let text = page.text().await;
                let reasons = [UNPLAYABLE, CHANGED, WHOLE];
                let is_told = reasons.iter().any(|it| text.contains(it));
                // Of pictures that it does not know Chromium plays the sound.
                let is_heard = what == "an unknown codec" && page.frame().await?.time > 0.1;
                if is_told || is_heard { Ok(()) } else { Err(format!("{what}: {text}")) }
            })
            .await;
            assert_no_storm(&stage.media_requests());
            close(&page).await;
        }
    });
}

/// A recording that broke off: what is there is played, and then it is over.
#[test]
fn half_a_film_plays_to_where_it_ends() {
    e2e(async |stage| {
        let page = stage.open_library().await;
        let recording = page.recording_of(5.0).await;
        let id = text(&recording, "recordingId");
        let film = five_seconds();
        assert!(stage.hooks.replace_film(id, film[..film.len() / 2].to_vec()));
        play_id(&page, id).await;
        page.video("plays half of it", |it| it.time > 1.5).await;
        eventually("it ends, or says why not", async || {
            let it = page.frame().await?;
            // The list knows how long the file should be.
            let text = page.text().await;
            let is_told = [UNPLAYABLE, CHANGED].iter().any(|it| text.contains(it));
            if is_told || it.has_ended { Ok(()) } else { Err(format!("{it:?}")) }
        })
        .await;
        assert_no_storm(&stage.media_requests());
    });
}

/// The server does not answer at all: the viewer is told, and it goes on when it does.
#[test]
fn a_server_that_never_answers_is_told_of() {
    e2e(async |stage| {
        let page = stage.open_library().await;
        page.hurry(6).await;
        stage.hooks.add_rule(Rule::always(MEDIA, Action::Delay { ms: 600_000 }));
        play(&page, 60.0).await;
        page.says("Trying again").await;
        stage.hooks.clear_rules();
        plays(&page).await;
    });
}

/// Signed in, but the file alone is refused as if not: renewed once, then it is asked for, never in a loop.
#[test]
fn a_file_that_no_session_opens_ends_in_words() {
    e2e(async |stage| {
        let page = stage.open_library().await;
        stage.hooks.clear_requests();
        stage.hooks.add_rule(Rule::always(MEDIA, Action::status(401)));
        page.row_of_length("1:00").await.click_play().await;
        page.role("dialog").named("Sign in again").first().await;
        let renewals = || stage.requests("POST", "/internal-api/v1/auth/refresh").len();
        stays(Duration::from_secs(3), "it is renewed once", async || {
            if renewals() <= 1 { Ok(()) } else { Err(format!("{} renewals", renewals())) }
        })
        .await;
        assert_no_storm(&stage.media_requests());
    });
}

/// Of the same site, whose cookies it gets: it plays there, and says so where the server does not let the page look.
#[test]
fn another_origin_plays_with_its_cookie_and_is_told_of_without_leave() {
    crate::harness::e2e_over_line(async |stage| {
        // The page is at the line's address and the server at its own: of one site, of two origins.
        let leave = Action::set_header("access-control-allow-origin", stage.url());
        stage.hooks.add_rule(Rule::always("/", leave));
        let page = stage.open_library().await;
        let element = format!(
            "<!doctype html><html lang=en><meta charset=utf-8><link rel=icon href='data:,'>\
             <script type=module src=/element/meet-recordings.js></script>\
             <meet-recordings server-url='{}/' loading=eager></meet-recordings>",
            stage.server_url()
        );
        stage.hooks.add_rule(Rule::always("/host", Action::body("text/html", &element)));
        page.go("/host").await;
        page.row_count_is(64).await;
        page.row_of_length("1:00").await.play().await;
        plays(&page).await;
        close(&page).await;

        let without = [("access-control-allow-origin".to_owned(), None)].into();
        let without = Action::SetHeaders { headers: without };
        stage.hooks.add_rule(Rule::always(MEDIA, without));
        page.row_of_length("0:05").await.play().await;
        explains(&page, "the server does not allow its address").await;
        assert_no_storm(&stage.media_requests());
    });
}
