//! What judging needs besides the observation: the unit's zone, its hours, the agreement of the
//! raters.
//!
//! Invariant: the hours are those of the calendar as it stands now. A calendar has no days of its
//! own validity: that a holiday was forgotten is mended for looks of the past too, and other hours
//! for good are another calendar, which a new version of the standard names.

use std::collections::HashMap;

use evenkeel_assess::{AssessError, Assessment, Context, Observed, assess};
use evenkeel_foundation::{Requirement, UnitId, UnitTree};
use evenkeel_registry::StandardVersion;
use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::agreed::Agreed;

/// Judges what was seen in units.
#[derive(Debug)]
pub(crate) struct Bench<'a> {
    agreed: &'a Agreed,
    tree: UnitTree,
    zones: HashMap<String, TimeZone>,
}

impl<'a> Bench<'a> {
    pub(crate) fn new(agreed: &'a Agreed) -> Self {
        Self {
            tree: agreed.foundation.tree(),
            zones: HashMap::new(),
            agreed,
        }
    }

    /// The clock of a unit.
    pub(crate) fn zone(&mut self, unit: &UnitId) -> TimeZone {
        let name = self.tree.time_zone(unit);
        if let Some(zone) = self.zones.get(name) {
            return zone.clone();
        }
        // The foundation was checked: the name of a zone in it is one.
        let zone = TimeZone::get(name).unwrap_or(TimeZone::UTC);
        self.zones.insert(name.to_owned(), zone.clone());
        zone
    }

    /// Judges a number, which says the same in every unit: the seconds that count were counted by
    /// whoever sent it.
    pub(crate) fn judge_number(
        &self,
        version: &StandardVersion,
        observed: &Observed,
    ) -> Result<Assessment, AssessError> {
        let standard = &version.standard;
        let context = Context {
            latitude: &standard.latitude,
            hours: None,
            zone: &TimeZone::UTC,
            now: None,
            agreement: None,
        };
        assess(&standard.requirement, observed, &context)
    }

    /// Judges one observation by one version of its standard. A unit that nobody knows yet has
    /// everybody's hours.
    pub(crate) fn judge(
        &mut self,
        version: &StandardVersion,
        unit: &UnitId,
        observed: &Observed,
        now: Timestamp,
    ) -> Result<Assessment, AssessError> {
        let standard = &version.standard;
        let zone = self.zone(unit);
        let calendar = match &standard.requirement {
            Requirement::Duration(duration) => duration.hours.as_ref(),
            _ => None,
        };
        let calendar = calendar.and_then(|id| self.agreed.foundation.calendar(id));
        let context = Context {
            latitude: &standard.latitude,
            hours: calendar.map(|calendar| calendar.hours_of(unit, &self.tree)),
            zone: &zone,
            now: Some(now),
            agreement: self.agreed.agreement.get(&standard.id).copied(),
        };
        assess(&standard.requirement, observed, &context)
    }
}
