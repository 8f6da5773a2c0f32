//! How the list is looked at: its form, which is kept for the next visit where the host allows it, and
//! views that have a name. What of a view a link holds is `library`'s; here it becomes the link's query.

use crate::{
    i18n::messages,
    library::{Column, Saved, SavedView, View},
    store::settings,
    ui::{link, reactive::*, state::State},
};

/// Names in the settings.
const LOOK: &str = "look";
const VIEWS: &str = "views";
const PARAMS: [&str; 11] = [
    "q", "room", "status", "date", "duration", "size", "sort", "layout", "group", "density",
    "columns",
];

impl State {
    /// Changes layout, density or columns, and keeps them.
    pub fn change_look(self, change: &dyn Fn(&mut View)) {
        self.view.update(change);
        self.keep_look();
    }

    fn keep_look(self) {
        if !self.remembers.get_value() {
            return;
        }
        match self.view.with_untracked(|view| query(&look(view))) {
            text if text.is_empty() => settings::remove(LOOK),
            text => settings::set(LOOK, &text),
        }
    }

    /// Shows the list in the form of the last visit, unless a link has asked for another.
    pub fn restore_look(self) {
        let is_asked = self.view.with_untracked(|view| look(view) != View::default());
        if is_asked || !self.remembers.get_value() {
            return;
        }
        if let Some(kept) = settings::get(LOOK).and_then(|text| view(&text)) {
            let View { layout, density, columns, .. } = kept;
            self.view.update(|view| *view = View { layout, density, columns, ..view.clone() });
        }
    }

    /// One place to the left or to the right, among those that have anything to show here.
    pub fn move_column(self, column: Column, step: isize) {
        self.change_look(&|view| {
            // Past those that are not seen, too.
            let before = untrack(|| self.columns(view));
            for _ in 0..Column::ALL.len() {
                view.columns.move_by(column, step);
                if untrack(|| self.columns(view)) != before {
                    break;
                }
            }
        });
    }

    /// The columns that are shown.
    pub fn columns(self, view: &View) -> Vec<Column> {
        view.columns.shown().iter().copied().filter(|it| self.has_column(*it)).collect()
    }

    /// Those of earlier visits, and of other tabs; `None` where nothing is kept.
    pub fn kept_views(self) -> Option<Saved> {
        let text = self.remembers.get_value().then(|| settings::get(VIEWS).unwrap_or_default());
        text.map(|text| Saved::from_text(&text))
    }

    /// Gives the view a name, among those in `views`. Whether it has it now.
    pub fn save_view(self, views: RwSignal<Saved>, name: &str) -> bool {
        let params = self.view.with_untracked(query);
        let is_saved = self.change_views(views, &|views| views.add(name, &params));
        if is_saved {
            self.say(messages::view_saved(name.trim()));
        } else if !name.trim().is_empty() {
            self.warn(messages::TOO_MANY_VIEWS);
        }
        is_saved
    }

    pub fn remove_view(self, views: RwSignal<Saved>, name: &str) {
        self.change_views(views, &|views| {
            views.remove(name);
            true
        });
    }

    fn change_views(self, views: RwSignal<Saved>, change: &dyn Fn(&mut Saved) -> bool) -> bool {
        // Another tab may have changed them.
        let kept = self.kept_views();
        let is_kept = kept.is_some();
        let mut saved = kept.unwrap_or_else(|| views.get_untracked());
        let is_changed = change(&mut saved);
        if is_kept && is_changed {
            settings::set(VIEWS, &saved.to_text());
        }
        views.set(saved);
        is_changed
    }

    pub fn show_view(self, saved: &SavedView) {
        self.show_link(&saved.params);
        self.keep_look();
    }

    /// Shows what the query of a link asks for.
    pub fn show_link(self, query: &str) {
        let Some(view) = view(query) else { return };
        let room = view.filters.room.clone();
        let is_other_room = self.view.with_untracked(|before| before.filters.room != room);
        self.view.set(view);
        // Before the first page the server cannot be asked for a room, and afterwards it will be.
        let is_begun = self.library.with_untracked(|it| it.is_begun() || it.is_narrowed());
        if is_other_room && is_begun {
            self.show_room(room);
        }
    }

    /// Shows the list in the layout and with the columns of a query that has them.
    pub fn take_look(self, query: &str) {
        let Some(asked) = view(query) else { return };
        let has = |name| query.contains(name);
        self.view.update(|view| {
            if has("layout=") {
                view.layout = asked.layout;
            }
            if has("columns=") {
                view.columns = asked.columns;
            }
        });
    }

    /// The query of a link to what is shown.
    pub fn link(self) -> String {
        self.view.with_untracked(query)
    }

    /// The same, with what `others`, a query, has of other things.
    pub fn link_among(self, others: &str) -> String {
        self.view.with_untracked(|view| query_among(view, others))
    }

    /// Hands over the query of a link to what is shown, now and whenever it has changed.
    pub fn follow_link(self, tell: impl Fn(String) + 'static) {
        let link = Memo::new(move |_| self.view.with(query));
        Effect::new(move |_| tell(link.get()));
    }
}

/// Of a view only its form.
pub(super) fn look(view: &View) -> View {
    let View { layout, density, columns, .. } = view.clone();
    View { layout, density, columns, ..View::default() }
}

/// The query of a link to the view, without its question mark; empty for the default.
pub fn query(view: &View) -> String {
    query_among(view, "")
}

fn query_among(view: &View, others: &str) -> String {
    link::among(others, &PARAMS, view.to_params())
}

/// The view of such a query. What else is in it stays out.
pub fn view(query: &str) -> Option<View> {
    let params = link::params(query, &PARAMS)?;
    Some(View::from_params(params.iter().map(|(name, value)| (*name, value.as_str()))))
}
