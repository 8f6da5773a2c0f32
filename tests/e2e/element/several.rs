//! C9 of the contract: several of them on one page, of one version and of two, share the program and nothing else.

use std::fs;
use std::path::Path;

use super::host::{ELEMENT, LIBRARY, all_is_well, awaited, done, heard, host, is, signed_in};
use crate::harness::{Config, Page, Stage, app, e2e, e2e_in_chromium, e2e_with, json};

/// Two libraries, loaded.
async fn two(stage: &mut Stage) -> Page {
    let page = signed_in(stage).await;
    host(stage, &page, &format!("{ELEMENT}{LIBRARY}{LIBRARY}")).await;
    let grid = page.role("grid").named("Recordings");
    for number in 0..2 {
        grid.clone().nth(number).attr_is("aria-rowcount", "65").await;
    }
    page
}

#[test]
fn two_of_them_keep_to_themselves() {
    e2e(async |stage| {
        let page = two(stage).await;
        let other = page.role("grid").named("Recordings").nth(1);
        // In the first of them.
        page.search("Sprint").await;
        page.role("grid").named("Recordings").attr_is("aria-rowcount", "9").await;
        other.attr_is("aria-rowcount", "65").await;
        let script =
            "return [...document.querySelectorAll('meet-recordings')].map((it) => it.query)";
        assert_eq!(done(&page, script).await, json!(["q=Sprint", ""]));
        done(&page, "element.remove()").await;
        page.row_count_is(64).await;
        page.search("Design").await;
        page.row_count_is(7).await;
        all_is_well(&page).await;
    });
}

#[test]
fn two_of_them_share_one_program() {
    e2e(async |stage| {
        let page = two(stage).await;
        let wasm = stage.requests("GET", "/element/meet_recordings_bg.wasm");
        assert_eq!(wasm.len(), 1, "{wasm:?}");
        assert_eq!(stage.requests("GET", "/element/meet_recordings.js").len(), 1);
        let one = "return load('meet_recordings.js').then((it) => it.default()).then((it) => it.memory === window.memory)";
        let same = format!(
            "window.memory = (await (await load('meet_recordings.js')).default()).memory; {one}"
        );
        assert_eq!(awaited(&page, &same).await, json!(true));
        all_is_well(&page).await;
    });
}

/// Of the program's memory and of the page's objects, without what is drawn: two lists are two lists.
async fn bytes(page: &Page) -> f64 {
    for _ in 0..3 {
        page.cdp("HeapProfiler.collectGarbage", json!({})).await;
    }
    let heap = page.cdp("Runtime.getHeapUsage", json!({})).await["usedSize"].as_f64().unwrap();
    let script =
        "return (await (await load('meet_recordings.js')).default()).memory.buffer.byteLength";
    heap + awaited(page, script).await.as_f64().unwrap()
}

#[test]
fn two_of_them_take_little_more_memory_than_one() {
    e2e_in_chromium("the size of the heap", async |stage| {
        let page = two(stage).await;
        let two = bytes(&page).await;
        host(stage, &page, &format!("{ELEMENT}{LIBRARY}")).await;
        page.row_count_is(64).await;
        let one = bytes(&page).await;
        eprintln!("{:.2} times the memory of one", two / one);
        assert!(two < one * 1.3, "{two} bytes for two, {one} for one");
    });
}

/// The built app with the element a second time, below `/embed/other/`, in another version.
fn with_another_version(folder: &Path) {
    let element = app().join("element");
    let other = folder.join("embed/other");
    fs::create_dir_all(&other).unwrap();
    for file in ["index.html", "embed/embed.css"] {
        fs::copy(app().join(file), folder.join(file)).unwrap();
    }
    std::os::unix::fs::symlink(&element, folder.join("element")).unwrap();
    for file in fs::read_dir(&element).unwrap() {
        let file = file.unwrap();
        if file.file_type().unwrap().is_file() {
            fs::copy(file.path(), other.join(file.file_name())).unwrap();
        }
    }
    for suffix in ["", ".br", ".gz"] {
        let _ = fs::remove_file(other.join(format!("meet-recordings.js{suffix}")));
    }
    let shell = fs::read_to_string(element.join("meet-recordings.js")).unwrap();
    let (before, after) = shell.split_once("static version = \"").unwrap();
    let (_, after) = after.split_once('"').unwrap();
    let shell = format!("{before}static version = \"999.0.0\"{after}");
    fs::write(other.join("meet-recordings.js"), shell).unwrap();
}

#[test]
fn two_versions_work_side_by_side() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("two-versions");
    let _ = fs::remove_dir_all(&folder);
    with_another_version(&folder);
    let config = Config { app: Some(folder), ..Config::default() };
    e2e_with(config, async |stage| {
        let page = signed_in(stage).await;
        let other = LIBRARY.replace("meet-recordings", "other-recordings");
        host(stage, &page, &format!("{ELEMENT}{LIBRARY}{other}")).await;
        page.row_count_is(64).await;
        let script = "const said = []; const warn = console.warn; console.warn = (...it) => said.push(it.join(' '));
            const { MeetRecordings } = await load('../embed/other/meet-recordings.js');
            console.warn = warn;
            MeetRecordings.define('other-recordings');
            const it = window.other = document.querySelector('other-recordings');
            return [said.length, it instanceof MeetRecordings, it instanceof customElements.get('meet-recordings'), it.constructor.version]";
        assert_eq!(awaited(&page, script).await, json!([1, true, false, "999.0.0"]));
        page.role("grid").named("Recordings").nth(1).attr_is("aria-rowcount", "65").await;
        assert_eq!(stage.requests("GET", "/embed/other/meet_recordings_bg.wasm").len(), 1);

        // Each has its own program: the end of one is not the other's.
        page.search("Sprint").await;
        is(&page, "element.query", json!("q=Sprint")).await;
        is(&page, "window.other.query", json!("")).await;
        done(&page, "element.remove()").await;
        page.row_count_is(64).await;
        assert_eq!(heard(&page, "meet-error").await.len(), 0);
        all_is_well(&page).await;
    });
}
