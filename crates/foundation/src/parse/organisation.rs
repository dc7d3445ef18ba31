//! organisation.toml.

use super::files::{Files, ORGANISATION};
use crate::check::{Known, LEVEL};
use crate::ids::ID_ALLOWED;
use crate::organisation::{AlignmentPair, Level, Organisation};
use crate::party::INTERNAL_MINIMUM_N;
use crate::reading::{Cursor, Document, Place, Report};
use crate::text::Text;

const FIELDS: [&str; 6] = [
    "name",
    "languages",
    "time_zone",
    "minimum_n",
    "alignment",
    "level",
];

/// What a text may look like, for messages.
pub(super) const TEXT_ALLOWED: &str = r#""text" or { en = "text", nl = "tekst" }"#;

/// Reads the organisation. Where a field cannot be read, a stand-in takes its place, so that the
/// checks of everything else can go on; the problem is reported all the same.
pub(super) fn read(files: &Files<'_>, known: &mut Known, report: &mut Report) -> Organisation {
    let mut organisation = Organisation {
        name: stand_in(),
        languages: Vec::new(),
        time_zone: "Etc/UTC".to_owned(),
        levels: Vec::new(),
        minimum_n: INTERNAL_MINIMUM_N,
        alignment: None,
    };
    let Some((file, text)) = files.toml(ORGANISATION) else {
        known.hides_name(LEVEL);
        if !known.is_unreadable(ORGANISATION) {
            let message = "the file is missing; it says who the organisation is";
            report.add(Place::file(ORGANISATION), "", message, "", "");
        }
        return organisation;
    };
    let document = Document::parse(file, text, report);
    let Some(fields) = document.root("organisation").table(report) else {
        return organisation;
    };
    if document.is_broken() {
        known.hides_name(LEVEL);
    }
    fields.only(report, &FIELDS);
    let name = fields.need(report, "name", TEXT_ALLOWED);
    if let Some(name) = name.and_then(|c| c.text(report)) {
        organisation.name = name;
    }
    let languages = fields.need(report, "languages", r#"a list such as ["en", "nl"]"#);
    if let Some(languages) = languages.and_then(|c| c.strings(report)) {
        organisation.languages = languages;
    }
    let zone = fields.need(report, "time_zone", "a name such as Europe/Amsterdam");
    if let Some(zone) = zone.and_then(|c| c.string(report)) {
        zone.clone_into(&mut organisation.time_zone);
    }
    if let Some(n) = fields.or(report, "minimum_n", INTERNAL_MINIMUM_N, |c, r| {
        c.count(r, 1)
    }) {
        organisation.minimum_n = n;
    }
    if let Ok(pair) = fields.optional(report, "alignment", alignment) {
        organisation.alignment = pair;
    }
    let listed = fields.get(report, "level").map(|c| c.list(report));
    for cursor in listed.into_iter().flatten().flatten() {
        match level(&cursor, known, report) {
            Some(level) => organisation.levels.push(level),
            None => known.hides_name(LEVEL),
        }
    }
    organisation
}

fn level(cursor: &Cursor<'_>, known: &mut Known, report: &mut Report) -> Option<Level> {
    let fields = cursor.table(report)?;
    fields.only(report, &["id", "title"]);
    let id_field = fields.need(report, "id", ID_ALLOWED);
    let id: Option<crate::ids::LevelId> = id_field.as_ref().and_then(|c| c.id(report));
    let title = fields.need(report, "title", TEXT_ALLOWED);
    let title = title.and_then(|c| c.text(report));
    if let (Some(id), Some(field)) = (&id, &id_field) {
        // Two levels of one name are reported by the checks; here both are known.
        known.define(LEVEL, id.as_str(), &field.place());
    }
    Some(Level {
        id: id?,
        title: title?,
    })
}

fn alignment(cursor: &Cursor<'_>, report: &mut Report) -> Option<AlignmentPair> {
    let fields = cursor.table(report)?;
    fields.only(report, &["internal", "external"]);
    let internal = fields.need(report, "internal", "the id of an indicator");
    let internal = internal.and_then(|c| c.id(report));
    let external = fields.need(report, "external", "the id of an indicator");
    let external = external.and_then(|c| c.id(report));
    Some(AlignmentPair {
        internal: internal?,
        external: external?,
    })
}

/// A name that is only seen by checks which do not look at it.
fn stand_in() -> Text {
    Text::plain("organisation").unwrap_or_else(|_| unreachable!("the text is not empty"))
}
