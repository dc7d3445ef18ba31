//! `GET /foundation`: what is in force, object by object.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::api::problem::Problem;
use crate::api::view::Text;
use crate::office::{Office, OfficeError};

/// Everything that was agreed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct FoundationView {
    pub version: i64,
    pub objects: Vec<ObjectView>,
}

/// One object of the foundation.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ObjectView {
    /// `standard`, `indicator`, `unit`, …
    pub kind: String,
    pub id: String,
    /// The object's own version, from 1.
    pub version: i64,
    #[schema(required = true)]
    pub owner: Option<String>,
    pub title: Text,
    /// The object as its file says it.
    pub content: serde_json::Value,
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

/// The foundation in force
#[utoipa::path(
    get,
    path = "/foundation",
    tag = "foundation",
    operation_id = "showFoundation",
    responses((status = OK, body = FoundationView))
)]
pub async fn handler(
    State(office): State<Arc<Office>>,
) -> Result<Json<FoundationView>, RouteError> {
    let in_force = office.foundation().await;
    let versions = office.object_versions().await?;
    let objects = in_force
        .foundation
        .objects()
        .into_iter()
        .map(|object| {
            let kind = object.kind.to_string();
            let version = versions
                .get(&(kind.clone(), object.id.clone()))
                .copied()
                .unwrap_or(1);
            ObjectView {
                title: title(&object.id, &object.content),
                kind,
                id: object.id,
                version,
                owner: object.owner.as_ref().map(ToString::to_string),
                content: object.content,
            }
        })
        .collect();
    Ok(Json(FoundationView {
        version: in_force.version,
        objects,
    }))
}

/// The object's `title` or `name`, else its id.
fn title(id: &str, content: &serde_json::Value) -> Text {
    let written = content.get("title").or_else(|| content.get("name"));
    match written {
        Some(serde_json::Value::String(text)) => Text::plain(text),
        Some(localised) => {
            serde_json::from_value(localised.clone()).unwrap_or_else(|_| Text::plain(id))
        }
        None => Text::plain(id),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_title_is_found_however_it_is_written() {
        assert_eq!(
            title("x", &json!({"title": "House burger"})).get("en"),
            "House burger"
        );
        assert_eq!(
            title("x", &json!({"name": {"nl": "Huisburger"}})).get("nl"),
            "Huisburger"
        );
        assert_eq!(title("x", &json!({})).get("en"), "x");
    }
}
