//! Every kind of server, from the browser to the sample server that speaks like it: what it can do works, and what it
//! cannot do is not offered. The README's table links here. One file a system, which lists what it is tested for; the
//! tests themselves are in `steps`, the same for all.

mod steps;
mod system;

mod a;
mod b;
mod plugnmeet;
mod superviz;
mod v3_4;
mod v3_4_1;
mod v3_5;
mod v3_7;
mod v3_8;
mod v3_9;
mod whereby;

/// Tests of one system: `tests!(IT: name, …)` makes a test of each of these steps.
macro_rules! tests {
    ($system:expr; $($name:ident),+ $(,)?) => {
        $(
            #[test]
            fn $name() {
                $crate::dialects::steps::$name(&$system);
            }
        )+
    };
}
use tests;
