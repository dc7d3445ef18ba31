//! What an attacker can work out of a published table with hidden cells.
//!
//! Setting: a two-way table of counts; row, column and grand totals are published; a cell of
//! 1..minimum − 1 is hidden (primary), an empty one is visible. The attacker's interval of a
//! hidden cell is the exact range over all tables that fit what is published (a transport
//! polytope, solved by maximum flow from the true table).
//! Absent on purpose: noise; which results are published at all (`compare`).

use crate::undefined::Undefined;
use std::collections::VecDeque;

/// A table of counts, rows of equal length.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    counts: Vec<Vec<u64>>,
}

/// Place of a cell, (row, column), 0-based.
pub type Place = (usize, usize);

impl Table {
    /// From rows of equal length.
    pub fn new(counts: Vec<Vec<u64>>) -> Result<Self, Undefined> {
        let columns = counts.first().map_or(0, Vec::len);
        if columns == 0 || counts.iter().any(|row| row.len() != columns) {
            return Err(Undefined::parameter("table"));
        }
        Ok(Self { counts })
    }

    fn rows(&self) -> usize {
        self.counts.len()
    }

    fn columns(&self) -> usize {
        self.counts[0].len()
    }

    /// All cells, row by row.
    pub fn places(&self) -> impl Iterator<Item = Place> + '_ {
        (0..self.rows()).flat_map(|i| (0..self.columns()).map(move |j| (i, j)))
    }

    /// Cells that hold 1..`minimum` − 1.
    pub fn primary(&self, minimum: u64) -> Vec<Place> {
        self.places()
            .filter(|&(i, j)| (1..minimum).contains(&self.counts[i][j]))
            .collect()
    }

    /// Smallest and largest count that a cell may have, given the totals and the cells that are
    /// not hidden.
    pub fn attacker_interval(&self, hidden: &[Place], cell: Place) -> (u64, u64) {
        let count = self.counts[cell.0][cell.1];
        if !hidden.contains(&cell) {
            return (count, count);
        }
        let (row, column) = (cell.0, self.rows() + cell.1);
        let more = self.flow(hidden, cell, column, row, u64::MAX);
        let less = self.flow(hidden, cell, row, column, count);
        (count - less, count.saturating_add(more))
    }

    /// Largest shift through the other hidden cells from one margin to another, at most `enough`.
    ///
    /// Nodes are rows, then columns. A hidden count can grow without limit (row → column) and
    /// shrink to 0 (column → row).
    fn flow(&self, hidden: &[Place], but: Place, from: usize, to: usize, enough: u64) -> u64 {
        let size = self.rows() + self.columns();
        let mut room = vec![vec![0_u64; size]; size];
        let most: u64 = self.counts.iter().flatten().sum();
        for &(i, j) in hidden.iter().filter(|place| **place != but) {
            room[i][self.rows() + j] = most;
            room[self.rows() + j][i] = self.counts[i][j];
        }
        let mut total = 0;
        while total < enough {
            let Some(path) = shortest(&room, from, to) else {
                break;
            };
            let step = path
                .windows(2)
                .map(|w| room[w[0]][w[1]])
                .min()
                .unwrap_or(0)
                .min(enough - total);
            for w in path.windows(2) {
                room[w[0]][w[1]] -= step;
                room[w[1]][w[0]] += step;
            }
            total += step;
        }
        total
    }

    /// Whether every primary cell may, for all the attacker knows, be `minimum` or more, within
    /// an interval at least `minimum` wide.
    pub fn is_safe(&self, hidden: &[Place], minimum: u64) -> bool {
        self.primary(minimum)
            .into_iter()
            .all(|cell| self.is_cell_safe(hidden, cell, minimum))
    }

    fn is_cell_safe(&self, hidden: &[Place], cell: Place, minimum: u64) -> bool {
        let (low, high) = self.attacker_interval(hidden, cell);
        hidden.contains(&cell) && high >= minimum && high - low >= minimum
    }

    /// Cells to hide: the primary ones and as many others as safety needs.
    ///
    /// Greedy over rectangles, cheapest in hidden answers first; not always the smallest set, but
    /// always a safe one where one exists, else everything.
    pub fn hide(&self, minimum: u64) -> Vec<Place> {
        let primary = self.primary(minimum);
        let mut hidden = primary.clone();
        for &cell in &primary {
            while !self.is_cell_safe(&hidden, cell, minimum) {
                let Some(more) = self.cheapest_rectangle(&hidden, cell) else {
                    return self.places().collect();
                };
                hidden.extend(more);
            }
        }
        if self.is_safe(&hidden, minimum) {
            hidden.sort_unstable();
            hidden
        } else {
            self.places().collect()
        }
    }

    /// New cells of the rectangle through `cell` that costs the fewest answers; `None` when all
    /// rectangles are hidden already.
    fn cheapest_rectangle(&self, hidden: &[Place], cell: Place) -> Option<Vec<Place>> {
        self.places()
            .filter(|&(i, j)| i != cell.0 && j != cell.1)
            .filter_map(|(i, j)| {
                let new: Vec<Place> = [(cell.0, j), (i, cell.1), (i, j)]
                    .into_iter()
                    .filter(|place| !hidden.contains(place))
                    .collect();
                let cost: u64 = new.iter().map(|&(i, j)| self.counts[i][j]).sum();
                (!new.is_empty()).then_some((cost, new))
            })
            .min()
            .map(|(_, new)| new)
    }
}

fn shortest(room: &[Vec<u64>], from: usize, to: usize) -> Option<Vec<usize>> {
    let mut before = vec![usize::MAX; room.len()];
    let mut queue = VecDeque::from([from]);
    while let Some(node) = queue.pop_front() {
        if node == to {
            let mut path = vec![to];
            while path[path.len() - 1] != from {
                path.push(before[path[path.len() - 1]]);
            }
            path.reverse();
            return Some(path);
        }
        for next in 0..room.len() {
            if room[node][next] > 0 && next != from && before[next] == usize::MAX {
                before[next] = node;
                queue.push_back(next);
            }
        }
    }
    None
}

/// Two nested answers that differ by a few people.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Differencing {
    /// People in one but not in the other.
    pub n: u64,
    /// Sum of their answers, as anybody can work it out.
    pub sum: f64,
    /// Whether both must not be published: 1..minimum − 1 people would be exposed.
    pub blocked: bool,
}

/// Compares two nested answers (n, sum), the larger first or second.
pub fn differencing(one: (u64, f64), other: (u64, f64), minimum: u64) -> Differencing {
    let n = one.0.abs_diff(other.0);
    let sum = if one.0 >= other.0 {
        one.1 - other.1
    } else {
        other.1 - one.1
    };
    Differencing {
        n,
        sum,
        blocked: (1..minimum).contains(&n),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_single_hidden_cell_is_known_from_the_totals() {
        let table = Table::new(vec![vec![12, 3], vec![15, 9]]).unwrap();
        assert_eq!(table.attacker_interval(&[(0, 1)], (0, 1)), (3, 3));
        assert!(!table.is_safe(&[(0, 1)], 5));
    }

    #[test]
    fn a_hidden_rectangle_has_a_range() {
        let table = Table::new(vec![vec![12, 3], vec![15, 9]]).unwrap();
        let all: Vec<Place> = table.places().collect();
        // The first cell can give its column's total of 12 to (0,1), or take 3 from it.
        assert_eq!(table.attacker_interval(&all, (0, 1)), (0, 12));
        assert!(table.is_safe(&all, 5));
    }

    #[test]
    fn nested_answers() {
        assert!(differencing((48, 391.0), (47, 389.0), 5).blocked);
        assert!(!differencing((48, 391.0), (40, 320.0), 5).blocked);
        assert_eq!(differencing((40, 320.0), (48, 391.0), 5).sum, 71.0);
    }

    proptest! {
        #[test]
        fn what_is_hidden_is_safe_or_everything(
            counts in prop::collection::vec(0_u64..30, 12),
        ) {
            let table = Table::new(counts.chunks(4).map(<[u64]>::to_vec).collect()).unwrap();
            let hidden = table.hide(5);
            prop_assert!(table.is_safe(&hidden, 5) || hidden.len() == 12);
            for place in table.primary(5) {
                prop_assert!(hidden.contains(&place));
                let (low, high) = table.attacker_interval(&hidden, place);
                let true_count = counts[place.0 * 4 + place.1];
                prop_assert!(low <= true_count && true_count <= high);
            }
        }
    }
}
