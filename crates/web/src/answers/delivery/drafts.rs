//! Drafts of cases, opened by the signals of charts after an import.
//!
//! Charts of months, by the rules that are used by default, for the whole organisation; for units
//! only points beyond the limits count, because with so many charts the softer rules signal
//! somewhere nearly always. Small teams have no chart and so no draft.
//!
//! Invariant: a failure here is logged and fails no import.

use std::collections::BTreeMap;

use evenkeel_compare::delivery::{
    Ask, Baseline, Before, ChartInput, ChartKind, Draft, Edition, Events, LookCell, chart, drafts,
};
use evenkeel_foundation::{Granularity, StandardId, UnitId};
use evenkeel_measure::{By, LookQuestion, Window};
use evenkeel_registry::{CaseDraft, CaseState};
use evenkeel_stats::Undefined;
use evenkeel_stats::chart::RuleSet;

use super::chart::of_unit;
use super::{look_cell, teams};
use crate::answers::{AnswerError, LEVEL};
use crate::api::problem::chain;
use crate::office::{Office, OfficeError};

/// Why drafts could not be opened.
#[derive(Debug, thiserror::Error)]
enum DraftsError {
    #[error(transparent)]
    Answer(#[from] AnswerError),
    #[error(transparent)]
    Office(#[from] OfficeError),
}

/// Opens drafts for what signals now.
pub async fn open_drafts_after(office: &Office, reason: &str) {
    match open(office).await {
        Ok(0) => {}
        Ok(opened) => tracing::info!(opened, reason, "drafts of cases were opened"),
        Err(error) => {
            tracing::error!(reason, error = %chain(&error), "drafts of cases were not opened");
        }
    }
}

async fn open(office: &Office) -> Result<usize, DraftsError> {
    let in_force = office.foundation().await;
    let foundation = &in_force.foundation;
    let teams = teams(foundation);
    let known = office.known_standards().await?;
    let known: BTreeMap<StandardId, Vec<Edition>> = known
        .into_iter()
        .filter(|known| known.retired.is_none())
        .map(|known| (known.standard.id, known.editions))
        .collect();
    let levels = foundation.organisation.levels.iter();
    let levels = levels.map(|level| Some(level.id.clone()));
    let mut opened = 0;
    for level in std::iter::once(None).chain(levels) {
        let units = level.map(|level| By::Unit(Some(level)));
        let by = units.into_iter().chain([By::Period(Granularity::Month)]);
        let counted = office
            .looks(&LookQuestion {
                standards: known.keys().cloned().collect(),
                window: Window::by(by),
            })
            .await
            .map_err(AnswerError::from)?;
        let mut charts: BTreeMap<(StandardId, Option<UnitId>), Vec<LookCell>> = BTreeMap::new();
        for cell in &counted.cells {
            let hidden = cell.unit.as_ref().is_some_and(|unit| teams.is_hidden(unit));
            if !hidden {
                let key = (cell.standard.clone(), cell.unit.clone());
                charts.entry(key).or_default().push(look_cell(cell));
            }
        }
        for ((standard, unit), cells) in charts {
            let declared = office.baselines(&standard).await?;
            let baselines = of_unit(declared, unit.as_ref());
            let editions = known.get(&standard).map_or(&[][..], Vec::as_slice);
            let rules = match unit {
                None => RuleSet::Nhs,
                Some(_) => RuleSet::Limits,
            };
            for draft in signals(&cells, editions, &baselines, rules, &counted.snapshot) {
                let written = office.open_case_draft(|id, at| CaseDraft {
                    id,
                    standard: standard.clone(),
                    unit: unit.clone(),
                    chart: "p".to_owned(),
                    rule: word(&draft.rule),
                    side: draft.side,
                    points: draft
                        .periods
                        .iter()
                        .map(evenkeel_foundation::Period::label)
                        .collect(),
                    snapshot: counted.snapshot.clone(),
                    at,
                    state: CaseState::Draft,
                });
                opened += usize::from(written.await?);
            }
        }
    }
    Ok(opened)
}

fn signals(
    cells: &[LookCell],
    editions: &[Edition],
    baselines: &[Baseline],
    rules: RuleSet,
    snapshot: &str,
) -> Vec<Draft> {
    let ask = Ask {
        chart: Some(ChartKind::P),
        rules,
        ..Ask::default()
    };
    // Nobody reads how often these rules signal without a cause here.
    let unread = |_, _, _| Err(Undefined::WrongStatistics);
    drafts(&chart(
        ask,
        &ChartInput {
            cells,
            events: Events::NoLooks,
            deviations: &[],
            before: Before::default(),
            editions,
            baselines,
            more_is_better: None,
            level: LEVEL,
            snapshot,
            false_alarms: &unread,
        },
    ))
}

fn word(rule: &impl serde::Serialize) -> String {
    let value = serde_json::to_value(rule).unwrap_or_default();
    value.as_str().unwrap_or_default().to_owned()
}
