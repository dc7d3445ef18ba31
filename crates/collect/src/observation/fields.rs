//! Where and when an observation was, and what is wrong with its fields.

use std::fmt;

use evenkeel_foundation::{StandardId, UnitId};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::Serialize;

use super::incoming::{Incoming, REASONS};
use crate::agreed::Agreed;
use crate::convert::{Moment, TextTimes, ZoneClock, date_of_days};
use crate::judging::Bench;
use crate::mapping::CHOSEN;
use crate::suggest::{did_you_mean, listed};

/// Clocks of senders may be ahead, and so may days elsewhere.
const FUTURE_DAYS_MAX: i64 = 1;

/// How many allowed words a message lists.
const LISTED_MAX: usize = 20;

/// One wrong field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Fault {
    /// The field.
    pub field: String,
    /// What is wrong with it.
    pub message: String,
    /// What was found; empty when nothing was.
    pub found: String,
    /// What is allowed; empty when the message says it all.
    pub allowed: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.field, self.message)?;
        match (self.found.as_str(), self.allowed.as_str()) {
            ("", "") => Ok(()),
            (found, "") => write!(f, " (found {found})"),
            ("", allowed) => write!(f, " (allowed: {allowed})"),
            (found, allowed) => write!(f, " (found {found}; allowed: {allowed})"),
        }
    }
}

/// Where and when an observation was.
pub(super) struct Place {
    pub standard: StandardId,
    pub unit: UnitId,
    pub zone: TimeZone,
    /// None where only the day is known.
    pub occurred_at: Option<Timestamp>,
    pub day: Date,
}

/// Reads fields and collects what is wrong.
#[derive(Debug, Default)]
pub(super) struct Fields {
    faults: Vec<Fault>,
}

impl Fields {
    pub(super) fn wrong(&mut self, field: &str, message: &str, found: &str, allowed: &str) {
        self.faults.push(Fault {
            field: field.to_owned(),
            message: message.to_owned(),
            found: found.chars().take(80).collect(),
            allowed: allowed.to_owned(),
        });
    }

    pub(super) fn is_empty(&self) -> bool {
        self.faults.is_empty()
    }

    pub(super) fn into_faults(self) -> Vec<Fault> {
        self.faults
    }

    /// Everything about an observation but what was seen.
    pub(super) fn place(
        &mut self,
        incoming: &Incoming,
        agreed: &Agreed,
        bench: &mut Bench<'_>,
        received_at: Timestamp,
    ) -> Option<Place> {
        let foundation = &agreed.foundation;
        let standards = || foundation.standards.keys().map(StandardId::as_str);
        let units = || foundation.units.keys().map(UnitId::as_str);
        let parties = || foundation.parties.keys().map(AsRef::as_ref);
        self.known("standard", &incoming.standard, standards);
        self.known("unit", &incoming.unit, units);
        if let Some(party) = &incoming.party {
            self.known("party", party, parties);
        }
        self.known("chosen", &incoming.chosen, || CHOSEN.into_iter());
        if let Some(reason) = &incoming.reason {
            self.known("reason", reason, || REASONS.into_iter());
        }
        let standard = StandardId::parse(&incoming.standard).ok()?;
        let unit = UnitId::parse(&incoming.unit).ok()?;
        let known = foundation.unit(&unit)?;
        let zone = bench.zone(&unit);
        let (occurred_at, day) = self.when(incoming, &zone, received_at)?;
        let today = received_at.to_zoned(zone.clone()).date();
        if day > today.saturating_add(jiff::Span::new().days(FUTURE_DAYS_MAX)) {
            let found = day.to_string();
            self.wrong(
                "at",
                "this lies in the future",
                &found,
                &format!("up to {today}"),
            );
        }
        if !known.exists_on(day) {
            let found = day.to_string();
            self.wrong(
                "at",
                &format!("unit {unit} does not exist that day"),
                &found,
                "",
            );
        }
        Some(Place {
            standard,
            unit,
            zone,
            occurred_at,
            day,
        })
    }

    /// Says that there is no such unit.
    pub(super) fn unknown_unit(&mut self, found: &str, agreed: &Agreed) {
        let units = || agreed.foundation.units.keys().map(UnitId::as_str);
        self.known("unit", found, units);
    }

    /// Says so when `found` is none of the words.
    fn known<'w, I: Iterator<Item = &'w str>>(
        &mut self,
        field: &str,
        found: &str,
        words: impl Fn() -> I,
    ) {
        if words().any(|word| word == found) {
            return;
        }
        let message = if found.is_empty() {
            "this is needed".to_owned()
        } else {
            format!("there is no such {field}{}", did_you_mean(found, words()))
        };
        self.wrong(field, &message, found, &listed(words(), LISTED_MAX));
    }

    /// The moment and the day of an observation.
    fn when(
        &mut self,
        incoming: &Incoming,
        zone: &TimeZone,
        received_at: Timestamp,
    ) -> Option<(Option<Timestamp>, Date)> {
        let said = [
            ("at", &incoming.at),
            ("to", &incoming.to),
            ("from", &incoming.from),
        ];
        let said = said
            .into_iter()
            .find_map(|(field, text)| Some((field, text.as_deref()?)));
        let Some((field, text)) = said else {
            return Some((Some(received_at), received_at.to_zoned(zone.clone()).date()));
        };
        match self.moment(field, text)? {
            Moment::Day(day) => Some((None, date_of_days(day)?)),
            moment => {
                let at = instant(&moment, zone)?;
                Some((Some(at), at.to_zoned(zone.clone()).date()))
            }
        }
    }

    /// A moment with an hour, for what is timed.
    pub(super) fn timed(&mut self, field: &str, text: &str, zone: &TimeZone) -> Option<Timestamp> {
        let moment = self.moment(field, text)?;
        let at = instant(&moment, zone);
        if at.is_none() {
            self.wrong(
                field,
                "a time of the day is needed",
                text,
                "2026-03-01T09:30+01:00",
            );
        }
        at
    }

    fn moment(&mut self, field: &str, text: &str) -> Option<Moment> {
        let mut times = TextTimes::new(&[], &std::collections::BTreeMap::new());
        let moment = times.read(text.trim());
        if moment.is_none() && !self.faults.iter().any(|fault| fault.field == field) {
            self.wrong(field, "this is no date or time", text, &times.allowed());
        }
        moment
    }
}

/// A moment on the clock of a zone; None for a whole day.
pub(crate) fn instant(moment: &Moment, zone: &TimeZone) -> Option<Timestamp> {
    let micros = match moment {
        Moment::Day(_) => return None,
        Moment::Instant(at) => *at,
        Moment::Wall(wall) => ZoneClock::new(zone.clone()).instant(*wall),
    };
    Timestamp::from_microsecond(micros).ok()
}
