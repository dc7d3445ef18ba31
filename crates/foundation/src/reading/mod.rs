//! Reading TOML so that every problem can be mended: all of them at once, each with its place.
//!
//! Purpose: the small reader under `parse`, and under the mapping files of imports. A [`Document`]
//! gives [`Fields`], a field is a [`Cursor`], and a cursor's typed getters return `None` after
//! they have told the [`Report`] what was found and what is allowed.
//!
//! Invariant: reading never stops at the first problem. A file whose syntax is broken reports that
//! alone: what follows from it would be noise.
//!
//! Absent on purpose: serde. Its errors stop at the first and do not know the way to the value.

mod cursor;
mod document;
mod places;
mod report;
mod values;

pub use cursor::{Cursor, Fields};
pub use document::Document;
pub use places::{LineIndex, Place, Places};
pub use report::{Report, nearest, one_of};
