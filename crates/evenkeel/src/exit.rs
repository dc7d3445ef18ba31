//! Exit codes, the command line's counterpart of the API's status codes.
//!
//! | code | meaning                                            | HTTP      |
//! |------|----------------------------------------------------|-----------|
//! | 0    | done                                               | 2xx       |
//! | 1    | Evenkeel failed                                    | 5xx       |
//! | 2    | the command line is wrong                          | 400       |
//! | 3    | the input is wrong: nothing was stored             | 413, 422  |
//! | 4    | something named does not exist                     | 404       |
//! | 5    | something is in the way: a conflict, a lock        | 409       |
//! | 6    | `assess --strict`: something was not kept          |           |
//! | 130  | interrupted                                        |           |
//! | 141  | nobody read the output to its end (`| head`)       |           |

use std::process::ExitCode;

use crate::client::Refused;
use crate::directory::DirectoryError;

/// Prints the error on stderr (as problem+json with `--json`) and gives its code.
pub fn report(error: &anyhow::Error, json: bool) -> ExitCode {
    if let Some(refused) = error.downcast_ref::<Refused>() {
        if json {
            eprintln!("{}", refused.body);
        } else {
            eprintln!("{refused}");
        }
        return ExitCode::from(match refused.status {
            400 => 2,
            404 => 4,
            409 => 5,
            413 | 422 => 3,
            _ => 1,
        });
    }
    if json {
        eprintln!(
            "{}",
            serde_json::json!({"type": "about:blank", "title": "Error", "detail": format!("{error:#}")})
        );
    } else {
        eprintln!("evenkeel: {error:#}");
    }
    if error.downcast_ref::<Interrupted>().is_some() {
        return ExitCode::from(130);
    }
    if error.downcast_ref::<DirectoryError>().is_some() {
        return ExitCode::from(5);
    }
    if error.downcast_ref::<Missing>().is_some() {
        return ExitCode::from(4);
    }
    if error.downcast_ref::<NotKept>().is_some() {
        return ExitCode::from(6);
    }
    if error.downcast_ref::<WrongInput>().is_some() {
        return ExitCode::from(3);
    }
    ExitCode::FAILURE
}

/// The person pressed Ctrl-C.
#[derive(Debug, thiserror::Error)]
#[error("interrupted; start the same command again to go on where it stopped")]
pub struct Interrupted;

/// Something named does not exist.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct Missing(pub String);

/// Judged, and so many observations did not keep the standard.
#[derive(Debug, thiserror::Error)]
#[error("not kept: {0}")]
pub struct NotKept(pub usize);

/// Input that the command line itself found wrong (a missing file or folder).
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct WrongInput(pub String);
