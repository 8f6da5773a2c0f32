//! The view layer: what a signal changes, what stays, and what ends with it.

use leptos::{ev, prelude::*, task::tick};
use meet_recordings::ui::dom::{Sign, button, div, li, mount, span, ul};
use wasm_bindgen_test::wasm_bindgen_test;

use super::Place;

#[wasm_bindgen_test]
async fn texts_and_attributes_follow_their_signals() {
    let place = Place::new();
    let count = ArcRwSignal::new(1);
    let (text, hidden) = (count.clone(), count.clone());
    let _mounted = mount(&place.0, move || {
        div()
            .attr("hidden", move || (hidden.get() > 1).then_some(""))
            .child((Sign("count "), move || text.get().to_string()))
    });
    assert_eq!(place.text(), "count 1");
    count.set(2);
    tick().await;
    assert_eq!(place.text(), "count 2");
    assert!(place.find("div").has_attribute("hidden"));
    count.set(0);
    tick().await;
    assert!(!place.find("div").has_attribute("hidden"));
}

#[wasm_bindgen_test]
async fn hostile_text_stays_text() {
    let place = Place::new();
    let _mounted = mount(&place.0, || div().child("<img src=x onerror=alert(1)>".to_owned()));
    assert_eq!(place.text(), "<img src=x onerror=alert(1)>");
    assert_eq!(place.find("div").child_element_count(), 0);
}

#[wasm_bindgen_test]
async fn a_closure_in_a_closure_leaves_nothing_behind() {
    let place = Place::new();
    let (outer, inner) = (ArcRwSignal::new(true), ArcRwSignal::new(1));
    let (is_shown, count) = (outer.clone(), inner.clone());
    let _mounted = mount(&place.0, move || {
        let view = move || {
            let count = count.clone();
            is_shown.get().then(move || {
                let items =
                    move || (0..count.get()).map(|_| span().child(Sign("x"))).collect::<Vec<_>>();
                div().child(items)
            })
        };
        div().child((Sign("["), view, Sign("]")))
    });
    assert_eq!(place.text(), "[x]");
    inner.set(3);
    tick().await;
    assert_eq!(place.text(), "[xxx]");
    outer.set(false);
    tick().await;
    assert_eq!(place.text(), "[]");
    inner.set(5);
    tick().await;
    assert_eq!(place.text(), "[]");
    outer.set(true);
    tick().await;
    assert_eq!(place.text(), "[xxxxx]");
}

#[wasm_bindgen_test]
async fn what_stays_in_a_pool_keeps_its_node_and_what_left_lends_its_own() {
    let place = Place::new();
    let keys = ArcRwSignal::new(vec!["a", "b", "c"]);
    let shown = keys.clone();
    let _mounted = mount(&place.0, move || {
        ul().pool(
            move || shown.get(),
            |a, b| a == b,
            |key| li().attr("id", move || key.get()).child(move || format!("{} ", key.get())),
        )
    });
    assert_eq!(place.text(), "a b c ");
    let (a, b) = (place.find("#a"), place.find("#b"));
    keys.set(vec!["c", "d", "b"]);
    tick().await;
    assert_eq!(place.text(), "c d b ");
    assert_eq!(place.find("#b"), b);
    assert_eq!(place.find("#d"), a);
    keys.set(Vec::new());
    tick().await;
    assert_eq!(place.text(), "");
}

#[wasm_bindgen_test]
async fn what_had_the_focus_does_not_become_something_else() {
    let place = Place::new();
    let keys = ArcRwSignal::new(vec!["a", "b"]);
    let shown = keys.clone();
    let _mounted = mount(&place.0, move || {
        ul().attr("tabindex", "-1").pool(
            move || shown.get(),
            |a, b| a == b,
            |key| button().attr("id", move || key.get()).child(move || Sign(key.get())),
        )
    });
    let a = place.find("#a");
    a.focus().unwrap();
    keys.set(vec!["b", "c"]);
    tick().await;
    assert_ne!(place.find("#c"), a);
    let focused = web_sys::window().unwrap().document().unwrap().active_element();
    assert_eq!(focused.map(|it| it.tag_name()).as_deref(), Some("UL"));
}

#[wasm_bindgen_test]
async fn unmounting_takes_away_nodes_listeners_and_cleans_up() {
    let place = Place::new();
    let (clicks, cleaned) = (ArcRwSignal::new(0), ArcRwSignal::new(false));
    let (counted, ended) = (clicks.clone(), cleaned.clone());
    let mounted = mount(&place.0, move || {
        on_cleanup(move || ended.set(true));
        button().on(ev::click, move |_| counted.update(|count| *count += 1)).child(Sign("go"))
    });
    let button = place.find("button");
    button.click();
    assert_eq!(clicks.get_untracked(), 1);
    drop(mounted);
    assert_eq!(place.text(), "");
    assert!(cleaned.get_untracked());
    button.click();
    assert_eq!(clicks.get_untracked(), 1);
}

#[wasm_bindgen_test]
async fn what_a_row_reads_may_end_in_the_same_moment_as_the_list() {
    let place = Place::new();
    let (shown, names) = (ArcRwSignal::new(true), ArcRwSignal::new(vec![1, 2, 3]));
    let (is_shown, keys) = (shown.clone(), names.clone());
    let _mounted = mount(&place.0, move || {
        let list = move || {
            let keys = keys.clone();
            is_shown.get().then(|| {
                let each = keys.clone();
                ul().pool(
                    move || each.get(),
                    |a, b| a == b,
                    move |key| {
                        let keys = keys.clone();
                        // A memo of the row's own, which ends with the row.
                        let is_there = Memo::new(move |_| keys.read().contains(&key.get()));
                        li().child(move || format!("{}{} ", key.get(), is_there.get()))
                    },
                )
            })
        };
        div().child(list)
    });
    assert_eq!(place.text(), "1true 2true 3true ");
    names.set(vec![2]);
    tick().await;
    assert_eq!(place.text(), "2true ");
    names.set(vec![3]);
    shown.set(false);
    tick().await;
    assert_eq!(place.text(), "");
    shown.set(true);
    tick().await;
    assert_eq!(place.text(), "3true ");
}
