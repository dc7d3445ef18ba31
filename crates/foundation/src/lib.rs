//! What was agreed: ids, parties, units, standards, instruments, indicators; parse, check,
//! version, diff.
//!
//! Purpose: the vocabulary of every other room, and the way from text files to a checked
//! [`Foundation`] and back.
//!
//! Invariant: pure. Files come in as bytes and go out as bytes; there is no clock, no disk and no
//! network here. A foundation that exists is a foundation without problems.
//!
//! Absent on purpose: versions and authors (registry), answers and observations (facts), judging
//! (assess).

pub mod attribute;
pub mod calendar;
mod canonical;
mod check;
pub mod diff;
pub mod foundation;
pub mod ids;
pub mod indicator;
pub mod instrument;
pub mod keepers;
pub mod mirror;
pub mod object;
pub mod organisation;
mod parse;
pub mod party;
pub mod period;
pub mod problem;
pub mod proportion;
pub mod reading;
pub mod requirement;
pub mod standard;
pub mod team;
pub mod text;
pub mod touchpoint;
pub mod tree;
pub mod unit;

pub use attribute::{Attribute, AttributeValue, ContactLevel};
pub use calendar::{Calendar, OpenHours, Span, UnitHours};
pub use canonical::export;
pub use diff::{Action, Change, FieldChange, Plan, field_changes, plan};
pub use foundation::Foundation;
pub use ids::{
    AttributeId, CalendarId, CovariateId, IdError, IndicatorId, InstrumentId, ItemId, LevelId,
    MirrorId, PartyId, StandardId, TeamId, TouchpointId, UnitId, slugify,
};
pub use indicator::{Covariate, Direction, Indicator, IndicatorKind};
pub use instrument::{Instrument, Item, Scale};
pub use keepers::{Asks, is_keepers};
pub use mirror::{ItemRef, Mirror, MirrorSide};
pub use object::{Object, ObjectKind};
pub use organisation::{AlignmentPair, Level, Organisation};
pub use parse::{parse, parse_standard};
pub use party::{INTERNAL_MINIMUM_N, Party, PartyRole, Side};
pub use period::{Granularity, Period};
pub use problem::Problem;
pub use proportion::Proportion;
pub use requirement::Requirement;
pub use standard::{Dimension, Latitude, Standard};
pub use team::Team;
pub use text::Text;
pub use touchpoint::Touchpoint;
pub use tree::{TreeError, UnitTree};
pub use unit::{Origin, Unit};
