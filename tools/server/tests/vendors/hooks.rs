//! What tests can do to the lists of every vendor: pages of another size, and recordings that have just ended.

use crate::client::Sample;
use meet_recordings_server::{Config, Dialect};
use serde_json::{Value, json};

/// The first page of the list, the newest first, for somebody who asks for a hundred rows.
async fn first_page(sample: &Sample, dialect: Dialect) -> Vec<Value> {
    let (answer, rows) = match dialect {
        Dialect::PlugNmeet => {
            let answer = sample.plugnmeet("/recording/fetch", json!({ "limit": 100 })).await;
            (answer, "/result/recordings_list")
        }
        Dialect::Whereby => (sample.whereby_get("/recordings?limit=100").await.json(), "/results"),
        _ => (sample.superviz("/recording?limit=100").await.json(), "/data"),
    };
    answer.pointer(rows).and_then(Value::as_array).unwrap().clone()
}

const ALL: [Dialect; 3] = [Dialect::PlugNmeet, Dialect::Whereby, Dialect::SuperViz];

#[tokio::test]
async fn pages_have_the_size_that_a_test_wants() {
    for dialect in ALL {
        let sample = Sample::with(Config { dialect, recordings: 250, ..Config::default() }).await;
        assert_eq!(first_page(&sample, dialect).await.len(), 100, "{dialect:?}");
        for size in [200, 7] {
            sample.hooks().set_page_size(Some(size));
            assert_eq!(first_page(&sample, dialect).await.len(), size, "{dialect:?}");
        }
    }
}

#[tokio::test]
async fn new_recordings_are_listed_first() {
    for dialect in ALL {
        let sample = Sample::of(dialect).await;
        let before = first_page(&sample, dialect).await;
        assert_eq!(sample.hooks().add_recordings(2).len(), 2);
        let mut after = first_page(&sample, dialect).await;
        let (first, second) = (after.remove(0), after.remove(0));
        let is_known = |row: &Value| before.contains(row);
        assert!(!is_known(&first) && !is_known(&second) && first != second, "{dialect:?}");
        assert_eq!(after.len(), before.len(), "{dialect:?}");
    }
}
