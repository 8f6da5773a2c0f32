//! Any answer, read as one of Whereby's.

#![no_main]

use libfuzzer_sys::fuzz_target;
use meet_recordings::provider::Whereby;
use meet_recordings_fuzz::{answer, read_all};

fuzz_target!(|bytes: &[u8]| read_all(&Whereby, &answer(bytes)));
