//! `GET /pulse`: what to ask the person who asks for it.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use evenkeel_foundation::keepers::ANSWERS;
use evenkeel_foundation::{Asks, Foundation, Party, PartyId, Standard, Unit};
use evenkeel_registry::Account;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{PulseError, own};
use crate::access::Who;
use crate::api::asked::unknown;
use crate::api::extract::Query;
use crate::api::problem::Problem;
use crate::api::view::{PartyRef, Text, UnitRef};
use crate::office::{Office, asked_parties};

/// Which group one belongs to.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct PulseQuery {
    /// Id of a party; without it the one answered for last, or the only one.
    party: Option<String>,
}

/// The questions of this month.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct PulseView {
    /// Such as `2026-11`.
    pub wave: String,
    /// Groups that owe standards.
    pub parties: Vec<PartyRef>,
    /// The group that is asked; `null` while it has to be chosen.
    #[schema(required = true)]
    pub party: Option<String>,
    /// Where one works; none: there is nowhere to count the answers.
    pub units: Vec<UnitRef>,
    /// The standards to ask about, at most two a month.
    pub standards: Vec<PulseStandard>,
    /// Standards that were answered about this month.
    pub answered: u64,
    /// Results are shown for groups of at least so many people.
    #[schema(required = true)]
    pub minimum_n: Option<u32>,
    /// What is asked of each: `know`, `time`, `means`, `staff`, `want`.
    pub questions: Vec<String>,
    /// What may be answered; the first is "yes".
    pub answers: Vec<String>,
}

/// A standard that is asked about.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct PulseStandard {
    pub id: String,
    pub title: Text,
    /// Does it have a picture (`GET /standards/{standard}/picture`)?
    pub has_picture: bool,
    /// Kind and content of what is required, as `GET /foundation` gives it.
    pub requirement: serde_json::Value,
}

/// The keepers' pulse
///
/// Asks the person who is in about up to two standards a month that their group owes: do I know
/// it, can I, do I want to?
#[utoipa::path(
    get,
    path = "/pulse",
    tag = "pulse",
    operation_id = "showPulse",
    params(PulseQuery),
    responses(
        (status = OK, body = PulseView),
        (status = NOT_FOUND, body = Problem, content_type = "application/problem+json"),
        (status = CONFLICT, body = Problem, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn handler(
    State(office): State<Arc<Office>>,
    who: Who,
    Query(query): Query<PulseQuery>,
) -> Result<Json<PulseView>, PulseError> {
    let account = own(&who)?;
    let in_force = office.foundation().await;
    let foundation = &in_force.foundation;
    let parties = asked_parties(foundation, office.today(foundation));
    let answered = office.answered(account).await?;
    let party = match (query.party.as_deref(), parties.as_slice()) {
        (Some(name), _) => Some(find(&parties, name)?),
        (None, [only]) => Some(*only),
        (None, _) => answered
            .party(foundation)
            .and_then(|last| parties.iter().copied().find(|party| party.id == last)),
    };
    let wave = office.wave(foundation);
    let standards = party.map_or_else(Vec::new, |party| {
        office.to_ask(foundation, account, &party.id, &answered)
    });
    Ok(Json(PulseView {
        answered: answered.in_wave(&wave) as u64,
        wave: wave.id,
        parties: parties.iter().copied().map(PartyRef::from).collect(),
        party: party.map(|party| party.id.to_string()),
        units: own_units(foundation, account)
            .into_iter()
            .map(UnitRef::from)
            .collect(),
        standards: standards.into_iter().map(PulseStandard::from).collect(),
        minimum_n: party.map(|party| party.minimum_n),
        questions: Asks::EVERY.map(|asks| asks.as_str().to_owned()).to_vec(),
        answers: ANSWERS.map(str::to_owned).to_vec(),
    }))
}

/// The party of that name among those that are asked.
pub(super) fn find<'p>(parties: &[&'p Party], name: &str) -> Result<&'p Party, PulseError> {
    let found = parties
        .iter()
        .copied()
        .find(|party| party.id.as_str() == name);
    let ids = || parties.iter().map(|party| PartyId::clone(&party.id));
    Ok(found.ok_or_else(|| unknown("party", name, ids().collect::<Vec<_>>().iter()))?)
}

/// The units that the account's grants name.
pub(super) fn own_units<'f>(foundation: &'f Foundation, account: &Account) -> Vec<&'f Unit> {
    let mut units: Vec<&Unit> = Vec::new();
    for unit in account
        .grants
        .iter()
        .filter_map(|grant| grant.unit.as_ref())
    {
        if let Some(unit) = foundation.unit(unit)
            && !units.iter().any(|known| known.id == unit.id)
        {
            units.push(unit);
        }
    }
    units
}

impl From<&Standard> for PulseStandard {
    fn from(standard: &Standard) -> Self {
        Self {
            id: standard.id.to_string(),
            title: Text::from(&standard.title),
            has_picture: standard.picture.is_some(),
            requirement: serde_json::to_value(&standard.requirement).unwrap_or_default(),
        }
    }
}
