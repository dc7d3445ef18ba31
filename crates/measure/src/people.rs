//! The people behind the cells of an answer.
//!
//! Invariant: a person counts once in a cell, however many units, files and days of it they
//! answered in. Of a composite the part with the fewest people decides, because the other parts
//! may be known.
//! Absent on purpose: what is too few (`compare`).

use std::collections::BTreeMap;

use evenkeel_stats::{Clusters, People, Statistics};

use crate::cells::{CellKey, Cells};
use crate::tally::Crowd;

/// People by cell.
pub type Crowds = BTreeMap<CellKey, Crowd>;

/// Makes one entry of every person, and says how many stand behind each cell.
pub fn people(cells: &Cells, crowds: &mut Crowds) -> BTreeMap<CellKey, People> {
    let behind = crowds.iter_mut().filter_map(|(key, crowd)| {
        let n = cells.get(key)?.n()?;
        crowd.settle();
        Some((key.clone(), crowd.people(n)))
    });
    behind.collect()
}

/// One part of a composite in one cell.
pub struct Part<'a> {
    /// Its statistics, if it was answered there.
    pub statistics: Option<&'a Statistics>,
    /// Its people, if rows say who answered, settled.
    pub crowd: Option<&'a Crowd>,
    /// How many they are.
    pub people: Option<People>,
}

/// The people behind one cell of a composite; `None` where no part knows them.
pub fn of_composite(parts: &[Part<'_>]) -> Option<People> {
    parts.iter().find(|part| part.people.is_some())?;
    let answered = parts.iter().filter_map(|part| {
        let n = part.statistics?.n().filter(|&n| n > 0)?;
        Some(part.people.map_or(n, |people| people.respondents.min(n)))
    });
    Some(People {
        respondents: answered.min().unwrap_or(0),
        clusters: parts
            .iter()
            .any(repeats)
            .then(|| linearised(parts))
            .flatten(),
    })
}

fn repeats(part: &Part<'_>) -> bool {
    let n = part.statistics.and_then(Statistics::n);
    part.people
        .is_some_and(|people| n.is_some_and(|n| people.respondents < n))
}

/// What each person adds to the mean of the parts: Σ over parts of (sᵢ − ȳ·nᵢ)/n, divided by the
/// number of parts, scaled so that the variance of the ratio is that of the composite. `None`
/// unless everybody is known in every part.
fn linearised(parts: &[Part<'_>]) -> Option<Clusters> {
    let mut values: Vec<(u64, f64)> = Vec::new();
    for part in parts {
        let crowd = part.crowd.filter(|crowd| crowd.all_known())?;
        let all = crowd.clusters();
        let (mean, answers) = (all.mean().ok()?, all.answers());
        values.extend(crowd.persons().iter().map(|person| {
            let beside = person.sum - mean * person.answers;
            (person.key, beside / (answers * parts.len() as f64))
        }));
    }
    values.sort_unstable_by_key(|(key, _)| *key);
    let persons = values.chunk_by(|a, b| a.0 == b.0);
    let people = persons.clone().count() as f64;
    let mut clusters = Clusters::default();
    for person in persons {
        clusters.push(
            1.0,
            people * person.iter().map(|(_, value)| value).sum::<f64>(),
        );
    }
    Some(clusters)
}
