//! From files to a checked foundation.
//!
//! Invariant: all problems at once. Each file is read as far as it goes; what an unreadable file
//! might have defined is not reported as missing. Only a set of files without any problem gives a
//! [`Foundation`].
//!
//! Absent on purpose: the disk. Files come in as bytes by relative path.

mod calendars;
mod duration;
mod entries;
mod files;
mod indicators;
mod instruments;
mod mirrors;
mod organisation;
mod parties;
mod requirement;
mod standards;
mod units;

use std::collections::BTreeMap;

pub(crate) use files::{is_picture, pictures};

use crate::check::{Known, check, check_alone};
use crate::foundation::Foundation;
use crate::object::ObjectKind;
use crate::problem::Problem;
use crate::reading::{Document, Report};
use crate::standard::Standard;
use files::Files;

/// Reads and checks a directory of files, by path relative to it (with `/`).
///
/// `organisation.toml` has to be there; `parties.toml`, `attributes.toml`, `units.toml`,
/// `calendars.toml`, `teams.toml`, `touchpoints.toml`, `indicators.toml`, `covariates.toml`, `mirrors.toml`,
/// `standards/ID.toml` (with pictures beside them) and `instruments/ID.json` may be. Names that
/// begin with a dot and `*.md` are passed over; any other file is a problem.
///
/// # Errors
/// Every problem, in order of file and line.
pub fn parse(files: &BTreeMap<String, Vec<u8>>) -> Result<Foundation, Vec<Problem>> {
    let mut report = Report::default();
    let mut known = Known::default();
    let texts = Files::of(files, &mut known, &mut report);

    let mut foundation = Foundation::empty(organisation::read(&texts, &mut known, &mut report));
    for kind in ObjectKind::EVERY {
        if let Some((file, text)) = files::listing(kind).and_then(|file| texts.toml(file)) {
            let document = Document::parse(file, text, &mut report);
            let entries = entries::entries(&document, kind, &mut known, &mut report);
            list(&mut foundation, kind, &entries, &mut report);
        }
    }
    standards::read(&texts, &mut foundation, &mut known, &mut report);
    instruments::read(&texts, &mut foundation, &mut known, &mut report);
    // Indicators come last: their defaults are those of their instrument's party.
    if let Some((file, text)) = texts.toml(files::INDICATORS) {
        let document = Document::parse(file, text, &mut report);
        let entries = entries::entries(&document, ObjectKind::Indicator, &mut known, &mut report);
        indicators::read(&entries, &mut foundation, &mut report);
    }

    check(&foundation, &known, &mut report);
    match report.into_problems() {
        problems if problems.is_empty() => {
            foundation.add_keepers();
            Ok(foundation)
        }
        problems => Err(problems),
    }
}

/// Reads one standard alone, without the foundation around it: its own fields are checked, what
/// it names elsewhere (touchpoint, owner, parties) is not. A calendar would have to be known.
///
/// # Errors
/// Every problem, in order of line.
pub fn parse_standard(file: &str, text: &str) -> Result<Standard, Vec<Problem>> {
    let mut report = Report::default();
    let document = Document::parse(file, text, &mut report);
    let read = standards::alone(&document, &mut report);
    if let Some(standard) = &read {
        check_alone(standard, &mut report);
    }
    match (read, report.into_problems()) {
        (Some(standard), problems) if problems.is_empty() => Ok(standard),
        (_, problems) => Err(problems),
    }
}

/// Reads one file that lists objects of one kind.
fn list(
    foundation: &mut Foundation,
    kind: ObjectKind,
    entries: &[entries::Entry<'_>],
    report: &mut Report,
) {
    macro_rules! insert {
        ($map:ident, $read:path) => {
            for entry in entries {
                if let Some(value) = $read(entry, report) {
                    foundation.$map.insert(value.id.clone(), value);
                }
            }
        };
    }
    match kind {
        ObjectKind::Party => insert!(parties, parties::party),
        ObjectKind::Attribute => insert!(attributes, parties::attribute),
        ObjectKind::Calendar => insert!(calendars, calendars::calendar),
        ObjectKind::Team => insert!(teams, parties::team),
        ObjectKind::Touchpoint => insert!(touchpoints, parties::touchpoint),
        ObjectKind::Unit => insert!(units, units::unit),
        ObjectKind::Covariate => insert!(covariates, indicators::covariate),
        ObjectKind::Mirror => insert!(mirrors, mirrors::mirror),
        ObjectKind::Organisation
        | ObjectKind::Standard
        | ObjectKind::Instrument
        | ObjectKind::Indicator => {}
    }
}
