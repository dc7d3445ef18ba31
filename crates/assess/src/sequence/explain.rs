//! What is wrong with a sequence as a cook would say it.
//!
//! Invariant: it is made of the same alignment as the deviations, and every one of them is in
//! exactly one explanation. The words themselves are
//! made elsewhere, in the reader's language.

use evenkeel_foundation::Latitude;
use evenkeel_foundation::requirement::Sequence;

use super::align::Move;
use super::{Steps, folded};

/// One thing to say about the steps.
#[derive(Debug, Clone, PartialEq)]
pub enum Explanation {
    /// "Sauce forgotten".
    Forgotten {
        /// The step.
        step: String,
        /// Its place among the required steps, from 1.
        at: usize,
    },
    /// "A grilled bun instead of a bun".
    Instead {
        /// What was done.
        done: String,
        /// What is required.
        required: String,
        /// Its place among the required steps, from 1.
        at: usize,
    },
    /// "Two patties instead of one": a required step that was done once more, or once less,
    /// though it was done.
    Times {
        /// The step.
        step: String,
        /// How often it was done.
        done: usize,
        /// How often it is required.
        required: usize,
    },
    /// "Cheese in the wrong place": done as often as required, but elsewhere.
    Moved {
        /// The step.
        step: String,
        /// Where it is required, from 1.
        at: usize,
    },
    /// "Bacon is not part of it".
    Added {
        /// The step.
        step: String,
        /// Its place among the observed steps, from 1.
        at: usize,
    },
    /// "Cheese and pickle swapped".
    Swapped {
        /// The one that is required first.
        first: String,
        /// The one that is required second.
        second: String,
        /// The place of the first among the required steps, from 1.
        at: usize,
    },
}

/// Explains what is wrong with the steps that were done; welcome additions are not.
pub fn explain(sequence: &Sequence, observed: &[String], latitude: &Latitude) -> Vec<Explanation> {
    let steps = Steps::new(sequence, observed, latitude);
    let mut said: Vec<Explanation> = Vec::new();
    let required = |at: usize| sequence.steps[at].clone();
    let forgotten = |at: usize| Explanation::Forgotten {
        step: required(at),
        at: at + 1,
    };
    for step in steps.moves() {
        match step {
            Move::Same { .. } => {}
            Move::Missing { required } => said.push(forgotten(required)),
            Move::Added { observed: at } if steps.welcome(at).is_none() => {
                said.push(Explanation::Added {
                    step: steps.done(at),
                    at: at + 1,
                });
            }
            Move::Instead {
                required: r,
                observed: at,
            } if steps.welcome(at).is_none() => {
                said.push(Explanation::Instead {
                    done: steps.done(at),
                    required: required(r),
                    at: r + 1,
                });
            }
            Move::Instead { required, .. } => said.push(forgotten(required)),
            Move::Added { .. } => {}
            Move::Swapped { required: at, .. } => said.push(Explanation::Swapped {
                first: required(at),
                second: required(at + 1),
                at: at + 1,
            }),
        }
    }
    counted(&sequence.steps, swapped(said))
}

/// Two steps of which each was done instead of the other are swapped, however far apart.
fn swapped(said: Vec<Explanation>) -> Vec<Explanation> {
    let mut told = Vec::with_capacity(said.len());
    let mut rest = said.into_iter().collect::<std::collections::VecDeque<_>>();
    while let Some(one) = rest.pop_front() {
        let Explanation::Instead { done, required, at } = &one else {
            told.push(one);
            continue;
        };
        let other = rest.iter().position(|other| {
            matches!(other, Explanation::Instead { done: d, required: r, .. }
                if folded(d) == folded(required) && folded(r) == folded(done))
        });
        match other.and_then(|place| rest.remove(place)) {
            Some(Explanation::Instead {
                required: second, ..
            }) => {
                told.push(Explanation::Swapped {
                    first: required.clone(),
                    second,
                    at: *at,
                });
            }
            _ => told.push(one),
        }
    }
    told
}

/// Puts numbers to steps that are required more often, or done more often, than once.
fn counted(steps: &[String], said: Vec<Explanation>) -> Vec<Explanation> {
    let required = |step: &str| steps.iter().filter(|s| folded(s) == folded(step)).count();
    let mut told: Vec<String> = Vec::new();
    let mut counted = Vec::with_capacity(said.len());
    for one in &said {
        let step = match one {
            Explanation::Forgotten { step, .. } | Explanation::Added { step, .. } => step,
            other => {
                counted.push(other.clone());
                continue;
            }
        };
        let key = folded(step);
        let [mut more, mut less] = [0, 0];
        let mut elsewhere = false;
        for other in &said {
            match other {
                Explanation::Added { step, .. } if folded(step) == key => more += 1,
                Explanation::Forgotten { step, .. } if folded(step) == key => less += 1,
                Explanation::Instead { done, required, .. } => {
                    elsewhere |= folded(done) == key || folded(required) == key;
                }
                _ => {}
            }
        }
        if more > 0 && more == less && !elsewhere {
            // Forgotten where it belongs and added elsewhere: said once, at the place it belongs to.
            if let Explanation::Forgotten { step, at } = one {
                counted.push(Explanation::Moved {
                    step: step.clone(),
                    at: *at,
                });
            }
            continue;
        }
        let needed = required(step);
        let done = (needed + more).saturating_sub(less);
        // A step that is in another's place too: numbers would hide that.
        let is_number = needed > 0 && done > 0 && !elsewhere && (more == 0 || less == 0);
        if !is_number {
            counted.push(one.clone());
        } else if !told.contains(&key) {
            told.push(key);
            counted.push(Explanation::Times {
                step: step.clone(),
                done,
                required: needed,
            });
        }
    }
    counted
}
