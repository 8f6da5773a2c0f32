//! What passes is waited for, and nobody has to do anything: the film goes on where it was.

use std::time::{Duration, Instant};

use super::watch::assert_no_storm;
use super::{is_near, pause_at_start, play, play_id, plays, slow_down};
use crate::harness::{
    Action, Frame, MEDIA, Page, Rule, Stage, e2e, e2e_in_chromium, e2e_over_line, equal,
    eventually, index_first, one_minute, text, within,
};

const REFRESH: &str = "/internal-api/v1/auth/refresh";
/// Bytes per second: four times as fast as the film of a minute plays.
const SLOW: u64 = 60_000;
/// Bytes into the film of twenty minutes, behind its index and what a player reads ahead.
const LATER: u64 = 2_000_000;

/// Plays the film of a minute over a line that brings it four times as fast as it plays.
async fn play_slowly(stage: &Stage, page: &Page) {
    let recording = page.recording_of(60.0).await;
    let id = text(&recording, "recordingId");
    assert!(stage.hooks.replace_film(id, index_first(&one_minute())));
    stage.line().set_rate(Some(SLOW));
    play_id(page, id).await;
}

/// Goes to 80 % of a film whose later parts are spoiled.
async fn seek_ahead(page: &Page) {
    page.set_slider("Seek", 0.8).await;
}

/// Waits until the picture moves at 80 %.
async fn plays_on_ahead(page: &Page) -> Frame {
    let there = page.video("is at 80 %", |it| is_near(it, 0.8)).await;
    page.video("plays on", |it| it.time > there.time + 0.3 && !it.is_paused && is_near(it, 0.8))
        .await
}

fn renewals(stage: &Stage) -> usize {
    stage.requests("POST", REFRESH).len()
}

/// In a train: the session ends, the network goes for twenty seconds, and nobody touches anything.
#[test]
fn plays_on_through_an_ended_session_and_a_cut_of_twenty_seconds() {
    e2e_over_line(async |stage| {
        let page = stage.open_library().await;
        play_slowly(stage, &page).await;
        let before = page.video("plays", |it| it.time > 0.5 && !it.is_paused).await;
        assert!(before.ahead < 17.0, "there is too much in memory to notice a cut: {before:?}");
        page.watch().await;
        stage.hooks.expire_access_tokens();
        stage.hooks.clear_requests();
        stage.line().cut();
        let cut = Instant::now();
        page.says("The server cannot be reached.").await;
        let rest = Duration::from_secs(20).saturating_sub(cut.elapsed());
        tokio::time::sleep(rest).await;
        let stood = page.watched().await.is_one_film(1.0).last_shown();

        stage.line().restore();
        stage.line().set_rate(None);
        let first = within(Duration::from_secs(30), "the picture moves again", async || {
            let it = page.frame().await?;
            if it.time > stood && !it.is_paused {
                Ok(it)
            } else {
                Err(format!("{it:?} after {stood}"))
            }
        })
        .await;
        page.video("goes on", |it| it.time > first.time + 1.0 && it.hash != first.hash).await;
        page.watched().await.is_one_film(1.0);
        assert_eq!(renewals(stage), 1);
        assert_no_storm(&stage.media_requests());
        assert_eq!(
            (page.role("dialog").count().await, page.alert_text().await),
            (0, String::new())
        );
    });
}

/// What is wanted ahead is refused, while there is enough to play: nobody need notice.
#[test]
fn a_session_that_ends_while_it_reads_ahead_is_renewed_unnoticed() {
    e2e_over_line(async |stage| {
        let page = stage.open_library().await;
        play_slowly(stage, &page).await;
        page.video("has some seconds ahead", |it| it.time > 0.5 && it.ahead > 3.0).await;
        page.watch().await;
        stage.hooks.expire_access_tokens();
        stage.hooks.clear_requests();
        // The next part comes over a new connection, and needs to be allowed again.
        stage.line().cut();
        stage.line().restore();
        stage.line().set_rate(None);
        page.video("plays on", |it| it.time > 12.0 && !it.is_paused).await;
        let media = stage.media_requests();
        assert!(media.iter().any(|it| it.status == 401), "nothing was refused: {media:#?}");
        let halt = page.watched().await.is_one_film(1.0).longest_halt();
        assert!(halt < 2.0, "stood for {halt} s");
        assert_eq!(renewals(stage), 1);
        assert_no_storm(&stage.media_requests());
    });
}

#[test]
fn an_expired_token_is_renewed_on_the_way_to_another_place() {
    e2e(async |stage| {
        let page = stage.open_library().await;
        slow_down(&stage.hooks);
        play(&page, 1200.0).await;
        plays(&page).await;
        stage.hooks.expire_access_tokens();
        stage.hooks.clear_requests();
        seek_ahead(&page).await;
        plays_on_ahead(&page).await;
        let refused = stage.media_requests().iter().any(|it| it.status == 401);
        assert!(refused, "the seek needed no new part of the file");
        assert_eq!(renewals(stage), 1);
        assert_eq!(page.alert_text().await, "");
    });
}

#[test]
fn signing_in_again_is_waited_for_and_the_place_kept() {
    e2e(async |stage| {
        let page = stage.open_library().await;
        slow_down(&stage.hooks);
        play(&page, 1200.0).await;
        plays(&page).await;
        stage.hooks.expire_sessions();
        seek_ahead(&page).await;
        page.role("dialog").named("Sign in again").first().await;
        page.sign_in().await;
        page.role("dialog").gone().await;
        plays_on_ahead(&page).await;
    });
}

/// Whoever paused to look at a slide finds it paused.
#[test]
fn what_was_paused_is_paused_afterwards() {
    e2e(async |stage| {
        let page = stage.open_library().await;
        slow_down(&stage.hooks);
        let before = pause_at_start(&page, 1200.0).await;
        stage.hooks.expire_access_tokens();
        stage.hooks.clear_requests();
        seek_ahead(&page).await;
        eventually("renewed", async || equal(renewals(stage), 1)).await;
        eventually("shows the new place, and stays there", async || {
            let there = page.frame().await?;
            tokio::time::sleep(Duration::from_millis(700)).await;
            let then = page.frame().await?;
            equal((then.is_paused, then.time, then.hash), (true, there.time, there.hash))?;
            let is_shown = is_near(&then, 0.8) && then.width > 0 && then.hash != before.hash;
            if is_shown { Ok(()) } else { Err(format!("{then:?}")) }
        })
        .await;
        page.button("Play").first().await;
    });
}

/// What is wrong is said with the seconds until the next try, and everything is as it was afterwards, the speed too.
#[test]
fn a_server_in_trouble_is_waited_for() {
    e2e(async |stage| {
        let page = stage.open_library().await;
        slow_down(&stage.hooks);
        play(&page, 1200.0).await;
        plays(&page).await;
        page.type_text(">").await;
        page.video("is faster", |it| it.rate == 1.25).await;
        stage.hooks.add_rule(Rule::always(MEDIA, Action::status(503)));
        seek_ahead(&page).await;
        page.says("The server had a problem (status 503). Trying again in").await;
        page.button("Try again now").first().await;
        stage.hooks.clear_rules();
        let on = plays_on_ahead(&page).await;
        assert_eq!(on.rate, 1.25);
        page.button("Try again now").gone().await;
        assert_no_storm(&stage.media_requests());
    });
}

/// Who cannot wait need not.
#[test]
fn it_can_be_tried_again_at_once() {
    e2e(async |stage| {
        let page = stage.open_library().await;
        stage.hooks.add_rule(Rule::always(MEDIA, Action::rate_limit(50)));
        play(&page, 60.0).await;
        page.says("Too many requests. Trying again in").await;
        stage.hooks.clear_rules();
        page.button("Try again now").click().await;
        plays(&page).await;
        assert_eq!(page.alert_text().await, "");
    });
}

#[test]
fn too_many_requests_are_waited_for_as_long_as_the_server_says() {
    e2e(async |stage| {
        let page = stage.open_library().await;
        slow_down(&stage.hooks);
        play(&page, 1200.0).await;
        plays(&page).await;
        stage.hooks.clear_requests();
        stage.hooks.add_rule(Rule { times: Some(2), ..Rule::always(MEDIA, Action::rate_limit(4)) });
        seek_ahead(&page).await;
        plays_on_ahead(&page).await;
        let media = stage.media_requests();
        let last_refused = media.iter().filter(|it| it.status == 429).map(|it| it.at).max();
        let then = media.iter().find(|it| Some(it.at) > last_refused);
        let waited = then.zip(last_refused).map(|(it, at)| it.at - at);
        assert!(waited.is_some_and(|ms| ms >= 3_900), "{media:#?}");
        assert_no_storm(&media);
    });
}

/// However long it stays so: a page that is left open is no attack.
#[test]
fn a_server_that_stays_in_trouble_is_not_stormed() {
    e2e(async |stage| {
        let page = stage.open_library().await;
        stage.hooks.add_rule(Rule::always(MEDIA, Action::status(500)));
        play(&page, 60.0).await;
        page.says("The server had a problem (status 500).").await;
        tokio::time::sleep(Duration::from_secs(10)).await;
        let media = stage.media_requests();
        assert!(media.len() >= 3, "{media:#?}");
        assert_no_storm(&media);
    });
}

#[test]
fn a_broken_connection_does_not_end_playback() {
    e2e(async |stage| {
        let page = stage.open_library().await;
        stage.hooks.add_rule(Rule::once(MEDIA, Action::Cut { after_bytes: 450_000 }));
        play(&page, 1200.0).await;
        plays(&page).await;
        stage
            .hooks
            .add_rule(Rule::once(MEDIA, Action::Cut { after_bytes: 40_000 }).from_byte(LATER));
        seek_ahead(&page).await;
        plays_on_ahead(&page).await;
        page.button("Try again").gone().await;
    });
}

/// A body that ends before it should, with or without an end: the rest is asked for.
#[test]
fn a_part_that_is_shorter_than_it_says_is_asked_for_again() {
    e2e(async |stage| {
        let page = stage.open_library().await;
        play(&page, 1200.0).await;
        plays(&page).await;
        let short = Action::Truncate { after_bytes: 30_000 };
        stage.hooks.add_rule(Rule { times: Some(2), ..Rule::once(MEDIA, short) }.from_byte(LATER));
        seek_ahead(&page).await;
        plays_on_ahead(&page).await;
        assert_no_storm(&stage.media_requests());
    });
}

/// No error, no end, just nothing: no engine says so of itself.
#[test]
fn an_answer_that_falls_silent_is_given_up() {
    e2e(async |stage| {
        let page = stage.open_library().await;
        slow_down(&stage.hooks);
        play(&page, 1200.0).await;
        plays(&page).await;
        page.hurry(4).await;
        let silent = Action::Stall { after_bytes: 0 };
        stage.hooks.add_rule(Rule::once(MEDIA, silent).from_byte(LATER));
        seek_ahead(&page).await;
        plays_on_ahead(&page).await;
        assert_no_storm(&stage.media_requests());
    });
}

/// Nothing gets through and nothing breaks.
#[test]
fn a_tunnel_is_waited_for() {
    e2e_over_line(async |stage| {
        let page = stage.open_library().await;
        stage.line().set_rate(Some(400_000));
        play(&page, 1200.0).await;
        plays(&page).await;
        page.hurry(4).await;
        stage.line().set_rate(Some(0));
        seek_ahead(&page).await;
        page.says("your place is kept").await;
        tokio::time::sleep(Duration::from_secs(3)).await;
        stage.line().set_rate(None);
        plays_on_ahead(&page).await;
    });
}

#[test]
fn without_a_network_it_says_so_and_goes_on_with_it() {
    e2e_in_chromium("a network that is gone", async |stage| {
        let page = stage.open_library().await;
        slow_down(&stage.hooks);
        play(&page, 1200.0).await;
        plays(&page).await;
        page.set_offline(true).await;
        seek_ahead(&page).await;
        page.says("You are offline. Playback goes on when the connection is back.").await;
        page.set_offline(false).await;
        plays_on_ahead(&page).await;
        eventually("nothing is said of it any more", async || {
            let text = page.text().await;
            if text.contains("offline") { Err(text) } else { Ok(()) }
        })
        .await;
    });
}

/// The link to the file is refused, not the viewer: renewed once, then said so.
#[test]
fn a_refusal_that_stays_is_renewed_once() {
    e2e(async |stage| {
        let page = stage.open_library().await;
        slow_down(&stage.hooks);
        play(&page, 1200.0).await;
        plays(&page).await;
        stage.hooks.clear_requests();
        stage.hooks.add_rule(Rule::always(MEDIA, Action::status(403)));
        seek_ahead(&page).await;
        page.says("You are not allowed to do this.").await;
        assert!(renewals(stage) <= 1);
        assert_no_storm(&stage.media_requests());
        stage.hooks.clear_rules();
        page.button("Try again").click().await;
        plays_on_ahead(&page).await;
    });
}
