//! What is looked at, and how, is in the address of the app: a link shows somebody else the same. The element has it in a
//! property, and says when it changes.

use crate::harness::{Config, Page, Stage, e2e_with, equal, eventually, json};

fn with_sample(test: impl AsyncFnOnce(&mut Stage, Page)) {
    e2e_with(Config { clock_speed: 0.0, ..Config::default() }, async |stage| {
        let page = stage.open_library().await;
        test(stage, page).await;
    });
}

async fn address_has(page: &Page, part: &str) {
    eventually(&format!("address with {part}"), async || {
        let address = page.address().await;
        if address.contains(part) { Ok(()) } else { Err(address) }
    })
    .await;
}

#[test]
fn a_link_shows_the_same() {
    with_sample(async |stage, page| {
        assert!(!page.address().await.contains('?'), "nothing is said of what is not special");
        page.search("status:ready -review").await;
        page.filter("Room", "Physics 101").await;
        page.filter("Duration", "Under 5 min").await;
        page.button("Size").click().await;
        page.button("View").click().await;
        page.role("radio").named("Compact").click().await;
        page.press(&[crate::harness::Key::Escape]).await;
        for part in ["q=status", "room=physics_101-", "duration=", "sort=-size", "density=compact"]
        {
            address_has(&page, part).await;
        }
        let shown = page.whole_list().await;
        assert!((2..10).contains(&shown.len()), "{}", shown.len());
        let link = page.address().await;

        page.reload().await;
        page.row_count_is(shown.len()).await;
        assert_eq!(page.whole_list().await, shown);

        let other = stage.open(&link).await;
        other.sign_in().await;
        other.row_count_is(shown.len()).await;
        assert_eq!(other.whole_list().await, shown);
        other.role("columnheader").named("Size").attr_is("aria-sort", "descending").await;
        let typed = other.searchbox().first().await.prop("value").await.unwrap();
        assert_eq!(typed.as_deref(), Some("status:ready -review"));
        other.button("Clear filter Room: Physics 101").first().await;
        assert_eq!(other.address().await, link);
    });
}

#[test]
fn the_address_of_everything_is_plain_again() {
    with_sample(async |_, page| {
        page.search("physics").await;
        address_has(&page, "q=physics").await;
        page.press(&[crate::harness::Key::Escape]).await;
        eventually("plain", async || {
            let address = page.address().await;
            if address.contains("q=") { Err(address) } else { Ok(()) }
        })
        .await;
    });
}

/// Typing is one step of the history, not one a letter.
#[test]
fn back_leads_out_and_not_through_every_letter() {
    with_sample(async |_, page| {
        let before = page.run("return history.length", vec![]).await.as_i64().unwrap();
        page.search("physics one oh one").await;
        address_has(&page, "q=physics").await;
        let after = page.run("return history.length", vec![]).await.as_i64().unwrap();
        assert!(after - before <= 1, "{before} to {after}");
    });
}

#[test]
fn what_makes_no_sense_in_a_link_is_left_out() {
    with_sample(async |_, page| {
        for link in [
            "/?sort=evil&layout=%3Cimg%20src%3Dx%3E&columns=a,b&date=yesterday..&size=-1..x&density=7&group=moon",
            "/?status=lost&duration=..&sort=date,date,date",
            "/?q=+&room=",
        ] {
            page.go(link).await;
            page.row_count_is(64).await;
            assert_eq!(page.alert_text().await, "", "{link}");
        }
        // The name of one of the sample's rooms.
        page.go("/?q=%3Cimg%20src%3Dx%20onerror%3Dalert(document.domain)%3E").await;
        page.row_count_is(1).await;
        assert_eq!(
            page.run("return document.querySelectorAll('img').length", vec![]).await,
            json!(0)
        );
        page.go("/?room=no-such-room").await;
        page.says("No recording").await;
        page.button("Clear filter Room: no-such-room").click().await;
        page.row_count_is(64).await;
    });
}

#[test]
fn the_element_has_it_in_a_property_and_an_event() {
    with_sample(async |_, page| {
        page.go("/embed/minimal.html").await;
        page.row_count_is(64).await;
        let address = page.address().await;
        let listen = "window.queries = [];
            document.querySelector('meet-recordings').addEventListener('meet-query-change', (event) => window.queries.push(event.detail.query))";
        page.run(listen, vec![]).await;
        page.search("physics").await;
        page.row_count_is(10).await;
        page.button("Size").click().await;
        let query = async || {
            page.run("return document.querySelector('meet-recordings').query", vec![]).await
        };
        eventually("property", async || equal(query().await, json!("q=physics&sort=-size"))).await;
        eventually("event", async || {
            equal(
                page.run("return window.queries.at(-1)", vec![]).await,
                json!("q=physics&sort=-size"),
            )
        })
        .await;
        assert_eq!(page.address().await, address, "the page's address is the host's");

        let set = "document.querySelector('meet-recordings').query = arguments[0]";
        let told = "return window.queries.length";
        let before = page.run(told, vec![]).await;
        page.run(set, vec![json!("q=sprint&layout=grid")]).await;
        page.row_count_is(8).await;
        // What the host itself did it need not be told.
        assert_eq!(page.run(told, vec![]).await, before);
        page.run(set, vec![json!("")]).await;
        page.row_count_is(64).await;
        for odd in [json!(null), json!(7), json!({ "q": 1 }), json!("&&=;%%%")] {
            page.run(set, vec![odd]).await;
            page.row_count_is(64).await;
        }
    });
}
