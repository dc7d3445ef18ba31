//! Statistics in, judgements out: the room's behaviour as `web` sees it.

mod agreed;
mod alignment;
mod differences;
mod estimates;
