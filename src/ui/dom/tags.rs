//! The tags in use, one function each.

use super::element::El;

macro_rules! tags {
    ($($tag:ident)*) => {$(
        pub fn $tag() -> El {
            El::new(stringify!($tag))
        }
    )*};
}

tags! {
    a aside b bdi button canvas caption dd details dialog div dl dt fieldset form h1 h2 h3 header input kbd label legend li main mark nav ol option output p section select slot small span summary table tbody td textarea th thead time tr ul video
}

macro_rules! svg_tags {
    ($($tag:ident)*) => {$(
        pub fn $tag() -> El {
            El::new_svg(stringify!($tag))
        }
    )*};
}

svg_tags! { svg path rect }
