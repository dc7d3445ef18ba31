//! parties.toml, attributes.toml, teams.toml, touchpoints.toml.

use super::entries::Entry;
use super::organisation::TEXT_ALLOWED;
use crate::attribute::{Attribute, AttributeValue};
use crate::ids::ID_ALLOWED;
use crate::party::{Party, PartyRole, Side};
use crate::reading::{Cursor, Report};
use crate::team::Team;
use crate::touchpoint::Touchpoint;

const SIDES: [(&str, Side); 2] = [("external", Side::External), ("internal", Side::Internal)];

const ROLES: [(&str, PartyRole); 4] = [
    ("customer", PartyRole::Customer),
    ("frontline", PartyRole::Frontline),
    ("back_office", PartyRole::BackOffice),
    ("other", PartyRole::Other),
];

pub(super) fn party(entry: &Entry<'_>, report: &mut Report) -> Option<Party> {
    let fields = &entry.fields;
    fields.only(
        report,
        &["id", "title", "side", "role", "minimum_n", "published"],
    );
    let id = fields.need(report, "id", ID_ALLOWED);
    let id = id.and_then(|c| c.id(report));
    let title = fields.need(report, "title", TEXT_ALLOWED);
    let title = title.and_then(|c| c.text(report));
    let side = fields.need(report, "side", "external, internal");
    let side = side.and_then(|c| c.word(report, &SIDES));
    let role = fields.or(report, "role", PartyRole::Other, |c, r| c.word(r, &ROLES));
    let minimum_n = fields.optional(report, "minimum_n", |c, r| c.count(r, 1));
    let published = fields.or(report, "published", false, Cursor::boolean);
    let side = side?;
    Some(Party {
        id: id?,
        title: title?,
        side,
        role: role?,
        minimum_n: minimum_n.ok()?.unwrap_or(side.minimum_n_floor()),
        published: published?,
    })
}

pub(super) fn attribute(entry: &Entry<'_>, report: &mut Report) -> Option<Attribute> {
    let fields = &entry.fields;
    fields.only(report, &["id", "title", "contact", "values"]);
    let id = fields.need(report, "id", ID_ALLOWED);
    let id = id.and_then(|c| c.id(report));
    let title = fields.need(report, "title", TEXT_ALLOWED);
    let title = title.and_then(|c| c.text(report));
    let contact = fields.or(report, "contact", false, Cursor::boolean);
    let values = fields.need(report, "values", "a list of { id, title }");
    let values = values.and_then(|c| c.list(report)).and_then(|elements| {
        let read: Vec<_> = elements.iter().map(|c| value(c, report)).collect();
        read.into_iter().collect()
    });
    Some(Attribute {
        id: id?,
        title: title?,
        contact: contact?,
        values: values?,
    })
}

fn value(cursor: &Cursor<'_>, report: &mut Report) -> Option<AttributeValue> {
    let fields = cursor.table(report)?;
    fields.only(report, &["id", "title"]);
    let id = fields.need(report, "id", ID_ALLOWED);
    let id = id.and_then(|c| c.string(report));
    let title = fields.need(report, "title", TEXT_ALLOWED);
    let title = title.and_then(|c| c.text(report));
    Some(AttributeValue {
        id: id?.to_owned(),
        title: title?,
    })
}

pub(super) fn team(entry: &Entry<'_>, report: &mut Report) -> Option<Team> {
    let fields = &entry.fields;
    fields.only(report, &["id", "title", "members"]);
    let id = fields.need(report, "id", ID_ALLOWED);
    let id = id.and_then(|c| c.id(report));
    let title = fields.need(report, "title", TEXT_ALLOWED);
    let title = title.and_then(|c| c.text(report));
    let members = fields.or(report, "members", Vec::new(), Cursor::strings);
    Some(Team {
        id: id?,
        title: title?,
        members: members?,
    })
}

pub(super) fn touchpoint(entry: &Entry<'_>, report: &mut Report) -> Option<Touchpoint> {
    let fields = &entry.fields;
    fields.only(report, &["id", "title", "parties", "order"]);
    let id = fields.need(report, "id", ID_ALLOWED);
    let id = id.and_then(|c| c.id(report));
    let title = fields.need(report, "title", TEXT_ALLOWED);
    let title = title.and_then(|c| c.text(report));
    let parties = fields.need(report, "parties", "a list of ids of parties");
    let parties = parties.and_then(|c| c.ids(report));
    let order = fields.or(report, "order", entry.order, |c, r| c.count(r, 0));
    Some(Touchpoint {
        id: id?,
        title: title?,
        parties: parties?,
        order: order?,
    })
}
