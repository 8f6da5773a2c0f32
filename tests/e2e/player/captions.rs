//! Captions, the transcript and chapters: the server's, and from files of the viewer's own.

use std::fs;
use std::path::{Path, PathBuf};

use super::controls::under_pointer;
use super::{pause_at_start, plays};
use crate::harness::{
    Action, Config, Dialect, Key, Page, Rule, Stage, e2e, e2e_behind_gateway, equal, eventually,
    json,
};

const VTT: &str = "WEBVTT

NOTE Nobody reads this.

00:00:00.000 --> 00:00:04.000
<v Ana>Welcome to the board meeting.

00:00:04.000 --> 00:00:20.000 line:0
<v Ben>First the <b>budget</b> &amp; the plan.

00:00:20.000 --> 00:00:40.000
<img src=x onerror=window.__x=1> The budget is late.

00:00:40.000 --> 00:00:58.000
Goodbye.
";

const SRT: &str = "1\r\n00:00:00,000 --> 00:00:30,000\r\n{\\an8}<i>Guten Tag</i>\r\n\r\n2\r\n00:00:30,000 --> 00:01:00,000\r\nAuf Wiedersehen\r\n";

/// Where the sample server has the subtitles of its recordings.
const SUBTITLES: &str = "/subtitles/";

/// Labels of the video's tracks that are shown, and the texts shown now.
const TRACKS: &str = r"
const showing = [...document.querySelector('video').textTracks].filter((it) => it.mode === 'showing');
return showing.map((it) => [it.label, [...it.activeCues ?? []].map((cue) => cue.getCueAsHTML().textContent)]);
";

/// The lines of the transcript that are said to be said.
const PRESENT: &str =
    "return [...document.querySelectorAll('[aria-current=true]')].map((it) => it.textContent)";

impl Stage {
    pub(in crate::player) fn file(&self, name: &str, text: &[u8]) -> PathBuf {
        let path = self.downloads().join(name);
        fs::write(&path, text).unwrap();
        path
    }
}

/// Chooses a file as the dialog of the system would.
async fn choose_file(page: &Page, path: &Path) {
    if !page.role("group").named("Settings").is_there().await {
        page.button("Settings").click().await;
    }
    page.button("Captions from a file…").first().await;
    page.give_file("Captions file", path).await;
}

async fn shows(page: &Page, label: &str, text: &str) {
    eventually(&format!("{label} shows “{text}”"), async || {
        let tracks = page.run(TRACKS, vec![]).await;
        if tracks == json!([[label, [text]]]) { Ok(()) } else { Err(tracks.to_string()) }
    })
    .await;
}

async fn shows_nothing(page: &Page) {
    eventually("no captions", async || equal(page.run(TRACKS, vec![]).await, json!([]))).await;
}

async fn says_line(page: &Page, part: &str) {
    eventually(&format!("the line of “{part}” is the present one"), async || {
        let lines = page.run(PRESENT, vec![]).await;
        let is_it = lines.as_array().unwrap().len() == 1 && lines.to_string().contains(part);
        if is_it { Ok(()) } else { Err(lines.to_string()) }
    })
    .await;
}

async fn is_at(page: &Page, seconds: f64) {
    let what = format!("is at {seconds} s");
    page.video(&what, |it| (it.time - seconds).abs() < 0.3).await;
}

/// A film of a minute that stands at its beginning, with captions of four lines.
pub async fn with_captions(stage: &Stage, page: &Page) {
    pause_at_start(page, 60.0).await;
    choose_file(page, &stage.file("talk.vtt", VTT.as_bytes())).await;
    shows(page, "talk.vtt", "Welcome to the board meeting.").await;
    page.press(&[Key::Escape]).await;
    page.role("group").named("Settings").gone().await;
}

#[test]
fn a_file_of_ones_own_is_shown() {
    e2e(async |stage| {
        let page = stage.open_library().await;
        with_captions(stage, &page).await;
        let button = page.button("Captions");
        button.attr_is("aria-pressed", "true").await;
        page.type_text("1").await;
        shows(&page, "talk.vtt", "First the budget & the plan.").await;
        page.type_text("c").await;
        button.attr_is("aria-pressed", "false").await;
        shows_nothing(&page).await;
        page.type_text("c").await;
        shows(&page, "talk.vtt", "First the budget & the plan.").await;

        page.drop_file("german.srt", SRT).await;
        shows(&page, "german.srt", "Guten Tag").await;
        page.button("Settings").click().await;
        let list = page.role("combobox").named("Captions").first().await;
        let choices = page.role("option").inside(&list);
        assert_eq!(choices.names().await, ["Off", "talk.vtt", "german.srt"]);
        choices.clone().named("talk.vtt").click().await;
        shows(&page, "talk.vtt", "First the budget & the plan.").await;
        choices.named("Off").click().await;
        button.attr_is("aria-pressed", "false").await;
        shows_nothing(&page).await;

        // What is refused takes nothing away.
        page.role("option").named("talk.vtt").inside(&list).click().await;
        shows(&page, "talk.vtt", "First the budget & the plan.").await;
        let huge = [VTT.as_bytes(), &vec![b'\n'; 5_000_001]].concat();
        for (name, bytes) in [
            ("notes.txt", b"Buy milk.".as_slice()),
            ("empty.vtt", b""),
            ("latin.srt", b"1\n00:00:00,000 --> 00:00:09,000\nGr\xfc\xdfe\n"),
            ("film.vtt", &[0, 0, 0, 32, b'f', b't', b'y', b'p']),
            ("huge.vtt", &huge),
        ] {
            choose_file(&page, &stage.file(name, bytes)).await;
            page.alert_says(name).await;
            shows(&page, "talk.vtt", "First the budget & the plan.").await;
        }
        // Nor is what somebody else drops a page to go to.
        page.drop_file("bad.html", "<h1>Sign in</h1>").await;
        page.alert_says("bad.html").await;
        shows(&page, "talk.vtt", "First the budget & the plan.").await;
        assert_eq!(page.run("return typeof window.__x", vec![]).await, json!("undefined"));
    });
}

#[test]
fn what_is_said_is_read_searched_and_gone_to() {
    e2e(async |stage| {
        let page = stage.open_library().await;
        with_captions(stage, &page).await;
        page.button("Transcript").click().await;
        let panel = page.role("complementary").named("Transcript").first().await;
        let lines = page.role("button").inside(&panel);
        eventually("four lines", async || equal(lines.names().await.len(), 4)).await;
        let names = lines.names().await;
        assert_eq!(names[1], "0:04 Ben First the budget & the plan.");
        // Mark-up of nobody's is text, or nothing.
        assert!(names[2].ends_with("The budget is late."), "{names:?}");
        page.type_text("5").await;
        says_line(&page, "is late").await;

        page.type_text("/").await;
        page.focus_is_on("Search the transcript").await;
        page.type_text("Budgét").await;
        page.says("2 found").await;
        // The next one from here, and round.
        page.press(&[Key::Enter]).await;
        page.says("2 of 2").await;
        is_at(&page, 20.0).await;
        page.press(&[Key::Enter]).await;
        page.says("1 of 2").await;
        is_at(&page, 4.0).await;
        says_line(&page, "the plan").await;
        page.press_with(&[Key::Shift], Key::Enter).await;
        is_at(&page, 20.0).await;
        let before = page.frame().await.unwrap();
        page.type_text(" k m9?").await;
        page.says("Not found").await;
        let after = page.frame().await.unwrap();
        let of = |it: &crate::harness::Frame| (it.time, it.is_paused, it.is_muted);
        assert_eq!(of(&after), of(&before), "while somebody types, keys are letters");
        assert_eq!(page.role("dialog").count().await, 0);

        // Escape empties the search before it closes anything.
        page.press(&[Key::Escape]).await;
        page.focus_is_on("Search the transcript").await;
        let typed = page.role("searchbox").named("Search the transcript").first().await;
        assert_eq!(typed.prop("value").await.unwrap().as_deref(), Some(""));
        lines.clone().nth(3).click().await;
        is_at(&page, 40.0).await;
        says_line(&page, "Goodbye").await;
        page.press(&[Key::Home, Key::Down, Key::Enter]).await;
        is_at(&page, 4.0).await;
        // Who reads elsewhere is not taken away from there, and comes back when they like.
        page.press(&[Key::End]).await;
        page.button("Back to now").click().await;
        page.button("Back to now").gone().await;
        assert_eq!(page.run("return typeof window.__x", vec![]).await, json!("undefined"));
        page.button("Transcript").click().await;
        page.role("complementary").named("Transcript").gone().await;
        assert_ne!(page.focused().await, "body");
    });
}

/// plugNmeet's have captions in English and German, and descriptions that people can change.
fn on_plugnmeet(test: impl AsyncFnOnce(&mut Stage)) {
    let config = Config { dialect: Dialect::PlugNmeet, clock_speed: 0.0, ..Config::default() };
    e2e_behind_gateway(config, test);
}

#[test]
fn the_servers_are_there_in_each_language() {
    on_plugnmeet(async |stage| {
        let page = stage.open_library().await;
        let rows = page.ready_rows(2).await;
        rows[0].play().await;
        plays(&page).await;
        page.type_text("k").await;
        page.video("pauses", |it| it.is_paused).await;
        page.press(&[Key::Home, Key::Right]).await;
        is_at(&page, 5.0).await;
        assert_eq!(stage.requests("GET", SUBTITLES).len(), 0, "nobody wants any");
        page.button("Transcript").click().await;
        says_line(&page, "Let us begin with what is left from last time.").await;
        shows_nothing(&page).await;
        page.button("Captions").click().await;
        shows(&page, "English", "Let us begin with what is left\nfrom last time.").await;
        page.button("Settings").click().await;
        let list = page.role("combobox").named("Captions").first().await;
        let choices = page.role("option").inside(&list);
        let mut languages = choices.names().await;
        languages[1..].sort_unstable();
        assert_eq!(languages, ["Off", "Deutsch", "English"]);
        choices.named("Deutsch").click().await;
        shows(&page, "Deutsch", "Fangen wir mit dem an,\nwas vom letzten Mal übrig ist.").await;
        says_line(&page, "Fangen wir mit dem an").await;
        assert_eq!(stage.requests("GET", SUBTITLES).len(), 2, "each is asked for once");
        page.press(&[Key::Escape]).await;
        page.role("group").named("Settings").gone().await;

        // For the next recording too; and one that does not come costs nothing but itself.
        let broken =
            Rule::always(SUBTITLES, Action::body("text/html", "<!doctype html><h1>Sign in</h1>"));
        stage.hooks.add_rule(broken);
        page.press_with(&[Key::Shift], 'N').await;
        page.alert_says("No captions.").await;
        plays(&page).await;
        let panel = page.role("complementary").named("Transcript").first().await;
        stage.hooks.clear_rules();
        page.button("Try again").inside(&panel).click().await;
        eventually("lines", async || {
            let text = panel.text().await.unwrap();
            if text.contains("Good morning") { Ok(()) } else { Err(text) }
        })
        .await;
    });
}

/// The lines of a description that begin with a time.
#[test]
fn chapters_are_marked_and_gone_to() {
    on_plugnmeet(async |stage| {
        let page = stage.open_library().await;
        let row = page.row("of a minute", |it| it.size == "≈ about 940 kB").await;
        row.choose("Edit details…").await;
        page.role("dialog").named("Edit details").first().await;
        let text = "What we talked about:\n0:00 Welcome\n0:20 Questions\n0:40 <b>End</b>";
        page.role("textbox").named("Description").fill(text).await;
        page.button("Save").click().await;
        page.role("dialog").gone().await;
        row.play().await;
        plays(&page).await;
        page.type_text("k").await;
        page.press(&[Key::Home]).await;
        is_at(&page, 0.0).await;
        for (key, seconds, title) in [
            (Key::Right, 20.0, "Questions"),
            (Key::Right, 40.0, "<b>End</b>"),
            (Key::Left, 20.0, "Questions"),
            (Key::Left, 0.0, "Welcome"),
        ] {
            page.press_with(&[Key::Control], key).await;
            is_at(&page, seconds).await;
            page.says(title).await;
        }
        let marks = "return [...document.querySelectorAll('.seek-bar .mark')].map((it) => {
            const bar = it.parentElement.getBoundingClientRect();
            return Math.round(60 * (it.getBoundingClientRect().left - bar.left) / bar.width);
        })";
        assert_eq!(page.run(marks, vec![]).await, json!([20, 40]));
        let slider = page.role("slider").named("Seek").first().await;
        page.point_at(&slider, 0.5).await;
        eventually("the chapter under the pointer", async || {
            let shown = under_pointer(&page).await;
            if shown.ends_with(" Questions") { Ok(()) } else { Err(shown) }
        })
        .await;
    });
}
