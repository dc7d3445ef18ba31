//! The router in this process, over a real registry and real tables in a temporary folder.

mod document;
mod doors;
mod files;
mod foundation;
mod imports;
mod overview;
mod pages;
mod questions;
mod support;
mod uploads;
