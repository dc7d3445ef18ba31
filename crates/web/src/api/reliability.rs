//! `GET /reliability`: do items measure one thing, may answers be added up by unit, do raters
//! agree.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use evenkeel_foundation::{Foundation, Instrument, Requirement, Standard};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::asked::{AskedError, level, unknown, window};
use super::extract::Query;
use super::problem::Problem;
use super::view::{Estimated, ItemRef, Reason, Text};
use crate::access::Scope;
use crate::answers::AnswerError;
use crate::answers::reliability::{of_instrument, of_standard};
use crate::office::Office;

/// Of what.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ReliabilityQuery {
    /// Id of an instrument or of a standard; `instrument:ID` or `standard:ID` where both exist.
    of: String,
    /// Level of the units that answers are added up to; the lowest where it is not said.
    level: Option<String>,
    /// Only this unit and what is below it.
    under: Option<String>,
    /// First day.
    from: Option<String>,
    /// Last day.
    to: Option<String>,
}

/// Reliability of an instrument or a standard.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ReliabilityView {
    pub of: ReliabilityOf,
    /// Level of the units; `null` for standards.
    #[schema(required = true)]
    pub level: Option<String>,
    /// Items that belong together: each composite over the instrument, then all items that share
    /// a scale. Empty for standards.
    pub scales: Vec<ScaleReliability>,
    /// Each single item by unit. Empty for standards.
    pub items: Vec<ItemAgreement>,
    /// Of standards of kind `rubric`; else `null`.
    #[schema(required = true)]
    pub raters: Option<RaterAgreement>,
    pub snapshot: String,
}

/// What it is about.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ReliabilityOf {
    /// `instrument` or `standard`.
    pub kind: String,
    pub id: String,
    pub title: Text,
}

/// Several items taken together.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ScaleReliability {
    /// Id of the composite, or of the shared scale, such as `rating-1-5`.
    pub id: String,
    /// `composite` or `same_scale`.
    pub origin: String,
    /// Title of the composite; `null` for a shared scale.
    #[schema(required = true)]
    pub title: Option<Text>,
    /// Cronbach's alpha from covariances.
    pub alpha: Estimated,
    /// Cronbach's alpha from correlations.
    pub standardised_alpha: Estimated,
    /// McDonald's omega of one factor.
    pub omega: Estimated,
    /// How well one factor fits; `null` where there is no omega.
    #[schema(required = true)]
    pub omega_fit: Option<FactorFit>,
    pub items: Vec<ItemReliability>,
    /// The mean of the items by unit.
    pub units: UnitAgreement,
}

/// Fit of a one-factor model.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct FactorFit {
    pub chi_squared: f64,
    pub df: f64,
    /// p of the model.
    pub p: f64,
    /// Comparative fit index.
    pub cfi: f64,
    /// Root mean square error of approximation.
    pub rmsea: f64,
    /// Standardised root mean square residual.
    pub srmr: f64,
}

/// One item within a scale.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ItemReliability {
    pub item: ItemRef,
    /// Correlation with the sum of the others. Negative: its key is reversed.
    #[schema(required = true)]
    pub item_rest: Option<f64>,
    /// Alpha without it.
    #[schema(required = true)]
    pub alpha_without: Option<f64>,
}

/// One item by unit.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ItemAgreement {
    pub item: ItemRef,
    pub units: UnitAgreement,
}

/// May answers be reported by unit?
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct UnitAgreement {
    /// ICC(1) (Bliese: mean unit size): share of the variance that lies between units. n are
    /// answers.
    pub icc1: Estimated,
    /// ICC(2): reliability of the means of units.
    pub icc2: Estimated,
    /// Median over units of rwg (several items: rwg(j)), against answers spread evenly. n are
    /// units.
    pub rwg_median: Estimated,
    /// Units with an answer.
    pub units: u64,
    pub gate: AggregationGate,
}

/// ICC(1) ≥ .05, ICC(2) ≥ .70 and median rwg ≥ .70.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct AggregationGate {
    /// `pass`, `warn`, or `undecided` where a figure does not exist.
    pub verdict: String,
    /// The figures that are too low: `icc1`, `icc2`, `rwg`.
    pub failed: Vec<String>,
    /// The figures that do not exist.
    pub missing: Vec<String>,
    pub icc1_min: f64,
    pub icc2_min: f64,
    pub rwg_min: f64,
}

/// Do raters of one rubric agree?
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct RaterAgreement {
    /// Things that two raters or more rated; only they say something.
    pub subjects: u64,
    /// Ratings of them.
    pub ratings: u64,
    /// Different raters; `null` where the observations do not name them.
    #[schema(required = true)]
    pub raters: Option<u64>,
    /// Krippendorff's alpha, ordinal: the one that decides. n are subjects.
    pub alpha_ordinal: Estimated,
    /// Krippendorff's alpha, interval.
    pub alpha_interval: Estimated,
    /// Share of pairs of ratings of one thing that are equal.
    pub agreement: Estimated,
    /// `use` (alpha ≥ .80), `tentative` (≥ .667), `not_a_score` (below: the score must not be
    /// shown as a score), `undecided` (no alpha).
    pub verdict: String,
    /// Why it is undecided.
    #[schema(required = true)]
    pub reason: Option<Reason>,
    /// Raters that the standard asks for.
    pub raters_required: u32,
}

#[derive(Debug, thiserror::Error)]
pub(crate) enum RouteError {
    #[error("the organisation has no levels of units")]
    NoLevels,
    #[error("{standard} is a {kind}")]
    NoRubric {
        standard: String,
        kind: &'static str,
    },
    #[error(transparent)]
    Asked(#[from] AskedError),
    #[error(transparent)]
    Answer(#[from] AnswerError),
}

impl IntoResponse for RouteError {
    fn into_response(self) -> Response {
        match self {
            Self::NoLevels => Problem::new(
                StatusCode::CONFLICT,
                "no_levels",
                "There are no units to compare",
                "the organisation has no levels of units yet",
            ),
            Self::NoRubric { standard, kind } => Problem::new(
                StatusCode::CONFLICT,
                "no_raters",
                "This standard has no raters",
                format!("`{standard}` is a {kind}; people rate a rubric"),
            ),
            Self::Asked(error) => Problem::from(error),
            Self::Answer(error) => Problem::from(error),
        }
        .into_response()
    }
}

/// Reliability of an instrument or a standard
#[utoipa::path(
    get,
    path = "/reliability",
    tag = "estimates",
    operation_id = "showReliability",
    params(ReliabilityQuery),
    responses(
        (status = OK, body = ReliabilityView),
        (status = BAD_REQUEST, body = Problem, content_type = "application/problem+json"),
        (status = NOT_FOUND, body = Problem, content_type = "application/problem+json"),
        (status = CONFLICT, body = Problem, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn handler(
    State(office): State<Arc<Office>>,
    scope: Scope,
    Query(query): Query<ReliabilityQuery>,
) -> Result<Json<ReliabilityView>, RouteError> {
    let in_force = office.foundation().await;
    let foundation = &in_force.foundation;
    let window = window(
        foundation,
        &scope,
        query.from.as_deref(),
        query.to.as_deref(),
        query.under.as_deref(),
    )?;
    match named(foundation, &query.of)? {
        Of::Instrument(instrument) => {
            let level = match &query.level {
                Some(name) => level(foundation, name)?,
                None => foundation
                    .organisation
                    .levels
                    .last()
                    .ok_or(RouteError::NoLevels)?,
            };
            let view = of_instrument(&office, foundation, instrument, &level.id, &window).await?;
            Ok(Json(view))
        }
        Of::Standard(standard) => {
            let Requirement::Rubric(rubric) = &standard.requirement else {
                return Err(RouteError::NoRubric {
                    standard: standard.id.to_string(),
                    kind: standard.requirement.as_str(),
                });
            };
            Ok(Json(of_standard(&office, standard, rubric, &window).await?))
        }
    }
}

enum Of<'a> {
    Instrument(&'a Instrument),
    Standard(&'a Standard),
}

fn named<'a>(foundation: &'a Foundation, name: &str) -> Result<Of<'a>, AskedError> {
    let instrument = |name: &str| foundation.instruments.get(name).map(Of::Instrument);
    let standard = |name: &str| foundation.standards.get(name).map(Of::Standard);
    let found = match name.split_once(':') {
        Some(("instrument", name)) => instrument(name),
        Some(("standard", name)) => standard(name),
        _ => instrument(name).or_else(|| standard(name)),
    };
    found.ok_or_else(|| {
        let instruments = foundation.instruments.keys().map(ToString::to_string);
        let standards = foundation.standards.keys().map(ToString::to_string);
        unknown("instrument or standard", name, instruments.chain(standards))
    })
}
