//! units.toml.

use super::entries::Entry;
use super::organisation::TEXT_ALLOWED;
use crate::ids::ID_ALLOWED;
use crate::reading::{Cursor, Report};
use crate::unit::{Origin, Unit};

const FIELDS: [&str; 9] = [
    "id",
    "title",
    "level",
    "parent",
    "valid_from",
    "valid_to",
    "time_zone",
    "people",
    "origin",
];

const ORIGINS: [(&str, Origin); 2] = [
    ("foundation", Origin::Foundation),
    ("import", Origin::Import),
];

pub(super) fn unit(entry: &Entry<'_>, report: &mut Report) -> Option<Unit> {
    let fields = &entry.fields;
    fields.only(report, &FIELDS);
    let id = fields.need(report, "id", ID_ALLOWED);
    let id = id.and_then(|c| c.id(report));
    let title = fields.need(report, "title", TEXT_ALLOWED);
    let title = title.and_then(|c| c.text(report));
    let level = fields.need(report, "level", "the id of a level in organisation.toml");
    let level = level.and_then(|c| c.id(report));
    let parent = fields.optional(report, "parent", Cursor::id);
    let valid_from = fields.optional(report, "valid_from", Cursor::date);
    let valid_to = fields.optional(report, "valid_to", Cursor::date);
    let zone = fields.optional(report, "time_zone", Cursor::string);
    let people = fields.optional(report, "people", |c, r| c.count(r, 1));
    let origin = fields.or(report, "origin", Origin::Foundation, |c, r| {
        c.word(r, &ORIGINS)
    });
    Some(Unit {
        id: id?,
        title: title?,
        level: level?,
        parent: parent.ok()?,
        valid_from: valid_from.ok()?,
        valid_to: valid_to.ok()?,
        time_zone: zone.ok()?.map(str::to_owned),
        people: people.ok()?,
        origin: origin?,
    })
}
