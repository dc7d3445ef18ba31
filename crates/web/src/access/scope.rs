//! The units that an answer may be about.
//!
//! Invariant: a unit outside the scope is answered exactly as one that does not exist, the list of
//! what exists included.

use axum::extract::FromRequestParts;
use axum::http::StatusCode;
use axum::http::request::Parts;
use evenkeel_foundation::{Foundation, Unit, UnitId};

use crate::api::asked::{AskedError, unknown};
use crate::api::problem::Problem;

/// Where a right holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scope {
    /// The whole organisation.
    Everything,
    /// These units and what is below them; at least one.
    Units(Vec<UnitId>),
}

impl Scope {
    /// Is this unit within?
    pub fn contains(&self, foundation: &Foundation, unit: &UnitId) -> bool {
        match self {
            Self::Everything => true,
            Self::Units(own) => {
                let mut at = Some(unit);
                // A tree has no more levels than units; the count guards against a broken one.
                for _ in 0..=foundation.units.len() {
                    let Some(here) = at else { return false };
                    if own.contains(here) {
                        return true;
                    }
                    at = foundation.unit(here).and_then(|unit| unit.parent.as_ref());
                }
                false
            }
        }
    }

    /// The unit of that name, if it exists and is within.
    pub(crate) fn unit<'a>(
        &self,
        foundation: &'a Foundation,
        name: &str,
    ) -> Result<&'a Unit, AskedError> {
        foundation
            .units
            .get(name)
            .filter(|unit| self.contains(foundation, &unit.id))
            .ok_or_else(|| {
                let within = foundation.units.keys();
                unknown(
                    "unit",
                    name,
                    within.filter(|unit| self.contains(foundation, unit)),
                )
            })
    }

    /// What a question is limited to: the unit asked for, and without one the own unit.
    ///
    /// Errors: the unit is not within; none is named where several could be meant.
    pub(crate) fn under(
        &self,
        foundation: &Foundation,
        asked: Option<&str>,
    ) -> Result<Option<UnitId>, AskedError> {
        match (self, asked) {
            (_, Some(name)) => self
                .unit(foundation, name)
                .map(|unit| Some(unit.id.clone())),
            (Self::Everything, None) => Ok(None),
            (Self::Units(own), None) => match own.as_slice() {
                [only] => Ok(Some(only.clone())),
                several => Err(AskedError::NameAUnit {
                    allowed: several.iter().map(ToString::to_string).collect(),
                }),
            },
        }
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Scope {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        // The gatekeeper leaves it for endpoints that need a right; where it is missing, a line
        // in `endpoints` is wrong, and nothing is answered.
        parts.extensions.get::<Self>().cloned().ok_or_else(|| {
            Problem::new(
                StatusCode::FORBIDDEN,
                "not_allowed",
                "You may not do this",
                "this endpoint has no scope; please report it",
            )
        })
    }
}
