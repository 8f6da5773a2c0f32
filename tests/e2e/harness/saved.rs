//! Files that the browser saved. Only Chromium is told where to.

use std::fs;

use super::Stage;
use super::{equal, eventually};

impl Stage {
    /// Names of the files that are complete.
    pub fn saved(&self) -> Vec<String> {
        let files = fs::read_dir(self.downloads()).unwrap().map(|it| it.unwrap().file_name());
        let names = files.map(|it| it.into_string().unwrap());
        names.filter(|it| !it.ends_with(".crdownload") && !it.starts_with('.')).collect()
    }

    /// Waits for the first file, whatever its name, and reads it.
    pub async fn saved_file(&self) -> Vec<u8> {
        let name = eventually("a file is saved", async || {
            self.saved().pop().ok_or_else(|| "none is there".to_owned())
        })
        .await;
        fs::read(self.downloads().join(name)).unwrap()
    }

    /// Waits for a file and reads it.
    pub async fn saved_as(&self, name: &str) -> Vec<u8> {
        eventually(&format!("{name} is saved"), async || {
            equal(self.saved(), vec![name.to_owned()])
        })
        .await;
        fs::read(self.downloads().join(name)).unwrap()
    }
}

/// How many entries a ZIP says that it has, in the record at its end.
pub fn zip_entries(zip: &[u8]) -> usize {
    assert!(zip.starts_with(b"PK\x03\x04"), "no ZIP");
    let end = zip.windows(4).rposition(|it| it == b"PK\x05\x06").expect("a ZIP with an end");
    usize::from(u16::from_le_bytes([zip[end + 10], zip[end + 11]]))
}
