//! Every shape of an answer to a deletion becomes one report.

use proptest::prelude::*;
use serde_json::json;

use super::*;
use crate::{
    model::DeleteOutcome::{self, AlreadyGone, Deleted, Failed},
    provider::testing::{answer, any_json, id},
};

const TWO: [&str; 2] = ["a--EG_1--b", "c--EG_2--d"];

fn outcomes(ids: &[&str], status: u16, body: &str) -> Result<Vec<DeleteOutcome>, Error> {
    let ids: Vec<_> = ids.iter().map(|text| id(text)).collect();
    let report = ANY.read_delete(&ids, &answer(status, body))?;
    assert!(report.outcomes.iter().map(|(id, _)| id).eq(&ids));
    Ok(report.outcomes.into_iter().map(|(_, outcome)| outcome).collect())
}

#[test]
fn nothing_to_say_is_done() {
    assert_eq!(outcomes(&TWO, 204, ""), Ok(vec![Deleted, Deleted]));
    assert_eq!(outcomes(&["a"], 204, ""), Ok(vec![Deleted]));
    assert_eq!(outcomes(&["a"], 200, r#"{"message":"Recording 'a' deleted"}"#), Ok(vec![Deleted]));
    assert_eq!(outcomes(&TWO, 200, ""), Ok(vec![Deleted, Deleted]));
}

#[test]
fn each_generation_reports_those_that_stayed_in_its_own_way() {
    let reason = "Recording 'c--EG_2--d' is not stopped yet";
    let part = Ok(vec![Deleted, Failed(reason.into())]);
    assert_eq!(outcomes(&TWO, 200, include_str!("../fixtures/b-bulk.json")), part);
    assert_eq!(outcomes(&TWO, 400, include_str!("../fixtures/3.4-bulk-part.json")), part);
    let all = outcomes(&TWO, 200, include_str!("../fixtures/3.4-bulk-ok.json"));
    assert_eq!(all, Ok(vec![Deleted, Deleted]));
    let latest =
        json!({ "message": "All recordings deleted successfully", "deleted": TWO, "failed": [] });
    assert_eq!(outcomes(&TWO, 200, &latest.to_string()), Ok(vec![Deleted, Deleted]));
}

#[test]
fn none_deleted_is_a_report_too() {
    let failed = json!([{ "recordingId": TWO[0], "error": "in use" }, { "recordingId": TWO[1] }]);
    let none = Ok(vec![Failed("in use".into()), Failed(String::new())]);
    let b = json!({ "deleted": [], "notDeleted": failed });
    assert_eq!(outcomes(&TWO, 200, &b.to_string()), none);
    let later = json!({ "message": "2 recording(s) could not be deleted", "deleted": [], "failed": failed });
    assert_eq!(outcomes(&TWO, 400, &later.to_string()), none);
}

#[test]
fn an_id_that_the_report_leaves_out_is_not_called_deleted() {
    let silent = json!({ "deleted": [TWO[0]], "notDeleted": [] }).to_string();
    assert_eq!(outcomes(&TWO, 200, &silent), Ok(vec![Deleted, Failed(String::new())]));
}

#[test]
fn an_id_in_both_lists_is_still_there() {
    let both = json!({ "deleted": TWO, "failed": [{ "recordingId": TWO[1], "error": "x" }] });
    assert_eq!(outcomes(&TWO, 400, &both.to_string()), Ok(vec![Deleted, Failed("x".into())]));
}

#[test]
fn one_that_is_gone_or_busy_has_a_status_for_it() {
    let gone = r#"{"error":"Recording Error","message":"Recording 'a' not found"}"#;
    assert_eq!(outcomes(&["a"], 404, gone), Ok(vec![AlreadyGone]));
    let busy = r#"{"error":"Recording Error","message":"Recording 'a' is not stopped yet"}"#;
    let reason = "Recording 'a' is not stopped yet".to_owned();
    assert_eq!(outcomes(&["a"], 409, busy), Ok(vec![Failed(reason)]));
}

#[test]
fn a_refused_request_is_an_error() {
    assert_eq!(outcomes(&TWO, 401, ""), Err(Error::SignedOut));
    assert_eq!(outcomes(&TWO, 403, ""), Err(Error::Forbidden));
    assert_eq!(outcomes(&TWO, 404, ""), Err(Error::NotFound));
    let malformed = r#"{"error":"Bad Request","message":"Malformed body"}"#;
    assert!(matches!(outcomes(&TWO, 400, malformed), Err(Error::Server { status: 400, .. })));
    assert!(matches!(outcomes(&TWO, 400, ""), Err(Error::Server { status: 400, .. })));
    let invalid = r#"{"error":"Unprocessable Entity","message":"Invalid request","details":[{"field":"recordingIds.1","message":"recordingId does not follow the expected format"}]}"#;
    let Err(Error::Invalid(fields)) = outcomes(&TWO, 422, invalid) else { panic!("not invalid") };
    assert_eq!(fields[0].field, "recordingIds.1");
}

proptest! {
    #[test]
    fn any_report_has_an_outcome_for_each_id(part in any_json(), rest in any_json(), status in 100_u16..600) {
        for body in [json!({ "deleted": part, "failed": [rest] }), json!({ "notDeleted": rest }), part] {
            let report = outcomes(&TWO, status, &body.to_string());
            prop_assert!(report.is_err() || report.is_ok_and(|outcomes| outcomes.len() == 2));
        }
    }
}
