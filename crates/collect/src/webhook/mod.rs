//! Webhooks of other programs: a mapping says where in their JSON an observation is.
//!
//! ```toml
//! source = "zendesk"
//! event = "/id"                          # what makes a call unique: JSON pointer (RFC 6901)
//! [when]                                 # calls where not all of these hold are passed over
//! "/type" = ["zen:event-type:ticket.status_changed"]
//! [observation]                          # fields of docs/OBSERVATIONS.md
//! standard = { value = "mail-answered" }
//! unit = { at = "/detail/group_id", words = { "8447320465790" = "office" } }
//! key = { at = "/detail/id" }
//! from = { at = "/detail/created_at" }
//! to = { at = "/time", when = { "/event/current" = ["SOLVED", "CLOSED"] } }
//! chosen = { value = "census" }
//! ```
//!
//! Invariant: a mapping names fields of an observation only, so that what a webhook brings is
//! judged exactly as what anybody else sends. Absent on purpose: HTTP, tokens, and programs in the
//! mapping; what needs one is another program's work.

mod mapping;
mod read;

pub use mapping::{WebhookError, WebhookMapping};
pub use read::{CallError, Called};
