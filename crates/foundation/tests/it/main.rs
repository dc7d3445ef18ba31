//! The foundation from outside: files in, foundation or problems out.

mod examples;
mod instruments;
mod objects;
mod plans;
mod problems;
mod round_trip;
mod small;
mod trees;
