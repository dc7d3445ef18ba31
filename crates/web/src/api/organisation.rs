//! `GET /organisation`: who this is, and the names that every page needs.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use evenkeel_foundation::is_keepers;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::problem::Problem;
use super::view::{AttributeRef, CovariateRef, IndicatorRef, LevelRef, PartyRef, Text};
use crate::access::{Right, Who};
use crate::office::{Office, OfficeError};

/// The organisation and what it named.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct OrganisationView {
    pub name: Text,
    /// The organisation's languages, in its order.
    pub languages: Vec<String>,
    /// IANA time zone.
    pub time_zone: String,
    /// 0 while nothing was agreed.
    pub foundation_version: i64,
    /// A made-up organisation, to look around in.
    pub demo: bool,
    pub empty: Emptiness,
    pub parties: Vec<PartyRef>,
    /// Root to leaf.
    pub levels: Vec<LevelRef>,
    pub indicators: Vec<IndicatorRef>,
    pub covariates: Vec<CovariateRef>,
    pub attributes: Vec<AttributeRef>,
    /// What the overview sets side by side, where the organisation said so.
    #[schema(required = true)]
    pub alignment: Option<PairRef>,
    /// May this caller bring files in?
    pub writable: bool,
}

/// What there is nothing of yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Emptiness {
    pub foundation: bool,
    pub facts: bool,
}

/// Ids of an internal and an external indicator.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PairRef {
    pub internal: String,
    pub external: String,
}

#[derive(Debug, thiserror::Error)]
pub enum RouteError {
    #[error(transparent)]
    Office(#[from] OfficeError),
}

impl IntoResponse for RouteError {
    fn into_response(self) -> Response {
        match self {
            Self::Office(error) => Problem::internal(&error),
        }
        .into_response()
    }
}

/// The organisation
///
/// Its name, languages, parties, levels, indicators and attributes.
#[utoipa::path(
    get,
    path = "/organisation",
    tag = "organisation",
    operation_id = "showOrganisation",
    responses((status = OK, body = OrganisationView))
)]
pub async fn handler(
    State(office): State<Arc<Office>>,
    who: Who,
) -> Result<Json<OrganisationView>, RouteError> {
    let in_force = office.foundation().await;
    let foundation = &in_force.foundation;
    let tree = foundation.tree();
    let today = office.today(foundation);
    let facts_empty = office.has_no_facts()?;
    Ok(Json(OrganisationView {
        name: Text::from(&foundation.organisation.name),
        languages: foundation.organisation.languages.clone(),
        time_zone: foundation.organisation.time_zone.clone(),
        foundation_version: in_force.version,
        demo: office.is_demo(),
        empty: Emptiness {
            foundation: in_force.version == 0,
            facts: facts_empty,
        },
        parties: foundation.parties.values().map(PartyRef::from).collect(),
        levels: foundation
            .organisation
            .levels
            .iter()
            .map(|level| LevelRef {
                id: level.id.to_string(),
                title: Text::from(&level.title),
                units: tree.units_at_level(&level.id, today).len() as u64,
            })
            .collect(),
        indicators: foundation
            .indicators
            .values()
            // Those of the pulse stand with their standard.
            .filter(|indicator| !is_keepers(indicator.id.as_str()))
            .map(|indicator| IndicatorRef::new(foundation, indicator))
            .collect(),
        covariates: foundation
            .covariates
            .values()
            .map(CovariateRef::from)
            .collect(),
        attributes: foundation
            .attributes
            .values()
            .map(AttributeRef::from)
            .collect(),
        alignment: foundation
            .organisation
            .alignment
            .as_ref()
            .map(|pair| PairRef {
                internal: pair.internal.to_string(),
                external: pair.external.to_string(),
            }),
        writable: who.scope(Right::BringIn).is_some(),
    }))
}
