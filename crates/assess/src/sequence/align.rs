//! The cheapest way from the required steps to the observed ones.
//!
//! Optimal string alignment (Damerau's four moves, each step touched by at most one of them), not
//! the unrestricted Damerau–Levenshtein distance: that would call two steps swapped with others
//! done in between, which nobody who stands at the pass would say, and its explanation could not
//! be read from left to right.
//!
//! Ties: read from the first step on, the cheapest explanation is the one that prefers, at the
//! first place where two differ, the same step, then a swap, then a step instead of another, then
//! a missing step, then an added one. So with equal neighbours the first of them is the one that
//! was done: of `patty patty` with one patty, the second is missing.

/// One step of an explanation; places count from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Move {
    /// The step that is required.
    Same {
        /// Its place among the required steps.
        required: usize,
        /// Its place among the observed steps.
        observed: usize,
    },
    /// Two neighbours in the other order.
    Swapped {
        /// The place of the first among the required steps.
        required: usize,
        /// The place of the second, which comes first, among the observed steps.
        observed: usize,
    },
    /// Another step instead.
    Instead {
        /// The place of the one that is missing.
        required: usize,
        /// The place of the one that was done.
        observed: usize,
    },
    /// A required step that was not done.
    Missing {
        /// Its place among the required steps.
        required: usize,
    },
    /// A step that is not required.
    Added {
        /// Its place among the observed steps.
        observed: usize,
    },
}

impl Move {
    /// How many deviations it is.
    pub fn cost(self) -> usize {
        match self {
            Self::Same { .. } => 0,
            Self::Swapped { .. } | Self::Missing { .. } | Self::Added { .. } => 1,
            Self::Instead { .. } => 2,
        }
    }

    /// How many steps it takes of the required and of the observed ones.
    fn taken(self) -> (usize, usize) {
        match self {
            Self::Same { .. } | Self::Instead { .. } => (1, 1),
            Self::Swapped { .. } => (2, 2),
            Self::Missing { .. } => (1, 0),
            Self::Added { .. } => (0, 1),
        }
    }
}

/// How many deviations the cheapest explanation has.
pub fn cost<T: PartialEq>(required: &[T], observed: &[T]) -> usize {
    align(required, observed).into_iter().map(Move::cost).sum()
}

/// The cheapest explanation, from the first step to the last.
///
/// Time and memory grow with the product of the two lengths.
pub fn align<T: PartialEq>(required: &[T], observed: &[T]) -> Vec<Move> {
    let rests = rests(required, observed);
    let mut moves = Vec::with_capacity(required.len().max(observed.len()));
    let (mut i, mut j) = (0, 0);
    while i < required.len() || j < observed.len() {
        let best = offered(required, observed, i, j)
            .into_iter()
            .flatten()
            .find(|step| {
                let (a, b) = step.taken();
                step.cost() + rests[i + a][j + b] == rests[i][j]
            });
        // One of the moves always reaches the cost it was computed from.
        let Some(step) = best else { break };
        let (a, b) = step.taken();
        i += a;
        j += b;
        moves.push(step);
    }
    moves
}

/// The moves that are possible from here, in the order in which ties prefer them.
fn offered<T: PartialEq>(required: &[T], observed: &[T], i: usize, j: usize) -> [Option<Move>; 5] {
    let both = i < required.len() && j < observed.len();
    let same = both && required[i] == observed[j];
    let swapped = i + 1 < required.len()
        && j + 1 < observed.len()
        && required[i] == observed[j + 1]
        && required[i + 1] == observed[j];
    let place = Move::Same {
        required: i,
        observed: j,
    };
    let swap = Move::Swapped {
        required: i,
        observed: j,
    };
    let instead = Move::Instead {
        required: i,
        observed: j,
    };
    [
        same.then_some(place),
        swapped.then_some(swap),
        (both && !same).then_some(instead),
        (i < required.len()).then_some(Move::Missing { required: i }),
        (j < observed.len()).then_some(Move::Added { observed: j }),
    ]
}

/// `rests[i][j]`: the cost of what follows place `i` and `j`.
fn rests<T: PartialEq>(required: &[T], observed: &[T]) -> Vec<Vec<usize>> {
    let (m, n) = (required.len(), observed.len());
    let mut rests = vec![vec![0; n + 1]; m + 1];
    for i in (0..=m).rev() {
        for j in (0..=n).rev() {
            let least = offered(required, observed, i, j)
                .into_iter()
                .flatten()
                .map(|step| {
                    let (a, b) = step.taken();
                    step.cost() + rests[i + a][j + b]
                })
                .min();
            rests[i][j] = least.unwrap_or(0);
        }
    }
    rests
}
