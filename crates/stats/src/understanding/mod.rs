//! How well one party predicts what another says.
//!
//! Per direction: concordance (headline), bias, tracking, projection; [`direction`] gives them
//! with intervals over clusters, because pairs of the same people are not independent. Never a
//! raw or squared gap. Mutual understanding is the lower of the two directions, never an average.
//! Sources: Lin (1989) concordance; Cronbach (1955) components; West & Kenny (2011) truth and
//! bias; Edwards (1994) against difference scores.

mod agreement;
mod components;
mod direction;
mod profiles;
mod truth_and_bias;

pub use agreement::{Agreement, agreement, bias_and_error, lin_interval};
pub use components::{Components, components};
pub use direction::{Direction, Mutual, direction, mutual};
pub use profiles::{correlation, profile_similarity};
pub use truth_and_bias::{TruthAndBias, truth_and_bias};
