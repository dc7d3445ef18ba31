//! Which figures fit the question, and where they count.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use evenkeel_foundation::Period;

use super::rows::Figure;
use crate::calendar::{date_of, day_of};
use crate::cells::{CellKey, Values};
use crate::place::{Place, Placement};
use crate::question::Window;

/// Figures by cell, and those that do not fit.
#[derive(Debug, Default)]
pub struct Chosen {
    /// The figures of each cell.
    pub cells: BTreeMap<CellKey, Vec<Figure>>,
    /// Figures that the question cannot use.
    pub unusable: u64,
    /// Figures of units without a place at the level.
    pub unplaced: u64,
}

/// Sorts figures into the cells of a window.
pub struct Chooser<'a> {
    /// The window.
    pub window: &'a Window,
}

impl Chooser<'_> {
    /// The figures that count, by cell.
    pub fn choose(&self, figures: Vec<Figure>, placement: &mut Placement<'_>) -> Chosen {
        let mut chosen = Chosen::default();
        let mut fitting: HashMap<CellKey, Vec<Figure>> = HashMap::new();
        for figure in figures {
            let (Some(period), Some(segment)) = (self.period(&figure), self.segment(&figure))
            else {
                chosen.unusable += 1;
                continue;
            };
            let days = (date_of(figure.of.start), date_of(figure.of.end));
            match placement.place(&figure.of.unit, days.0, days.1) {
                Place::In(unit) => {
                    let cell = fitting.entry((unit, period, segment)).or_default();
                    cell.push(figure);
                }
                Place::Outside => {}
                Place::Unplaced => chosen.unplaced += 1,
            }
        }
        for (cell, figures) in fitting {
            let (once, repeated) = once(figures, placement);
            chosen.unusable += repeated;
            chosen.cells.insert(cell, once);
        }
        chosen
    }

    /// The period that holds all days of the figure; the outer `None` when none does.
    #[expect(
        clippy::option_option,
        reason = "no period asked for is not no period that fits"
    )]
    fn period(&self, figure: &Figure) -> Option<Option<Period>> {
        let (start, end) = (figure.of.start, figure.of.end);
        let outside = self.window.from.is_some_and(|from| start < day_of(from))
            || self.window.to.is_some_and(|to| end > day_of(to));
        if outside {
            return None;
        }
        let Some(granularity) = self.window.granularity() else {
            return Some(None);
        };
        let period = Period::containing(granularity, date_of(start));
        period.contains(date_of(end)).then_some(Some(period))
    }

    /// Values of the segments asked for. A figure that is told apart by something else, or not at
    /// all where a segment is asked for, does not fit; a channel nobody knows of is "not said".
    fn segment(&self, figure: &Figure) -> Option<Values> {
        let mut attribute = figure.of.segment.as_ref();
        let mut values = Vec::new();
        for (name, _) in self.window.segments() {
            match attribute {
                Some((told_apart_by, value)) if *told_apart_by == name => {
                    values.push(value.clone());
                    attribute = None;
                }
                _ if name == "channel" => values.push(String::new()),
                _ => return None,
            }
        }
        attribute.is_none().then(|| values.into())
    }
}

/// The figures of one cell without those that repeat what others say; and how many those are.
fn once(mut figures: Vec<Figure>, placement: &Placement<'_>) -> (Vec<Figure>, u64) {
    // Longer periods first, so that a year's figure counts and its months' do not.
    figures.sort_by_key(|figure| {
        let days = figure.of.end - figure.of.start;
        (std::cmp::Reverse(days), figure.of.clone())
    });
    let units: BTreeSet<String> = figures.iter().map(|f| f.of.unit.clone()).collect();
    let units: BTreeSet<&str> = units.iter().map(String::as_str).collect();
    let mut kept: Vec<Figure> = Vec::new();
    let mut repeated = 0;
    for figure in figures {
        let overlaps = kept.iter().any(|other| {
            other.of.unit == figure.of.unit
                && other.of.subject == figure.of.subject
                && other.of.party == figure.of.party
                && other.of.start <= figure.of.end
                && figure.of.start <= other.of.end
        });
        if overlaps || (units.len() > 1 && placement.is_below_any(&figure.of.unit, &units)) {
            repeated += 1;
        } else {
            kept.push(figure);
        }
    }
    (kept, repeated)
}
