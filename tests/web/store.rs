//! What outlives the page and what other tabs hear, in the browser's own storage.

use std::{
    cell::RefCell,
    future::{Future, poll_fn},
    pin::pin,
    rc::Rc,
    task::Poll,
};

use gloo_timers::future::TimeoutFuture;
use js_sys::{Array, Promise, futures::JsFuture};
use meet_recordings::store::{
    database::{Key, load, save, wipe, wipe_server},
    settings,
    tabs::{News, Tabs},
};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{BroadcastChannel, IdbDatabase, IdbFactory, IdbOpenDbRequest};

fn key(server: &str, user: &str) -> Key {
    Key { server: server.to_owned(), user: user.to_owned() }
}

/// Bytes that differ from piece to piece.
fn bytes(length: u32, seed: u32) -> Vec<u8> {
    (0..length).map(|at| (at.wrapping_mul(2_654_435_761).wrapping_add(seed) >> 13) as u8).collect()
}

/// Lets `future` go on `turns` times, then drops it. Whether it came to its end.
async fn stop_after(turns: usize, future: impl Future<Output = ()>) -> bool {
    let (mut future, mut turn) = (pin!(future), 0);
    poll_fn(move |context| {
        turn += 1;
        match future.as_mut().poll(context) {
            Poll::Ready(()) => Poll::Ready(true),
            Poll::Pending if turn == turns => Poll::Ready(false),
            Poll::Pending => Poll::Pending,
        }
    })
    .await
}

const ANY: [&str; 3] = ["success", "error", "blocked"];

fn factory() -> IdbFactory {
    web_sys::window().unwrap().indexed_db().unwrap().unwrap()
}

/// The first of these events of a request to open or delete the database.
async fn event(request: &IdbOpenDbRequest, names: &[&str]) -> String {
    let promise = Promise::new(&mut |resolve, _| {
        for name in names {
            request.add_event_listener_with_callback(name, &resolve).unwrap();
        }
    });
    let event = JsFuture::from(promise).await.unwrap();
    event.unchecked_into::<web_sys::Event>().type_()
}

async fn delete_database() -> String {
    event(&factory().delete_database("meet-recordings").unwrap(), &ANY).await
}

#[wasm_bindgen_test]
async fn twenty_megabytes_come_back_as_they_were() {
    let key = key("https://meet.example", "ada");
    let (long, short) = (bytes(20_000_001, 1), bytes(5, 2));
    assert_eq!(load(&key).await, None);
    save(&key, &long).await;
    assert!(load(&key).await.unwrap() == long);
    save(&key, &short).await;
    assert_eq!(load(&key).await.unwrap(), short);
    save(&key, &[]).await;
    assert_eq!(load(&key).await, Some(Vec::new()));
    wipe(&key).await;
    assert_eq!(load(&key).await, None);
}

#[wasm_bindgen_test]
async fn each_user_of_each_server_has_their_own() {
    let keys = [
        key("https://meet.example", "ada"),
        key("https://meet.example", "ada\u{0}"),
        key("https://meet.example", ""),
        key("https://meet.example/base", "ada"),
    ];
    for (seed, key) in (0..).zip(&keys) {
        save(key, &bytes(10, seed)).await;
    }
    for (seed, key) in (0..).zip(&keys) {
        assert_eq!(load(key).await.unwrap(), bytes(10, seed));
    }
    wipe(&keys[0]).await;
    let kept = |at: usize| load(&keys[at]);
    assert_eq!(kept(0).await, None);
    assert!(kept(1).await.is_some() && kept(2).await.is_some());
    wipe_server("https://meet.example").await;
    assert!(kept(1).await.is_none() && kept(2).await.is_none());
    assert!(kept(3).await.is_some());
    wipe_server("https://meet.example/base").await;
    assert_eq!(kept(3).await, None);
}

#[wasm_bindgen_test]
async fn a_save_that_is_dropped_leaves_the_one_before() {
    let key = key("https://meet.example", "torn");
    let (before, after) = (bytes(2_500_000, 1), bytes(6_500_000, 2));
    save(&key, &before).await;
    let mut turns = 1;
    while !stop_after(turns, save(&key, &after)).await {
        assert!(load(&key).await.unwrap() == before, "dropped after {turns} turns");
        turns += 1;
    }
    assert!(turns > 7, "each piece is a turn of its own, but there were only {turns}");
    assert!(load(&key).await.unwrap() == after);
    wipe(&key).await;
}

#[wasm_bindgen_test]
async fn a_save_that_is_held_up_is_seen_whole_or_not_at_all() {
    let key = key("https://meet.example", "late");
    let bytes = bytes(3_000_000, 2);
    let mut save = pin!(save(&key, &bytes));
    // The executor is not to blame for a transaction that ended: here each turn comes late.
    while !stop_after(1, save.as_mut()).await {
        TimeoutFuture::new(50).await;
    }
    assert_eq!(load(&key).await, None);
}

#[wasm_bindgen_test]
async fn what_is_missing_or_of_another_shape_is_nothing() {
    let key = key("https://meet.example", "odd");
    let path = Array::of2(&key.server.as_str().into(), &key.user.as_str().into());
    let first = path.concat(&Array::of1(&0.into()));
    let shapes: [(&Array, JsValue); 6] = [
        (&first, JsValue::UNDEFINED),
        (&first, "text".into()),
        (&first, js_sys::Uint8Array::new_with_length(999).into()),
        (&path, "1000".into()),
        (&path, f64::NAN.into()),
        (&path, 1e15.into()),
    ];
    for (at, value) in shapes {
        save(&key, &bytes(1000, 1)).await;
        assert!(load(&key).await.is_some());
        let request = factory().open("meet-recordings").unwrap();
        assert_eq!(event(&request, &ANY).await, "success");
        let database = request.result().unwrap().unchecked_into::<IdbDatabase>();
        let mode = web_sys::IdbTransactionMode::Readwrite;
        let transaction = database.transaction_with_str_and_mode("pieces", mode).unwrap();
        transaction.object_store("pieces").unwrap().put_with_key(&value, at).unwrap();
        database.close();
        assert_eq!(load(&key).await.filter(|bytes| !bytes.is_empty()), None, "{value:?}");
    }
    wipe(&key).await;
}

#[wasm_bindgen_test]
async fn nobody_waits_for_a_connection_that_is_no_longer_needed() {
    let key = key("https://meet.example", "gone");
    assert_eq!(delete_database().await, "success");
    for turns in 1..5 {
        // The database has to be made first, then only opened.
        let _ = stop_after(turns, save(&key, &bytes(2_000_000, 1))).await;
        let _ = stop_after(turns, save(&key, &bytes(2_000_000, 1))).await;
        assert_eq!(delete_database().await, "success", "dropped after {turns} turns");
    }
    // One that is at work ends what it does first.
    let bytes = bytes(4_000_000, 1);
    let mut save = pin!(save(&key, &bytes));
    assert!(!stop_after(3, save.as_mut()).await);
    let deletion = factory().delete_database("meet-recordings").unwrap();
    save.await;
    assert_eq!(event(&deletion, &["success"]).await, "success");
    assert_eq!(load(&key).await, None);
}

#[wasm_bindgen_test]
async fn a_database_of_a_newer_page_is_left_alone() {
    let key = key("https://meet.example", "newer");
    assert_eq!(delete_database().await, "success");
    let newer = factory().open_with_u32("meet-recordings", 1_000).unwrap();
    assert_eq!(event(&newer, &ANY).await, "success");
    save(&key, &[1]).await;
    assert_eq!(load(&key).await, None);
    newer.result().unwrap().unchecked_into::<IdbDatabase>().close();
    assert_eq!(delete_database().await, "success");
    save(&key, &[1]).await;
    assert_eq!(load(&key).await, Some(vec![1]));
    wipe(&key).await;
}

#[wasm_bindgen_test]
async fn settings_stay_until_removed() {
    let storage = web_sys::window().unwrap().local_storage().unwrap().unwrap();
    assert_eq!(settings::get("layout"), None);
    settings::set("layout", "grid\u{0}\u{1f3a5}");
    assert_eq!(settings::get("layout").unwrap(), "grid\u{0}\u{1f3a5}");
    assert_eq!(storage.get_item("meet-recordings:layout").unwrap(), settings::get("layout"));
    // More than fits is not kept, and what was there stays.
    settings::set("layout", &"x".repeat(20_000_000));
    assert_eq!(settings::get("layout").unwrap(), "grid\u{0}\u{1f3a5}");
    settings::remove("layout");
    settings::remove("layout");
    assert_eq!(settings::get("layout"), None);
}

/// Tabs, and all that they hear.
fn listening(name: &str) -> (Tabs, Rc<RefCell<Vec<News>>>) {
    let heard = Rc::<RefCell<Vec<News>>>::default();
    let hears = heard.clone();
    (Tabs::new(name, move |news| hears.borrow_mut().push(news)), heard)
}

fn ids(ids: &[&str]) -> Vec<String> {
    ids.iter().map(|&id| id.to_owned()).collect()
}

#[wasm_bindgen_test]
async fn tabs_of_one_name_hear_each_other() {
    let (first, heard_by_first) = listening("one");
    let (second, heard_by_second) = listening("one");
    let (_other, heard_by_other) = listening("other");
    let news = [
        News::Gone(ids(&["a", "", "b 1:c", "é\n\u{0}🎥"])),
        News::Gone((0..10_000).map(|id| id.to_string()).collect()),
        News::Changed,
        News::SignedOut,
        News::SignedIn,
    ];
    news.iter().for_each(|news| first.tell(news));
    second.tell(&News::Changed);
    TimeoutFuture::new(100).await;
    assert_eq!(*heard_by_second.borrow(), news);
    assert_eq!(*heard_by_first.borrow(), [News::Changed]);
    assert!(heard_by_other.borrow().is_empty());

    drop(second);
    first.tell(&News::SignedOut);
    TimeoutFuture::new(50).await;
    assert_eq!(heard_by_second.borrow().len(), news.len());
}

#[wasm_bindgen_test]
async fn more_ids_than_fit_go_in_several_messages() {
    let (first, _) = listening("many");
    let (_second, heard) = listening("many");
    let many = (0..25_000).map(|id| format!("recording {id}")).collect::<Vec<_>>();
    first.tell(&News::Gone(many.clone()));
    first.tell(&News::Gone(Vec::new()));
    TimeoutFuture::new(100).await;
    let heard = heard.take().into_iter().flat_map(|news| match news {
        News::Gone(ids) => ids,
        other => panic!("{other:?}"),
    });
    assert!(heard.eq(many));
}

#[wasm_bindgen_test]
async fn what_tabs_do_not_understand_is_no_news() {
    let (_tabs, heard) = listening("odd");
    let channel = BroadcastChannel::new("odd").unwrap();
    let too_many = format!("gone{}", " 1:a".repeat(10_001));
    for text in [
        "",
        "CHANGED",
        "changed ",
        "gone:",
        "gone ",
        "gone 1",
        "gone 1:",
        "gone 2:a",
        "gone -1:a",
        "gone 1:é",
        "gone 1:a2",
        "gone 1:a 1:",
        "gone 99999999999999999999:a",
        &too_many,
    ] {
        channel.post_message(&text.into()).unwrap();
    }
    for value in [JsValue::NULL, JsValue::UNDEFINED, 7.into(), Array::of1(&"gone".into()).into()] {
        channel.post_message(&value).unwrap();
    }
    channel.post_message(&"signed-in".into()).unwrap();
    TimeoutFuture::new(100).await;
    assert_eq!(*heard.borrow(), [News::SignedIn]);
    channel.close();
}
