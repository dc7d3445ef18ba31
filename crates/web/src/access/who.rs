//! Who is asking.

use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::StatusCode;
use axum::http::request::Parts;
use evenkeel_foundation::{TeamId, UnitId};
use evenkeel_registry::{Account, Session};

use super::{Reach, Right, Scope};
use crate::api::problem::Problem;

/// Who is asking.
#[derive(Debug, Clone)]
pub enum Who {
    /// Somebody on the server's own machine who could open the data directory anyway: the
    /// command line.
    Operator,
    /// A person with an account.
    Person(Arc<Person>),
}

/// A person who is in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    pub account: Account,
    /// None: the demo shows itself to a visitor who did not choose a person yet.
    pub session: Option<Session>,
}

impl Who {
    /// Whom the audit log names.
    pub fn actor(&self) -> String {
        match self {
            Self::Operator => "operator".to_owned(),
            Self::Person(person) => person.account.id.clone(),
        }
    }

    /// Whom a version names as its author; the operator says it.
    pub fn author(&self, said: Option<String>) -> String {
        match self {
            Self::Operator => said.unwrap_or_else(|| "operator".to_owned()),
            Self::Person(person) => person.signature(),
        }
    }

    /// The account, unless it is the operator.
    pub fn account(&self) -> Option<&Account> {
        match self {
            Self::Operator => None,
            Self::Person(person) => Some(&person.account),
        }
    }

    /// Where this right holds; None: nowhere.
    pub fn scope(&self, right: Right) -> Option<Scope> {
        let Self::Person(person) = self else {
            return Some(Scope::Everything);
        };
        let mut units: Vec<UnitId> = Vec::new();
        let mut somewhere = false;
        for grant in &person.account.grants {
            match (right.reach(grant.role), &grant.unit) {
                (Reach::Nothing, _) | (Reach::OwnUnits, None) => {}
                (Reach::Everything, None) | (Reach::OwnTeams, _) => return Some(Scope::Everything),
                (Reach::Everything | Reach::OwnUnits, Some(unit)) => {
                    somewhere = true;
                    if !units.contains(unit) {
                        units.push(unit.clone());
                    }
                }
            }
        }
        somewhere.then_some(Scope::Units(units))
    }

    /// May this person change standards of `team`?
    pub fn owns(&self, team: &TeamId) -> bool {
        match self {
            Self::Operator => true,
            Self::Person(person) => person.account.grants.iter().any(|grant| {
                Right::ChangeStandards.reach(grant.role) == Reach::OwnTeams
                    && grant.team.as_ref() == Some(team)
            }),
        }
    }
}

impl Person {
    /// Name and address, as a version's author.
    pub fn signature(&self) -> String {
        match &self.account.mail {
            Some(mail) => format!("{} <{mail}>", self.account.name),
            None => self.account.name.clone(),
        }
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Who {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        // Public endpoints may be asked by nobody in particular.
        parts.extensions.get::<Self>().cloned().ok_or_else(nobody)
    }
}

/// 401: nobody has come in.
pub fn nobody() -> Problem {
    Problem::new(
        StatusCode::UNAUTHORIZED,
        "sign_in",
        "Come in first",
        "this needs somebody who has signed in; the pages show how",
    )
}
