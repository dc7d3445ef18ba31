//! The demo organisation: a made-up chain of restaurants, its two years of facts drawn
//! from a fixed seed with known truths (docs/DEMO.md).
//!
//! Invariant: the facts go through the same import as anybody's files. Nothing here
//! writes to a table.

mod files;
mod guests;
mod internal;
mod keepers;
mod kitchen;
mod looks;
mod people;
mod remarks;
mod truth;

pub use files::write_files;
pub use people::accounts;

use std::collections::BTreeMap;

use rust_embed::RustEmbed;

/// A file of this name in a data directory says that it holds the demo.
pub const MARK: &str = "demo";

#[derive(RustEmbed)]
#[folder = "../../examples/demo/foundation"]
struct FoundationFiles;

/// Pictures of the demo's standards: id, file name, content.
pub fn pictures() -> Vec<(String, String, Vec<u8>)> {
    FoundationFiles::iter()
        .filter_map(|path| {
            let name = path.strip_prefix("standards/")?;
            let (id, end) = name.split_once('.')?;
            let file = (end == "svg").then(|| FoundationFiles::get(&path))??;
            Some((id.to_owned(), name.to_owned(), file.data.into_owned()))
        })
        .collect()
}

/// The demo's foundation as text, by path.
pub fn foundation() -> BTreeMap<String, String> {
    FoundationFiles::iter()
        .filter(|name| name.ends_with(".toml") || name.ends_with(".json"))
        .filter_map(|name| {
            let file = FoundationFiles::get(&name)?;
            Some((
                name.into_owned(),
                String::from_utf8(file.data.into_owned()).ok()?,
            ))
        })
        .collect()
}
