//! Signing in, which the first view of who is signed in does without.

use crate::ui::{
    dom::{El, Fragment, fragment},
    sign_in::{sign_in_dialog, sign_in_page},
    state::State,
};

#[derive(Clone, Copy)]
pub enum SignIn {
    /// In place of the library, with what else the page offers there.
    Page(fn() -> Option<El>),
    /// Over it, and what takes that away again.
    Again(fn(State)),
}

impl SignIn {
    pub(super) fn build(self, state: State) -> Fragment {
        match self {
            Self::Page(others) => fragment(sign_in_page(state).child(others())),
            Self::Again(close) => fragment(sign_in_dialog(state, move || close(state))),
        }
    }
}
