//! The one gate before every outlet: what of employees' answers may be shown.
//!
//! Employees' results are not computed when somebody asks. They are drawn up once, for all units,
//! periods and attributes together, checked against the nine rules of docs/PRIVACY.md, and frozen
//! as a [`Release`]; pages, API, command line and exports read from it.
//!
//! | rule | where |
//! |---|---|
//! | 1 frozen; filters choose among frozen tables | [`Release`], [`Passed`] |
//! | 2 minimum n, which never goes down | [`release`] |
//! | 3 organisation unit × one attribute | [`CellKey`] has room for no more |
//! | 4 nested shown groups differ by nobody or by k | `rules/nested` |
//! | 5 hidden siblings are k people together | `rules/siblings` |
//! | 6 exact linear audit | `rules/audit` |
//! | 7 a cell changes with k changed responses | `rules/revision` |
//! | 8 no share above (n−2)/n | `rules/unanimous` |
//! | 9 joint views take the stricter rule | `alignment`: shown cells only |
//!
//! Invariant: [`Passed`] is the only evidence that this room makes estimates from, and nothing but
//! this module makes one; statistics themselves cannot be serialised. Customers' answers and
//! delivery pass as they are.
//! Absent on purpose: storage (registry) and questions (measure).

mod cell;
mod decide;
mod draft;
mod passed;
mod products;
mod released;
mod rules;
mod stored;
mod table;

#[cfg(test)]
mod attacks;
#[cfg(test)]
mod crowd;
#[cfg(test)]
mod simulation;

pub use cell::{CellKey, GRAINS};
pub use draft::{Atom, AtomKey, Draft};
pub use passed::{Passed, is_delivery, is_protected, is_protected_party};
pub use products::{PassedProducts, PassedUnits};
pub use released::{Family, FamilyCounts, Release, families, release};
pub use stored::StoredError;
