//! Rooms, from the browser to the sample server: what each kind of server can do with them works, and what it cannot do
//! is not offered. One file a kind, which lists what it is tested for; the tests themselves are in `steps` and
//! `policies`, the same for all. What can go wrong is in `bad_input`.

mod hands;
mod policies;
mod steps;
mod system;

mod a;
mod b;
mod bad_input;
mod keyboard;
mod plugnmeet;
mod superviz;
mod v3_4;
mod v3_8;
mod v3_9;
mod whereby;

pub use hands::open_rooms;
pub use system::{B, V39};

/// Tests of one system: `tests!(IT: name, …)` makes a test of each of these steps.
macro_rules! tests {
    ($system:expr; $($name:ident),+ $(,)?) => {
        $(
            #[test]
            fn $name() {
                $crate::rooms::steps::$name(&$system);
            }
        )+
    };
}
use tests;
