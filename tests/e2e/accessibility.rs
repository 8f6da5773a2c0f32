//! What people need who see, hear or move differently: A1 to A19 of `reference/web-component-bar.md` §3.2, as far as the
//! library is concerned; for the player the same letters are in `player`.
//!
//! | id | what | test |
//! | --- | --- | --- |
//! | A1 | names and roles, in every state | `states::*`, with axe |
//! | A2 | no pointer, no trap | `keyboard::finds_plays_selects_deletes_and_takes_it_back`, `keyboard::the_list_is_one_stop_of_the_tab_key` |
//! | A3, A4 | the focus is seen and not covered | `every_stop_shows_that_it_has_the_focus` |
//! | A5 | large targets | axe's `target-size` in `states::*`, `targets_are_large_for_fingers` |
//! | A6 | no dragging | `ways_to_look::columns_come_go_and_move` |
//! | A7 | contrast | axe's `color-contrast` in `states::*`, light and dark |
//! | A8 | large text, narrow pages, wide spacing | `text_of_twice_the_size_fits`, `spacing_of_text_clips_nothing`, `layout::nothing_scrolls_sideways_at_320_pixels` |
//! | A9 | less motion | `nothing_moves_where_motion_is_unwanted` |
//! | A10 | colours of the system | `in_forced_colours_edges_and_focus_are_seen` |
//! | A11 | what is said aloud | `what_happens_is_said_once` |
//! | A12 | errors and their prevention | `delete::*`, `undo::what_a_broken_off_deletion_left_is_named_and_tried_again` |
//! | A13 | nothing happens by itself | `filters::a_filter_is_chosen_by_keyboard_and_the_focus_stays` |
//! | A14 | captions | `player::captions_and_transcript`; `player::captions` of the whole |
//! | A15 | foreign names | `names_of_any_script_keep_to_themselves` |
//! | A16 | right to left | `from_right_to_left_it_is_mirrored`, and all of `states` |
//! | A17 | labels in names | axe's `label-content-name-mismatch` in `states::*` |
//! | A18 | tooltips | only the browser's own, from `title` |
//! | A19 | signing in | `signing_in_can_be_left_to_a_password_manager` |

use crate::harness::{Key, Page, e2e, e2e_in_chromium, equal, eventually, json};

mod player;
mod rooms;
mod states;

/// What the focus is on: what the browser draws around it, and whether something else is drawn over it.
const FOCUS: &str = r"
const deepest = (root) => root.activeElement?.shadowRoot?.activeElement ? deepest(root.activeElement.shadowRoot) : root.activeElement;
const it = deepest(document);
if (!it || it === document.body) return ['body', 1, true, 99];
const style = (element) => getComputedStyle(element);
const around = [it, it.parentElement, it.closest('.field') ?? it].filter(Boolean);
const width = Math.max(...around.map((element) => style(element).outlineStyle === 'none' ? 0 : parseFloat(style(element).outlineWidth)));
const box = it.getBoundingClientRect();
const over = it.getRootNode().elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
const isSeen = over === it || it.contains(over) || over?.contains(it) || (it.labels && [...it.labels].some((label) => label.contains(over)));
const channels = (text) => {
  const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  canvas.fillStyle = text;
  canvas.fillRect(0, 0, 1, 1);
  return [...canvas.getImageData(0, 0, 1, 1).data];
};
const light = ([r, g, b]) => [r, g, b].map((value) => value / 255)
  .map((value) => value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4)
  .reduce((sum, value, at) => sum + value * [0.2126, 0.7152, 0.0722][at], 0);
const backgroundOf = (element) => {
  for (let node = element; node; node = node.parentElement ?? node.getRootNode().host) {
    const colour = channels(style(node).backgroundColor);
    if (colour[3] === 255) return colour;
  }
  return [255, 255, 255, 255];
};
const outlined = around.find((element) => style(element).outlineStyle !== 'none') ?? it;
const [a, b] = [light(channels(style(outlined).outlineColor)), light(backgroundOf(outlined.parentElement ?? outlined))];
const contrast = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
return [it.ariaLabel ?? it.textContent.trim().slice(0, 40), width, Boolean(isSeen), contrast];
";

#[test]
fn every_stop_shows_that_it_has_the_focus() {
    e2e_in_chromium("focus as the keyboard gives it", async |stage| {
        stage.hooks.set_clock_speed(0.0);
        let page = stage.open_library().await;
        page.row_at(1).await.select().await;
        page.button("Filters").click().await;
        for scheme in ["light", "dark"] {
            set_scheme(&page, scheme).await;
            page.searchbox().click().await;
            for _ in 0..24 {
                page.press(&[Key::Tab]).await;
                tokio::time::sleep(std::time::Duration::from_millis(40)).await;
                let focus = page.run(FOCUS, vec![]).await;
                let name = &focus[0];
                assert!(focus[1].as_f64().unwrap() >= 1.0, "{scheme}: no ring around {name}");
                assert_eq!(focus[2], json!(true), "{scheme}: {name} is covered");
                assert!(
                    focus[3].as_f64().unwrap() >= 3.0,
                    "{scheme}: the ring of {name}: {}",
                    focus[3]
                );
            }
        }
        // In the list the headers stay on top: whatever has the focus is below them.
        page.tab_into_list().await;
        for _ in 0..30 {
            page.press(&[Key::Down]).await;
        }
        for _ in 0..20 {
            page.press(&[Key::Up]).await;
            let focus = page.run(FOCUS, vec![]).await;
            assert_eq!(focus[2], json!(true), "{} is covered", focus[0]);
        }
    });
}

/// Chooses light or dark, as the reader's system would.
pub async fn set_scheme(page: &Page, scheme: &str) {
    set_media(page, &[("prefers-color-scheme", scheme)]).await;
}

async fn set_media(page: &Page, features: &[(&str, &str)]) {
    let features: Vec<_> =
        features.iter().map(|(name, value)| json!({ "name": name, "value": value })).collect();
    page.cdp("Emulation.setEmulatedMedia", json!({ "features": features })).await;
}

/// Visible controls of the library that are smaller than this, in CSS pixels, with their sizes. What a control is touched
/// by may be larger than what is drawn of it.
const SMALL: &str = r"
const [least] = arguments;
const isIt = (it, hit) => hit && (it.contains(hit) || hit.closest('label')?.contains(it));
// The cell around the picture plays as well.
const sizes = [...document.querySelectorAll('.library :is(button:not(.poster), input, select, a)')]
  .filter((it) => it.checkVisibility({ visibilityProperty: true })).flatMap((it) => {
    const box = it.getBoundingClientRect();
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    if (!isIt(it, document.elementFromPoint(x, y))) return [];
    const reach = (dx, dy) => {
      let step = 1;
      while (step < least && isIt(it, document.elementFromPoint(x + dx * step, y + dy * step))) step += 1;
      return step;
    };
    const [width, height] = [reach(1, 0) + reach(-1, 0), reach(0, 1) + reach(0, -1)];
    return [[it, Math.max(width, Math.round(box.width)), Math.max(height, Math.round(box.height))]];
  });
return sizes.filter(([it, width, height]) => Math.min(width, height) < least)
  .map(([it, width, height]) => `${it.ariaLabel ?? it.textContent.trim()}: ${width} × ${height}`);
";

#[test]
fn targets_are_large_for_fingers() {
    e2e_in_chromium("a touch screen", async |stage| {
        stage.hooks.set_clock_speed(0.0);
        let page = stage.open("/").await;
        page.cdp("Emulation.setTouchEmulationEnabled", json!({ "enabled": true })).await;
        let size = json!({ "width": 390, "height": 800, "deviceScaleFactor": 2, "mobile": true });
        page.cdp("Emulation.setDeviceMetricsOverride", size).await;
        page.sign_in().await;
        page.row_count_is(64).await;
        let coarse = page.run("return matchMedia('(pointer: coarse)').matches", vec![]).await;
        assert_eq!(coarse, json!(true));
        page.first_row().await.select().await;
        page.button("Filters").click().await;
        page.role("combobox").named("Status").first().await;
        assert_eq!(page.run(SMALL, vec![json!(44)]).await, json!([]));
    });
}

/// Texts that are cut off, of those that should be whole.
const CLIPPED: &str = r"
return [...document.querySelectorAll('.library :is(button, h2, label, option, [role=columnheader], .count, .progress)')]
  .filter((it) => it.checkVisibility() && it.childElementCount < 4 && it.textContent.trim()
    // What is cut only some pixels beyond its box is seen.
    && (it.scrollWidth > it.clientWidth + 6 || it.scrollHeight > it.clientHeight + 6))
  .filter((it) => getComputedStyle(it).overflow !== 'visible')
  .map((it) => it.textContent.trim().slice(0, 40));
";

#[test]
fn text_of_twice_the_size_fits() {
    e2e_in_chromium("text of twice the size", async |stage| {
        stage.hooks.set_clock_speed(0.0);
        let page = stage.open_library().await;
        page.run("document.documentElement.style.fontSize = '200%'", vec![]).await;
        page.row_at(0).await.select().await;
        page.button("Filters").click().await;
        let sideways = "return document.scrollingElement.scrollWidth - innerWidth";
        assert_eq!(page.run(sideways, vec![]).await, json!(0));
        assert_eq!(page.run(CLIPPED, vec![]).await, json!([]));
        page.button("Delete selected").click().await;
        page.role("alertdialog").first().await;
        assert_eq!(page.run(CLIPPED, vec![]).await, json!([]));
    });
}

#[test]
fn spacing_of_text_clips_nothing() {
    e2e_in_chromium("styles of the reader's own", async |stage| {
        stage.hooks.set_clock_speed(0.0);
        let page = stage.open_library().await;
        let sheet = "const sheet = new CSSStyleSheet();
            sheet.replaceSync('* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }');
            document.adoptedStyleSheets.push(sheet)";
        page.run(sheet, vec![]).await;
        page.button("Filters").click().await;
        page.role("combobox").named("Status").first().await;
        assert_eq!(page.run(CLIPPED, vec![]).await, json!([]));
        let sideways = "return document.scrollingElement.scrollWidth - innerWidth";
        assert_eq!(page.run(sideways, vec![]).await, json!(0));
    });
}

#[test]
fn nothing_moves_where_motion_is_unwanted() {
    e2e_in_chromium("a wish for less motion", async |stage| {
        let page = stage.open_library().await;
        set_media(&page, &[("prefers-reduced-motion", "reduce")]).await;
        let moving = "return document.getAnimations().map((it) => it.effect.getComputedTiming())
            .filter((it) => it.duration > 10 || it.iterations === Infinity).length";
        page.first_row().await.select().await;
        assert_eq!(page.run(moving, vec![]).await, json!(0), "a selection");
        page.button("View").click().await;
        assert_eq!(page.run(moving, vec![]).await, json!(0), "a dialog");
        page.press(&[Key::Escape]).await;
        page.button("Refresh").click().await;
        assert_eq!(page.run(moving, vec![]).await, json!(0), "loading");
    });
}

#[test]
fn in_forced_colours_edges_and_focus_are_seen() {
    e2e_in_chromium("colours of the system", async |stage| {
        stage.hooks.set_clock_speed(0.0);
        let page = stage.open_library().await;
        set_media(&page, &[("forced-colors", "active")]).await;
        page.row_at(1).await.select().await;
        page.tab_into_list().await;
        page.press(&[Key::Down]).await;
        page.focus_is_on_row(2).await;
        let focus = page.run(FOCUS, vec![]).await;
        assert!(focus[1].as_f64().unwrap() >= 1.0, "no ring");
        let edges = "const style = (selector) => getComputedStyle(document.querySelector(selector));
            const seen = (it) => ['Top', 'Bottom'].some((side) => it['border' + side + 'Style'] !== 'none' && parseFloat(it['border' + side + 'Width']) >= 1)
                || (it.outlineStyle !== 'none' && parseFloat(it.outlineWidth) >= 1);
            return [seen(style('.bar .button')), seen(style('.selection')), seen(style('[role=row][aria-rowindex]'))]";
        assert_eq!(page.run(edges, vec![]).await, json!([true, true, true]));
        // That a row is selected is not told by a background alone.
        let selected = "return [document.querySelector('[aria-selected=true] input').checked]";
        assert_eq!(page.run(selected, vec![]).await, json!([true]));
    });
}

/// Remembers all that the polite region says from now on.
async fn listen(page: &Page) {
    let script = "window.said = [];
        const regions = [...document.querySelectorAll('[role=status]')];
        const note = () => {
            const text = regions.map((it) => {
                const words = (node) => node.nodeType === 3 ? node.data : node.ariaHidden === 'true' ? '' : [...node.childNodes].map(words).join('');
                return words(it);
            }).join(' ').trim();
            if (text && window.said.at(-1) !== text) window.said.push(text);
        };
        for (const it of regions) new MutationObserver(note).observe(it, { childList: true, characterData: true, subtree: true })";
    page.run(script, vec![]).await;
}

async fn is_said(page: &Page, part: &str) {
    eventually(&format!("“{part}” is said once"), async || {
        let said = page.run("return window.said", vec![]).await;
        let count = said
            .as_array()
            .unwrap()
            .iter()
            .filter(|it| it.as_str().unwrap().contains(part))
            .count();
        equal(count, 1).map_err(|why| format!("{why}: {said}"))
    })
    .await;
}

#[test]
fn what_happens_is_said_once() {
    e2e(async |stage| {
        stage.hooks.set_clock_speed(0.0);
        let page = stage.open_library().await;
        page.status_says("64 recordings").await;
        listen(&page).await;
        page.search("physics").await;
        is_said(&page, "10 of 64").await;
        page.filter("Status", "Ready").await;
        page.row_at(0).await.select().await;
        page.row_at(1).await.select().await;
        is_said(&page, "2 selected").await;
        page.button("Delete selected").click().await;
        page.button("Delete").click().await;
        is_said(&page, "2 recordings deleted.").await;
        page.button("Undo").click().await;
        is_said(&page, "2 recordings restored.").await;
    });
}

#[test]
fn names_of_any_script_keep_to_themselves() {
    e2e(async |stage| {
        let page = stage.open_library().await;
        page.search("اجتماع").await;
        page.row_count_is(2).await;
        let isolated = "const title = document.querySelector('[role=gridcell] b bdi');
            return [getComputedStyle(title).unicodeBidi, getComputedStyle(title).direction]";
        assert_eq!(page.run(isolated, vec![]).await, json!(["isolate", "rtl"]));
        page.search("Minutes").await;
        page.row_count_is(1).await;
        let size = "const cell = document.querySelector('[role=gridcell].size');
            return cell.innerText";
        let size = page.run(size, vec![]).await;
        assert!(size.as_str().unwrap().starts_with(|it: char| it.is_ascii_digit()), "{size}");
    });
}

#[test]
fn from_right_to_left_it_is_mirrored() {
    e2e(async |stage| {
        stage.hooks.set_clock_speed(0.0);
        let page = stage.open_library().await;
        page.run("document.documentElement.dir = 'rtl'", vec![]).await;
        let places = "const box = (selector) => document.querySelector(selector).getBoundingClientRect();
            const row = '[role=row][aria-rowindex=\"2\"] ';
            return box(row + '.select').left > box(row + '.room').left && box(row + '.room').left > box(row + '.actions').left";
        assert_eq!(page.run(places, vec![]).await, json!(true));
        let sideways = "return document.scrollingElement.scrollWidth - innerWidth";
        assert_eq!(page.run(sideways, vec![]).await, json!(0));
        // Keys go where they point.
        page.tab_into_list().await;
        page.press(&[Key::Home]).await;
        let first = page.focused().await;
        assert!(first.starts_with("Select "), "{first}");
        page.press(&[Key::Left]).await;
        eventually("the next cell", async || {
            let focused = page.focused().await;
            if focused.starts_with("Play ") { Ok(()) } else { Err(focused) }
        })
        .await;
        page.press(&[Key::Right]).await;
        page.focus_is_on(&first).await;
    });
}

#[test]
fn signing_in_can_be_left_to_a_password_manager() {
    e2e(async |stage| {
        let page = stage.open("/").await;
        let user = page.role("textbox").named("User");
        assert_eq!(user.attr("autocomplete").await.as_deref(), Some("username"));
        let password = page.role("textbox").named("Password");
        assert_eq!(password.attr("autocomplete").await.as_deref(), Some("current-password"));
        let paste = "return arguments[0].dispatchEvent(new ClipboardEvent('paste', { bubbles: true, cancelable: true }))";
        let field = password.first().await.to_json().unwrap();
        assert_eq!(page.run(paste, vec![field]).await, json!(true), "pasting is not forbidden");
    });
}
