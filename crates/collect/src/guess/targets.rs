//! How well each column fits each target.

use evenkeel_foundation::{Foundation, Instrument, Item, Scale, slugify};

use super::likert;
use super::profile::Profile;

/// What a column may be.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Target {
    Unit,
    Time,
    Period,
    Party,
    Respondent,
    Wave,
    Channel,
    Language,
    Weight,
    Attribute(String),
    Item(String),
    Covariate(String),
    /// How many answers.
    Count,
    StandardColumn,
    Value,
    Kept,
    Total,
    Deviated,
}

impl Target {
    /// As people read it.
    pub(super) fn shown(&self) -> String {
        match self {
            Self::Unit => "unit".to_owned(),
            Self::Time => "time".to_owned(),
            Self::Period => "period".to_owned(),
            Self::Party => "party".to_owned(),
            Self::Respondent => "respondent".to_owned(),
            Self::Wave => "wave".to_owned(),
            Self::Channel => "channel".to_owned(),
            Self::Language => "language".to_owned(),
            Self::Weight => "weight".to_owned(),
            Self::Attribute(id) => format!("attributes.{id}"),
            Self::Item(id) => format!("item:{id}"),
            Self::Covariate(id) => format!("covariate:{id}"),
            Self::Count => "n".to_owned(),
            Self::StandardColumn => "standard".to_owned(),
            Self::Value => "value".to_owned(),
            Self::Kept => "kept".to_owned(),
            Self::Total => "total".to_owned(),
            Self::Deviated => "deviated".to_owned(),
        }
    }
}

/// A column that may be a target.
#[derive(Debug, Clone)]
pub(super) struct Candidate {
    pub column: usize,
    pub target: Target,
    pub confidence: f64,
}

const UNIT_WORDS: [&str; 24] = [
    "unit",
    "shop",
    "store",
    "branch",
    "site",
    "location",
    "school",
    "restaurant",
    "office",
    "agency",
    "company",
    "department",
    "dept",
    "trust",
    "hospital",
    "region",
    "filiaal",
    "vestiging",
    "winkel",
    "afdeling",
    "locatie",
    "org",
    "origin",
    "dbn",
];
const TIME_WORDS: [&str; 18] = [
    "date",
    "time",
    "day",
    "at",
    "timestamp",
    "when",
    "submitted",
    "recorded",
    "created",
    "completed",
    "datum",
    "tijd",
    "tijdstip",
    "start",
    "opened",
    "visited",
    "closed",
    "on",
];
const RESPONDENT_WORDS: [&str; 12] = [
    "respondent",
    "employee",
    "customer",
    "guest",
    "person",
    "participant",
    "respondentid",
    "medewerker",
    "klant",
    "user",
    "member",
    "responseid",
];
const COUNT_WORDS: [&str; 12] = [
    "n",
    "count",
    "responses",
    "respondents",
    "answers",
    "observations",
    "aantal",
    "number",
    "answered",
    "responded",
    "size",
    "base",
];
const WAVE_WORDS: [&str; 4] = ["wave", "round", "golf", "meting"];
const CHANNEL_WORDS: [&str; 4] = ["channel", "kanaal", "source", "medium"];
const LANGUAGE_WORDS: [&str; 5] = ["language", "lang", "taal", "locale", "userlanguage"];
const WEIGHT_WORDS: [&str; 4] = ["weight", "gewicht", "weging", "wt"];
const PERIOD_WORDS: [&str; 8] = [
    "year", "period", "month", "quarter", "jaar", "maand", "kwartaal", "week",
];
const KEPT_WORDS: [&str; 8] = [
    "kept",
    "met",
    "ok",
    "passed",
    "pass",
    "compliant",
    "conform",
    "sla",
];
const TOTAL_WORDS: [&str; 6] = ["total", "attendances", "looks", "checks", "totaal", "all"];
const DEVIATED_WORDS: [&str; 7] = [
    "deviated",
    "breaches",
    "breach",
    "failed",
    "late",
    "missed",
    "afwijkingen",
];

/// Every pair that is worth a thought.
pub(super) fn candidates(profiles: &[Profile], foundation: &Foundation) -> Vec<Candidate> {
    let mut found = Vec::new();
    for (column, profile) in profiles.iter().enumerate() {
        let mut say = |target: Target, confidence: f64| {
            if confidence >= 0.3 {
                found.push(Candidate {
                    column,
                    target,
                    confidence: confidence.min(0.99),
                });
            }
        };
        if profile.filled == 0 {
            continue;
        }
        say(Target::Unit, unit(profile, foundation));
        if profile.dates.is_some() {
            say(
                Target::Time,
                0.7 + if profile.is_called(&TIME_WORDS) {
                    0.25
                } else {
                    0.0
                },
            );
            say(
                Target::Period,
                0.5 + if profile.is_called(&PERIOD_WORDS) {
                    0.4
                } else {
                    0.0
                },
            );
        } else if profile.is_whole_between(1900.0, 2100.0) && profile.is_called(&PERIOD_WORDS) {
            say(Target::Period, 0.9);
        }
        let parties = |value: &str| foundation.parties.contains_key(slugify(value).as_str());
        say(Target::Party, profile.share(parties) * 0.9);
        for (words, target) in [
            (RESPONDENT_WORDS.as_slice(), Target::Respondent),
            (&WAVE_WORDS, Target::Wave),
            (&CHANNEL_WORDS, Target::Channel),
            (&LANGUAGE_WORDS, Target::Language),
        ] {
            if profile.is_called(words) {
                say(target, 0.8);
            }
        }
        if profile.is_numeric() {
            numeric(profile, &mut say);
        } else if profile.is_called(&KEPT_WORDS) {
            say(Target::Kept, 0.5);
        }
        for attribute in foundation.attributes.values() {
            let by_name = named(profile, attribute.id.as_str(), &attribute.title);
            let by_value = profile.share(|value| attribute.value(&slugify(value)).is_some());
            say(
                Target::Attribute(attribute.id.to_string()),
                by_name.max(0.85 * by_value),
            );
        }
        for covariate in foundation
            .covariates
            .values()
            .filter(|_| profile.is_numeric())
        {
            let by_name = named(profile, covariate.id.as_str(), &covariate.title);
            say(Target::Covariate(covariate.id.to_string()), by_name);
        }
        let standards = |value: &str| foundation.standards.contains_key(slugify(value).as_str());
        say(Target::StandardColumn, profile.share(standards) * 0.95);
    }
    found
}

fn numeric(profile: &Profile, say: &mut impl FnMut(Target, f64)) {
    if profile.is_called(&WEIGHT_WORDS) && profile.lowest > 0.0 {
        say(Target::Weight, 0.8);
    }
    if profile.whole && profile.lowest >= 0.0 {
        for (words, target) in [
            (COUNT_WORDS.as_slice(), Target::Count),
            (&TOTAL_WORDS, Target::Total),
            (&DEVIATED_WORDS, Target::Deviated),
        ] {
            if profile.is_called(words) {
                say(target, 0.7);
            }
        }
    }
    if profile.whole
        && profile.lowest >= 0.0
        && profile.highest <= 1.0
        && profile.is_called(&KEPT_WORDS)
    {
        say(Target::Kept, 0.8);
    }
    say(Target::Value, 0.3);
}

fn unit(profile: &Profile, foundation: &Foundation) -> f64 {
    let known = profile.share(|value| foundation.units.contains_key(slugify(value).as_str()));
    let called = if profile.is_called(&UNIT_WORDS) {
        0.5
    } else {
        0.0
    };
    // Every row another value: that is no group of rows, except where rows are units.
    let repeated = profile.different.len() * 2 <= profile.filled || profile.filled < 50;
    let measured = profile.dates.is_some() || (profile.is_numeric() && !profile.whole);
    if measured {
        return 0.0;
    }
    if known > 0.2 {
        return 0.6 + 0.38 * known;
    }
    called + if repeated && called > 0.0 { 0.15 } else { 0.0 }
}

/// How well a column's name is that of a thing.
fn named(profile: &Profile, id: &str, title: &evenkeel_foundation::Text) -> f64 {
    let slug = slugify(&profile.name);
    let plain = |text: &str| text.replace(['-', '_'], "");
    if slug == id || plain(&slug) == plain(id) {
        return 0.95;
    }
    let titled = title.iter().any(|(_, text)| {
        let own = crate::source::squeeze(text).to_lowercase();
        own == profile.name.to_lowercase()
            || profile.name.to_lowercase().ends_with(&format!("/ {own}"))
    });
    if titled {
        return 0.9;
    }
    let words = super::profile::words(id);
    if !words.is_empty() && words.iter().all(|word| profile.words.contains(word)) {
        return 0.55;
    }
    0.0
}

/// The candidates for the items of one instrument.
pub(super) fn items(
    profiles: &[Profile],
    instrument: &Instrument,
    aggregated: bool,
) -> Vec<Candidate> {
    let mut found = Vec::new();
    for (column, profile) in profiles.iter().enumerate() {
        for item in &instrument.items {
            let by_name = named(profile, item.id.as_str(), &item.title);
            if by_name == 0.0 {
                continue;
            }
            let fits = if aggregated {
                mean_fits(profile, item)
            } else {
                answers_fit(profile, item)
            };
            if fits {
                let target = Target::Item(item.id.to_string());
                // Means are seldom all whole numbers: then these are rather answers.
                let whole_means = aggregated && profile.whole;
                found.push(Candidate {
                    column,
                    target,
                    confidence: if whole_means { by_name * 0.6 } else { by_name },
                });
            }
        }
    }
    found
}

/// Whether the values of a column can be answers to an item.
fn answers_fit(profile: &Profile, item: &Item) -> bool {
    match &item.scale {
        Scale::Rating { min, max } => {
            profile.is_whole_between(f64::from(*min), f64::from(*max))
                || likert::map(&profile.different, *min, *max).is_some()
        }
        Scale::Number { .. } => profile.is_numeric(),
        Scale::Choice { values } => {
            profile.share(|value| values.iter().any(|known| known == value)) > 0.5
        }
        Scale::Boolean | Scale::Choices { .. } | Scale::Ranking { .. } => {
            profile.different.len() < 100
        }
        Scale::Text | Scale::Comment => true,
    }
}

fn mean_fits(profile: &Profile, item: &Item) -> bool {
    match &item.scale {
        Scale::Rating { min, max } => {
            profile.is_numeric()
                && profile.lowest >= f64::from(*min)
                && profile.highest <= f64::from(*max)
        }
        Scale::Number { .. } => profile.is_numeric(),
        _ => false,
    }
}
