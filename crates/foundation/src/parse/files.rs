//! Which files there are, and their text.

use std::collections::BTreeMap;

use crate::check::Known;
use crate::object::ObjectKind;
use crate::reading::{LineIndex, Place, Report, nearest};

pub(super) const ORGANISATION: &str = "organisation.toml";
pub(super) const INDICATORS: &str = "indicators.toml";

/// Kinds that have one file for all, which is read as a list without looking at others.
const LISTINGS: [(ObjectKind, &str); 8] = [
    (ObjectKind::Party, "parties.toml"),
    (ObjectKind::Attribute, "attributes.toml"),
    (ObjectKind::Unit, "units.toml"),
    (ObjectKind::Calendar, "calendars.toml"),
    (ObjectKind::Team, "teams.toml"),
    (ObjectKind::Touchpoint, "touchpoints.toml"),
    (ObjectKind::Covariate, "covariates.toml"),
    (ObjectKind::Mirror, "mirrors.toml"),
];

const PICTURES: [&str; 7] = ["webp", "png", "jpg", "jpeg", "gif", "avif", "svg"];

const ALLOWED: &str = "organisation.toml, parties.toml, attributes.toml, units.toml, calendars.toml, teams.toml, \
    touchpoints.toml, indicators.toml, covariates.toml, mirrors.toml, standards/ID.toml, \
    instruments/ID.json, pictures in standards/, *.md";

/// The file that lists objects of `kind`.
pub(super) fn listing(kind: ObjectKind) -> Option<&'static str> {
    LISTINGS
        .iter()
        .find(|(listed, _)| *listed == kind)
        .map(|(_, file)| *file)
}

/// Whether a file name is that of a picture.
pub(crate) fn is_picture(name: &str) -> bool {
    let extension = name.rsplit_once('.').map(|(_, extension)| extension);
    extension.is_some_and(|e| PICTURES.contains(&e.to_ascii_lowercase().as_str()))
}

/// The extensions of pictures, for messages.
pub(crate) fn pictures() -> String {
    PICTURES.join(", ")
}

/// The texts that a foundation is made of, by file name.
pub(super) struct Files<'f> {
    listings: BTreeMap<&'f str, &'f str>,
    /// (file, id, text) of each standard.
    pub(super) standards: Vec<(&'f str, &'f str, &'f str)>,
    /// (file, id, text) of each instrument.
    pub(super) instruments: Vec<(&'f str, &'f str, &'f str)>,
}

impl<'f> Files<'f> {
    /// Sorts the files, reports the unknown ones and those that are no text.
    pub(super) fn of(
        files: &'f BTreeMap<String, Vec<u8>>,
        known: &mut Known,
        report: &mut Report,
    ) -> Self {
        let mut sorted = Self {
            listings: BTreeMap::new(),
            standards: Vec::new(),
            instruments: Vec::new(),
        };
        for (path, bytes) in files {
            let is_listing = LISTINGS.iter().any(|(_, file)| file == path)
                || path == ORGANISATION
                || path == INDICATORS;
            let standard = inside(path, "standards/");
            let instrument = inside(path, "instruments/").and_then(|n| n.strip_suffix(".json"));
            if is_listing {
                match text(path, bytes, report) {
                    Some(text) => {
                        sorted.listings.insert(path, text);
                    }
                    None => known.unreadable(path),
                }
            } else if let Some(id) = standard.and_then(|name| name.strip_suffix(".toml")) {
                match text(path, bytes, report) {
                    Some(text) => sorted.standards.push((path, id, text)),
                    None => known.hides(ObjectKind::Standard),
                }
            } else if let Some(id) = instrument {
                match text(path, bytes, report) {
                    Some(text) => sorted.instruments.push((path, id, text)),
                    None => known.hides(ObjectKind::Instrument),
                }
            } else if !standard.is_some_and(is_picture) && !is_passed_over(path) {
                unknown(path, report);
            }
        }
        sorted
    }

    /// The text of a TOML file that lists things.
    pub(super) fn toml(&self, file: &'static str) -> Option<(&'static str, &'f str)> {
        self.listings.get(file).map(|text| (file, *text))
    }
}

/// The file name of a path directly inside `folder`.
fn inside<'p>(path: &'p str, folder: &str) -> Option<&'p str> {
    path.strip_prefix(folder)
        .filter(|name| !name.contains('/') && !name.starts_with('.'))
}

fn is_passed_over(path: &str) -> bool {
    path.split('/').any(|part| part.starts_with('.'))
        || path.rsplit_once('.').is_some_and(|(_, e)| e == "md")
}

fn unknown(path: &str, report: &mut Report) {
    let names = LISTINGS.iter().map(|(_, file)| *file);
    let message = match nearest(path, names.chain([ORGANISATION, INDICATORS])) {
        Some(meant) => format!("unknown file; did you mean `{meant}`?"),
        None => "unknown file".to_owned(),
    };
    report.add(Place::file(path), "", &message, "", ALLOWED);
}

/// The text of a file, without a byte order mark.
fn text<'f>(file: &str, bytes: &'f [u8], report: &mut Report) -> Option<&'f str> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Some(text.strip_prefix('\u{feff}').unwrap_or(text)),
        Err(error) => {
            let (good, bad) = bytes.split_at(error.valid_up_to());
            let good = String::from_utf8_lossy(good);
            let place = LineIndex::new(&good).place(file, good.len());
            let found = format!("byte 0x{:02x}", bad.first().copied().unwrap_or_default());
            report.add(place, "", "not UTF-8 text", &found, "text saved as UTF-8");
            None
        }
    }
}
