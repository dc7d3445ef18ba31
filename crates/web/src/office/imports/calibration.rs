//! What the raters of each rubric have shown, before their scores count.
//!
//! Invariant: agreement is that of everything several people have scored so far, blind rounds
//! among it; a rubric that asks for no calibration is not looked up.

use std::collections::BTreeMap;

use evenkeel_collect::Agreement;
use evenkeel_foundation::requirement::Rubric;
use evenkeel_foundation::{Foundation, Requirement, Standard, StandardId};
use evenkeel_measure::Window;

use crate::answers::raters::agreement_of;
use crate::office::{Office, OfficeError};

impl Office {
    /// The agreement of the raters of every rubric that asks for a calibration.
    pub(in crate::office) async fn calibrations(
        &self,
        foundation: &Foundation,
    ) -> Result<BTreeMap<StandardId, Agreement>, OfficeError> {
        let mut found = BTreeMap::new();
        for standard in foundation.standards.values() {
            if let Some(rubric) = calibrated(standard) {
                let ratings = self.ratings(&standard.id, &Window::default()).await?;
                let shown = agreement_of(rubric, &ratings);
                let agreement = Agreement {
                    alpha: shown.alpha_ordinal.value(),
                    subjects: u32::try_from(shown.subjects).unwrap_or(u32::MAX),
                };
                found.insert(standard.id.clone(), agreement);
            }
        }
        Ok(found)
    }
}

fn calibrated(standard: &Standard) -> Option<&Rubric> {
    match &standard.requirement {
        Requirement::Rubric(rubric) => rubric.calibration.is_some().then_some(rubric),
        _ => None,
    }
}
