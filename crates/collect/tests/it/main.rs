//! Imports of small files made here, through to the rows of the tables.

mod accounts;
mod aggregates;
mod duplicates;
mod errors;
mod files;
mod guessing;
mod incoming;
mod kinds;
mod mapping;
mod observations;
mod once;
mod previewing;
mod reassess;
mod responses;
mod support;
mod times;
mod units;
