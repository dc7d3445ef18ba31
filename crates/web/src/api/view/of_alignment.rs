//! Views of an alignment.

use evenkeel_compare::alignment as compare;
use evenkeel_stats::mean::Difference;

use super::{
    Correlation, Cut, CutOrigin, DifferenceOfMeans, Estimated, Finding, Headline, Interval,
    NonResponse, Quadrant, QuadrantCounts, Reason, SideName, SideSummary, SideValue, Slopes,
    Weights,
};

impl From<compare::SideValue> for SideValue {
    fn from(value: compare::SideValue) -> Self {
        match value {
            compare::SideValue::Estimated(estimated) => match Estimated::from(estimated) {
                Estimated::Estimate {
                    value,
                    n,
                    interval,
                    interval_reason,
                    method,
                    snapshot,
                } => Self::Estimate {
                    value,
                    n,
                    interval,
                    interval_reason,
                    method,
                    snapshot,
                },
                Estimated::Undefined {
                    reason,
                    n,
                    snapshot,
                } => Self::Undefined {
                    reason,
                    n,
                    snapshot,
                },
                // Of a single side there is no such verdict; it would have no number either.
                Estimated::NotReliable { n, snapshot, .. } => Self::Undefined {
                    reason: Reason::word("not_reliable"),
                    n,
                    snapshot,
                },
                Estimated::Hidden { reason, snapshot } => Self::Hidden { reason, snapshot },
            },
            compare::SideValue::Covariate { value, snapshot } => {
                Self::Covariate { value, snapshot }
            }
        }
    }
}

impl From<compare::Standing> for Quadrant {
    fn from(standing: compare::Standing) -> Self {
        match standing {
            compare::Standing::Both => Self::Both,
            compare::Standing::CustomersOnly => Self::CustomersOnly,
            compare::Standing::EmployeesOnly => Self::EmployeesOnly,
            compare::Standing::Neither => Self::Neither,
            compare::Standing::Undecided => Self::Undecided,
            compare::Standing::NotShown => Self::NotShown,
        }
    }
}

impl From<compare::Counts> for QuadrantCounts {
    fn from(counts: compare::Counts) -> Self {
        Self {
            both: counts.both,
            customers_only: counts.customers_only,
            employees_only: counts.employees_only,
            neither: counts.neither,
            undecided: counts.undecided,
            not_shown: counts.not_shown,
        }
    }
}

impl From<compare::Cut> for Cut {
    fn from(cut: compare::Cut) -> Self {
        Self {
            value: cut.value,
            origin: match cut.origin {
                compare::CutOrigin::Target => CutOrigin::Target,
                compare::CutOrigin::MeanWithoutUnit => CutOrigin::MeanWithoutUnit,
            },
        }
    }
}

impl From<compare::CorrelationView> for Correlation {
    fn from(correlation: compare::CorrelationView) -> Self {
        match correlation {
            compare::CorrelationView::Estimate {
                r,
                lower,
                upper,
                level,
                interval_reason,
                units,
                pairs,
                p,
                weights,
            } => Self::Estimate {
                r,
                lower,
                upper,
                level,
                interval_reason: interval_reason.as_ref().map(Reason::from),
                units,
                pairs,
                p,
                weights: weights.map(Weights::from),
            },
            compare::CorrelationView::Undefined { reason } => Self::Undefined {
                reason: Reason::from(&reason),
            },
        }
    }
}

impl Correlation {
    /// A weighted correlation; where no side has an n there is none.
    pub fn weighted(correlation: Option<compare::CorrelationView>) -> Self {
        correlation.map_or_else(
            || Self::Undefined {
                reason: Reason::word("no_weights"),
            },
            Self::from,
        )
    }
}

impl From<compare::Weights> for Weights {
    fn from(weights: compare::Weights) -> Self {
        match weights {
            compare::Weights::HarmonicN => Self::HarmonicN,
            compare::Weights::InternalN => Self::InternalN,
            compare::Weights::ExternalN => Self::ExternalN,
            compare::Weights::Covariates => Self::Covariates,
        }
    }
}

impl From<compare::SlopesView> for Slopes {
    fn from(slopes: compare::SlopesView) -> Self {
        match slopes {
            compare::SlopesView::Estimate {
                mean,
                interval,
                sd_between,
                units,
            } => Self::Estimate {
                mean,
                interval: Interval::from(interval),
                sd_between,
                units,
            },
            compare::SlopesView::Undefined { reason } => Self::Undefined {
                reason: Reason::from(&reason),
            },
        }
    }
}

impl From<compare::Headline> for Headline {
    fn from(headline: compare::Headline) -> Self {
        match headline {
            compare::Headline::Within => Self::Within,
            compare::Headline::Between => Self::Between,
        }
    }
}

impl From<compare::NonResponse> for NonResponse {
    fn from(found: compare::NonResponse) -> Self {
        Self {
            side: match found.side {
                compare::SideName::Internal => SideName::Internal,
                compare::SideName::External => SideName::External,
            },
            party: found.party,
            indicator: found.indicator,
            r: found.r,
            lower: found.lower,
            upper: found.upper,
            level: found.level,
            units: found.units,
            warn: found.warn,
        }
    }
}

impl From<compare::Summary> for SideSummary {
    fn from(summary: compare::Summary) -> Self {
        let (interval, interval_reason) = super::of_compare::interval(&summary.interval);
        Self {
            mean: summary.mean,
            sd: summary.sd,
            units: summary.units,
            interval,
            interval_reason,
        }
    }
}

impl From<Difference> for DifferenceOfMeans {
    fn from(difference: Difference) -> Self {
        Self {
            value: difference.value,
            t: difference.t,
            n: difference.n,
            p: difference.p,
            interval: Interval::from(difference.interval),
        }
    }
}

impl From<&compare::Finding> for Finding {
    fn from(finding: &compare::Finding) -> Self {
        let mut parameters: std::collections::BTreeMap<String, serde_json::Value> =
            match serde_json::to_value(finding) {
                Ok(serde_json::Value::Object(fields)) => fields.into_iter().collect(),
                _ => std::collections::BTreeMap::new(),
            };
        let code = match parameters.remove("code") {
            Some(serde_json::Value::String(code)) => code,
            // Not reached: the code is the tag of the enum.
            _ => String::new(),
        };
        Self { code, parameters }
    }
}
