//! Steps that were done, against steps that are required.
//!
//! Invariant: the cheapest explanation. A missing step, an added step and two neighbours swapped
//! each cost one; a step instead of another is one missing and one added, and costs two. Steps may
//! repeat. Capital letters and blanks around a step do not count.
//!
//! Absent on purpose: weights of steps. A promise that is broken in two places is broken in two
//! places; what matters more is another standard.

mod align;
mod explain;

use evenkeel_foundation::Latitude;
use evenkeel_foundation::requirement::Sequence;

pub use align::{Move, align, cost};
pub use explain::{Explanation, explain};

use crate::{Assessment, Deviation};

/// Judges the steps that were done.
pub(crate) fn judge(sequence: &Sequence, observed: &[String], latitude: &Latitude) -> Assessment {
    let steps = Steps::new(sequence, observed, latitude);
    let mut deviations = Vec::new();
    let mut extras = Vec::new();
    let missing = |at: usize| Deviation::StepMissing {
        step: sequence.steps[at].clone(),
        at: at + 1,
    };
    let mut added = |at: usize, deviations: &mut Vec<Deviation>| match steps.welcome(at) {
        Some(extra) => extras.push(extra.to_owned()),
        None => deviations.push(Deviation::StepAdded {
            step: steps.done(at),
            at: at + 1,
        }),
    };
    for step in steps.moves() {
        match step {
            Move::Same { .. } => {}
            Move::Missing { required } => deviations.push(missing(required)),
            Move::Added { observed } => added(observed, &mut deviations),
            Move::Instead { required, observed } => {
                deviations.push(missing(required));
                added(observed, &mut deviations);
            }
            Move::Swapped { required, .. } => deviations.push(Deviation::StepsSwapped {
                first: sequence.steps[required].clone(),
                second: sequence.steps[required + 1].clone(),
                at: required + 1,
            }),
        }
    }
    Assessment::of(deviations).with_extras(extras)
}

/// Both lists of steps as they are compared.
struct Steps<'s> {
    required: Vec<String>,
    observed: Vec<String>,
    written: &'s [String],
    latitude: &'s Latitude,
}

impl<'s> Steps<'s> {
    fn new(sequence: &Sequence, observed: &'s [String], latitude: &'s Latitude) -> Self {
        let fold = |steps: &[String]| steps.iter().map(|step| folded(step)).collect();
        Self {
            required: fold(&sequence.steps),
            observed: fold(observed),
            written: observed,
            latitude,
        }
    }

    fn moves(&self) -> Vec<Move> {
        align(&self.required, &self.observed)
    }

    /// The welcome extra that an observed step is.
    fn welcome(&self, at: usize) -> Option<&'s str> {
        let extras = self.latitude.extras.iter();
        let mut extras = extras.filter(|extra| folded(extra) == self.observed[at]);
        extras.next().map(String::as_str)
    }

    /// An observed step as it was written.
    fn done(&self, at: usize) -> String {
        self.written[at].trim().to_owned()
    }
}

/// A step as it is compared.
fn folded(step: &str) -> String {
    let words: Vec<&str> = step.split_whitespace().collect();
    words.join(" ").to_lowercase()
}
