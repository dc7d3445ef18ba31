//! Differences between groups and periods.

use evenkeel_compare::{Passed, change, segments};
use evenkeel_stats::{Histogram, Method, Statistics};

use crate::agreed::{context, live, map, nps, top_box};

fn groups(sizes: &[u64]) -> Vec<(String, Passed)> {
    sizes
        .iter()
        .enumerate()
        .map(|(i, &n)| {
            let counts = vec![0, 0, 0, 0, 0, 0, n / 4, 0, n / 4, n - n / 4 - n / 4];
            (
                format!("g{i}"),
                live(&Statistics::Scores(Histogram::from_counts(0, counts))),
            )
        })
        .collect()
}

#[test]
fn a_hidden_group_hides_its_differences() {
    let (nps, none) = (nps("nps"), map(&[]));
    let result = segments(&nps, &groups(&[40, 4, 60]), &context(&none, 5));
    let hidden: Vec<bool> = result
        .differences
        .iter()
        .map(|d| d.comparison.difference.is_hidden())
        .collect();
    assert_eq!(hidden, [true, false, true]);
    assert!(result.groups[1].estimate.is_hidden());
}

#[test]
fn differences_hold_together() {
    let (nps, none) = (nps("nps"), map(&[]));
    let result = segments(&nps, &groups(&[40, 50, 60]), &context(&none, 5));
    assert!((result.difference_level - (1.0 - 0.05 / 3.0)).abs() < 1e-12);
    let interval = result.differences[0]
        .comparison
        .difference
        .interval()
        .unwrap();
    assert_eq!(
        (interval.level, interval.method),
        (result.difference_level, Method::Mover)
    );
    assert_eq!(result.groups[0].estimate.interval().unwrap().level, 0.95);
}

#[test]
fn a_change_is_now_less_before() {
    let (share, none) = (top_box("top", 9), map(&[]));
    let of = |hits, n| Statistics::Share { hits, n };
    let result = change(
        &share,
        &live(&of(56.0, 70)),
        &live(&of(48.0, 80)),
        &context(&none, 5),
    );
    assert!((result.value().unwrap() - 0.2).abs() < 1e-12);
    let interval = result.interval().unwrap();
    assert!((interval.lower - 0.0524).abs() < 5.1e-5 && interval.method == Method::Newcombe10);
}

#[test]
fn many_groups_are_shown_without_pairs() {
    let (nps, none) = (nps("nps"), map(&[]));
    let result = segments(&nps, &groups(&[20; 13]), &context(&none, 5));
    assert_eq!((result.groups.len(), result.differences.len()), (13, 0));
}
