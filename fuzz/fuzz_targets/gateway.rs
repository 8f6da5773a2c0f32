//! Any answer, read as one of the gateway's.

#![no_main]

use libfuzzer_sys::fuzz_target;
use meet_recordings::provider::{Gateway, SignIn};
use meet_recordings_fuzz::answer;

fuzz_target!(|bytes: &[u8]| {
    let answer = answer(bytes);
    if let Ok(grant) = Gateway::read_grant(&answer, "demo") {
        assert!(!grant.provider.is_empty());
    }
    let _ = Gateway.read_sign_in(&answer);
    let _ = Gateway.read_who(&answer);
});
