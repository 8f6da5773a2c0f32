//! Any answer, read as one of PlugNmeet's.

#![no_main]

use libfuzzer_sys::fuzz_target;
use meet_recordings::provider::PlugNmeet;
use meet_recordings_fuzz::{answer, read_all};

fuzz_target!(|bytes: &[u8]| read_all(&PlugNmeet, &answer(bytes)));
