//! C11 of the contract: wherever a page may have it.

use super::host::{
    ELEMENT, LIBRARY, all_is_well, awaited, done, heard, hears, host, is, library, serve, signed_in,
};
use crate::harness::{Action, Config, Dialect, Rule, e2e, e2e_with, equal, eventually, json};

#[test]
fn in_the_shadow_root_of_another_element() {
    e2e(async |stage| {
        let page = signed_in(stage).await;
        host(stage, &page, &format!("{ELEMENT}<section></section>")).await;
        let script = format!(
            "const root = document.querySelector('section').attachShadow({{ mode: 'open' }});
             document.addEventListener('meet-load', (event) => window.target = event.target.localName);
             root.innerHTML = \"{LIBRARY}\";
             await customElements.whenDefined('meet-recordings');
             await root.firstElementChild.ready"
        );
        awaited(&page, &script).await;
        page.row_count_is(64).await;
        is(&page, "window.target", json!("section")).await;
        page.search("Sprint").await;
        page.row_count_is(8).await;
        page.row_of_length("1:00").await.play().await;
        page.video("is there", |it| it.width > 0).await;
        page.button("Close player").click().await;
        page.row_of_length("1:00").await.choose("Delete").await;
        page.role("alertdialog").first().await;
        page.confirm_deletion().await;
        page.row_count_is(7).await;
        all_is_well(&page).await;
    });
}

#[test]
fn in_a_slot_of_another_element() {
    e2e(async |stage| {
        let page = signed_in(stage).await;
        host(stage, &page, &format!("{ELEMENT}<section>{LIBRARY}</section>")).await;
        let script =
            "const root = document.querySelector('section').attachShadow({ mode: 'open' });
            root.append(document.createElement('slot'))";
        done(&page, script).await;
        page.row_count_is(64).await;
        all_is_well(&page).await;
    });
}

/// Its own dialogs are over that of the page, and closing one does not close the other.
#[test]
fn in_a_dialog() {
    e2e(async |stage| {
        let page = signed_in(stage).await;
        let lazy = LIBRARY.replace("eager", "lazy");
        host(stage, &page, &format!("{ELEMENT}<dialog style='inline-size:60rem'>{lazy}</dialog>"))
            .await;
        is(&page, "element.state", json!("idle")).await;
        done(&page, "document.querySelector('dialog').showModal()").await;
        page.row_count_is(64).await;
        page.row_of_length("1:00").await.choose("Delete").await;
        page.role("alertdialog").first().await;
        page.button("Cancel").click().await;
        page.role("alertdialog").gone().await;
        page.row_count_is(64).await;
        is(&page, "document.querySelector('dialog').open", json!(true)).await;
        page.row_of_length("1:00").await.choose("Share…").await;
        page.role("dialog").named("Share recording").first().await;
        page.press(&[crate::harness::Key::Escape]).await;
        page.role("dialog").named("Share recording").gone().await;
        is(&page, "document.querySelector('dialog').open", json!(true)).await;
        all_is_well(&page).await;
    });
}

#[test]
fn in_details_that_open() {
    e2e(async |stage| {
        let page = signed_in(stage).await;
        let lazy = LIBRARY.replace("eager", "lazy");
        let body = format!("{ELEMENT}<details><summary>Recordings</summary>{lazy}</details>");
        host(stage, &page, &body).await;
        is(&page, "element.state", json!("idle")).await;
        done(&page, "document.querySelector('details').open = true").await;
        page.row_count_is(64).await;
        done(&page, "document.querySelector('details').open = false").await;
        done(&page, "document.querySelector('details').open = true").await;
        page.row_count_is(64).await;
        page.search("Sprint").await;
        page.row_count_is(8).await;
        all_is_well(&page).await;
    });
}

#[test]
fn made_by_any_way_of_making_elements() {
    e2e(async |stage| {
        let page = library(stage).await;
        for way in [
            "const it = document.createElement('meet-recordings'); it.setAttribute('server-url', '/'); it.loading = 'eager'; box.append(it)",
            "const it = new (customElements.get('meet-recordings'))(); it.serverUrl = '/'; it.loading = 'eager'; box.append(it)",
            "box.innerHTML = html",
            "box.insertAdjacentHTML('beforeend', html)",
            "box.append(document.createRange().createContextualFragment(html))",
            "const it = document.createElement('template'); it.innerHTML = html; box.append(document.importNode(it.content, true))",
            "box.append(new DOMParser().parseFromString(html, 'text/html').body.firstElementChild)",
        ] {
            let script = format!(
                "document.querySelectorAll('meet-recordings').forEach((it) => it.remove());
                 const box = document.createElement('div');
                 document.body.append(box);
                 const html = \"{LIBRARY}\";
                 {way};
                 await box.firstElementChild.ready"
            );
            assert_eq!(awaited(&page, &script).await, json!(null), "{way}");
            page.row_count_is(64).await;
        }
        all_is_well(&page).await;
    });
}

/// An origin of its own, without storage and cookies: what a token opens is shown there too.
#[test]
fn in_a_sandboxed_frame() {
    let cors_origins = vec!["null".to_owned()];
    let config = Config { dialect: Dialect::V35, cors_origins, ..Config::default() };
    e2e_with(config, async |stage| {
        let page = stage.open("/embed/embed.css").await;
        let script = "const body = JSON.stringify({ username: 'admin', password: 'admin' });
            const headers = { 'content-type': 'application/json' };
            return (await (await fetch('/internal-api/v1/auth/login', { method: 'POST', headers, body })).json()).accessToken";
        let token = awaited(&page, script).await;
        stage.hooks.add_rule(Rule::always(
            "/element/",
            Action::set_header("access-control-allow-origin", "*"),
        ));
        let inner = format!(
            "for (const type of ['meet-load', 'meet-error', 'meet-auth-required']) {{
                 document.addEventListener(type, ({{ detail }}) => parent.postMessage({{ type, detail }}, '*'));
             }}
             document.querySelector('meet-recordings').fetchToken = () => {token};"
        );
        serve(stage, "/inner.js", "text/javascript", "", &inner);
        let html = format!(
            "<!doctype html><meta charset=utf-8>{}<script src=/inner.js></script>{ELEMENT}",
            LIBRARY.replace(" load", " persist auth=token load")
        );
        serve(stage, "/inner.html", "text/html; charset=utf-8", "", &html);
        let frame = "<script>window.told = []; addEventListener('message', ({ data }) => told.push([data.type, data.detail]))</script>
            <iframe sandbox='allow-scripts' src=/inner.html></iframe>";
        host(stage, &page, frame).await;
        eventually("what the frame tells", async || {
            let told = page.run("return window.told", vec![]).await;
            equal(told, json!([["meet-load", { "count": 64, "total": null }]]))
        })
        .await;
    });
}

/// A server can have drawn something in it before.
#[test]
fn with_a_shadow_root_that_the_page_has_brought() {
    e2e(async |stage| {
        let page = signed_in(stage).await;
        for mode in ["open", "open shadowrootclonable", "closed"] {
            let brought =
                format!("><template shadowrootmode={mode}><p>Drawn before</p></template></");
            host(stage, &page, &format!("{ELEMENT}{}", LIBRARY.replace("></", &brought))).await;
            let script = "await customElements.whenDefined('meet-recordings'); return await element.ready === element";
            assert_eq!(awaited(&page, script).await, json!(true), "{mode}");
            hears(&page, "meet-load", json!({ "count": 64, "total": null })).await;
            if mode != "closed" {
                page.row_count_is(64).await;
                is(&page, "element.shadowRoot.textContent.includes('Drawn before')", json!(false))
                    .await;
                let script = "const copy = element.cloneNode(true);
                    element.replaceWith(copy);
                    await copy.ready";
                awaited(&page, script).await;
                page.row_count_is(64).await;
            }
            all_is_well(&page).await;
        }
    });
}

/// Where nothing is drawn there is nothing to come near.
#[test]
fn where_it_cannot_be_seen_it_waits() {
    e2e(async |stage| {
        let page = signed_in(stage).await;
        let lazy = LIBRARY.replace("eager", "lazy");
        host(stage, &page, &format!("{ELEMENT}<div hidden>{lazy}</div>")).await;
        is(&page, "element.state", json!("idle")).await;
        tokio::time::sleep(std::time::Duration::from_millis(300)).await;
        assert_eq!(heard(&page, "meet-ready").await.len(), 0);
        done(&page, "element.parentElement.hidden = false").await;
        page.row_count_is(64).await;
        done(&page, "element.hidden = true").await;
        is(&page, "getComputedStyle(element).display", json!("none")).await;
        all_is_well(&page).await;
    });
}
