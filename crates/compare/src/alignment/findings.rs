//! What to say about an alignment.

use super::correlations::Figures;
use super::lagged::Lagged;
use super::placement::Placed;
use super::request::AlignmentRequest;
use super::result::{CorrelationView, Finding, Headline};

/// Under this many units an alignment is a picture, not a finding.
const UNITS_NEEDED: u64 = 8;

/// Codes with parameters, the headline first.
pub(super) fn findings(
    request: &AlignmentRequest<'_>,
    figures: &Figures,
    placed: &Placed,
    lagged: Option<&Lagged>,
    headline: Headline,
) -> Vec<Finding> {
    let better = if request.internal.sign() * request.external.sign() < 0.0 {
        -1
    } else {
        1
    };
    let within = match &figures.within {
        CorrelationView::Undefined { reason } => Finding::WithinUndefined {
            reason: reason.clone(),
        },
        view @ CorrelationView::Estimate { .. } => match view.verdict().unwrap_or(0) * better {
            1 => Finding::WithinTogether,
            -1 => Finding::WithinOpposed,
            _ => Finding::WithinUnclear,
        },
    };
    let between = match &figures.between {
        CorrelationView::Undefined { reason } => Finding::BetweenUndefined {
            reason: reason.clone(),
        },
        view @ CorrelationView::Estimate { .. } => match view.verdict().unwrap_or(0) * better {
            1 => Finding::BetweenTogether,
            -1 => Finding::BetweenOpposed,
            _ => Finding::BetweenUnclear,
        },
    };
    let mut all = match headline {
        Headline::Within => vec![within, between],
        Headline::Between => vec![between, within],
    };
    let verdicts = (figures.within.verdict(), figures.between.verdict());
    if let (Some(a), Some(b)) = verdicts
        && a * b < 0
    {
        all.push(Finding::WithinAndBetweenDiffer);
    }
    for (figure, plain, weighted) in [
        (Headline::Within, &figures.within, &figures.within_weighted),
        (
            Headline::Between,
            &figures.between,
            &figures.between_weighted,
        ),
    ] {
        if weighted.as_ref().is_some_and(|w| disagree(plain, w)) {
            all.push(Finding::Fragile { figure });
        }
    }
    for regression in lagged.into_iter().flat_map(|lagged| &lagged.regressions) {
        if regression.fragile {
            let path = regression.path;
            all.push(Finding::LaggedFragile { path });
        }
    }
    if figures.units < UNITS_NEEDED {
        all.push(Finding::FewUnits {
            units: figures.units,
            needed: UNITS_NEEDED,
        });
    }
    for (side, reason) in &placed.without_intervals {
        all.push(Finding::NoIntervals {
            side: *side,
            reason: reason.clone(),
        });
    }
    let counts = placed.counts;
    let placed_somewhere =
        counts.both + counts.customers_only + counts.employees_only + counts.neither;
    if placed.units_compared > 0 && placed_somewhere == 0 {
        all.push(Finding::AllUndecided {
            units: placed.units_compared,
        });
    }
    all
}

/// Whether two figures differ in sign or in whether they leave out 0.
fn disagree(plain: &CorrelationView, weighted: &CorrelationView) -> bool {
    match (plain.r(), weighted.r()) {
        (Some(a), Some(b)) => a * b < 0.0 || plain.verdict() != weighted.verdict(),
        _ => false,
    }
}
