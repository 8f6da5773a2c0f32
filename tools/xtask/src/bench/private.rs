//! What the system says about the browser's memory, to hold against what the browser says about itself. Linux only.

use std::{fs, path::Path};

/// Bytes that the processes of this profile's pages have for themselves alone; `None` where the system does not tell.
pub fn private_bytes(profile: &Path) -> Option<f64> {
    let profile = profile.to_string_lossy();
    let mut sum = 0.0;
    for entry in fs::read_dir("/proc").ok()? {
        let folder = entry.ok()?.path();
        // Processes come and go while they are looked at.
        let Ok(command) = fs::read_to_string(folder.join("cmdline")) else { continue };
        if !command.contains("--type=renderer") || !command.contains(&*profile) {
            continue;
        }
        let Ok(rollup) = fs::read_to_string(folder.join("smaps_rollup")) else { continue };
        let private = rollup.lines().filter(|it| it.starts_with("Private_"));
        let kilobytes = private.filter_map(|it| it.split_whitespace().nth(1)?.parse::<f64>().ok());
        sum += kilobytes.sum::<f64>() * 1024.0;
    }
    (sum > 0.0).then_some(sum)
}
