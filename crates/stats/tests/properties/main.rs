//! What holds for any data: merging in any order, units that do not matter, sides that mirror,
//! more answers that say more. More of them are beside the code that they test.
#![allow(
    clippy::unwrap_used,
    reason = "a failed unwrap in a test is a failed test"
)]

mod groups;
mod merging;
mod more_answers;
mod units;
