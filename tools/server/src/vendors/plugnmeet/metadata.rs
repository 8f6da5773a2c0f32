//! Title, description, subtitles and extra data of recordings, and `/auth/recording/updateMetadata`, which changes
//! what it names and keeps the rest.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::Call;
use super::fields::Fields;
use super::recordings::{find, is_old};
use super::reply::{Failure, Reply};
use crate::state::World;
use crate::vendors::catalogue::Entry;
use crate::vendors::dates;

/// What the real server writes for a session that has not ended: the zero time of Go.
const NOT_ENDED: &str = "0001-01-01T00:00:00Z";

/// Places (see `Entry`) of recordings with subtitles, and of those that somebody described.
const SUBTITLED: [usize; 5] = [0, 1, 4, 9, 16];
const DESCRIBED: [usize; 5] = [0, 2, 3, 9, 12];

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Metadata {
    title: Option<String>,
    description: Option<String>,
    /// By language.
    subtitles: BTreeMap<String, Subtitle>,
    extra_data: BTreeMap<String, String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Subtitle {
    label: String,
    url: String,
}

impl Metadata {
    /// As protojson writes it: what is optional and not set is left out, maps are there even when empty.
    pub fn json(&self) -> Value {
        let mut json = json!({});
        if let Some(title) = &self.title {
            json["title"] = json!(title);
        }
        if let Some(description) = &self.description {
            json["description"] = json!(description);
        }
        let subtitle = |it: &Subtitle| json!({ "label": it.label, "url": it.url });
        let subtitles =
            self.subtitles.iter().map(|(language, it)| (language.clone(), subtitle(it)));
        json["subtitles"] = Value::Object(subtitles.collect());
        json["extra_data"] = json!(self.extra_data);
        json
    }

    /// Empty texts clear; a subtitle without a label or without an address is none.
    fn patch(&mut self, patch: &Fields) -> Result<(), Failure> {
        let text = |name| patch.text(name).map(|text| text.map(str::to_owned));
        if let Some(title) = text("title")? {
            self.title = Some(title).filter(|title| !title.is_empty());
        }
        if let Some(description) = text("description")? {
            self.description = Some(description).filter(|description| !description.is_empty());
        }
        if let Some(languages) = patch.message("subtitles")? {
            for language in languages.names() {
                let subtitle = languages.message(language)?;
                let field = |name| match &subtitle {
                    Some(subtitle) => {
                        subtitle.text(name).map(|it| it.unwrap_or_default().to_owned())
                    }
                    None => Ok(String::new()),
                };
                let (label, url) = (field("label")?, field("url")?);
                if label.is_empty() || url.is_empty() {
                    self.subtitles.remove(language);
                } else {
                    self.subtitles.insert(language.to_owned(), Subtitle { label, url });
                }
            }
        }
        if let Some(data) = patch.message("extra_data")? {
            for key in data.names() {
                match data.text(key)? {
                    Some(value) if !value.is_empty() => {
                        self.extra_data.insert(key.to_owned(), value.to_owned());
                    }
                    _ => {
                        self.extra_data.remove(key);
                    }
                }
            }
        }
        Ok(())
    }
}

pub fn update(call: &Call) -> Result<Reply, Failure> {
    let mut world = call.state.world();
    let entry = find(&world, call.fields.required("record_id")?)?;
    if let Some(patch) = call.fields.message("metadata")? {
        let before = of(&world, entry, &call.base).unwrap_or_default();
        let mut after = before.clone();
        after.patch(&patch)?;
        // What had no metadata gets none by a change of nothing.
        if after != before {
            let key = entry.key.clone();
            world.vendor.plugnmeet.metadata.insert(key, after);
        }
    }
    Ok(Reply::success())
}

/// `None` for recordings from before there was metadata. `base` is where the subtitles of the sample are.
pub fn of(world: &World, entry: &Entry, base: &str) -> Option<Metadata> {
    if let Some(metadata) = world.vendor.plugnmeet.metadata.get(&entry.key) {
        return Some(metadata.clone());
    }
    if is_old(world, entry) {
        return None;
    }
    let session = world.vendor.catalogue.session_of(entry);
    let mut metadata = Metadata { title: Some(session.title.to_string()), ..Metadata::default() };
    let ended = session.ended.map_or(NOT_ENDED.to_owned(), dates::rfc3339);
    let mut put = |key: &str, value: &str| metadata.extra_data.insert(key.into(), value.into());
    put("meeting-title", &session.title);
    put("meeting-created", &dates::rfc3339(session.created));
    put("meeting-ended", &ended);
    let has = |places: [usize; 5]| entry.place.is_some_and(|place| places.contains(&place));
    if has(DESCRIBED) {
        put("recorded-by", "Mette Lindqvist");
        put("project", "Aurora <2>");
        metadata.description = Some(format!(
            "What was decided in \"{}\".\nNotes are in the usual place; tell Mette what is missing.",
            session.title
        ));
    }
    if has(SUBTITLED) {
        for (language, label) in [("en", "English"), ("de", "Deutsch")] {
            let url = format!("{base}/subtitles/{language}.vtt");
            metadata.subtitles.insert(language.into(), Subtitle { label: label.into(), url });
        }
    }
    Some(metadata)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn patched(before: &Metadata, patch: Value) -> Value {
        let mut metadata = before.clone();
        metadata.patch(&Fields::read(patch.to_string().as_bytes()).unwrap()).unwrap();
        metadata.json()
    }

    #[test]
    fn what_is_not_named_is_kept_and_what_is_empty_is_cleared() {
        let mut before = Metadata { title: Some("A".into()), ..Metadata::default() };
        before.extra_data.insert("k".into(), "v".into());
        let subtitle = Subtitle { label: "English".into(), url: "https://x/en.vtt".into() };
        before.subtitles.insert("en".into(), subtitle);
        let unchanged = before.json();
        assert_eq!(patched(&before, json!({})), unchanged);
        assert_eq!(patched(&before, json!({ "title": null, "subtitles": {} })), unchanged);

        assert_eq!(patched(&before, json!({ "title": "" })).get("title"), None);
        let more = json!({ "description": "D", "extraData": { "k": "", "l": "w", "m": "" } });
        let after = patched(&before, more);
        assert_eq!((&after["title"], &after["description"]), (&json!("A"), &json!("D")));
        assert_eq!(after["extra_data"], json!({ "l": "w" }));
        // The vendor's own example, without a label, deletes.
        let after =
            patched(&before, json!({ "subtitles": { "en": { "url": "https://x/2.vtt" } } }));
        assert_eq!(after["subtitles"], json!({}));
        let french = json!({ "label": "Fran\u{e7}ais", "url": "https://x/fr.vtt" });
        let after = patched(&before, json!({ "subtitles": { "en": {}, "fr": french } }));
        assert_eq!(after["subtitles"], json!({ "fr": french }));
    }

    #[test]
    fn values_that_are_not_text_are_refused() {
        let mut metadata = Metadata::default();
        for patch in [
            json!({ "title": 5 }),
            json!({ "extra_data": { "k": 5 } }),
            json!({ "subtitles": { "en": "https://x" } }),
        ] {
            let fields = Fields::read(patch.to_string().as_bytes()).unwrap();
            assert!(metadata.patch(&fields).is_err(), "{patch}");
        }
    }
}
