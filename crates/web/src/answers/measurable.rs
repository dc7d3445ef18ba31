//! What can be asked about: an indicator, or a covariate.

use evenkeel_foundation::{Covariate, Foundation, Indicator, IndicatorKind, PartyId};
use evenkeel_measure::Subject;

use crate::api::view::{CovariateRef, IndicatorRef, MeasureRef};

/// An indicator, or a covariate.
#[derive(Debug, Clone, PartialEq)]
pub enum Measurable {
    Indicator(Indicator),
    Covariate(Covariate),
}

impl Measurable {
    /// As `measure` asks for it.
    pub fn subject(&self) -> Subject {
        match self {
            Self::Indicator(indicator) => Subject::Indicator(indicator.id.clone()),
            Self::Covariate(covariate) => Subject::Covariate(covariate.id.clone()),
        }
    }

    /// The party whose voice it is.
    pub fn party(&self) -> Option<&PartyId> {
        match self {
            Self::Indicator(indicator) => indicator.party.as_ref(),
            Self::Covariate(_) => None,
        }
    }

    /// Below so many answers it is not shown.
    pub fn minimum_n(&self, foundation: &Foundation) -> u32 {
        match self {
            Self::Indicator(indicator) => minimum_n(foundation, indicator),
            // A number from outside stands for no counted group of people.
            Self::Covariate(_) => 0,
        }
    }

    /// As answers refer to it.
    pub fn view(&self, foundation: &Foundation) -> MeasureRef {
        match self {
            Self::Indicator(indicator) => IndicatorRef::new(foundation, indicator).into(),
            Self::Covariate(covariate) => CovariateRef::from(covariate).into(),
        }
    }
}

/// The minimum n of an indicator: its own, its party's, or that of a part of it,
/// whichever is the largest.
pub fn minimum_n(foundation: &Foundation, indicator: &Indicator) -> u32 {
    let party = indicator
        .party
        .as_ref()
        .and_then(|id| foundation.party(id))
        .map_or(0, |party| party.minimum_n);
    let parts = match &indicator.kind {
        IndicatorKind::Composite { of } => of
            .iter()
            .filter_map(|part| foundation.indicator(part))
            .map(|part| minimum_n(foundation, part))
            .max()
            .unwrap_or(0),
        _ => 0,
    };
    indicator.minimum_n.max(party).max(parts)
}
