//! A release as bytes, for the registry.
//!
//! Invariant: what is read back equals what was written (counts exactly, real values to the last
//! digit but one, as JSON is read), so that a frozen number stays the same for ever. Only the registry gets these bytes; they hold statistics of shown cells, none of
//! hidden ones.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use evenkeel_foundation::{IndicatorId, Period, UnitId};
use evenkeel_stats::{
    Clusters, CoMoments, Counted, Frequencies, Histogram, Moments, People, Statistics,
    WeightedMoments,
};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::cell::CellKey;
use super::draft::AtomKey;
use super::released::{Family, FamilyCounts, Frozen, Part, Release};
use crate::estimate::HiddenReason;

/// Bytes that are no release.
#[derive(Debug, thiserror::Error)]
#[error("a stored release cannot be read")]
pub struct StoredError(#[from] serde_json::Error);

impl Release {
    /// The release as JSON.
    pub fn write(&self) -> Result<Vec<u8>, StoredError> {
        let stored = Stored {
            number: self.number,
            snapshot: self.snapshot.clone(),
            fingerprint: self.fingerprint.clone(),
            families: self.families.iter().map(StoredFamily::of).collect(),
        };
        Ok(serde_json::to_vec(&stored)?)
    }

    /// Reads what [`Release::write`] wrote.
    pub fn read(bytes: &[u8]) -> Result<Self, StoredError> {
        let stored: Stored = serde_json::from_slice(bytes)?;
        Ok(Self {
            number: stored.number,
            snapshot: stored.snapshot,
            fingerprint: stored.fingerprint,
            families: stored
                .families
                .into_iter()
                .map(StoredFamily::family)
                .collect(),
        })
    }
}

#[derive(Serialize, Deserialize)]
struct Stored {
    number: u32,
    snapshot: String,
    fingerprint: String,
    families: Vec<StoredFamily>,
}

#[derive(Serialize, Deserialize)]
struct StoredFamily {
    indicators: BTreeSet<IndicatorId>,
    minimum_n: u64,
    /// shown, kept, below minimum, subtractable
    counts: [u64; 4],
    cells: Vec<(StoredKey, StoredCell)>,
    shown_at: Vec<(StoredKey, Vec<u32>)>,
    parts: Vec<(IndicatorId, StoredAtoms)>,
}

type StoredKey = (Option<UnitId>, Label, Option<(String, String)>);
type StoredAtom = (Vec<UnitId>, Label, Vec<(String, String)>);
type StoredAtoms = Vec<(StoredAtom, Vec<StoredPart>)>;
/// from, until, people
type StoredPart = (u32, Option<u32>, u64);

/// A period by its label: there is one a cell.
struct Label(Period);

impl Serialize for Label {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0.label())
    }
}

impl<'de> Deserialize<'de> for Label {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let label = String::deserialize(deserializer)?;
        Period::parse(&label)
            .map(Self)
            .map_err(serde::de::Error::custom)
    }
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum StoredCell {
    Shown(String, Vec<(IndicatorId, StoredCounted)>),
    BelowMinimum(u32),
    Subtractable,
    NotReleased,
}

#[derive(Serialize, Deserialize)]
struct StoredCounted {
    statistics: StoredStatistics,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    people: Option<(u64, Option<Clusters>)>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum StoredStatistics {
    Scores(Histogram),
    Frequencies(Frequencies),
    Share(f64, u64),
    Moments(Moments),
    Weighted(WeightedMoments),
    MeanOnly(f64, u64),
    Parts(Vec<(String, StoredStatistics)>, Option<CoMoments>),
    Rate(f64, f64),
    Value(f64, Option<f64>),
}

fn key_of(key: &CellKey) -> StoredKey {
    (key.unit.clone(), Label(key.period), key.segment.clone())
}

fn cell_key((unit, Label(period), segment): StoredKey) -> CellKey {
    CellKey {
        unit,
        period,
        segment,
    }
}

impl StoredFamily {
    fn of(family: &Family) -> Self {
        let FamilyCounts {
            shown,
            kept,
            below_minimum,
            subtractable,
        } = family.counts();
        let atoms = |parts: &BTreeMap<AtomKey, Vec<Part>>| {
            let part = |part: &Part| (part.from, part.until, part.people);
            let atom = |(key, parts): (&AtomKey, &Vec<Part>)| {
                let key = (key.units.clone(), Label(key.period), key.values.clone());
                (key, parts.iter().map(part).collect())
            };
            parts.iter().map(atom).collect()
        };
        Self {
            indicators: family.indicators.clone(),
            minimum_n: family.minimum_n,
            counts: [shown, kept, below_minimum, subtractable],
            cells: family
                .cells
                .iter()
                .map(|(key, cell)| (key_of(key), StoredCell::of(cell)))
                .collect(),
            shown_at: family
                .shown_at
                .iter()
                .map(|(key, releases)| (key_of(key), releases.clone()))
                .collect(),
            parts: family
                .parts
                .iter()
                .map(|(indicator, parts)| (indicator.clone(), atoms(parts)))
                .collect(),
        }
    }

    fn family(self) -> Family {
        let atoms = |atoms: StoredAtoms| {
            let part = |(from, until, people)| Part {
                from,
                until,
                people,
            };
            atoms
                .into_iter()
                .map(|((units, Label(period), values), parts)| {
                    let key = AtomKey {
                        units,
                        period,
                        values,
                    };
                    (key, parts.into_iter().map(part).collect())
                })
                .collect()
        };
        let shown_at = self
            .shown_at
            .into_iter()
            .map(|(key, at)| (cell_key(key), at));
        let parts = self
            .parts
            .into_iter()
            .map(|(indicator, of)| (indicator, atoms(of)));
        let [shown, kept, below_minimum, subtractable] = self.counts;
        Family::stored(
            self.indicators,
            self.minimum_n,
            self.cells
                .into_iter()
                .map(|(key, cell)| (cell_key(key), cell.frozen()))
                .collect(),
            (shown_at.collect(), parts.collect()),
            FamilyCounts {
                shown,
                kept,
                below_minimum,
                subtractable,
            },
        )
    }
}

impl StoredCell {
    fn of(cell: &Frozen) -> Self {
        match cell {
            Frozen::Shown { evidence, snapshot } => Self::Shown(
                snapshot.to_string(),
                evidence
                    .iter()
                    .map(|(id, counted)| (id.clone(), StoredCounted::of(counted)))
                    .collect(),
            ),
            Frozen::Hidden(HiddenReason::BelowMinimumN { minimum_n }) => {
                Self::BelowMinimum(*minimum_n)
            }
            Frozen::Hidden(HiddenReason::Subtractable) => Self::Subtractable,
            // Delivery is never frozen, so no team is too small here.
            Frozen::Hidden(HiddenReason::NotReleased | HiddenReason::SmallTeam { .. }) => {
                Self::NotReleased
            }
        }
    }

    fn frozen(self) -> Frozen {
        match self {
            Self::Shown(snapshot, evidence) => Frozen::Shown {
                evidence: evidence
                    .into_iter()
                    .map(|(id, counted)| (id, counted.counted()))
                    .collect(),
                snapshot: Arc::from(snapshot),
            },
            Self::BelowMinimum(minimum_n) => {
                Frozen::Hidden(HiddenReason::BelowMinimumN { minimum_n })
            }
            Self::Subtractable => Frozen::Hidden(HiddenReason::Subtractable),
            Self::NotReleased => Frozen::Hidden(HiddenReason::NotReleased),
        }
    }
}

impl StoredCounted {
    fn of(counted: &Counted) -> Self {
        Self {
            statistics: StoredStatistics::of(&counted.statistics),
            people: counted
                .people
                .map(|people| (people.respondents, people.clusters)),
        }
    }

    fn counted(self) -> Counted {
        Counted {
            statistics: self.statistics.statistics(),
            people: self.people.map(|(respondents, clusters)| People {
                respondents,
                clusters,
            }),
        }
    }
}

impl StoredStatistics {
    fn of(statistics: &Statistics) -> Self {
        match statistics {
            Statistics::Scores(scores) => Self::Scores(scores.clone()),
            Statistics::Frequencies(scores) => Self::Frequencies(scores.clone()),
            Statistics::Share { hits, n } => Self::Share(*hits, *n),
            Statistics::Moments(moments) => Self::Moments(*moments),
            Statistics::Weighted(moments) => Self::Weighted(*moments),
            Statistics::MeanOnly { mean, n } => Self::MeanOnly(*mean, *n),
            Statistics::Parts { parts, joint } => Self::Parts(
                parts
                    .iter()
                    .map(|part| (part.indicator.clone(), Self::of(&part.statistics)))
                    .collect(),
                joint.clone(),
            ),
            Statistics::Rate {
                numerator,
                denominator,
            } => Self::Rate(*numerator, *denominator),
            Statistics::Value { value, weight } => Self::Value(*value, *weight),
        }
    }

    fn statistics(self) -> Statistics {
        match self {
            Self::Scores(scores) => Statistics::Scores(scores),
            Self::Frequencies(scores) => Statistics::Frequencies(scores),
            Self::Share(hits, n) => Statistics::Share { hits, n },
            Self::Moments(moments) => Statistics::Moments(moments),
            Self::Weighted(moments) => Statistics::Weighted(moments),
            Self::MeanOnly(mean, n) => Statistics::MeanOnly { mean, n },
            Self::Parts(parts, joint) => Statistics::Parts {
                parts: parts
                    .into_iter()
                    .map(|(indicator, statistics)| evenkeel_stats::Part {
                        indicator,
                        statistics: statistics.statistics(),
                    })
                    .collect(),
                joint,
            },
            Self::Rate(numerator, denominator) => Statistics::Rate {
                numerator,
                denominator,
            },
            Self::Value(value, weight) => Statistics::Value { value, weight },
        }
    }
}
