//! What may be asked.
//!
//! Invariant: a question holds ids and days, never text of a query.
//! Absent on purpose: minimum n and levels of confidence; they belong to `compare`.

use evenkeel_foundation::{
    AttributeId, CovariateId, Granularity, IndicatorId, InstrumentId, ItemId, LevelId, PartyId,
    StandardId, UnitId,
};
use jiff::civil::Date;

use crate::error::MeasureError;
use crate::tally::TEXTS_MAX;

/// One question: a subject, what to tell apart, and what to leave out.
#[derive(Debug, Clone, PartialEq)]
pub struct Question {
    /// What is measured.
    pub subject: Subject,
    /// What to tell apart; nothing: one cell.
    pub by: Vec<By>,
    /// First day that counts.
    pub from: Option<Date>,
    /// Last day that counts.
    pub to: Option<Date>,
    /// Only this unit and what lies below it.
    pub under: Option<UnitId>,
    /// With the base weights of responses.
    pub weighted: bool,
}

/// What is measured.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Subject {
    /// An indicator.
    Indicator(IndicatorId),
    /// A number from outside without n.
    Covariate(CovariateId),
    /// How many of those invited responded, over the party's instruments.
    Invitations(PartyId),
}

/// What to tell apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum By {
    /// Units as stored, or their ancestors at a level.
    Unit(Option<LevelId>),
    /// Periods.
    Period(Granularity),
    /// Values of an attribute of respondents.
    Attribute(AttributeId),
    /// Channels.
    Channel,
}

impl Question {
    /// An indicator over everything.
    pub fn indicator(id: IndicatorId) -> Self {
        Self::of(Subject::Indicator(id))
    }

    /// Any subject over everything.
    pub fn of(subject: Subject) -> Self {
        Self {
            subject,
            by: Vec::new(),
            from: None,
            to: None,
            under: None,
            weighted: false,
        }
    }

    /// The same, told apart by `by`.
    #[must_use]
    pub fn by(mut self, by: impl IntoIterator<Item = By>) -> Self {
        self.by = by.into_iter().collect();
        self
    }

    /// The same for the days from `from` to `to`, both included.
    #[must_use]
    pub fn between(mut self, from: Date, to: Date) -> Self {
        (self.from, self.to) = (Some(from), Some(to));
        self
    }

    /// The same for one unit and what lies below it.
    #[must_use]
    pub fn under(mut self, unit: UnitId) -> Self {
        self.under = Some(unit);
        self
    }
}

/// Which rows are meant and how they are told apart; shared by all kinds of questions.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Window {
    /// What to tell apart.
    pub by: Vec<By>,
    /// First day that counts.
    pub from: Option<Date>,
    /// Last day that counts.
    pub to: Option<Date>,
    /// Only this unit and what lies below it.
    pub under: Option<UnitId>,
}

impl From<&Question> for Window {
    fn from(question: &Question) -> Self {
        Self {
            by: question.by.clone(),
            from: question.from,
            to: question.to,
            under: question.under.clone(),
        }
    }
}

impl Window {
    /// Told apart by `by`, over everything.
    pub fn by(by: impl IntoIterator<Item = By>) -> Self {
        Self {
            by: by.into_iter().collect(),
            ..Self::default()
        }
    }

    /// Units asked for: at which level, if at all.
    pub(crate) fn unit(&self) -> Option<Option<&LevelId>> {
        self.by.iter().find_map(|by| match by {
            By::Unit(level) => Some(level.as_ref()),
            _ => None,
        })
    }

    /// Periods asked for.
    pub(crate) fn granularity(&self) -> Option<Granularity> {
        self.by.iter().find_map(|by| match by {
            By::Period(granularity) => Some(*granularity),
            _ => None,
        })
    }

    /// Names and columns of the segments asked for, in order.
    pub(crate) fn segments(&self) -> Vec<(String, String)> {
        let column = |by: &By| match by {
            By::Attribute(id) => {
                let column = evenkeel_facts::attribute_column(id.as_str());
                Some((id.to_string(), column))
            }
            By::Channel => Some(("channel".to_owned(), "channel".to_owned())),
            By::Unit(_) | By::Period(_) => None,
        };
        self.by.iter().filter_map(column).collect()
    }

    /// Refuses what cannot be answered.
    pub(crate) fn check(&self) -> Result<(), MeasureError> {
        let allowed = || {
            format!(
                "unit and period once each, every attribute once, at most {} attributes and channel",
                TEXTS_MAX - 2
            )
        };
        let units = self.by.iter().filter(|by| matches!(by, By::Unit(_)));
        let periods = self.by.iter().filter(|by| matches!(by, By::Period(_)));
        let segments = self.segments();
        let mut names: Vec<&String> = segments.iter().map(|(name, _)| name).collect();
        names.sort_unstable();
        names.dedup();
        if units.count() > 1
            || periods.count() > 1
            || names.len() < segments.len()
            || segments.len() > TEXTS_MAX - 2
        {
            return Err(MeasureError::WrongQuestion {
                found: format!("{:?}", self.by),
                allowed: allowed(),
            });
        }
        Ok(())
    }
}

/// Quantiles of the numbers observed for standards.
#[derive(Debug, Clone, PartialEq)]
pub struct QuantileQuestion {
    /// Which standards; none: every standard that was observed.
    pub standards: Vec<StandardId>,
    /// Which quantiles, 0 to 1.
    pub quantiles: Vec<f64>,
    /// Which observations, and what to tell apart besides standards.
    pub window: Window,
}

/// One item of an instrument.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemQuestion {
    /// The instrument.
    pub instrument: InstrumentId,
    /// Its item.
    pub item: ItemId,
}
