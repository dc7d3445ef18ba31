//! The demo's files with the mappings that import them.

use std::path::{Path, PathBuf};

use anyhow::Context;
use evenkeel_foundation::Foundation;

use super::truth::Truth;
use super::{guests, internal, keepers, kitchen, looks, remarks};
use crate::cli::Scale;

/// One file to import.
pub struct DemoFile {
    pub kind: &'static str,
    pub path: PathBuf,
    pub mapping: &'static str,
}

macro_rules! mapping {
    ($name:literal) => {
        include_str!(concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/../../examples/demo/",
            $name,
            ".toml"
        ))
    };
}

/// Draws the two years and writes them as CSV files into a folder.
pub fn write_files(
    foundation: &Foundation,
    scale: Scale,
    folder: &Path,
) -> anyhow::Result<Vec<DemoFile>> {
    let truth = Truth::draw(foundation);
    let asked_per_month = match scale {
        Scale::Small => 380,
        Scale::Large => 3_800,
    };
    let looks = looks::draw(&truth);
    let on_top = remarks::on_top(looks.iter().map(|(_, text)| text.as_str()));
    let guests = guests::draw(&truth, asked_per_month, &on_top);
    let internal = internal::draw(&truth);
    let kitchen = kitchen::draw(&truth);
    let (keepers_team, keepers_office) = keepers::draw(&truth);
    let files = [
        ("responses", "guests", mapping!("guests"), guests.visits),
        (
            "aggregates",
            "guests-asked",
            mapping!("guests-asked"),
            guests.asked,
        ),
        ("responses", "team", mapping!("team"), internal.team),
        (
            "aggregates",
            "team-asked",
            mapping!("team-asked"),
            internal.team_asked,
        ),
        ("responses", "office", mapping!("office"), internal.office),
        (
            "aggregates",
            "office-asked",
            mapping!("office-asked"),
            internal.office_asked,
        ),
        (
            "responses",
            "keepers-team",
            mapping!("keepers-team"),
            keepers_team,
        ),
        (
            "responses",
            "keepers-office",
            mapping!("keepers-office"),
            keepers_office,
        ),
        (
            "aggregates",
            "absence",
            mapping!("absence"),
            internal.absence,
        ),
        (
            "observations",
            "first-course",
            mapping!("first-course"),
            kitchen.first_course,
        ),
        (
            "observations",
            "plate-temperature",
            mapping!("plate-temperature"),
            kitchen.plate_temperature,
        ),
    ];
    let looks = looks.into_iter().map(|(name, text)| {
        let mapping = match name {
            "house-burger" => mapping!("house-burger"),
            "table-ready" => mapping!("table-ready"),
            "welcome-rubric" => mapping!("welcome-rubric"),
            "allergies-asked" => mapping!("allergies-asked"),
            "bill-brought" => mapping!("bill-brought"),
            "shifts-known" => mapping!("shifts-known"),
            "mail-answered" => mapping!("mail-answered"),
            "mail-tone" => mapping!("mail-tone"),
            _ => mapping!("recipe-cards"),
        };
        ("observations", name, mapping, text)
    });
    files
        .into_iter()
        .chain(looks)
        .map(|(kind, name, mapping, text)| {
            let path = folder.join(format!("{name}.csv"));
            std::fs::write(&path, text).with_context(|| format!("write {}", path.display()))?;
            Ok(DemoFile {
                kind,
                path,
                mapping,
            })
        })
        .collect()
}
