//! The entries of a file that lists objects: `[[party]] …`.

use crate::check::Known;
use crate::ids::is_slug;
use crate::object::ObjectKind;
use crate::reading::{Document, Fields, Place, Report};

/// One object of a file.
pub(super) struct Entry<'d> {
    /// Its fields; their key is `KIND.ID`.
    pub(super) fields: Fields<'d>,
    /// Its place in the file, from 1.
    pub(super) order: u32,
}

/// The entries of one file. Those that define an id a second time are reported and left out.
pub(super) fn entries<'d>(
    document: &'d Document<'d>,
    kind: ObjectKind,
    known: &mut Known,
    report: &mut Report,
) -> Vec<Entry<'d>> {
    if document.is_broken() {
        known.hides(kind);
    }
    let Some(root) = document.root("").table(report) else {
        return Vec::new();
    };
    root.only(report, &[kind.as_str()]);
    let Some(list) = root
        .get(report, kind.as_str())
        .and_then(|listed| listed.list(report))
    else {
        return Vec::new();
    };
    let mut entries = Vec::new();
    for (at, cursor) in list.iter().enumerate() {
        let Some(fields) = cursor.table(report) else {
            known.hides(kind);
            continue;
        };
        if let Some(fields) = define(fields, kind, known, report) {
            entries.push(Entry {
                fields,
                order: at as u32 + 1,
            });
        }
    }
    entries
}

/// Names an entry by its id, so that keys read `party.customer.title`.
fn define<'d>(
    fields: Fields<'d>,
    kind: ObjectKind,
    known: &mut Known,
    report: &mut Report,
) -> Option<Fields<'d>> {
    let written = fields.get(report, "id");
    let id = written
        .as_ref()
        .and_then(|cursor| cursor.value().as_str())
        .filter(|id| is_slug(id));
    let Some(id) = id else {
        // Its own reader says what is wrong with the id; references to it cannot be judged.
        known.hides(kind);
        return Some(fields);
    };
    let place = written.map_or_else(|| fields.cursor().place(), |cursor| cursor.place());
    let key = format!("{kind}.{id}");
    if is_defined_twice(&key, kind, id, &place, known, report) {
        return None;
    }
    Some(fields.renamed(report, key))
}

/// Remembers where an id is defined; that it was before is reported with both places.
pub(super) fn is_defined_twice(
    key: &str,
    kind: ObjectKind,
    id: &str,
    place: &Place,
    known: &mut Known,
    report: &mut Report,
) -> bool {
    let Some(first) = known.define(kind.as_str(), id, place) else {
        return false;
    };
    let line = first.line.map_or(String::new(), |line| format!(":{line}"));
    let message = format!("`{id}` is defined twice, first in {}{line}", first.file);
    report.add(
        place.clone(),
        key,
        &message,
        "",
        "one definition of each id",
    );
    true
}
