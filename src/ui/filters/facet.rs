//! What the list can be narrowed by: what each filter can be set to, what that is called, and how many
//! recordings it leaves.

use crate::{
    i18n::{Words, clock, messages, t},
    library::{Band, Bands, Counts, DateFilter, Day, Filters, Library, StatusGroup},
    model::RoomName,
    ui::{browser, state::State},
};

const MINUTE: u64 = 60_000; // ms
const HOUR: u64 = 60 * MINUTE;
const MB: u64 = 1_000_000; // bytes
const GB: u64 = 1000 * MB;

const STATUSES: [Words; 3] = [t("Ready"), t("In progress"), t("Failed")];
const DATES: [(Words, DateFilter); 4] = [
    (t("Today"), DateFilter::Today),
    (t("Last 7 days"), DateFilter::Week),
    (t("Last 30 days"), DateFilter::Month),
    (t("Last year"), DateFilter::Year),
];
const DURATIONS: [(Words, Band); 4] = [
    (t("Under 5 min"), Band { from: None, to: Some(5 * MINUTE) }),
    (t("5–30 min"), Band { from: Some(5 * MINUTE), to: Some(30 * MINUTE) }),
    (t("30–60 min"), Band { from: Some(30 * MINUTE), to: Some(HOUR) }),
    (t("Over 1 h"), Band { from: Some(HOUR), to: None }),
];
const SIZES: [(Words, Band); 4] = [
    (t("Under 100 MB"), Band { from: None, to: Some(100 * MB) }),
    (t("100–500 MB"), Band { from: Some(100 * MB), to: Some(500 * MB) }),
    (t("500 MB–2 GB"), Band { from: Some(500 * MB), to: Some(2 * GB) }),
    (t("Over 2 GB"), Band { from: Some(2 * GB), to: None }),
];
/// Rooms counted at most: one that is not among so many may have recordings all the same.
const ROOMS_COUNTED: usize = 200;

#[derive(Clone, Copy, PartialEq)]
pub enum Facet {
    Room,
    Status,
    Date,
    Duration,
    Size,
}

/// Something that a filter can be set to.
#[derive(Clone, PartialEq)]
pub struct Offer {
    /// All filters, of which only this one is set.
    pub filters: Filters,
    /// A room's. The others' names go by the language.
    pub room: Option<String>,
    pub count: Option<usize>,
}

impl Facet {
    pub const ALL: [Self; 5] = [Self::Room, Self::Status, Self::Date, Self::Duration, Self::Size];

    pub fn name(self) -> Words {
        match self {
            Self::Room => t("Room"),
            Self::Status => t("Status"),
            Self::Date => t("Date"),
            Self::Duration => t("Duration"),
            Self::Size => t("Size"),
        }
    }

    /// Not narrowed by this.
    pub fn any(self) -> Words {
        match self {
            Self::Room => t("All rooms"),
            Self::Status => t("Any status"),
            Self::Date => t("Any time"),
            Self::Duration | Self::Size => t("Any"),
        }
    }

    /// Whether recordings here have any of it.
    pub fn is_possible(self, state: State) -> bool {
        let can = state.can.get();
        match self {
            // A page for one room has nothing to choose.
            Self::Room if state.only_room.with_value(Option::is_some) => false,
            Self::Room => {
                can.rooms && can.filter_room
                    || state.library.with(|it| it.index().rooms().next().is_some())
            }
            Self::Status => can.status,
            Self::Date => true,
            Self::Duration => can.duration,
            Self::Size => can.size,
        }
    }

    /// Sets this one as it is in `from`; the others stay.
    fn put(self, from: Filters, to: &mut Filters) {
        match self {
            Self::Room => to.room = from.room,
            Self::Status => to.status = from.status,
            Self::Date => to.date = from.date,
            Self::Duration => to.duration = from.duration,
            Self::Size => to.size = from.size,
        }
    }

    /// Of all filters only this one.
    pub fn only(self, filters: &Filters) -> Filters {
        let mut only = Filters::default();
        self.put(filters.clone(), &mut only);
        only
    }

    pub fn choose(self, state: State, filters: Filters) {
        match self {
            Self::Room => state.show_room(filters.room),
            _ => state.view.update(|view| self.put(filters, &mut view.filters)),
        }
    }

    /// Whether it is set to something that hides any.
    pub fn hides(self, filters: &Filters) -> bool {
        let is_band = |band: Option<Band>| band.is_some_and(|it| it.from.or(it.to).is_some());
        match self {
            Self::Room => filters.room.is_some(),
            Self::Status => filters.status.is_some(),
            Self::Date => filters.date.is_some_and(|it| it != DateFilter::ANY),
            Self::Duration => is_band(filters.duration),
            Self::Size => is_band(filters.size),
        }
    }

    /// What it is set to, in words; `None` where that hides nothing.
    pub fn chosen(self, state: State, filters: &Filters) -> Option<String> {
        match self {
            Self::Room => filters.room.as_deref().map(|id| room_title(state, id)),
            Self::Status => {
                let at = StatusGroup::ALL.iter().position(|it| Some(*it) == filters.status)?;
                STATUSES.get(at).map(|name| (*name).into())
            }
            Self::Date => date_name(state, filters.date?),
            Self::Duration => band_name(&DURATIONS, filters.duration?, &|ms| clock(ms / 1000)),
            Self::Size => band_name(&SIZES, filters.size?, &|bytes| state.format().size(bytes)),
        }
    }

    /// In the order of the list to choose from, without "any".
    pub fn offers(self, state: State, filters: &Filters, counts: &Counts) -> Vec<Offer> {
        let offer =
            |filters: Filters, count: usize| Offer { filters, room: None, count: Some(count) };
        let nothing = Filters::default;
        match self {
            Self::Room => rooms(state, filters, counts),
            Self::Status => StatusGroup::ALL
                .into_iter()
                .zip(counts.status)
                .map(|(it, count)| offer(Filters { status: Some(it), ..nothing() }, count))
                .collect(),
            Self::Date => dates(filters)
                .into_iter()
                .zip(&counts.dates)
                .map(|(date, count)| {
                    let offer = offer(Filters { date: Some(date), ..nothing() }, *count);
                    Offer { count: offer.count.filter(|_| date != DateFilter::ANY), ..offer }
                })
                .collect(),
            Self::Duration => bands(&DURATIONS, filters.duration)
                .into_iter()
                .zip(&counts.durations)
                .map(|(it, count)| offer(Filters { duration: Some(it), ..nothing() }, *count))
                .collect(),
            Self::Size => bands(&SIZES, filters.size)
                .into_iter()
                .zip(&counts.sizes)
                .map(|(it, count)| offer(Filters { size: Some(it), ..nothing() }, *count))
                .collect(),
        }
    }

    /// What an offer is called.
    pub fn offered(self, state: State, offer: &Offer) -> String {
        if let Some(room) = &offer.room {
            return room.clone();
        }
        match offer.filters.date {
            Some(DateFilter::Range { .. }) => t("Custom…").into(),
            _ => self.chosen(state, &offer.filters).unwrap_or_default(),
        }
    }
}

/// What is to be counted for [`Facet::offers`].
pub fn to_count(filters: &Filters) -> Bands {
    let calendar = browser::calendar();
    Bands {
        dates: dates(filters).into_iter().map(|it| it.span(calendar)).collect(),
        durations: bands(&DURATIONS, filters.duration),
        sizes: bands(&SIZES, filters.size),
    }
}

/// The last is the reader's own.
fn dates(filters: &Filters) -> Vec<DateFilter> {
    let own = filters.date.filter(|it| matches!(it, DateFilter::Range { .. }));
    DATES.iter().map(|(_, it)| *it).chain([own.unwrap_or(DateFilter::ANY)]).collect()
}

/// A link may have come with others than ours.
fn bands(ours: &[(Words, Band)], chosen: Option<Band>) -> Vec<Band> {
    let other = chosen.filter(|chosen| !ours.iter().any(|(_, it)| it == chosen));
    ours.iter().map(|(_, it)| *it).chain(other).collect()
}

fn date_name(state: State, date: DateFilter) -> Option<String> {
    let DateFilter::Range { from, to } = date else {
        return DATES.iter().find(|(_, it)| *it == date).map(|(name, _)| (*name).into());
    };
    let text = |day: Day| state.format().day((browser::calendar().start_of)(day), browser::now());
    messages::between(from.map(text), to.map(text), [t("From {value}"), t("Until {value}")])
}

fn band_name(ours: &[(Words, Band)], band: Band, text: &dyn Fn(u64) -> String) -> Option<String> {
    match ours.iter().find(|(_, it)| *it == band) {
        Some((name, _)) => Some((*name).into()),
        None => {
            let open = [t("Over {value}"), t("Under {value}")];
            messages::between(band.from.map(text), band.to.map(text), open)
        }
    }
}

fn room_title(state: State, id: &str) -> String {
    let listed = state.rooms.with(|rooms| {
        rooms.iter().find(|room| room.id.0 == id).map(|room| room.title().to_owned())
    });
    listed.unwrap_or_else(|| {
        state.library.with(|library| {
            let mut rooms = library.index().rooms();
            rooms.find(|room| room.0 == id).map_or(id, |room| room.1).to_owned()
        })
    })
}

/// Those that the recordings are of, those that the server lists, and the chosen one; by name.
fn rooms(state: State, filters: &Filters, counts: &Counts) -> Vec<Offer> {
    let listed = state.rooms.read();
    // The server's list knows the names of rooms that rows give by their id only.
    let listed_title = |id: &str| listed.iter().find(|it| it.id.0 == id).map(RoomName::title);
    let mut rooms: Vec<(&str, String, Option<usize>)> = counts
        .rooms
        .iter()
        .map(|(id, title, count)| {
            (id.as_str(), listed_title(id).unwrap_or(title).to_owned(), Some(*count))
        })
        .collect();
    let are_all = rooms.len() < ROOMS_COUNTED && state.library.with_untracked(Library::has_all);
    let none = are_all.then_some(0);
    if state.can.with(|can| can.filter_room) {
        for room in listed.iter() {
            if !counts.rooms.iter().any(|(id, ..)| *id == room.id.0) {
                rooms.push((&room.id.0, room.title().to_owned(), none));
            }
        }
    }
    if let Some(chosen) = filters.room.as_deref().filter(|id| !rooms.iter().any(|it| it.0 == *id)) {
        rooms.push((chosen, room_title(state, chosen), none));
    }
    rooms.sort_by_cached_key(|(_, title, _)| browser::fold(title));
    let offer = |(id, name, count): (&str, String, Option<usize>)| Offer {
        filters: Filters { room: Some(id.to_owned()), ..Filters::default() },
        room: Some(name),
        count,
    };
    rooms.into_iter().map(offer).collect()
}
