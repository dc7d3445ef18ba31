//! Scores of several raters that belong together.
//!
//! What belongs together is what was judged together when it came in: of a file the rows of one
//! subject, of observations that came in by themselves the scores of one of them. One row carries the
//! judgement of all: the one that notes the scores from which it was judged, else the one that
//! has a judgement, else the last.
//!
//! Invariant: memory is bounded by [`SCORES_MAX`]; rows that judge nothing (blind rounds, what a
//! person judged) are in no round.

use std::hash::{DefaultHasher, Hasher as _};

use evenkeel_foundation::StandardId;

use super::ReassessError;
use super::seen::detail;
use super::stored::{Stored, StoredLook};
use crate::hash::RowHash;
use crate::observation::{CALIBRATION, Noted};

/// Scores that are held (56 bytes each).
pub(super) const SCORES_MAX: usize = 4_000_000;

/// What observations have as `import_id` that came in by themselves.
const BY_ITSELF: &str = "inbox";

/// All rounds of a standard.
#[derive(Debug, Default)]
pub(super) struct Rounds {
    /// By round and rater, of each rater the latest last.
    scores: Vec<Score>,
    /// By place.
    carriers: Vec<Carrier>,
    /// Places of the rows of rounds, ascending.
    places: Vec<u64>,
    /// Rows gathered so far, in rounds or not.
    rows: u64,
}

#[derive(Debug, Clone, Copy)]
struct Score {
    round: u128,
    rater: u64,
    received_at: i64,
    place: u64,
    score: f64,
    is_judged: bool,
    is_noted: bool,
}

#[derive(Debug, Clone, Copy)]
struct Carrier {
    place: u64,
    first: usize,
    end: usize,
    /// Several rows of the round have a judgement: people gave them.
    is_told: bool,
}

/// What a row is to its round.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Role {
    /// It is in none.
    None,
    /// Another row carries the judgement.
    Beside,
    /// A person judged it.
    Told,
    /// It carries the judgement, made of these scores, one a rater.
    Carrier(Vec<f64>),
}

impl Rounds {
    /// Adds the scores of a batch; batches come in the order in which places are counted.
    pub(super) fn gather(
        &mut self,
        stored: &Stored<'_>,
        standard: &StandardId,
    ) -> Result<(), ReassessError> {
        let first = self.rows;
        self.rows += stored.len() as u64;
        for row in 0..stored.len() {
            let place = first + row as u64;
            if stored.standard(row) != standard.as_str() {
                continue;
            }
            let look = stored.look(row);
            let (Some(score), false) = (look.value, look.channel == Some(CALIBRATION)) else {
                continue;
            };
            let noted = Noted::read(&detail(&look));
            if noted.kept.is_some() {
                continue;
            }
            if self.scores.len() >= SCORES_MAX {
                return Err(ReassessError::TooManyScores);
            }
            self.scores.push(Score {
                round: round(&look, place),
                rater: rater(&look),
                received_at: look.received_at.as_microsecond(),
                place,
                score,
                is_judged: look.kept.is_some(),
                is_noted: !noted.scores.is_empty(),
            });
        }
        Ok(())
    }

    /// Finds the carrier of each round, when all scores are there.
    pub(super) fn close(&mut self) {
        self.scores
            .sort_unstable_by_key(|of| (of.round, of.rater, of.received_at, of.place));
        let mut first = 0;
        for round in self.scores.chunk_by(|a, b| a.round == b.round) {
            let end = first + round.len();
            let last = |of: fn(&&Score) -> bool| round.iter().filter(of).max_by_key(|of| of.place);
            let carrier = |place, is_told| Carrier {
                place,
                first,
                end,
                is_told,
            };
            let judged = round.iter().filter(|of| of.is_judged);
            match last(|of| of.is_noted) {
                Some(noted) => self.carriers.push(carrier(noted.place, false)),
                None if judged.clone().count() > 1 => {
                    let told = judged.map(|of| carrier(of.place, true));
                    self.carriers.extend(told);
                }
                None => {
                    let of = last(|of| of.is_judged).or_else(|| last(|_| true));
                    self.carriers.extend(of.map(|of| carrier(of.place, false)));
                }
            }
            first = end;
        }
        self.carriers.sort_unstable_by_key(|of| of.place);
        let mut places: Vec<u64> = self.scores.iter().map(|of| of.place).collect();
        places.sort_unstable();
        self.places = places;
    }

    /// What the row at a place is to its round.
    pub(super) fn role(&self, place: u64) -> Role {
        if self.places.binary_search(&place).is_err() {
            return Role::None;
        }
        let found = self.carriers.binary_search_by_key(&place, |of| of.place);
        match found.ok().and_then(|at| self.carriers.get(at)) {
            None => Role::Beside,
            Some(carrier) if carrier.is_told => Role::Told,
            Some(carrier) => {
                let round = &self.scores[carrier.first..carrier.end];
                let latest = round.chunk_by(|a, b| a.rater == b.rater);
                let latest = latest.filter_map(|of_rater| of_rater.last());
                Role::Carrier(latest.map(|of| of.score).collect())
            }
        }
    }
}

/// What tells rounds apart.
fn round(look: &StoredLook<'_>, place: u64) -> u128 {
    let mut hash = RowHash::new();
    hash.cell(look.origin().as_bytes());
    match look.subject {
        _ if look.origin() == BY_ITSELF => {
            let of_rater = look.rater.map(|rater| format!("|{rater}"));
            let of_rater = of_rater.unwrap_or_else(|| "|".to_owned());
            let key = look.id.strip_suffix(of_rater.as_str());
            hash.cell(key.unwrap_or(look.id).as_bytes());
        }
        Some(subject) => hash.cell(subject.as_bytes()),
        // Nobody can say which scores belong together: each stands for itself.
        None => hash.cell(&place.to_le_bytes()),
    }
    hash.finish()
}

fn rater(look: &StoredLook<'_>) -> u64 {
    let mut hasher = DefaultHasher::new();
    hasher.write(look.rater.unwrap_or_default().as_bytes());
    hasher.finish()
}
