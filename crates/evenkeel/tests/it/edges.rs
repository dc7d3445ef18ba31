//! The table of rooms (docs/ARCHITECTURE.md) as a test: who may use whom.

use std::collections::{BTreeMap, BTreeSet};

use cargo_metadata::{DependencyKind, MetadataCommand, Package};

/// Which rooms a room may use.
const ROOMS: &[(&str, &[&str])] = &[
    ("foundation", &[]),
    ("assess", &["foundation"]),
    ("stats", &[]),
    ("registry", &["foundation"]),
    ("facts", &["foundation"]),
    ("collect", &["foundation", "assess", "registry", "facts"]),
    ("measure", &["foundation", "facts", "stats"]),
    ("compare", &["foundation", "stats"]),
    (
        "web",
        &[
            "foundation",
            "assess",
            "stats",
            "registry",
            "facts",
            "collect",
            "measure",
            "compare",
        ],
    ),
    (
        "evenkeel",
        &[
            "foundation",
            "assess",
            "stats",
            "registry",
            "facts",
            "collect",
            "measure",
            "compare",
            "web",
        ],
    ),
    ("testkit", &["foundation"]),
];

/// Outside crates that have business in some rooms only.
const KEPT_TO: &[(&str, &[&str])] = &[
    ("sqlx", &["registry"]),
    ("deltalake", &["facts"]),
    ("datafusion", &["measure"]),
    ("parquet", &["facts", "collect", "measure"]),
    ("arrow", &["facts", "collect", "measure"]),
    ("axum", &["web", "evenkeel"]),
    ("utoipa", &["web"]),
    ("anyhow", &["evenkeel", "testkit"]),
    ("clap", &["evenkeel"]),
    ("csv", &["collect"]),
    ("calamine", &["collect"]),
    ("statrs", &["stats"]),
];

/// Rooms without input, output or async.
const PURE: &[&str] = &["foundation", "assess", "stats", "compare"];
const IMPURE_CRATES: &[&str] = &[
    "tokio", "futures", "hyper", "reqwest", "tempfile", "tracing",
];

fn room(package: &str) -> Option<&str> {
    match package {
        "evenkeel" => Some("evenkeel"),
        name => name.strip_prefix("evenkeel-"),
    }
}

/// What in `packages` breaks the table, in words.
fn violations(packages: &[&Package]) -> Vec<String> {
    let allowed: BTreeMap<&str, BTreeSet<&str>> = ROOMS
        .iter()
        .map(|(room, uses)| (*room, uses.iter().copied().collect()))
        .collect();
    let mut found = Vec::new();
    for package in packages {
        let Some(from) = room(&package.name) else {
            found.push(format!("{} is no room of the table", package.name));
            continue;
        };
        let Some(uses) = allowed.get(from) else {
            found.push(format!("{from} is no room of the table"));
            continue;
        };
        for dependency in package
            .dependencies
            .iter()
            .filter(|d| d.kind == DependencyKind::Normal)
        {
            let name = dependency.name.as_str();
            if let Some(to) = room(name).filter(|_| dependency.path.is_some()) {
                if !uses.contains(to) {
                    found.push(format!("{from} may not use {to}"));
                }
            } else if let Some((_, rooms)) = KEPT_TO.iter().find(|(kept, _)| *kept == name) {
                if !rooms.contains(&from) {
                    found.push(format!("{name} has no business in {from}"));
                }
            } else if PURE.contains(&from) && IMPURE_CRATES.contains(&name) {
                found.push(format!("{from} is pure and may not use {name}"));
            }
        }
    }
    found
}

#[test]
fn every_room_keeps_to_the_table() {
    let metadata = MetadataCommand::new()
        .manifest_path(concat!(env!("CARGO_MANIFEST_DIR"), "/../../Cargo.toml"))
        .no_deps()
        .other_options(vec!["--offline".to_owned()])
        .exec()
        .expect("cargo metadata");
    let packages: Vec<&Package> = metadata.workspace_packages();
    assert_eq!(
        packages
            .iter()
            .filter_map(|p| room(&p.name))
            .collect::<BTreeSet<_>>(),
        ROOMS.iter().map(|(room, _)| *room).collect::<BTreeSet<_>>(),
        "rooms and table name the same crates"
    );
    assert_eq!(violations(&packages), Vec::<String>::new());
}

#[test]
fn a_forbidden_edge_is_found() {
    let mut metadata = MetadataCommand::new()
        .manifest_path(concat!(env!("CARGO_MANIFEST_DIR"), "/../../Cargo.toml"))
        .no_deps()
        .other_options(vec!["--offline".to_owned()])
        .exec()
        .expect("cargo metadata");
    let web = metadata
        .packages
        .iter()
        .find(|package| package.name.as_str() == "evenkeel-web")
        .expect("web is in the workspace")
        .clone();
    let stats = metadata
        .packages
        .iter_mut()
        .find(|package| package.name.as_str() == "evenkeel-stats")
        .expect("stats is in the workspace");
    // stats with everything that web uses: rooms, async and axum.
    stats.dependencies = web.dependencies;
    let stats = stats.clone();
    let found = violations(&[&stats]);
    assert!(
        found.contains(&"stats may not use registry".to_owned()),
        "{found:?}"
    );
    assert!(
        found.contains(&"axum has no business in stats".to_owned()),
        "{found:?}"
    );
    assert!(
        found.contains(&"stats is pure and may not use tokio".to_owned()),
        "{found:?}"
    );
}
