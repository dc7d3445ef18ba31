//! Questions over real tables, against counting every row by hand.

mod fixture;
mod indicators;
mod items;
mod observations;
mod outside;
mod time;
