//! `<meet-recordings>` in pages of somebody else's, by the contract of `reference/web-component-bar.md` §1.2. Each line of
//! it and where it is tested:
//!
//! | line | of | test |
//! | --- | --- | --- |
//! | C1 | loading, `ready`, calls before | `loading` |
//! | C2, C10 | entry points, the manifest | `cargo xtask package`, `tests/fixtures` |
//! | C3 | `define` | `contract::defining_*` |
//! | C4, C5 | attributes and properties | `attributes`, `properties` |
//! | C6 | events | `events` |
//! | C7 | states, parts, tokens | `looks` |
//! | C8 | leaving, moving, coming back | `lifecycle`, `cycles` |
//! | C9 | two of them, two versions, a panic | `several`, `failing` |
//! | C11 | places | `places` |
//! | C12 | nothing of ours in the page around | `page_around` |
//! | C13 | languages | `languages` |

mod attributes;
mod contract;
mod cycles;
mod embedded;
mod events;
mod examples;
mod failing;
mod host;
mod languages;
mod lifecycle;
mod loading;
mod looks;
mod methods;
mod page_around;
mod places;
mod properties;
mod rooms;
mod several;
mod slots;
mod unloadable;

/// The three lines of the README, with the policy that the sample server sends with every page.
const EMBED: &str = "/embed/minimal.html";
