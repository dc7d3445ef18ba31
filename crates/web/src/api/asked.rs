//! Names and dates in a query string, looked up in the foundation.

use evenkeel_foundation::{
    Attribute, Covariate, Foundation, Granularity, Indicator, Instrument, Item, Level, Period,
};
use evenkeel_measure::Window;
use jiff::civil::Date;

use super::problem::Problem;
use crate::access::Scope;
use crate::answers::{ByError, Measurable};

/// A name that does not exist, or a value that cannot be read.
#[derive(Debug, thiserror::Error)]
pub(crate) enum AskedError {
    #[error("there is no {what} {name}")]
    Unknown {
        what: &'static str,
        name: String,
        allowed: Vec<String>,
    },
    #[error("{0}")]
    Period(evenkeel_foundation::period::PeriodError),
    #[error("{name} `{found}` is no date")]
    Date { name: &'static str, found: String },
    #[error("from {from} is after to {to}")]
    FromAfterTo { from: Date, to: Date },
    #[error("several units could be meant")]
    NameAUnit { allowed: Vec<String> },
    #[error(transparent)]
    By(#[from] ByError),
}

impl From<AskedError> for Problem {
    fn from(error: AskedError) -> Self {
        match error {
            AskedError::Unknown {
                what,
                name,
                allowed,
            } => Self::unknown(what, &name, allowed),
            AskedError::Period(error) => Self::bad_request("bad_period", error.to_string()),
            AskedError::Date { name, found } => Self::bad_request(
                "bad_date",
                format!("`{name}` is `{found}`; allowed is a date such as 2026-03-31"),
            ),
            AskedError::FromAfterTo { .. } => Self::bad_request("bad_range", error.to_string()),
            AskedError::NameAUnit { allowed } => {
                let detail = format!(
                    "say with `under` which of your units is meant: {}",
                    allowed.join(", ")
                );
                let mut problem = Self::bad_request("name_a_unit", detail);
                problem.allowed = allowed;
                problem
            }
            AskedError::By(error) => {
                let mut problem = Self::bad_request("bad_by", error.to_string());
                if let ByError::Unknown { allowed, .. } = error {
                    problem.allowed = allowed;
                }
                problem
            }
        }
    }
}

pub(crate) fn period(label: &str) -> Result<Period, AskedError> {
    Period::parse(label).map_err(AskedError::Period)
}

pub(crate) fn granularity(word: &str) -> Result<Granularity, AskedError> {
    word.parse().map_err(AskedError::Period)
}

pub(crate) fn date(name: &'static str, text: &str) -> Result<Date, AskedError> {
    text.parse().map_err(|_| AskedError::Date {
        name,
        found: text.to_owned(),
    })
}

/// Both ends of a range of days, inclusive.
pub(crate) fn range(
    from: Option<&str>,
    to: Option<&str>,
) -> Result<(Option<Date>, Option<Date>), AskedError> {
    let from = from.map(|text| date("from", text)).transpose()?;
    let to = to.map(|text| date("to", text)).transpose()?;
    match (from, to) {
        (Some(from), Some(to)) if from > to => Err(AskedError::FromAfterTo { from, to }),
        ends => Ok(ends),
    }
}

pub(crate) fn indicator<'a>(
    foundation: &'a Foundation,
    name: &str,
) -> Result<&'a Indicator, AskedError> {
    foundation
        .indicators
        .get(name)
        .ok_or_else(|| unknown("indicator", name, foundation.indicators.keys()))
}

pub(crate) fn covariate(foundation: &Foundation, name: &str) -> Result<Covariate, AskedError> {
    let covariate = foundation.covariates.get(name).cloned();
    covariate.ok_or_else(|| unknown("covariate", name, foundation.covariates.keys()))
}

pub(crate) fn indicator_or_covariate(
    foundation: &Foundation,
    name: &str,
) -> Result<Measurable, AskedError> {
    if let Some(indicator) = foundation.indicators.get(name) {
        return Ok(Measurable::Indicator(indicator.clone()));
    }
    let covariate: Option<&Covariate> = foundation.covariates.get(name);
    covariate
        .cloned()
        .map(Measurable::Covariate)
        .ok_or_else(|| {
            let indicators = foundation.indicators.keys().map(ToString::to_string);
            let covariates = foundation.covariates.keys().map(ToString::to_string);
            unknown("indicator or covariate", name, indicators.chain(covariates))
        })
}

pub(crate) fn level<'a>(foundation: &'a Foundation, name: &str) -> Result<&'a Level, AskedError> {
    let levels = &foundation.organisation.levels;
    levels
        .iter()
        .find(|level| level.id.as_str() == name)
        .ok_or_else(|| unknown("level", name, levels.iter().map(|level| &level.id)))
}

pub(crate) fn instrument<'a>(
    foundation: &'a Foundation,
    name: &str,
) -> Result<&'a Instrument, AskedError> {
    foundation
        .instruments
        .get(name)
        .ok_or_else(|| unknown("instrument", name, foundation.instruments.keys()))
}

pub(crate) fn item<'a>(instrument: &'a Instrument, name: &str) -> Result<&'a Item, AskedError> {
    instrument.item(name).ok_or_else(|| {
        let items = instrument.items.iter().map(|item| &item.id);
        unknown("item", &format!("{}/{name}", instrument.id), items)
    })
}

pub(crate) fn attribute<'a>(
    foundation: &'a Foundation,
    name: &str,
) -> Result<&'a Attribute, AskedError> {
    foundation
        .attributes
        .get(name)
        .ok_or_else(|| unknown("attribute", name, foundation.attributes.keys()))
}

/// Days and unit that a question is limited to, within the units that may be seen.
pub(crate) fn window(
    foundation: &Foundation,
    scope: &Scope,
    from: Option<&str>,
    to: Option<&str>,
    under: Option<&str>,
) -> Result<Window, AskedError> {
    let (from, to) = range(from, to)?;
    Ok(Window {
        by: Vec::new(),
        from,
        to,
        under: scope.under(foundation, under)?,
    })
}

/// A period, or two days with `..` between them.
pub(crate) fn days(text: &str) -> Result<(Option<Date>, Option<Date>), AskedError> {
    match text.split_once("..") {
        Some((from, to)) => range(Some(from), Some(to)),
        None => period(text).map(|period| (Some(period.start()), Some(period.end()))),
    }
}

pub(crate) fn unknown<N: ToString>(
    what: &'static str,
    name: &str,
    allowed: impl IntoIterator<Item = N>,
) -> AskedError {
    AskedError::Unknown {
        what,
        name: name.to_owned(),
        allowed: allowed.into_iter().map(|id| id.to_string()).collect(),
    }
}
