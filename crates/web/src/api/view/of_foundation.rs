//! Views of what was agreed.

use std::collections::BTreeMap;

use evenkeel_foundation as foundation;
use evenkeel_foundation::{Foundation, Period};

use super::{
    AttributeRef, AttributeValueRef, CovariateRef, Direction, Granularity, IndicatorKind,
    IndicatorRef, MeasureRef, PartyRef, PartyRole, PartySide, PeriodRef, Scale, Text, UnitRef,
};

impl From<&foundation::Text> for Text {
    fn from(text: &foundation::Text) -> Self {
        Self(
            text.iter()
                .map(|(language, text)| (language.to_owned(), text.to_owned()))
                .collect::<BTreeMap<_, _>>(),
        )
    }
}

impl From<foundation::Side> for PartySide {
    fn from(side: foundation::Side) -> Self {
        match side {
            foundation::Side::External => Self::External,
            foundation::Side::Internal => Self::Internal,
        }
    }
}

impl From<foundation::PartyRole> for PartyRole {
    fn from(role: foundation::PartyRole) -> Self {
        match role {
            foundation::PartyRole::Customer => Self::Customer,
            foundation::PartyRole::Frontline => Self::Frontline,
            foundation::PartyRole::BackOffice => Self::BackOffice,
            foundation::PartyRole::Other => Self::Other,
        }
    }
}

impl From<&foundation::Party> for PartyRef {
    fn from(party: &foundation::Party) -> Self {
        Self {
            id: party.id.to_string(),
            title: Text::from(&party.title),
            side: party.side.into(),
            role: party.role.into(),
            minimum_n: party.minimum_n,
        }
    }
}

impl From<foundation::Direction> for Direction {
    fn from(direction: foundation::Direction) -> Self {
        match direction {
            foundation::Direction::HigherIsBetter => Self::HigherIsBetter,
            foundation::Direction::LowerIsBetter => Self::LowerIsBetter,
        }
    }
}

impl From<&foundation::IndicatorKind> for IndicatorKind {
    fn from(kind: &foundation::IndicatorKind) -> Self {
        match kind {
            foundation::IndicatorKind::Nps { .. } => Self::Nps,
            foundation::IndicatorKind::TopBox { .. } => Self::TopBox,
            foundation::IndicatorKind::Mean { .. } => Self::Mean,
            foundation::IndicatorKind::Share { .. } => Self::Share,
            foundation::IndicatorKind::Rate { .. } => Self::Rate,
            foundation::IndicatorKind::Composite { .. } => Self::Composite,
            foundation::IndicatorKind::Conformance { .. } => Self::Conformance,
            foundation::IndicatorKind::WithinTarget { .. } => Self::WithinTarget,
        }
    }
}

impl From<foundation::Granularity> for Granularity {
    fn from(granularity: foundation::Granularity) -> Self {
        match granularity {
            foundation::Granularity::Day => Self::Day,
            foundation::Granularity::Week => Self::Week,
            foundation::Granularity::Month => Self::Month,
            foundation::Granularity::Quarter => Self::Quarter,
            foundation::Granularity::Year => Self::Year,
            foundation::Granularity::All => Self::All,
        }
    }
}

impl From<Granularity> for foundation::Granularity {
    fn from(granularity: Granularity) -> Self {
        match granularity {
            Granularity::Day => Self::Day,
            Granularity::Week => Self::Week,
            Granularity::Month => Self::Month,
            Granularity::Quarter => Self::Quarter,
            Granularity::Year => Self::Year,
            Granularity::All => Self::All,
        }
    }
}

impl From<&Period> for PeriodRef {
    fn from(period: &Period) -> Self {
        Self {
            id: period.label(),
            granularity: period.granularity().into(),
            start: period.start(),
            end: period.end(),
        }
    }
}

impl From<&foundation::Unit> for UnitRef {
    fn from(unit: &foundation::Unit) -> Self {
        Self {
            id: unit.id.to_string(),
            title: Text::from(&unit.title),
            parent: unit.parent.as_ref().map(ToString::to_string),
            level: unit.level.to_string(),
        }
    }
}

impl From<&foundation::Attribute> for AttributeRef {
    fn from(attribute: &foundation::Attribute) -> Self {
        Self {
            id: attribute.id.to_string(),
            title: Text::from(&attribute.title),
            values: attribute
                .values
                .iter()
                .map(|value| AttributeValueRef {
                    id: value.id.clone(),
                    title: Text::from(&value.title),
                })
                .collect(),
            contact: attribute.contact,
        }
    }
}

impl From<&foundation::Covariate> for CovariateRef {
    fn from(covariate: &foundation::Covariate) -> Self {
        Self {
            id: covariate.id.to_string(),
            title: Text::from(&covariate.title),
            direction: covariate.direction.map(Direction::from),
        }
    }
}

impl IndicatorRef {
    /// An indicator as answers refer to it.
    pub fn new(foundation: &Foundation, indicator: &foundation::Indicator) -> Self {
        Self {
            id: indicator.id.to_string(),
            title: Text::from(&indicator.title),
            party: indicator.party.as_ref().map(ToString::to_string),
            kind: IndicatorKind::from(&indicator.kind),
            direction: indicator.direction.into(),
            target: indicator.target,
            scale: evenkeel_compare::scale_of(foundation, indicator).map(|scale| Scale {
                min: scale.min,
                max: scale.max,
            }),
            minimum_n: indicator.minimum_n,
            headline: indicator.headline,
        }
    }
}

impl From<IndicatorRef> for MeasureRef {
    fn from(indicator: IndicatorRef) -> Self {
        Self {
            id: indicator.id,
            title: indicator.title,
            party: indicator.party,
            kind: Some(indicator.kind),
            direction: Some(indicator.direction),
            target: indicator.target,
            scale: indicator.scale,
            headline: indicator.headline,
        }
    }
}

impl From<CovariateRef> for MeasureRef {
    fn from(covariate: CovariateRef) -> Self {
        Self {
            id: covariate.id,
            title: covariate.title,
            party: None,
            kind: None,
            direction: covariate.direction,
            target: None,
            scale: None,
            headline: false,
        }
    }
}
