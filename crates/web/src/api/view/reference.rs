//! Things the organisation named, as answers refer to them: enough to show a name and
//! to read a value, without a second request.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::Text;

/// On which side of the counter a party stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PartySide {
    External,
    Internal,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PartyRole {
    Customer,
    Frontline,
    BackOffice,
    Other,
}

/// A group with a stake.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PartyRef {
    pub id: String,
    pub title: Text,
    pub side: PartySide,
    pub role: PartyRole,
    /// Below so many answers nothing of this party is shown.
    pub minimum_n: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum IndicatorKind {
    Nps,
    TopBox,
    Mean,
    Share,
    Rate,
    Composite,
    Conformance,
    WithinTarget,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    HigherIsBetter,
    LowerIsBetter,
}

/// The range a value can have.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Scale {
    pub min: f64,
    pub max: f64,
}

/// A named measure of one party or standard.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct IndicatorRef {
    pub id: String,
    pub title: Text,
    /// The party it is of; `null` for delivery.
    #[schema(required = true)]
    pub party: Option<String>,
    pub kind: IndicatorKind,
    pub direction: Direction,
    #[schema(required = true)]
    pub target: Option<f64>,
    /// `null` where values have no bounds.
    #[schema(required = true)]
    pub scale: Option<Scale>,
    pub minimum_n: u32,
    /// Shown on the overview.
    pub headline: bool,
}

/// A number per unit and period from outside, without n.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CovariateRef {
    pub id: String,
    pub title: Text,
    #[schema(required = true)]
    pub direction: Option<Direction>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Granularity {
    Day,
    Week,
    Month,
    Quarter,
    Year,
    All,
}

/// A calendar period of the organisation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PeriodRef {
    /// `2026-q3`, `2026-09`, `2026-w36`, `2026`, `2026-09-01` or `all`.
    pub id: String,
    pub granularity: Granularity,
    /// First day.
    #[schema(value_type = String, format = Date)]
    pub start: jiff::civil::Date,
    /// Last day.
    #[schema(value_type = String, format = Date)]
    pub end: jiff::civil::Date,
}

/// A level of the unit tree.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct LevelRef {
    pub id: String,
    pub title: Text,
    /// Units of this level that exist today.
    pub units: u64,
}

/// A unit of the organisation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct UnitRef {
    pub id: String,
    pub title: Text,
    #[schema(required = true)]
    pub parent: Option<String>,
    pub level: String,
}

/// A way to divide respondents.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct AttributeRef {
    pub id: String,
    pub title: Text,
    pub values: Vec<AttributeValueRef>,
    /// This attribute says how much customer contact a respondent has.
    pub contact: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct AttributeValueRef {
    pub id: String,
    pub title: Text,
}
