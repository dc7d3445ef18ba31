//! How each kind of object is written.

use super::requirement::requirement;
use super::toml::{Writer, date, duration, list, number, string, table, text};
use crate::attribute::Attribute;
use crate::calendar::{Calendar, OpenHours};
use crate::indicator::{Covariate, Direction, Indicator, IndicatorKind};
use crate::mirror::{ItemRef, Mirror};
use crate::party::{Party, PartyRole, Side};
use crate::standard::Standard;
use crate::team::Team;
use crate::touchpoint::Touchpoint;
use crate::unit::{Origin, Unit};

pub(super) fn party(writer: &mut Writer, party: &Party) {
    writer.table("[[party]]");
    writer.field("id", &string(party.id.as_str()));
    writer.field("title", &text(&party.title));
    let side = match party.side {
        Side::External => "external",
        Side::Internal => "internal",
    };
    writer.field("side", &string(side));
    let role = match party.role {
        PartyRole::Customer => "customer",
        PartyRole::Frontline => "frontline",
        PartyRole::BackOffice => "back_office",
        PartyRole::Other => "other",
    };
    writer.field("role", &string(role));
    writer.field("minimum_n", &party.minimum_n.to_string());
    if party.published {
        writer.field("published", "true");
    }
}

pub(super) fn attribute(writer: &mut Writer, attribute: &Attribute) {
    writer.table("[[attribute]]");
    writer.field("id", &string(attribute.id.as_str()));
    writer.field("title", &text(&attribute.title));
    writer.flag("contact", attribute.contact);
    let values: Vec<String> = attribute
        .values
        .iter()
        .map(|value| table([("id", string(&value.id)), ("title", text(&value.title))]))
        .collect();
    writer.lines("values", &values);
}

pub(super) fn unit(writer: &mut Writer, unit: &Unit) {
    writer.table("[[unit]]");
    writer.field("id", &string(unit.id.as_str()));
    writer.field("title", &text(&unit.title));
    writer.field("level", &string(unit.level.as_str()));
    writer.optional("parent", unit.parent.as_ref().map(|id| string(id.as_str())));
    writer.optional("valid_from", unit.valid_from.map(date));
    writer.optional("valid_to", unit.valid_to.map(date));
    writer.optional("time_zone", unit.time_zone.as_deref().map(string));
    writer.optional("people", unit.people.map(|people| people.to_string()));
    if unit.origin == Origin::Import {
        writer.field("origin", &string("import"));
    }
}

pub(super) fn calendar(writer: &mut Writer, calendar: &Calendar) {
    writer.table("[[calendar]]");
    writer.field("id", &string(calendar.id.as_str()));
    writer.field("title", &text(&calendar.title));
    for (day, spans) in hours(&calendar.hours) {
        writer.field(day, &spans);
    }
    writer.optional("working_day", calendar.working_day.map(duration));
    if !calendar.units.is_empty() {
        let units: Vec<String> = calendar
            .units
            .iter()
            .map(|own| {
                let unit = ("unit", string(own.unit.as_str()));
                table(std::iter::once(unit).chain(hours(&own.hours)))
            })
            .collect();
        writer.lines("units", &units);
    }
}

/// The days on which somebody works and those on which nobody does.
fn hours(hours: &OpenHours) -> Vec<(&'static str, String)> {
    let days = hours.week().into_iter();
    let open = days.filter(|(_, spans)| !spans.is_empty());
    let mut fields: Vec<(&'static str, String)> = open
        .map(|(day, spans)| {
            (
                day,
                list(spans.iter().map(|span| string(&span.to_string()))),
            )
        })
        .collect();
    if !hours.holidays.is_empty() {
        fields.push(("holidays", list(hours.holidays.iter().copied().map(date))));
    }
    fields
}

pub(super) fn team(writer: &mut Writer, team: &Team) {
    writer.table("[[team]]");
    writer.field("id", &string(team.id.as_str()));
    writer.field("title", &text(&team.title));
    writer.strings_if_any("members", &team.members);
}

pub(super) fn touchpoint(writer: &mut Writer, touchpoint: &Touchpoint) {
    writer.table("[[touchpoint]]");
    writer.field("id", &string(touchpoint.id.as_str()));
    writer.field("title", &text(&touchpoint.title));
    writer.strings("parties", &touchpoint.parties);
    writer.field("order", &touchpoint.order.to_string());
}

pub(super) fn standard(writer: &mut Writer, standard: &Standard) {
    writer.field("id", &string(standard.id.as_str()));
    writer.field("title", &text(&standard.title));
    writer.field("dimension", &string(standard.dimension.as_str()));
    writer.field("touchpoint", &string(standard.touchpoint.as_str()));
    writer.field("owner", &string(standard.owner.as_str()));
    writer.field("owed_by", &string(standard.owed_by.as_str()));
    writer.field("owed_to", &string(standard.owed_to.as_str()));
    writer.optional("picture", standard.picture.as_deref().map(string));
    writer.field("target", &number(standard.target.get()));
    writer.optional("valid_from", standard.valid_from.map(date));
    requirement(writer, &standard.requirement);
    if !standard.latitude.extras.is_empty() {
        writer.table("[latitude]");
        writer.strings("extras", &standard.latitude.extras);
    }
}

pub(super) fn indicator(writer: &mut Writer, indicator: &Indicator) {
    writer.table("[[indicator]]");
    writer.field("id", &string(indicator.id.as_str()));
    writer.field("title", &text(&indicator.title));
    writer.field("kind", &string(indicator.kind.as_str()));
    if let Some((instrument, item)) = indicator.kind.item() {
        writer.field("instrument", &string(instrument.as_str()));
        writer.field("item", &string(item.as_str()));
    }
    if let Some(standard) = indicator.kind.standard() {
        writer.field("standard", &string(standard.as_str()));
    }
    match &indicator.kind {
        IndicatorKind::TopBox { from, .. } => writer.field("from", &from.to_string()),
        IndicatorKind::Share { values, .. } => writer.strings("values", values),
        IndicatorKind::Rate { figure } => writer.field("figure", &string(figure)),
        IndicatorKind::Composite { of } => writer.strings("of", of),
        _ => {}
    }
    let party = indicator.party.as_ref();
    writer.optional("party", party.map(|id| string(id.as_str())));
    if indicator.direction != Direction::default() {
        writer.field("direction", &string(direction(indicator.direction)));
    }
    writer.field("minimum_n", &indicator.minimum_n.to_string());
    writer.optional("target", indicator.target.map(number));
    writer.flag("headline", indicator.headline);
}

pub(super) fn covariate(writer: &mut Writer, covariate: &Covariate) {
    writer.table("[[covariate]]");
    writer.field("id", &string(covariate.id.as_str()));
    writer.field("title", &text(&covariate.title));
    let direction = covariate.direction.map(|d| string(direction(d)));
    writer.optional("direction", direction);
}

pub(super) fn mirror(writer: &mut Writer, mirror: &Mirror) {
    writer.table("[[mirror]]");
    writer.field("id", &string(mirror.id.as_str()));
    writer.field("title", &text(&mirror.title));
    let sides: Vec<String> = mirror
        .sides
        .iter()
        .map(|side| {
            table([
                ("party", string(side.party.as_str())),
                ("own", item_ref(&side.own)),
                ("predicts", item_ref(&side.predicts)),
            ])
        })
        .collect();
    writer.lines("sides", &sides);
}

fn direction(direction: Direction) -> &'static str {
    match direction {
        Direction::HigherIsBetter => "higher_is_better",
        Direction::LowerIsBetter => "lower_is_better",
    }
}

fn item_ref(item: &ItemRef) -> String {
    string(&format!("{}.{}", item.instrument, item.item))
}
