//! calendars.toml.

use std::str::FromStr;

use super::duration::{DURATION_ALLOWED, duration_seconds};
use super::entries::Entry;
use super::organisation::TEXT_ALLOWED;
use crate::calendar::{Calendar, OpenHours, SPAN_ALLOWED, Span, UnitHours};
use crate::ids::ID_ALLOWED;
use crate::reading::{Cursor, Fields, Report};

/// The fields that say hours, in a calendar and in the hours of a unit.
const HOURS: [&str; 8] = [
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "holidays",
];

pub(super) fn calendar(entry: &Entry<'_>, report: &mut Report) -> Option<Calendar> {
    let fields = &entry.fields;
    let own = ["id", "title", "working_day", "units"];
    fields.only(report, &[own.as_slice(), &HOURS].concat());
    let id = fields.need(report, "id", ID_ALLOWED);
    let id = id.and_then(|c| c.id(report));
    let title = fields.need(report, "title", TEXT_ALLOWED);
    let title = title.and_then(|c| c.text(report));
    let hours = hours(fields, report);
    let working_day = fields.optional(report, "working_day", |c, r| {
        let seconds = c.value().as_str().and_then(duration_seconds);
        if seconds.is_none() {
            c.wrong(r, "a duration is needed", DURATION_ALLOWED);
        }
        seconds
    });
    let units = fields.or(report, "units", Vec::new(), |c, r| {
        let listed = c.list(r)?;
        let units: Vec<_> = listed.iter().map(|c| unit_hours(c, r)).collect();
        units.into_iter().collect()
    });
    Some(Calendar {
        id: id?,
        title: title?,
        hours: hours?,
        working_day: working_day.ok()?,
        units: units?,
    })
}

fn unit_hours(cursor: &Cursor<'_>, report: &mut Report) -> Option<UnitHours> {
    let fields = cursor.table(report)?;
    fields.only(report, &[["unit"].as_slice(), &HOURS].concat());
    let unit = fields.need(report, "unit", "the id of a unit");
    let unit = unit.and_then(|c| c.id(report));
    let hours = hours(&fields, report);
    Some(UnitHours {
        unit: unit?,
        hours: hours?,
    })
}

fn hours(fields: &Fields<'_>, report: &mut Report) -> Option<OpenHours> {
    let mut day = |name: &str| fields.or(report, name, Vec::new(), spans);
    let [monday, tuesday, wednesday] = [day("monday"), day("tuesday"), day("wednesday")];
    let [thursday, friday] = [day("thursday"), day("friday")];
    let [saturday, sunday] = [day("saturday"), day("sunday")];
    let holidays = fields.or(report, "holidays", Vec::new(), |c, r| {
        let listed = c.list(r)?;
        let days: Vec<_> = listed.iter().map(|c| c.date(r)).collect();
        days.into_iter().collect()
    });
    Some(OpenHours {
        monday: monday?,
        tuesday: tuesday?,
        wednesday: wednesday?,
        thursday: thursday?,
        friday: friday?,
        saturday: saturday?,
        sunday: sunday?,
        holidays: holidays?,
    })
}

fn spans(cursor: &Cursor<'_>, report: &mut Report) -> Option<Vec<Span>> {
    let listed = cursor.list(report)?;
    let spans: Vec<Option<Span>> = listed
        .iter()
        .map(|c| {
            let span = Span::from_str(c.string(report)?).ok();
            if span.is_none() {
                c.wrong(report, "not the hours of a day", SPAN_ALLOWED);
            }
            span
        })
        .collect();
    spans.into_iter().collect()
}
