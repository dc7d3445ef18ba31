//! Reliability of an instrument's items, and of a rubric's raters.

use std::collections::BTreeMap;

use evenkeel_compare::{
    Aggregation, Context, Figure, Passed, PassedProducts, PassedUnits, RaterVerdict, Verdict,
    aggregation, rater_agreement, scale_reliability,
};
use evenkeel_foundation::requirement::Rubric;
use evenkeel_foundation::{
    Foundation, Indicator, IndicatorKind, Instrument, Item, ItemId, LevelId, Scale, Standard,
    UnitId,
};
use evenkeel_measure::{Ratings, Variable, Window};
use evenkeel_stats::CoMoments;

use super::{AnswerError, LEVEL, beside};
use crate::api::reliability::{
    AggregationGate, FactorFit, ItemAgreement, ItemReliability, RaterAgreement, ReliabilityOf,
    ReliabilityView, ScaleReliability, UnitAgreement,
};
use crate::api::view::{ItemRef, Reason, Text};
use crate::office::Office;

/// Items that belong together.
struct Together<'a> {
    id: String,
    composite: Option<&'a Indicator>,
    items: Vec<&'a Item>,
}

/// Alpha and omega of every scale of an instrument, and the gate for reporting by unit.
pub async fn of_instrument(
    office: &Office,
    foundation: &Foundation,
    instrument: &Instrument,
    level: &LevelId,
    window: &Window,
) -> Result<ReliabilityView, AnswerError> {
    let scales = scales(foundation, instrument);
    let scored: Vec<&Item> = instrument
        .items
        .iter()
        .filter(|item| is_scored(item))
        .collect();
    let ids =
        |items: &[&Item]| -> Vec<ItemId> { items.iter().map(|item| item.id.clone()).collect() };
    let together: Vec<Vec<ItemId>> = scales.iter().map(|scale| ids(&scale.items)).collect();
    let by_unit = office
        .items_by_unit(
            foundation,
            &instrument.id,
            (&ids(&scored), &together),
            level,
            window,
        )
        .await?;
    let context = Context {
        indicators: &foundation.indicators,
        level: LEVEL,
        minimum_n: foundation
            .party(&instrument.party)
            .map_or(0, |party| party.minimum_n),
        snapshot: &by_unit.snapshot,
    };
    let mut shown = Vec::with_capacity(scales.len());
    for (place, scale) in scales.into_iter().enumerate() {
        let variables: Vec<Variable> = ids(&scale.items).into_iter().map(Variable::Item).collect();
        let products = office
            .replicates(foundation, &instrument.id, &variables, window)
            .await?;
        let gate = Gate {
            office,
            foundation,
            instrument,
            items: ids(&scale.items),
            level,
            window,
        };
        let beside = gate.beside().await?;
        let units = by_unit.units.iter();
        let units = units.map(|unit| (&unit.unit, unit.scales[place].clone()));
        let units = (units.collect(), products.respondents);
        let units = gate.units(units, (&by_unit.snapshot, &beside)).await?;
        let passed = PassedProducts::of(
            foundation,
            &instrument.party,
            (products.parts, products.respondents),
            (&products.snapshot, &beside),
        );
        // Omega is fitted once for each replicate: not on a thread that serves.
        let (minimum_n, snapshot) = (context.minimum_n, by_unit.snapshot.clone());
        let found = tokio::task::spawn_blocking(move || {
            let context = Context {
                indicators: &BTreeMap::new(),
                level: LEVEL,
                minimum_n,
                snapshot: &snapshot,
            };
            scale_reliability(&passed, &context)
        })
        .await?;
        let gate = aggregation(&units, points(&scale.items), &context);
        let mut details = found.items.into_iter();
        shown.push(ScaleReliability {
            id: scale.id,
            origin: match scale.composite {
                Some(_) => "composite".to_owned(),
                None => "same_scale".to_owned(),
            },
            title: scale
                .composite
                .map(|composite| Text::from(&composite.title)),
            alpha: found.alpha.into(),
            standardised_alpha: found.standardised_alpha.into(),
            omega: found.omega.into(),
            omega_fit: found.factor.map(|factor| FactorFit {
                chi_squared: factor.chi_squared,
                df: factor.df,
                p: factor.ln_p.exp(),
                cfi: factor.cfi,
                rmsea: factor.rmsea,
                srmr: factor.srmr,
            }),
            items: scale
                .items
                .iter()
                .map(|item| {
                    let detail = details.next();
                    ItemReliability {
                        item: ItemRef::new(instrument, item),
                        item_rest: detail.and_then(|detail| detail.item_rest),
                        alpha_without: detail.and_then(|detail| detail.alpha_without),
                    }
                })
                .collect(),
            units: units_view(gate),
        });
    }
    let mut items = Vec::with_capacity(scored.len());
    for (place, item) in scored.iter().enumerate() {
        let gate = Gate {
            office,
            foundation,
            instrument,
            items: vec![item.id.clone()],
            level,
            window,
        };
        let beside = gate.beside().await?;
        let units = by_unit.units.iter();
        let units = units.map(|unit| (&unit.unit, unit.items[place].clone()));
        let respondents = by_unit.respondents.get(place).copied().unwrap_or(0);
        let units = (units.collect(), respondents);
        let units = gate.units(units, (&by_unit.snapshot, &beside)).await?;
        items.push(ItemAgreement {
            item: ItemRef::new(instrument, item),
            units: units_view(aggregation(&units, points(&[item]), &context)),
        });
    }
    Ok(ReliabilityView {
        of: ReliabilityOf {
            kind: "instrument".to_owned(),
            id: instrument.id.to_string(),
            title: Text::from(&instrument.title),
        },
        level: Some(level.to_string()),
        scales: shown,
        items,
        raters: None,
        snapshot: by_unit.snapshot.clone(),
    })
}

/// What has to be shown already for figures about some items to be shown.
struct Gate<'a> {
    office: &'a Office,
    foundation: &'a Foundation,
    instrument: &'a Instrument,
    items: Vec<ItemId>,
    level: &'a LevelId,
    window: &'a Window,
}

impl Gate<'_> {
    /// The cells of all units together.
    async fn beside(&self) -> Result<Vec<Passed>, AnswerError> {
        beside::whole(
            self.office,
            self.foundation,
            self.instrument,
            &self.items,
            self.window,
        )
        .await
    }

    /// Products by unit, of units that are shown themselves.
    async fn units(
        &self,
        (units, respondents): (Vec<(&UnitId, CoMoments)>, u64),
        whole: (&str, &[Passed]),
    ) -> Result<PassedUnits, AnswerError> {
        let mut cells = beside::by_unit(
            self.office,
            self.foundation,
            self.instrument,
            &self.items,
            (self.level, self.window),
        )
        .await?;
        let units = units
            .into_iter()
            .map(|(unit, products)| (products, cells.remove(unit).unwrap_or_default()))
            .collect();
        Ok(PassedUnits::of(
            self.foundation,
            &self.instrument.party,
            (units, respondents),
            whole,
        ))
    }
}

/// How well the raters of a rubric agree.
pub fn agreement_of(rubric: &Rubric, ratings: &Ratings) -> evenkeel_compare::RaterAgreement {
    // Scores between those of the rubric may have been observed too.
    let mut values: Vec<f64> = (rubric.min..=rubric.max).map(f64::from).collect();
    values.extend(ratings.subjects.iter().flat_map(|rated| &rated.ratings));
    values.sort_unstable_by(f64::total_cmp);
    values.dedup();
    let counts: Vec<Vec<u64>> = ratings
        .subjects
        .iter()
        .map(|rated| {
            let mut counts = vec![0; values.len()];
            for rating in &rated.ratings {
                let place = values.binary_search_by(|value| value.total_cmp(rating));
                if let Ok(place) = place {
                    counts[place] += 1;
                }
            }
            counts
        })
        .collect();
    rater_agreement(&values, &counts, LEVEL, &ratings.snapshot)
}

/// Agreement of the raters of a rubric.
pub async fn of_standard(
    office: &Office,
    standard: &Standard,
    rubric: &Rubric,
    window: &Window,
) -> Result<ReliabilityView, AnswerError> {
    let ratings = office.ratings(&standard.id, window).await?;
    let found = agreement_of(rubric, &ratings);
    let (verdict, reason) = match &found.verdict {
        RaterVerdict::Use => ("use", None),
        RaterVerdict::Tentative => ("tentative", None),
        RaterVerdict::NotAScore => ("not_a_score", None),
        RaterVerdict::Undecided(reason) => ("undecided", Some(Reason::from(reason))),
    };
    Ok(ReliabilityView {
        of: ReliabilityOf {
            kind: "standard".to_owned(),
            id: standard.id.to_string(),
            title: Text::from(&standard.title),
        },
        level: None,
        scales: Vec::new(),
        items: Vec::new(),
        raters: Some(RaterAgreement {
            subjects: found.subjects,
            ratings: found.ratings,
            raters: ratings.raters,
            alpha_ordinal: found.alpha_ordinal.into(),
            alpha_interval: found.alpha_interval.into(),
            agreement: found.agreement.into(),
            verdict: verdict.to_owned(),
            reason,
            raters_required: rubric.raters,
        }),
        snapshot: ratings.snapshot,
    })
}

fn is_scored(item: &Item) -> bool {
    matches!(
        item.scale,
        Scale::Rating { .. } | Scale::Boolean | Scale::Number { .. }
    )
}

/// Composites over items of the instrument, then all ratings that share a scale; a scale of the
/// same items as a composite is not said twice.
fn scales<'a>(foundation: &'a Foundation, instrument: &'a Instrument) -> Vec<Together<'a>> {
    let mut all: Vec<Together<'a>> = foundation
        .indicators
        .values()
        .filter_map(|indicator| {
            let IndicatorKind::Composite { of } = &indicator.kind else {
                return None;
            };
            let items: Option<Vec<&Item>> = of
                .iter()
                .map(|part| {
                    let (of, item) = foundation.indicator(part)?.kind.item()?;
                    let item = (*of == instrument.id).then(|| instrument.item(item.as_str()));
                    item.flatten().filter(|item| is_scored(item))
                })
                .collect();
            let mut items = items?;
            // An item of two parts counts once.
            let mut seen = Vec::new();
            items.retain(|item| {
                let new = !seen.contains(&&item.id);
                seen.push(&item.id);
                new
            });
            (items.len() > 1).then(|| Together {
                id: indicator.id.to_string(),
                composite: Some(indicator),
                items,
            })
        })
        .collect();
    let mut shared: BTreeMap<(i32, i32), Vec<&Item>> = BTreeMap::new();
    for item in &instrument.items {
        if let Scale::Rating { min, max } = item.scale {
            shared.entry((min, max)).or_default().push(item);
        }
    }
    for ((min, max), items) in shared {
        let same = |scale: &Together<'_>| {
            scale.items.len() == items.len()
                && items
                    .iter()
                    .all(|item| scale.items.iter().any(|other| other.id == item.id))
        };
        if items.len() > 1 && !all.iter().any(same) {
            all.push(Together {
                id: format!("rating-{min}-{max}"),
                composite: None,
                items,
            });
        }
    }
    all
}

/// Number of answers that all items offer; `None` where they differ or are numbers.
fn points(items: &[&Item]) -> Option<u32> {
    let of = |item: &Item| match item.scale {
        Scale::Rating { min, max } => u32::try_from(i64::from(max) - i64::from(min) + 1).ok(),
        Scale::Boolean => Some(2),
        _ => None,
    };
    let first = of(items.first()?)?;
    items
        .iter()
        .all(|item| of(item) == Some(first))
        .then_some(first)
}

fn units_view(found: Aggregation) -> UnitAgreement {
    let words = |figures: &[Figure]| -> Vec<String> {
        figures
            .iter()
            .map(|figure| match figure {
                Figure::Icc1 => "icc1".to_owned(),
                Figure::Icc2 => "icc2".to_owned(),
                Figure::Rwg => "rwg".to_owned(),
            })
            .collect()
    };
    UnitAgreement {
        gate: AggregationGate {
            verdict: match found.verdict {
                Verdict::Pass => "pass",
                Verdict::Warn => "warn",
                Verdict::Undecided => "undecided",
            }
            .to_owned(),
            failed: words(&found.failed),
            missing: words(&found.missing),
            icc1_min: found.thresholds.icc1_min,
            icc2_min: found.thresholds.icc2_min,
            rwg_min: found.thresholds.rwg_min,
        },
        icc1: found.icc1.into(),
        icc2: found.icc2.into(),
        rwg_median: found.rwg_median.into(),
        units: found.units,
    }
}
