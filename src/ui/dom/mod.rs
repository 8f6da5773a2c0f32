//! Elements with reactive attributes, texts and children: a thin layer between Leptos' signals and
//! the DOM. Leptos' own elements carry the types of all their attributes and children, and so
//! compile to code of their own for every element; that made two thirds of the wasm. Here every
//! element is one type and goes through the same few functions. Everything is set by DOM calls:
//! never innerHTML, never a `style` attribute (Trusted Types and a strict CSP forbid them).

mod attribute;
mod call;
mod child;
mod element;
mod mount;
mod pool;
mod tags;

pub use attribute::Attribute;
pub use call::Call;
pub use child::{Child, Fragment, Sign, fragment};
pub use element::{El, NodeRef};
pub use mount::mount;
pub use tags::*;
