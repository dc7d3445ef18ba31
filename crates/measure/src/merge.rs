//! Statistics of one indicator from several sources, added up.
//!
//! Invariant: what is known of the spread is kept as long as every source gives it: two histograms
//! stay a histogram; a histogram and a mean without spread become a mean without spread.
//! Absent on purpose: composites (their parts merge) and covariates (they are averaged).

use evenkeel_stats::{Clusters, Frequencies, Moments, Statistics, WeightedMoments};

use crate::leaf::Leaf;

/// Adds `from` to `into`; both are of `leaf`.
pub fn merge(leaf: &Leaf, into: &mut Statistics, from: Statistics) {
    let before = std::mem::replace(into, Statistics::Share { hits: 0.0, n: 0 });
    *into = merged(leaf, before, from);
}

fn merged(leaf: &Leaf, a: Statistics, b: Statistics) -> Statistics {
    use Statistics::{Frequencies as F, MeanOnly, Moments as M, Rate, Scores, Share, Weighted};
    match (a, b) {
        (Scores(mut a), Scores(b)) => {
            a.merge(&b);
            Scores(a)
        }
        (F(mut a), F(b)) => {
            a.merge(&b);
            F(a)
        }
        (F(mut f), Scores(s)) | (Scores(s), F(mut f)) => {
            f.merge(&Frequencies::from(&s));
            F(f)
        }
        (Share { hits: a, n }, Share { hits: b, n: m }) => Share {
            hits: a + b,
            n: n + m,
        },
        (M(mut a), M(b)) => {
            a.merge(&b);
            M(a)
        }
        (Weighted(mut a), Weighted(b)) => {
            a.merge(&b);
            Weighted(a)
        }
        (
            Rate {
                numerator: a,
                denominator: b,
            },
            Rate {
                numerator: c,
                denominator: d,
            },
        ) => Rate {
            numerator: a + c,
            denominator: b + d,
        },
        (Weighted(mut w), other) | (other, Weighted(mut w)) => match unweighted(leaf, &other) {
            Some(ones) => {
                w.merge(&ones);
                Weighted(w)
            }
            None => mean_only(leaf, &Weighted(w), &other),
        },
        (M(mut m), other @ (Scores(_) | F(_))) | (other @ (Scores(_) | F(_)), M(mut m)) => {
            m.merge(&moments(&other));
            M(m)
        }
        (Share { hits, n }, other @ (Scores(_) | F(_)))
        | (other @ (Scores(_) | F(_)), Share { hits, n }) => {
            let (more, of) = as_share(leaf, &other);
            Share {
                hits: hits + more,
                n: n + of,
            }
        }
        (a, b @ MeanOnly { .. }) | (a @ MeanOnly { .. }, b) => mean_only(leaf, &a, &b),
        // Kinds of one indicator always belong to one of the pairs above.
        (a, _) => a,
    }
}

fn moments(statistics: &Statistics) -> Moments {
    match statistics {
        Statistics::Scores(histogram) => histogram.moments(),
        Statistics::Frequencies(frequencies) => frequencies.moments(),
        Statistics::Moments(moments) => *moments,
        _ => Moments::default(),
    }
}

fn as_share(leaf: &Leaf, statistics: &Statistics) -> (f64, u64) {
    match statistics {
        Statistics::Scores(histogram) => {
            let worth = |(score, count): (i32, u64)| leaf.worth_of_score(score) * count as f64;
            (histogram.iter().map(worth).sum(), histogram.n())
        }
        Statistics::Frequencies(frequencies) => {
            let worth = |(score, count): (i32, f64)| leaf.worth_of_score(score) * count;
            (frequencies.iter().map(worth).sum(), frequencies.n)
        }
        Statistics::Share { hits, n } => (*hits, *n),
        _ => (0.0, 0),
    }
}

/// The same answers with weight 1 each; `None` when their spread is not known by value.
fn unweighted(leaf: &Leaf, statistics: &Statistics) -> Option<WeightedMoments> {
    let mut ones = WeightedMoments::default();
    match statistics {
        Statistics::Scores(histogram) => {
            for (score, count) in histogram.iter() {
                ones.push_many(leaf.worth_of_score(score), 1.0, count);
            }
        }
        Statistics::Frequencies(frequencies) => {
            for (score, count) in frequencies.iter() {
                ones.push_many(leaf.worth_of_score(score), 1.0, count.round() as u64);
            }
        }
        Statistics::Share { hits, n } => {
            let hits = (hits.round() as u64).min(*n);
            ones.push_many(1.0, 1.0, hits);
            ones.push_many(0.0, 1.0, n - hits);
        }
        _ => return None,
    }
    Some(ones)
}

/// Answers of whom only the sums are known, as people with one answer each.
pub fn single_answers(leaf: &Leaf, statistics: &Statistics) -> Clusters {
    let of_values = |values: &mut dyn Iterator<Item = (f64, f64)>| {
        let mut moments = WeightedMoments::default();
        for (value, count) in values {
            moments.push(value, count);
        }
        let mean = moments.mean().unwrap_or(0.0);
        (mean, moments.population_variance().unwrap_or(0.0))
    };
    let n = statistics.n().unwrap_or(0);
    let (mean, variance) = match statistics {
        Statistics::Scores(scores) => of_values(
            &mut scores
                .iter()
                .map(|(score, count)| (leaf.worth_of_score(score), count as f64)),
        ),
        Statistics::Frequencies(scores) => of_values(
            &mut scores
                .iter()
                .map(|(score, count)| (leaf.worth_of_score(score), count)),
        ),
        Statistics::Share { hits, n } if *n > 0 => {
            let p = (hits / *n as f64).clamp(0.0, 1.0);
            (p, p * (1.0 - p))
        }
        Statistics::Moments(moments) if moments.n() > 0 => (
            moments.mean().unwrap_or(0.0),
            moments.m2() / moments.n() as f64,
        ),
        Statistics::MeanOnly { mean, .. } => (*mean, 0.0),
        _ => (0.0, 0.0),
    };
    Clusters::of_single_answers(n, mean, variance * n as f64)
}

/// Mean and n, all that is left when one side has no spread.
fn mean_only(leaf: &Leaf, a: &Statistics, b: &Statistics) -> Statistics {
    let ((mean_a, n_a), (mean_b, n_b)) = (mean_and_n(leaf, a), mean_and_n(leaf, b));
    let n = n_a + n_b;
    let mean = if n == 0 {
        0.0
    } else {
        mean_a + (mean_b - mean_a) * (n_b as f64 / n as f64)
    };
    Statistics::MeanOnly { mean, n }
}

fn mean_and_n(leaf: &Leaf, statistics: &Statistics) -> (f64, u64) {
    match statistics {
        Statistics::MeanOnly { mean, n } => (*mean, *n),
        Statistics::Weighted(moments) => (moments.mean().unwrap_or(0.0), moments.n()),
        Statistics::Moments(moments) => (moments.mean().unwrap_or(0.0), moments.n()),
        other => {
            let (sum, n) = as_share(leaf, other);
            (if n == 0 { 0.0 } else { sum / n as f64 }, n)
        }
    }
}
