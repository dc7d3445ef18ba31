//! `GET /units`: every unit that is or was.

use std::convert::Infallible;
use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use evenkeel_foundation as foundation;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::api::view::Text;
use crate::office::Office;

/// The units of the organisation.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct UnitList {
    /// By id.
    pub units: Vec<UnitView>,
}

/// A unit with its dates.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct UnitView {
    pub id: String,
    pub title: Text,
    #[schema(required = true)]
    pub parent: Option<String>,
    pub level: String,
    /// First day it existed; `null`: always.
    #[schema(required = true, value_type = Option<String>, format = Date)]
    pub valid_from: Option<jiff::civil::Date>,
    /// Last day; `null`: still there.
    #[schema(required = true, value_type = Option<String>, format = Date)]
    pub valid_to: Option<jiff::civil::Date>,
    pub origin: UnitOrigin,
}

/// Who brought a unit in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum UnitOrigin {
    Foundation,
    Import,
}

impl From<&foundation::Unit> for UnitView {
    fn from(unit: &foundation::Unit) -> Self {
        Self {
            id: unit.id.to_string(),
            title: Text::from(&unit.title),
            parent: unit.parent.as_ref().map(ToString::to_string),
            level: unit.level.to_string(),
            valid_from: unit.valid_from,
            valid_to: unit.valid_to,
            origin: match unit.origin {
                foundation::Origin::Foundation => UnitOrigin::Foundation,
                foundation::Origin::Import => UnitOrigin::Import,
            },
        }
    }
}

/// All units
#[utoipa::path(
    get,
    path = "/units",
    tag = "units",
    operation_id = "listUnits",
    responses((status = OK, body = UnitList))
)]
pub async fn handler(State(office): State<Arc<Office>>) -> Result<Json<UnitList>, Infallible> {
    let in_force = office.foundation().await;
    Ok(Json(UnitList {
        units: in_force
            .foundation
            .units
            .values()
            .map(UnitView::from)
            .collect(),
    }))
}
