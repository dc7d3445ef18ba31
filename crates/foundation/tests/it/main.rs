//! The foundation from outside: files in, foundation or problems out.

mod calendars;
mod examples;
mod indicators;
mod instruments;
mod keepers;
mod objects;
mod plans;
mod problems;
mod requirements;
mod round_trip;
mod small;
mod trees;
