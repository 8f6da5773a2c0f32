//! Any answer, read as one of OpenVidu Meet's: by its dialect, its sign-in, and what finds out its
//! version.

#![no_main]

use libfuzzer_sys::fuzz_target;
use meet_recordings::provider::{Detector, OpenViduMeet, SignIn, Version};
use meet_recordings_fuzz::{answer, read_all};

fuzz_target!(|bytes: &[u8]| {
    let answer = answer(bytes);
    for version in [Version::A, Version::V341, Version::V39] {
        let server = OpenViduMeet::new(version);
        read_all(&server, &answer);
        let _ = server.read_sign_in(&answer);
        let _ = server.read_refresh(&answer);
        let _ = server.read_room_token(&answer);
        let _ = server.read_who(&answer);
    }
    let mut detector = Detector::new(false, None);
    // The same to every question: it must come to an end all the same.
    let is_done = (0..9).any(|_| !matches!(detector.answered(&answer), Ok(None)));
    assert!(is_done);
});
