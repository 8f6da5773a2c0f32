//! What is written about tests is so: the tests that the READMEs name are there.

use std::fs;
use std::path::Path;

/// Panics unless the file, named from the root of the repository, has a test of this name.
fn assert_has(path: &str, name: &str) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let file = fs::read_to_string(root.join(path)).unwrap_or_else(|why| panic!("{path}: {why}"));
    let mut words = file.split(|it: char| !it.is_alphanumeric() && it != '_');
    assert!(words.any(|word| word == name), "{path} has no {name}");
}

#[test]
fn every_claim_in_the_table_of_systems_names_a_test() {
    let readme = include_str!("../../README.md");
    let (_, section) = readme.split_once("## Which servers").unwrap();
    let section = section.split("\n## ").next().unwrap();
    let mut count = 0;
    for link in section.split("](").skip(1) {
        let link = link.split(')').next().unwrap();
        let (path, name) = link.split_once(' ').unwrap_or_else(|| panic!("no test in {link}"));
        assert_has(path, name.trim_matches('"'));
        count += 1;
    }
    assert!(count > 100, "{count}");
}

#[test]
fn every_hostile_answer_has_a_test() {
    let mut count = 0;
    for name in include_str!("README.md").split('`').skip(1).step_by(2) {
        let parts: Vec<&str> = name.split("::").collect();
        if let [modules @ .., test] = parts.as_slice()
            && !modules.is_empty()
        {
            assert_has(&format!("tests/e2e/{}.rs", modules.join("/")), test);
            count += 1;
        }
    }
    assert!(count > 40, "{count}");
}
