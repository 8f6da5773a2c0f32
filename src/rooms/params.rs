//! The view of rooms as the parameters of a link, as `library::View` does it for recordings: only what
//! differs from the default, in words that people can read and write. What makes no sense is left at
//! the default.

use super::{RoomSortKey, RoomStatusGroup, RoomView};
use crate::library::params::{name, named, sort, sort_text};

pub const SORT_KEYS: [(&str, RoomSortKey); 7] = [
    ("name", RoomSortKey::Name),
    ("status", RoomSortKey::Status),
    ("created", RoomSortKey::Created),
    ("deletes", RoomSortKey::DeletesAt),
    ("recordings", RoomSortKey::Recordings),
    ("size", RoomSortKey::Size),
    ("owner", RoomSortKey::Owner),
];
const STATUSES: [(&str, RoomStatusGroup); 4] = [
    ("open", RoomStatusGroup::Open),
    ("active", RoomStatusGroup::Active),
    ("closed", RoomStatusGroup::Closed),
    ("ended", RoomStatusGroup::Ended),
];
const ANSWERS: [(&str, bool); 2] = [("yes", true), ("no", false)];

impl RoomView {
    /// Values are plain text: whoever makes a link of them encodes them.
    pub fn to_params(&self) -> Vec<(&'static str, String)> {
        let mut params = Vec::new();
        if !self.search.trim().is_empty() {
            params.push(("q", self.search.clone()));
        }
        let mut put = |key, value: &str| params.push((key, value.to_owned()));
        if let Some(status) = self.status {
            put("status", name(&STATUSES, status));
        }
        if self.expiring {
            put("expiring", name(&ANSWERS, true));
        }
        if let Some(has) = self.recordings {
            put("recordings", name(&ANSWERS, has));
        }
        if self.sort != [Self::NEWEST_FIRST] {
            put("sort", &sort_text(&SORT_KEYS, &self.sort));
        }
        params
    }

    /// Of parameters with the same name the last counts; others may be among them.
    pub fn from_params<'a>(pairs: impl Iterator<Item = (&'a str, &'a str)>) -> Self {
        let mut view = Self::default();
        for (key, value) in pairs {
            match key {
                "q" => view.search = value.to_owned(),
                "status" => view.status = named(&STATUSES, value),
                "expiring" => view.expiring = named(&ANSWERS, value).unwrap_or_default(),
                "recordings" => view.recordings = named(&ANSWERS, value),
                "sort" => {
                    view.sort = sort(&SORT_KEYS, value).unwrap_or_else(|| vec![Self::NEWEST_FIRST])
                }
                _ => {}
            }
        }
        view
    }
}

#[cfg(test)]
pub mod tests {
    use proptest::{option, prelude::*, sample::subsequence};

    use super::*;
    use crate::rooms::RoomSort;

    fn link(view: &RoomView) -> String {
        let params = view.to_params();
        params.iter().map(|(key, value)| [key, "=", value].concat()).collect::<Vec<_>>().join("&")
    }

    fn view(link: &str) -> RoomView {
        RoomView::from_params(link.split('&').filter_map(|param| param.split_once('=')))
    }

    #[test]
    fn a_link_can_be_read_by_people() {
        assert_eq!(link(&RoomView::default()), "");
        for text in [
            "q=heat -\"first law\"&status=active&expiring=yes&recordings=no&sort=deletes,-size",
            "recordings=yes&sort=created",
        ] {
            assert_eq!(link(&view(text)), text);
        }
    }

    #[test]
    fn what_makes_no_sense_is_left_at_the_default() {
        for text in [
            "q=",
            "status=ready",
            "expiring=soon",
            "expiring=no",
            "recordings=3",
            "sort=",
            "sort=--name",
            "sort=date",
            "sort=name,-name",
            "sort=name,size,owner",
            "room=x",
        ] {
            assert_eq!(view(text), RoomView::default(), "{text}");
        }
    }

    prop_compose! {
        pub fn any_sort()(
            keys in subsequence(SORT_KEYS.map(|(_, key)| key).to_vec(), 1..=2).prop_shuffle(),
            directions in any::<[bool; 2]>(),
        ) -> Vec<RoomSort> {
            let sort = keys.into_iter().zip(directions);
            sort.map(|(key, descending)| RoomSort { key, descending }).collect()
        }
    }

    prop_compose! {
        fn any_view()(
            search in "|\\PC*\\S\\PC*",
            status in option::of(prop::sample::select(&STATUSES)),
            expiring in any::<bool>(),
            recordings in option::of(any::<bool>()),
            sort in any_sort(),
        ) -> RoomView {
            RoomView { search, status: status.map(|(_, it)| it), expiring, recordings, sort }
        }
    }

    proptest! {
        #[test]
        fn a_link_reproduces_the_view(view in any_view()) {
            let params = view.to_params();
            let pairs = params.iter().map(|(key, value)| (*key, value.as_str()));
            prop_assert_eq!(RoomView::from_params(pairs), view);
        }

        #[test]
        fn no_link_upsets_the_view(
            pairs in prop::collection::vec(
                ("q|status|expiring|recordings|sort", "[-,a-z]{0,12}|\\PC*"), 0..8,
            ),
        ) {
            let pairs = pairs.iter().map(|(key, value)| (key.as_str(), value.as_str()));
            let view = RoomView::from_params(pairs);
            let params = view.to_params();
            let again = params.iter().map(|(key, value)| (*key, value.as_str()));
            let again = RoomView::from_params(again);
            // A search of blanks asks for nothing and is not kept.
            prop_assert_eq!(again.search.trim(), view.search.trim());
            prop_assert_eq!(RoomView { search: view.search.clone(), ..again }, view);
        }
    }
}
