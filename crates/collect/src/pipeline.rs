//! A file through a converter: one thread reads, the caller's converts, and the tables' own thread
//! encodes, so that both cores of a small machine work and memory stays bounded.
//!
//! Invariant: at most [`WAITING_MAX`] batches wait between reading and converting; a slow disk or
//! converter slows the reader down.

use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::sync_channel;

use rand::Rng;

use crate::convert::{Converted, Converter};
use crate::error::ImportError;
use crate::report::{Phase, Progress};
use crate::source::{self, Meter, Opening, RawBatch};

const WAITING_MAX: usize = 2;

/// Who wants to know, and who may stop it.
pub(crate) struct Watch<'w> {
    pub progress: &'w dyn Fn(Progress),
    pub cancelled: &'w AtomicBool,
    pub bytes_total: u64,
    pub phase: Phase,
}

/// Reads the whole file through `converter`; `take` gets what every batch became.
pub(crate) fn pass(
    opening: &Opening,
    converter: &mut Converter<'_>,
    rng: &mut dyn Rng,
    watch: &Watch<'_>,
    mut take: impl FnMut(&mut Converter<'_>, Converted) -> Result<(), ImportError>,
) -> Result<(), ImportError> {
    let wanted = converter.wanted();
    let meter = Arc::new(Meter::default());
    let (batches, received) = sync_channel::<RawBatch>(WAITING_MAX);
    std::thread::scope(|scope| {
        let reader = std::thread::Builder::new()
            .name("collect-read".to_owned())
            .spawn_scoped(scope, || {
                // Moved in, so that the channel closes when reading ends.
                let batches = batches;
                source::read(
                    opening,
                    &wanted,
                    &meter,
                    &mut |batch| match batches.send(batch) {
                        Ok(()) => ControlFlow::Continue(()),
                        // The converter has given up and says why itself.
                        Err(_) => ControlFlow::Break(()),
                    },
                )
            });
        let reader = reader.map_err(|source| ImportError::Read(opening.io(source)))?;
        let mut converted = Ok(());
        for batch in &received {
            converted = step(converter, batch, rng, watch, &meter, &mut take);
            if converted.is_err() {
                break;
            }
        }
        // Nobody takes batches any more: a reader that waits is let go.
        drop(received);
        let read = reader.join().map_err(|_| ImportError::ReaderLost)?;
        converted?;
        read.map_err(ImportError::Read)
    })
}

fn step(
    converter: &mut Converter<'_>,
    batch: RawBatch,
    rng: &mut dyn Rng,
    watch: &Watch<'_>,
    meter: &Meter,
    take: &mut impl FnMut(&mut Converter<'_>, Converted) -> Result<(), ImportError>,
) -> Result<(), ImportError> {
    if watch.cancelled.load(Ordering::Acquire) {
        let rows_read = converter.counts.rows_read;
        return Err(ImportError::Interrupted { rows_read });
    }
    let converted = converter.convert(batch, rng)?;
    take(converter, converted)?;
    (watch.progress)(Progress {
        phase: watch.phase,
        bytes_read: meter.bytes().min(watch.bytes_total),
        bytes_total: watch.bytes_total,
        rows_read: converter.counts.rows_read,
        rows_stored: converter.counts.rows_stored,
    });
    Ok(())
}
