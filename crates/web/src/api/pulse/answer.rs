//! `POST /pulse`: what one of the keepers says.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use evenkeel_collect::KeeperAnswer;
use evenkeel_foundation::keepers::ANSWERS;
use evenkeel_foundation::{Asks, Foundation, Party, StandardId, UnitId};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::ask::{find, own_units};
use super::{PulseError, own};
use crate::access::Who;
use crate::api::asked::unknown;
use crate::api::extract::Body;
use crate::api::problem::{InputProblem, Problem};
use crate::office::{Office, Wave, asked_parties, asked_standards};

/// Answers about some standards.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PulseAnswers {
    /// Whose standards one keeps.
    pub party: String,
    /// One of one's own units.
    pub unit: String,
    pub answers: Vec<PulseAnswer>,
}

/// About one standard.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PulseAnswer {
    pub standard: String,
    /// Do I know it? `yes`, `partly` or `no`, as all of these.
    pub know: String,
    /// Have I the time?
    pub time: String,
    /// Have I the means?
    pub means: String,
    /// Are we enough?
    pub staff: String,
    /// Do I want to?
    pub want: String,
}

/// What became of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PulseReceived {
    /// Standards whose answer is new, and durable now.
    pub stored: Vec<String>,
    /// Standards that were answered about this month before; that answer counts.
    pub already: Vec<String>,
}

/// Answer the keepers' pulse
///
/// All of it is stored or nothing. About each standard once a month: what comes again does not
/// count, so that sending twice is harmless.
#[utoipa::path(
    post,
    path = "/pulse",
    tag = "pulse",
    operation_id = "answerPulse",
    request_body = PulseAnswers,
    responses(
        (status = OK, body = PulseReceived),
        (status = NOT_FOUND, body = Problem, content_type = "application/problem+json"),
        (status = CONFLICT, body = Problem, content_type = "application/problem+json"),
        (status = UNPROCESSABLE_ENTITY, body = Problem, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn handler(
    State(office): State<Arc<Office>>,
    who: Who,
    Body(said): Body<PulseAnswers>,
) -> Result<Json<PulseReceived>, PulseError> {
    let account = own(&who)?;
    let in_force = office.foundation().await;
    let foundation = &in_force.foundation;
    let today = office.today(foundation);
    let parties = asked_parties(foundation, today);
    let party = find(&parties, &said.party)?;
    let units = own_units(foundation, account);
    let unit = units.iter().find(|unit| unit.id.as_str() == said.unit);
    let unit =
        unit.ok_or_else(|| unknown("unit", &said.unit, units.iter().map(|unit| &unit.id)))?;
    let wave = office.wave(foundation);
    let answers = read(foundation, (party, today), &unit.id, &wave, &said)?;
    let stored = office.receive_keepers(account, &answers).await?;
    let named = |new: bool| {
        let of = answers
            .iter()
            .zip(&stored)
            .filter(move |(_, stored)| **stored == new);
        of.map(|(answer, _)| answer.standard.to_string()).collect()
    };
    Ok(Json(PulseReceived {
        stored: named(true),
        already: named(false),
    }))
}

fn read(
    foundation: &Foundation,
    (party, today): (&Party, Date),
    unit: &UnitId,
    wave: &Wave,
    said: &PulseAnswers,
) -> Result<Vec<KeeperAnswer>, PulseError> {
    let Some(instrument) = foundation.keepers_instrument(&party.id) else {
        return Ok(Vec::new());
    };
    let mut problems = Vec::new();
    let mut answers: Vec<KeeperAnswer> = Vec::new();
    let asked: Vec<&StandardId> = asked_standards(foundation, &party.id, today)
        .map(|standard| &standard.id)
        .collect();
    for (place, answer) in said.answers.iter().enumerate() {
        let field = |name: &str| format!("answers[{}].{name}", place + 1);
        let standard = asked.iter().find(|id| id.as_str() == answer.standard);
        let Some(standard) = standard else {
            let allowed: Vec<&str> = asked.iter().map(|id| id.as_str()).collect();
            problems.push(wrong(&field("standard"), &answer.standard, &allowed));
            continue;
        };
        if answers.iter().any(|other| other.standard == **standard) {
            problems.push(wrong(&field("standard"), &answer.standard, &["each once"]));
        }
        let mut given = [""; Asks::EVERY.len()];
        let words = [
            &answer.know,
            &answer.time,
            &answer.means,
            &answer.staff,
            &answer.want,
        ];
        for ((asks, word), given) in Asks::EVERY.into_iter().zip(words).zip(&mut given) {
            match ANSWERS.iter().find(|allowed| *allowed == word) {
                Some(word) => *given = word,
                None => problems.push(wrong(&field(asks.as_str()), word, &ANSWERS)),
            }
        }
        answers.push(KeeperAnswer {
            instrument: instrument.id.clone(),
            party: party.id.clone(),
            standard: (*standard).clone(),
            unit: unit.clone(),
            wave: wave.id.clone(),
            day: wave.first_day,
            answers: given,
        });
    }
    if said.answers.is_empty() {
        problems.push(wrong("answers", "none", &["one or more"]));
    }
    if problems.is_empty() {
        Ok(answers)
    } else {
        Err(PulseError::Answers(problems))
    }
}

fn wrong(field: &str, found: &str, allowed: &[&str]) -> InputProblem {
    let allowed = allowed.join(", ");
    InputProblem {
        file: String::new(),
        line: None,
        column: None,
        field: field.to_owned(),
        message: format!("{field}: found `{found}`; allowed: {allowed}"),
        found: found.to_owned(),
        allowed,
    }
}
