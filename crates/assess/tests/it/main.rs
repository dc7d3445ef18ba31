//! Observations against requirements of every kind.

mod checklists;
mod clocks;
mod judging;
mod numbers;
mod refusals;
mod rubrics;
mod sequences;
mod texts;
