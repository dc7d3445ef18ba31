//! Tests of the real binary and of the house as a whole.

mod analyses;
mod assess;
mod crash;
mod durable;
mod edges;
mod foundation;
mod import;
mod inbox;
mod people;
mod pipe;
mod reassess;
mod server;
mod small;
