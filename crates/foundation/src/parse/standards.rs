//! standards/ID.toml.

use super::entries::is_defined_twice;
use super::files::Files;
use super::organisation::TEXT_ALLOWED;
use super::requirement::{Calendars, requirement};
use crate::check::Known;
use crate::foundation::Foundation;
use crate::ids::{ID_ALLOWED, StandardId};
use crate::object::ObjectKind;
use crate::proportion::Proportion;
use crate::reading::{Cursor, Document, Fields, Report};
use crate::standard::{Dimension, Latitude, Standard};

const FIELDS: [&str; 12] = [
    "id",
    "title",
    "dimension",
    "touchpoint",
    "owner",
    "owed_by",
    "owed_to",
    "picture",
    "target",
    "valid_from",
    "requirement",
    "latitude",
];

const DIMENSIONS: [(&str, Dimension); 4] = [
    ("speed", Dimension::Speed),
    ("quality", Dimension::Quality),
    ("tone", Dimension::Tone),
    ("structure", Dimension::Structure),
];

/// Reads every standard.
pub(super) fn read(
    files: &Files<'_>,
    foundation: &mut Foundation,
    known: &mut Known,
    report: &mut Report,
) {
    for (file, stem, text) in &files.standards {
        let document = Document::parse(file, text, report);
        let Some(fields) = document.root("").table(report) else {
            continue;
        };
        let named = fields.get(report, "id").and_then(|field| {
            let id = StandardId::parse(field.value().as_str()?).ok()?;
            Some((field, id))
        });
        let Some((field, id)) = named else {
            known.hides(ObjectKind::Standard);
            let key = format!("standard.{stem}");
            let _ = standard(&fields.renamed(report, key), &foundation.calendars, report);
            continue;
        };
        let key = format!("standard.{id}");
        let place = field.place();
        if is_defined_twice(
            &key,
            ObjectKind::Standard,
            id.as_str(),
            &place,
            known,
            report,
        ) {
            continue;
        }
        if id.as_str() != *stem && !document.is_broken() {
            let found = format!("{:?}", id.as_str());
            let message = "the id is not the name of the file";
            report.add(place, &format!("{key}.id"), message, &found, stem);
        }
        let read = standard(&fields.renamed(report, key), &foundation.calendars, report);
        if let Some(standard) = read {
            foundation.standards.insert(id, standard);
        }
    }
}

/// A standard that stands alone.
pub(super) fn alone(document: &Document<'_>, report: &mut Report) -> Option<Standard> {
    let fields = document.root("standard").table(report)?;
    standard(&fields, &Calendars::new(), report)
}

fn standard(fields: &Fields<'_>, calendars: &Calendars, report: &mut Report) -> Option<Standard> {
    fields.only(report, &FIELDS);
    let id = fields.need(report, "id", ID_ALLOWED);
    let id = id.and_then(|c| c.id(report));
    let title = fields.need(report, "title", TEXT_ALLOWED);
    let title = title.and_then(|c| c.text(report));
    let dimension = fields.need(report, "dimension", "speed, quality, tone, structure");
    let dimension = dimension.and_then(|c| c.word(report, &DIMENSIONS));
    let touchpoint = fields.need(report, "touchpoint", "the id of a touchpoint");
    let touchpoint = touchpoint.and_then(|c| c.id(report));
    let owner = fields.need(report, "owner", "the id of a team");
    let owner = owner.and_then(|c| c.id(report));
    let owed_by = fields.need(report, "owed_by", "the id of a party");
    let owed_by = owed_by.and_then(|c| c.id(report));
    let owed_to = fields.need(report, "owed_to", "the id of a party");
    let owed_to = owed_to.and_then(|c| c.id(report));
    let picture = fields.optional(report, "picture", Cursor::string);
    let target = fields.need(report, "target", "0 to 1, such as 0.98");
    let target = target.and_then(|c| share(&c, report));
    let valid_from = fields.optional(report, "valid_from", Cursor::date);
    let requirement_field = fields.need(report, "requirement", "a table [requirement]");
    let requirement = requirement_field.and_then(|c| requirement(&c, calendars, report));
    let latitude = fields.or(report, "latitude", Latitude::default(), latitude);
    Some(Standard {
        id: id?,
        title: title?,
        dimension: dimension?,
        touchpoint: touchpoint?,
        owner: owner?,
        owed_by: owed_by?,
        owed_to: owed_to?,
        picture: picture.ok()?.map(str::to_owned),
        target: target?,
        valid_from: valid_from.ok()?,
        requirement: requirement?,
        latitude: latitude?,
    })
}

/// A share from 0 to 1.
pub(super) fn share(cursor: &Cursor<'_>, report: &mut Report) -> Option<Proportion> {
    let share = Proportion::new(cursor.number(report)?).ok();
    if share.is_none() {
        cursor.wrong(report, "a share is needed", "0 to 1; 98 % is 0.98");
    }
    share
}

fn latitude(cursor: &Cursor<'_>, report: &mut Report) -> Option<Latitude> {
    let fields = cursor.table(report)?;
    fields.only(report, &["extras"]);
    let extras = fields.or(report, "extras", Vec::new(), Cursor::strings)?;
    Some(Latitude { extras })
}
