//! Who is signed in, and changing the password.

use crate::ui::{
    dom::{El, div},
    state::State,
};

pub fn profile_dialog(_state: State, _on_close: impl Fn() + 'static) -> El {
    div()
}
