//! C3 of the contract: how the element becomes known to a page.

use super::host::{ELEMENT, LIBRARY, all_is_well, awaited, host, library, signed_in};
use crate::harness::{LIST, e2e, json};

/// Notes what the module says on the console, where nothing of it may stay.
const LISTEN: &str = "const said = []; const warn = console.warn; console.warn = (...it) => said.push(it.join(' '));";

#[test]
fn defining_it_again_says_nothing() {
    e2e(async |stage| {
        let page = signed_in(stage).await;
        host(stage, &page, ELEMENT).await;
        let script = format!(
            "{LISTEN} const {{ MeetRecordings }} = await load('meet-recordings.js');
             const given = MeetRecordings.define() === MeetRecordings && MeetRecordings.define() === MeetRecordings;
             console.warn = warn;
             return [given, customElements.get('meet-recordings') === MeetRecordings, said]"
        );
        assert_eq!(awaited(&page, &script).await, json!([true, true, []]));
    });
}

#[test]
fn defining_another_version_warns_once_and_changes_nothing() {
    e2e(async |stage| {
        let page = library(stage).await;
        let script = format!(
            "{LISTEN} const {{ MeetRecordings }} = await load('meet-recordings.js');
             class Other extends MeetRecordings {{ static version = '999.0.0'; }}
             Other.define();
             console.warn = warn;
             return [said.length, said[0].includes('999.0.0'), customElements.get('meet-recordings') === MeetRecordings]"
        );
        assert_eq!(awaited(&page, &script).await, json!([1, true, true]));
        page.row_count_is(64).await;
    });
}

#[test]
fn defining_another_tag_gives_another_element_of_the_same_program() {
    e2e(async |stage| {
        let page = signed_in(stage).await;
        let body = format!("{ELEMENT}{}", LIBRARY.replace("meet-recordings", "our-recordings"));
        host(stage, &page, &body).await;
        let script = "const { MeetRecordings } = await load('meet-recordings.js');
            MeetRecordings.define('our-recordings');
            return document.querySelector('our-recordings') instanceof MeetRecordings";
        assert_eq!(awaited(&page, script).await, json!(true));
        page.row_count_is(64).await;
    });
}

#[test]
fn what_another_class_makes_of_its_methods_counts() {
    e2e(async |stage| {
        let page = signed_in(stage).await;
        host(stage, &page, ELEMENT).await;
        let script = "const { MeetRecordings } = await load('meet-recordings.js');
            class Loud extends MeetRecordings {
              said = [];
              get pageSize() { return 10; }
              connectedCallback() { this.said.push('here'); super.connectedCallback(); }
              async refresh() { this.said.push('refresh'); await super.refresh(); this.said.push('done'); }
            }
            Loud.define('loud-recordings');
            const loud = document.createElement('loud-recordings');
            Object.assign(loud, { serverUrl: '/', loading: 'eager' });
            document.body.append(loud);
            await loud.ready;
            await loud.refresh();
            return loud.said";
        assert_eq!(awaited(&page, script).await, json!(["here", "refresh", "done"]));
        page.has_rows().await;
        let lists = stage.requests("GET", LIST);
        assert!(lists.iter().all(|it| it.path.contains("maxItems=10")), "{lists:?}");
        all_is_well(&page).await;
    });
}

/// As a worker, or Node, has none.
#[test]
fn defining_without_a_registry_is_harmless() {
    e2e(async |stage| {
        let page = signed_in(stage).await;
        host(stage, &page, ELEMENT).await;
        let script = "const { MeetRecordings } = await load('meet-recordings.js');
            return [MeetRecordings.define('other-tag', null) === MeetRecordings, customElements.get('other-tag') === undefined]";
        assert_eq!(awaited(&page, script).await, json!([true, true]));
    });
}
