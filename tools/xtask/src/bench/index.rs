//! The index natively: `benches/library.rs`. Has no budget here: what people feel is what `bench library` measures.

use anyhow::Result;
use serde_json::{Value, json};

use super::{criterion, save};
use crate::workspace::Workspace;

pub fn run(workspace: &Workspace) -> Result<()> {
    let means = criterion::bench(workspace, "measure the index", "library")?;
    for group in means.chunk_by(|a, b| a.group == b.group) {
        println!("{:<50}{:>10}", group[0].group, "ms");
        for it in group {
            println!("  {:<48}{:>10.3}", it.name, it.ms);
        }
    }
    let results: Vec<Value> =
        means.iter().map(|it| json!({ "group": it.group, "name": it.name, "ms": it.ms })).collect();
    save(workspace, "index", &json!({ "results": results }))
}
