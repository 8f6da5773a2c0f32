//! What is known of a server's recordings: all of them in an index, which of them are shown and in
//! what order, which are selected, and the course of a deletion. Pure: it neither sends nor draws.

mod arranger;
mod batch;
mod bits;
mod catalogue;
mod criteria;
mod day;
mod deletion;
mod export;
mod fuzzy;
mod highlight;
mod index;
pub(crate) mod params;
mod poll;
mod query;
mod scroller;
mod selection;
mod slot;
mod sum;
mod sync;
mod view;
mod window;

pub use arranger::{Arranger, Bands, Counts, Group, GroupKey, GroupStart, Order};
pub(crate) use arranger::{natural_key, sort_by};
pub use batch::batches;
pub use bits::Bits;
pub use catalogue::{Brought, Library};
pub use criteria::{Calendar, Criteria, Day, Fold, Span, StatusGroup, Wanted, What};
pub use deletion::{Deletions, Progress, UNDO_MS, Undo};
pub use export::{csv, json};
pub use fuzzy::rank;
pub use highlight::highlight;
pub use index::{Index, Put};
pub(crate) use index::{Mistyped, NONE, Table, Texts, date_key, hash};
pub use poll::{Polls, list_interval};
pub use query::{Asked, Completion, Search, Term, complete, parse, print, words};
pub use scroller::{Align, SPACE, Scroller};
pub use selection::Selection;
pub use slot::Slot;
pub use sum::{Sum, sums};
pub use sync::{Circumstances, Pace, Reach, Seen, Step, Walk};
pub use view::{
    Band, Column, Columns, DateFilter, Density, Filters, Layout, Saved, SavedView, View,
};
pub use window::{Line, Lines};
