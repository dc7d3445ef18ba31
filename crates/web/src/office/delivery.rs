//! Questions about delivery, what was agreed about it when, and what people said of its charts.
//!
//! Invariant: how often rules signal without a cause is simulated once for a length and an
//! autocorrelation (to a tenth) and remembered while the program runs.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use evenkeel_compare::delivery::Edition;
use evenkeel_foundation::{Granularity, ObjectKind, Standard, StandardId, UnitId};
use evenkeel_measure::{
    HourOfDay, LookAnswer, LookQuestion, MeasureError, SeenEvents, SeenNumbers, Ways, Window,
};
use evenkeel_registry::{BaselineRecord, CaseDraft};
use evenkeel_stats::chart::RuleSet;
use evenkeel_stats::chart::false_alarm::false_alarm_share;
use evenkeel_stats::{Measured, Undefined};
use jiff::civil::Date;

use super::{Office, OfficeError};

/// Points up to which the share of false alarms is simulated; of longer series it is near 1.
const SIMULATED_POINTS_MAX: usize = 400;
/// Every simulation is the same one, so that a page says the same twice.
const SIMULATION_SEED: u64 = 1;

/// A standard that is or was agreed.
#[derive(Debug, Clone)]
pub struct KnownStandard {
    /// As it was agreed last.
    pub standard: Standard,
    /// Its versions, first to last, without retirements.
    pub editions: Vec<Edition>,
    /// From which day on it holds no more.
    pub retired: Option<Retired>,
}

/// The end of a standard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Retired {
    /// Its last day is the one before; since ever, where nobody said.
    pub from: Option<Date>,
}

type Simulated = HashMap<(RuleSet, usize, i8), Result<Measured, Undefined>>;

/// What was simulated so far.
#[derive(Debug, Clone, Default)]
pub struct FalseAlarms {
    known: Arc<Mutex<Simulated>>,
}

impl FalseAlarms {
    /// Share of series without a cause that signal.
    pub fn share(&self, rules: RuleSet, points: usize, r: f64) -> Result<Measured, Undefined> {
        if points > SIMULATED_POINTS_MAX {
            return Err(Undefined::parameter("points"));
        }
        let tenths = (r * 10.0).round().clamp(-9.0, 9.0) as i8;
        let key = (rules, points, tenths);
        let known = self
            .known
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .get(&key)
            .cloned();
        if let Some(known) = known {
            return known;
        }
        let simulated = false_alarm_share(rules, points, f64::from(tenths) / 10.0, SIMULATION_SEED);
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        known.insert(key, simulated.clone());
        simulated
    }
}

impl Office {
    /// Looks at standards.
    pub async fn looks(&self, question: &LookQuestion) -> Result<LookAnswer, MeasureError> {
        let in_force = self.foundation().await;
        let (foundation, history) = (&in_force.foundation, &in_force.history);
        self.measure.looks(foundation, history, question).await
    }

    /// How looks deviated.
    pub async fn ways(
        &self,
        standard: &StandardId,
        window: &Window,
        granularity: Granularity,
        convenience: bool,
    ) -> Result<Ways, MeasureError> {
        let history = self.history().await;
        self.measure
            .ways(&history, standard, window, granularity, convenience)
            .await
    }

    /// Deviations one by one.
    pub async fn deviation_events(
        &self,
        standard: &StandardId,
        window: &Window,
        convenience: bool,
        events_max: usize,
    ) -> Result<SeenEvents, MeasureError> {
        let history = self.history().await;
        self.measure
            .events(&history, standard, window, convenience, events_max)
            .await
    }

    /// Looks by hour and day.
    pub async fn look_hours(
        &self,
        standard: &StandardId,
        window: &Window,
    ) -> Result<(Vec<HourOfDay>, u64, String), MeasureError> {
        let history = self.history().await;
        self.measure.hours(&history, standard, window).await
    }

    /// Observed numbers.
    pub async fn look_numbers(
        &self,
        standard: &StandardId,
        window: &Window,
        convenience: bool,
    ) -> Result<SeenNumbers, MeasureError> {
        let history = self.history().await;
        self.measure
            .numbers(&history, standard, window, convenience)
            .await
    }

    /// What was simulated so far.
    pub fn false_alarms(&self) -> FalseAlarms {
        self.false_alarms.clone()
    }

    /// A standard that is or was agreed, with its versions.
    pub async fn find_standard(&self, id: &str) -> Result<Option<KnownStandard>, OfficeError> {
        let Ok(id) = StandardId::parse(id) else {
            return Ok(None);
        };
        let versions = self.registry.standard_versions(&id).await?;
        let Some(last) = versions.last() else {
            return Ok(None);
        };
        let retired = last.retired.then_some(Retired {
            from: last.valid_from,
        });
        let standard = last.standard.clone();
        let mut editions: Vec<Edition> = Vec::with_capacity(versions.len());
        let mut before = None;
        for version in versions.into_iter().filter(|version| !version.retired) {
            let requirement = version.standard.requirement;
            editions.push(Edition {
                version: version.version,
                from: version.valid_from,
                target: version.standard.target,
                rebases: before.as_ref() != Some(&requirement),
            });
            before = Some(requirement);
        }
        Ok(Some(KnownStandard {
            standard,
            editions,
            retired,
        }))
    }

    /// Every standard that is or was agreed, in order of id.
    pub async fn known_standards(&self) -> Result<Vec<KnownStandard>, OfficeError> {
        let latest = self.registry.list_latest_versions().await?;
        let mut known = Vec::new();
        for of in latest.iter().filter(|of| of.kind == ObjectKind::Standard) {
            known.extend(self.find_standard(&of.id).await?);
        }
        Ok(known)
    }

    /// Baselines of a standard's charts, of all units, in the order they were declared in.
    pub async fn baselines(
        &self,
        standard: &StandardId,
    ) -> Result<Vec<BaselineRecord>, OfficeError> {
        Ok(self.registry.list_baselines(standard).await?)
    }

    /// Writes down a baseline.
    pub async fn declare_baseline(
        &self,
        standard: &StandardId,
        unit: Option<&UnitId>,
        (from, to): (Date, Date),
        author: String,
        reason: String,
    ) -> Result<BaselineRecord, OfficeError> {
        let baseline = BaselineRecord {
            id: self.new_id(),
            standard: standard.clone(),
            unit: unit.cloned(),
            from,
            to,
            author,
            reason,
            at: self.clock.now(),
        };
        self.registry.record_baseline(&baseline).await?;
        Ok(baseline)
    }

    /// Writes a draft down, unless its signal has one; whether it was written.
    pub(crate) async fn open_case_draft(
        &self,
        draft: impl FnOnce(String, jiff::Timestamp) -> CaseDraft,
    ) -> Result<bool, OfficeError> {
        let draft = draft(self.new_id(), self.clock.now());
        Ok(self.registry.open_case_draft(&draft).await?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_simulation_is_remembered_and_long_series_have_none() {
        let alarms = FalseAlarms::default();
        let first = alarms.share(RuleSet::Limits, 12, 0.0).unwrap();
        assert_eq!(alarms.share(RuleSet::Limits, 12, 0.02), Ok(first));
        assert_eq!(alarms.known.lock().unwrap().len(), 1);
        assert!(
            alarms
                .share(RuleSet::Limits, SIMULATED_POINTS_MAX + 1, 0.0)
                .is_err()
        );
    }
}
