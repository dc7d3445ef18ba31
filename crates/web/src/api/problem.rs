//! What the API says when it cannot do what was asked: `application/problem+json` (RFC 9457).
//!
//! Invariant: an error of our own making (500) goes out with an id only; what happened
//! is logged once, under that id. What is absent on purpose: text of an internal error
//! in a response, and a status that is not decided by an endpoint's own error enum.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use evenkeel_foundation::Problem as FoundationProblem;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

/// At most so many single problems are listed; `problems_total` counts them all.
pub const PROBLEMS_MAX: usize = 100;

/// At most so many existing names are listed when one is not found.
const ALLOWED_MAX: usize = 200;

/// An error, as the API says it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Problem {
    /// Always `about:blank`: `code` tells errors apart.
    #[serde(rename = "type")]
    pub kind: String,
    /// One line, for people.
    pub title: String,
    /// The HTTP status.
    pub status: u16,
    /// What was found and what would be allowed.
    pub detail: String,
    /// Stable word for programs, such as `unknown_unit`.
    pub code: String,
    /// The names that exist, where a name was not found; up to 200.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub allowed: Vec<String>,
    /// Each single problem of a file that was sent, up to 100.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub problems: Vec<InputProblem>,
    /// How many problems there are in all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub problems_total: Option<u64>,
    /// Under this id the server's log says what happened.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error_id: Option<String>,
}

/// One problem in something that was sent: where, what was found, what is allowed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct InputProblem {
    /// The file it is in.
    pub file: String,
    /// 1-based line.
    #[schema(required = true)]
    pub line: Option<u64>,
    /// 1-based column in the text, or the name of a table's column.
    #[schema(required = true)]
    pub column: Option<String>,
    /// The key or field, such as `indicator.nps.item`.
    pub field: String,
    pub found: String,
    pub allowed: String,
    /// The whole of it in English.
    pub message: String,
}

impl From<FoundationProblem> for InputProblem {
    fn from(problem: FoundationProblem) -> Self {
        Self {
            file: problem.file,
            line: problem.line.map(u64::from),
            column: problem.column.map(|column| column.to_string()),
            field: problem.key,
            found: problem.found,
            allowed: problem.allowed,
            message: problem.message,
        }
    }
}

impl Problem {
    pub fn new(status: StatusCode, code: &str, title: &str, detail: impl Into<String>) -> Self {
        Self {
            kind: "about:blank".to_owned(),
            title: title.to_owned(),
            status: status.as_u16(),
            detail: detail.into(),
            code: code.to_owned(),
            allowed: Vec::new(),
            problems: Vec::new(),
            problems_total: None,
            error_id: None,
        }
    }

    /// 400: the query or the body cannot be read.
    pub fn bad_request(code: &str, detail: impl Into<String>) -> Self {
        Self::new(
            StatusCode::BAD_REQUEST,
            code,
            "The request is not understood",
            detail,
        )
    }

    /// 404: something named does not exist; says what does.
    pub fn unknown<S: Into<String>>(
        what: &str,
        name: &str,
        allowed: impl IntoIterator<Item = S>,
    ) -> Self {
        let allowed: Vec<String> = allowed.into_iter().map(Into::into).collect();
        let exist = match allowed.len() {
            0 => format!("there is no {what} yet"),
            1..=12 => format!("there are: {}", allowed.join(", ")),
            more => format!(
                "there are {more}, the first are: {}",
                allowed[..12].join(", ")
            ),
        };
        let mut problem = Self::new(
            StatusCode::NOT_FOUND,
            &format!("unknown_{}", what.replace(' ', "_")),
            &format!("Unknown {what}"),
            format!("{what} `{name}` does not exist; {exist}"),
        );
        problem.allowed = allowed;
        problem.allowed.truncate(ALLOWED_MAX);
        problem
    }

    /// 422: what was sent has problems; nothing was changed.
    pub fn unprocessable(
        code: &str,
        detail: impl Into<String>,
        problems: Vec<InputProblem>,
        total: u64,
    ) -> Self {
        let mut problem = Self::new(
            StatusCode::UNPROCESSABLE_ENTITY,
            code,
            "What was sent has problems",
            detail,
        );
        problem.problems = problems;
        problem.problems.truncate(PROBLEMS_MAX);
        problem.problems_total = Some(total);
        problem
    }

    /// 500: logs what happened once, under an id, and sends the id.
    pub fn internal(error: &(dyn std::error::Error + 'static)) -> Self {
        let id = Uuid::new_v4().to_string();
        tracing::error!(error_id = %id, error = %chain(error), "request failed");
        let mut problem = Self::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            "internal",
            "Evenkeel failed",
            format!("the server's log says what happened, under id {id}"),
        );
        problem.error_id = Some(id);
        problem
    }
}

/// An error with its causes, on one line: `append to responses_guest: disk full`.
pub fn chain(error: &(dyn std::error::Error + 'static)) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        let said = error.to_string();
        // Several libraries repeat their cause in their own message.
        if !text.contains(&said) {
            text.push_str(": ");
            text.push_str(&said);
        }
        cause = error.source();
    }
    text
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut response = (status, axum::Json(self)).into_response();
        response.headers_mut().insert(
            header::CONTENT_TYPE,
            HeaderValue::from_static("application/problem+json"),
        );
        response
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, thiserror::Error)]
    #[error("open registry")]
    struct Outer(#[source] std::io::Error);

    #[test]
    fn an_internal_error_never_leaves_the_house() {
        let error = Outer(std::io::Error::other("/secret/path is gone"));
        let problem = Problem::internal(&error);
        let sent = serde_json::to_string(&problem).unwrap();
        assert!(!sent.contains("secret"), "{sent}");
        assert!(problem.error_id.is_some());
    }

    #[test]
    fn a_chain_names_each_cause_once() {
        let error = Outer(std::io::Error::other("disk full"));
        assert_eq!(chain(&error), "open registry: disk full");
    }

    #[test]
    fn unknown_names_what_exists() {
        let problem = Problem::unknown("unit", "nrth", ["north", "south"]);
        assert_eq!(problem.status, 404);
        assert_eq!(problem.code, "unknown_unit");
        assert_eq!(
            problem.detail,
            "unit `nrth` does not exist; there are: north, south"
        );
    }
}
