//! `POST /standards/{standard}/reassess`: judge stored observations again, or say what that would
//! change.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use evenkeel_collect::reassess::{JudgedAgain, ReassessError};
use evenkeel_foundation::{Granularity, UnitId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{StandardError, standard};
use crate::access::{Scope, Who};
use crate::answers::delivery::{kept_share, protected};
use crate::api::asked::AskedError;
use crate::api::extract::{Body, Path};
use crate::api::foundation::owner::NotOwner;
use crate::api::problem::Problem;
use crate::api::view::Estimated;
use crate::office::{Office, OfficeError, ReassessAsked, Reassessed, Wanted};

/// The fewest days of a team that is shown by week.
const WEEK_DAYS: i32 = 7;

/// Which observations, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReassessRequest {
    /// First day; from the beginning where it is not said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = Date)]
    pub from: Option<jiff::civil::Date>,
    /// Last day; to the end where it is not said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = Date)]
    pub to: Option<jiff::civil::Date>,
    /// Only this unit and what is below it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// Why; kept for ever. A dry run needs none.
    #[serde(default)]
    pub reason: String,
    /// Say what would change, and change nothing.
    #[serde(default)]
    pub dry_run: bool,
}

/// What changed, or would.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ReassessView {
    /// Its id; `null` for a dry run.
    #[schema(required = true)]
    pub id: Option<String>,
    pub dry_run: bool,
    pub counts: ReassessCounts,
    /// Share kept before, of looks that speak for all.
    pub before: Estimated,
    /// Share kept after.
    pub after: Estimated,
}

/// Looks that were judged again, counted. Each is unchanged, changed or not judged.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ReassessCounts {
    /// Looks. Of a thing that several people scored it is one.
    pub looks: u64,
    /// Judged again with the same result.
    pub unchanged: u64,
    /// Judged again with another one: all of `changes` together.
    pub changed: u64,
    pub changes: JudgementChanges,
    /// Left as they were, by reason.
    pub not_judged: Vec<LeftAsItWas>,
    /// Those that were judged again, by version then and now.
    pub versions: Vec<VersionThenNow>,
    pub before: KeptCounts,
    pub after: KeptCounts,
    /// Chosen for convenience: judged again, and in neither `before` nor `after`.
    pub convenience: u64,
    /// Durations that were judged by the seconds counted when they came in, though the standard
    /// counts the hours of a calendar: their moments are not stored.
    pub not_recounted: u64,
    /// The table that was read.
    pub snapshot: String,
}

/// How judgements change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct JudgementChanges {
    pub kept_to_not_kept: u64,
    pub not_kept_to_kept: u64,
    pub unknown_to_kept: u64,
    pub unknown_to_not_kept: u64,
    pub kept_to_unknown: u64,
    pub not_kept_to_unknown: u64,
    /// As kept as before; how it deviates, what comes on top, the number or the version changes.
    pub otherwise: u64,
}

/// Looks that stay as they are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct LeftAsItWas {
    /// `person`, `who_not_known`, `calibration`, `no_version`, `text_not_stored`, `not_stored`,
    /// `too_few_raters`, `does_not_fit`.
    pub reason: String,
    pub looks: u64,
}

/// Looks of one version then and one now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct VersionThenNow {
    /// The version by which they were judged.
    pub then: i64,
    /// The version in force on their day, as the register says now.
    pub now: i64,
    pub looks: u64,
    /// Those of them whose judgement changes.
    pub changed: u64,
}

/// Looks that speak for all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct KeptCounts {
    pub kept: u64,
    /// Kept or not.
    pub n: u64,
    /// Of which nobody knows.
    pub not_known: u64,
}

#[derive(Debug, thiserror::Error)]
pub(crate) enum RouteError {
    #[error("no reason was given")]
    NoReason,
    #[error("the team is small")]
    SmallTeam { minimum: u32, shown: Option<UnitId> },
    #[error("too few days")]
    TooFewDays,
    #[error(transparent)]
    NotOwner(#[from] NotOwner),
    #[error(transparent)]
    Standard(#[from] StandardError),
    #[error(transparent)]
    Asked(#[from] AskedError),
    #[error(transparent)]
    Office(#[from] OfficeError),
}

impl IntoResponse for RouteError {
    fn into_response(self) -> Response {
        let protected = |code, detail: String| {
            let title = "So few people's work is not counted apart";
            Problem::new(StatusCode::UNPROCESSABLE_ENTITY, code, title, detail)
        };
        match self {
            Self::NoReason => Problem::bad_request(
                "no_reason",
                "`reason` is empty; say in a few words why observations are judged again",
            ),
            Self::SmallTeam { minimum, shown } => protected(
                "small_team",
                format!(
                    "fewer than {minimum} people work there, or beside it; judge the unit above \
                     again{}",
                    shown.map_or_else(String::new, |unit| format!(": {unit}"))
                ),
            ),
            Self::TooFewDays => protected(
                "too_few_days",
                format!(
                    "the delivery of this unit is shown by week; take {WEEK_DAYS} days or more, or \
                     the unit above"
                ),
            ),
            Self::NotOwner(refusal) => Problem::from(refusal),
            Self::Standard(error) => Problem::from(error),
            Self::Asked(error) => Problem::from(error),
            Self::Office(OfficeError::Reassess(error @ ReassessError::TooManyScores)) => {
                Problem::bad_request("too_many_scores", error.to_string())
            }
            Self::Office(OfficeError::Reassess(error @ ReassessError::Stopped)) => Problem::new(
                StatusCode::SERVICE_UNAVAILABLE,
                "stopped",
                "The server stops",
                error.to_string(),
            ),
            Self::Office(error) => Problem::internal(&error),
        }
        .into_response()
    }
}

/// Judge stored observations again
///
/// Each by the version in force on its own day, as the register says now. Only members of the team
/// that owns the standard. With `dry_run` it is said what would change, and nothing is written.
/// Otherwise observations whose judgement changes are appended as later events, all at once; what
/// they were judged before stays in the table. What a person judged is never judged again.
#[utoipa::path(
    post,
    path = "/standards/{standard}/reassess",
    tag = "standards",
    operation_id = "reassessStandard",
    params(("standard" = String, Path, description = "Id of the standard")),
    request_body = ReassessRequest,
    responses(
        (status = OK, body = ReassessView),
        (status = BAD_REQUEST, body = Problem, content_type = "application/problem+json"),
        (status = FORBIDDEN, description = "The caller is not in the team that owns the standard", body = Problem, content_type = "application/problem+json"),
        (status = NOT_FOUND, body = Problem, content_type = "application/problem+json"),
        (status = UNPROCESSABLE_ENTITY, description = "So few people's work is not counted apart", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn handler(
    State(office): State<Arc<Office>>,
    who: Who,
    Path(id): Path<String>,
    Body(request): Body<ReassessRequest>,
) -> Result<Json<ReassessView>, RouteError> {
    let in_force = office.foundation().await;
    let foundation = &in_force.foundation;
    let known = standard(&office, foundation, &id).await?;
    if !who.owns(&known.standard.owner) {
        return Err(RouteError::NotOwner(NotOwner {
            standard: id,
            owner: known.standard.owner,
        }));
    }
    let reason = request.reason.trim().to_owned();
    if reason.is_empty() && !request.dry_run {
        return Err(RouteError::NoReason);
    }
    if let (Some(from), Some(to)) = (request.from, request.to)
        && from > to
    {
        return Err(AskedError::FromAfterTo { from, to }.into());
    }
    let unit = request.unit.as_deref();
    let unit = unit.map(|name| Scope::Everything.unit(foundation, name));
    let unit = unit.transpose()?.map(|unit| unit.id.clone());
    protect(&request, protected(foundation, unit.as_ref()))?;
    let asked = ReassessAsked {
        standard: known.standard.id.clone(),
        unit,
        from: request.from,
        to: request.to,
        for_good: (!request.dry_run).then(|| Wanted {
            reason,
            author: who.author(None),
            actor: who.actor(),
        }),
    };
    let done = office.reassess(asked).await?;
    Ok(Json(ReassessView::new(&done, &known.editions)))
}

/// Counts are shown as all delivery is: not of a small team, not of single days of a small one.
fn protect(
    request: &ReassessRequest,
    protection: evenkeel_compare::delivery::Protection,
) -> Result<(), RouteError> {
    if let (Some(minimum), true) = (
        protection.small_team,
        protection.unit.as_ref().map(UnitId::as_str) != request.unit.as_deref(),
    ) {
        return Err(RouteError::SmallTeam {
            minimum,
            shown: protection.unit,
        });
    }
    let days = request.from.zip(request.to).and_then(|(from, to)| {
        let span = from.until(to).ok()?;
        Some(span.get_days() + 1)
    });
    let by_day = protection.granularity == Granularity::Day;
    match days {
        Some(days) if !by_day && days < WEEK_DAYS => Err(RouteError::TooFewDays),
        _ => Ok(()),
    }
}

impl ReassessView {
    fn new(done: &Reassessed, editions: &[evenkeel_compare::delivery::Edition]) -> Self {
        let counts = ReassessCounts::new(&done.judged, &done.snapshot);
        Self {
            id: done.record.as_ref().map(|record| record.id.clone()),
            dry_run: done.record.is_none(),
            before: kept_share(&counts.before, editions, &counts.snapshot),
            after: kept_share(&counts.after, editions, &counts.snapshot),
            counts,
        }
    }
}

impl ReassessCounts {
    /// As the API says them; as they are kept in the registry too.
    pub fn new(judged: &JudgedAgain, snapshot: &str) -> Self {
        let of = judged.changes;
        let word = |reason| {
            let word = serde_json::to_value(reason).unwrap_or_default();
            word.as_str().unwrap_or_default().to_owned()
        };
        let kept = |of: evenkeel_collect::reassess::Conformance| KeptCounts {
            kept: of.kept,
            n: of.n,
            not_known: of.not_known,
        };
        let not_judged = judged.not_judged.iter();
        let versions = judged.version_counts().into_iter();
        Self {
            looks: judged.looks,
            unchanged: judged.unchanged,
            changed: of.all(),
            changes: JudgementChanges {
                kept_to_not_kept: of.kept_to_not_kept,
                not_kept_to_kept: of.not_kept_to_kept,
                unknown_to_kept: of.unknown_to_kept,
                unknown_to_not_kept: of.unknown_to_not_kept,
                kept_to_unknown: of.kept_to_unknown,
                not_kept_to_unknown: of.not_kept_to_unknown,
                otherwise: of.otherwise,
            },
            not_judged: not_judged
                .map(|(reason, looks)| LeftAsItWas {
                    reason: word(reason),
                    looks: *looks,
                })
                .collect(),
            versions: versions
                .map(|of| VersionThenNow {
                    then: of.then,
                    now: of.now,
                    looks: of.looks,
                    changed: of.changed,
                })
                .collect(),
            before: kept(judged.before),
            after: kept(judged.after),
            convenience: judged.convenience,
            not_recounted: judged.not_recounted,
            snapshot: snapshot.to_owned(),
        }
    }
}
