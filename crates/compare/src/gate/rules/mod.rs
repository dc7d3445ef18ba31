//! The rules, one a file. Each looks at the table and withdraws cells; none shows one.

pub(super) mod audit;
pub(super) mod nested;
pub(super) mod revision;
pub(super) mod siblings;
pub(super) mod unanimous;
