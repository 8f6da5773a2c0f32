//! What documents say of tests: that each test they name is there. A claim without its test is only a wish, and
//! tests get other names.

use std::{collections::BTreeMap, fs, path::Path};

use anyhow::{Context, Result, ensure};

use crate::workspace::Workspace;

const GOLD_STANDARD: &str = "docs/gold-standard.md";
const HOSTILE_ANSWERS: &str = "tests/e2e/README.md";
const README: &str = "README.md";
/// Where the table is that has a test for each of its cells.
const SYSTEMS: &str = "\n## Which servers";

/// A test, and the files that it may stand in, named from the root of the repository.
#[derive(Debug, PartialEq, Eq)]
struct Claim {
    test: String,
    files: Vec<String>,
}

pub fn check(workspace: &Workspace) -> Result<()> {
    let read = |name: &str| {
        fs::read_to_string(workspace.root.join(name)).with_context(|| format!("cannot read {name}"))
    };
    let (gold_standard, readme) = (read(GOLD_STANDARD)?, read(README)?);
    let (_, systems) = readme.split_once(SYSTEMS).context("README.md lost its table of systems")?;
    let systems = systems.split("\n## ").next().unwrap_or_default();
    let documents = [
        (GOLD_STANDARD, paths(&gold_standard)),
        (HOSTILE_ANSWERS, paths(&read(HOSTILE_ANSWERS)?)),
        (README, links(systems)?),
    ];
    let mut wrong = Vec::new();
    for (document, claims) in documents {
        ensure!(!claims.is_empty(), "{document} names no test");
        for claim in claims.iter().filter(|it| !it.is_so(&workspace.root)) {
            wrong.push(format!("{document}: no test {} in {}", claim.test, claim.files.join(", ")));
        }
    }
    if let Some(sum) = wrong_sum(&gold_standard) {
        wrong.push(format!("{GOLD_STANDARD}: {sum}"));
    }
    ensure!(wrong.is_empty(), "{}", wrong.join("\n"));
    Ok(())
}

impl Claim {
    /// Whether one of the files has the name: as that of a function, or among those that a macro makes tests of.
    fn is_so(&self, root: &Path) -> bool {
        self.files.iter().filter_map(|it| fs::read_to_string(root.join(it)).ok()).any(|text| {
            let mut words = text.split(|it: char| !it.is_alphanumeric() && it != '_');
            words.any(|word| word == self.test)
        })
    }
}

/// Of the tables of a Markdown text the `module::test`, each of which is an end-to-end test.
fn paths(text: &str) -> Vec<Claim> {
    let is_name = |it: &str| it.bytes().all(|it| it.is_ascii_alphanumeric() || it == b'_');
    let rows = text.lines().filter(|it| it.starts_with('|'));
    let code = rows.flat_map(|row| row.split('`').skip(1).step_by(2));
    code.filter_map(|code| {
        let (modules, test) = code.rsplit_once("::")?;
        let is_path = is_name(test) && modules.split("::").all(is_name);
        let file = format!("tests/e2e/{}", modules.replace("::", "/"));
        is_path.then(|| Claim {
            test: test.to_owned(),
            files: vec![format!("{file}.rs"), format!("{file}/mod.rs")],
        })
    })
    .collect()
}

/// Of a Markdown text the `[…](file "test")`.
fn links(text: &str) -> Result<Vec<Claim>> {
    let links = text.split("](").skip(1).filter_map(|it| it.split(')').next());
    links
        .map(|link| {
            let (file, test) =
                link.split_once(' ').with_context(|| format!("no test in {link}"))?;
            Ok(Claim { test: test.trim_matches('"').to_owned(), files: vec![file.to_owned()] })
        })
        .collect()
}

/// What the items come to, where that is not what is said above them.
fn wrong_sum(text: &str) -> Option<String> {
    let mut sums = BTreeMap::<&str, usize>::new();
    for row in text.lines().filter(|it| it.starts_with("| **")) {
        let answer = row.split(" | ").nth(1).unwrap_or_default();
        let answer = answer.split([',', ':', ';']).next().unwrap_or_default().trim();
        *sums.entry(answer).or_default() += 1;
    }
    let sum = |answer| sums.get(answer).copied().unwrap_or_default();
    let line = format!(
        "{} yes, {} partly, {} no, {} not applicable.",
        sum("yes"),
        sum("partly"),
        sum("no"),
        sum("n.a.")
    );
    (!text.contains(&line)).then_some(line)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn claim(test: &str, files: &[&str]) -> Claim {
        Claim { test: test.to_owned(), files: files.iter().map(|&it| it.to_owned()).collect() }
    }

    #[test]
    fn tests_are_named_by_their_paths_or_linked_to() {
        let text =
            "As `x::y`:\n| `a::b::c` is `one` of | `Page::go(…)`, `cargo xtask lint`, `A::b` |";
        assert_eq!(
            paths(text),
            [
                claim("c", &["tests/e2e/a/b.rs", "tests/e2e/a/b/mod.rs"]),
                claim("b", &["tests/e2e/A.rs", "tests/e2e/A/mod.rs"]),
            ]
        );
        assert_eq!(links("[✓](a/b.rs \"c\")").unwrap(), [claim("c", &["a/b.rs"])]);
        assert!(links("[✓](a/b.rs)").is_err());
    }

    #[test]
    fn items_are_counted() {
        let rows = "| **A**: A? | yes: a | `t` |\n| **B**: B? | n.a. |  |\n| item | answer | x |\n";
        let sum = "1 yes, 0 partly, 0 no, 1 not applicable.";
        assert_eq!(wrong_sum(&format!("{sum}\n{rows}")), None);
        assert_eq!(wrong_sum(rows).as_deref(), Some(sum));
    }
}
