//! indicators.toml and covariates.toml.

use std::collections::BTreeSet;

use super::entries::Entry;
use super::organisation::TEXT_ALLOWED;
use crate::foundation::Foundation;
use crate::ids::{ID_ALLOWED, IndicatorId, PartyId};
use crate::indicator::{Covariate, Direction, Indicator, IndicatorKind};
use crate::reading::{Cursor, Fields, Report, one_of};

const DIRECTIONS: [(&str, Direction); 2] = [
    ("higher_is_better", Direction::HigherIsBetter),
    ("lower_is_better", Direction::LowerIsBetter),
];

const COMMON: [&str; 8] = [
    "id",
    "title",
    "kind",
    "party",
    "direction",
    "minimum_n",
    "target",
    "headline",
];

/// The reader of one kind.
type Reader = fn(&Fields<'_>, &mut Report) -> Option<IndicatorKind>;

/// Each kind with its own fields.
const KINDS: [(&str, (&[&str], Reader)); 8] = [
    ("nps", (&["instrument", "item"], nps)),
    ("top_box", (&["instrument", "item", "from"], top_box)),
    ("mean", (&["instrument", "item"], mean)),
    ("share", (&["instrument", "item", "values"], share)),
    ("rate", (&["figure"], rate)),
    ("composite", (&["of"], composite)),
    ("conformance", (&["standard"], conformance)),
    ("within_target", (&["standard"], within_target)),
];

/// An indicator whose defaults are not settled yet.
struct Draft {
    indicator: Indicator,
    minimum_n: Option<u32>,
}

/// Reads every indicator and settles its party and its smallest n. A composite takes them from its
/// parts, so it waits until those are settled; the checks report the ones that wait for ever.
pub(super) fn read(entries: &[Entry<'_>], foundation: &mut Foundation, report: &mut Report) {
    let mut waiting: Vec<Draft> = entries
        .iter()
        .filter_map(|entry| draft(&entry.fields, report))
        .collect();
    loop {
        let ids: BTreeSet<IndicatorId> = waiting.iter().map(|d| d.indicator.id.clone()).collect();
        let (mut ready, later): (Vec<_>, Vec<_>) =
            waiting
                .into_iter()
                .partition(|draft| match &draft.indicator.kind {
                    IndicatorKind::Composite { of } => of.iter().all(|part| !ids.contains(part)),
                    _ => true,
                });
        waiting = later;
        if ready.is_empty() {
            ready.append(&mut waiting);
        }
        for draft in ready {
            let indicator = settle(draft, foundation);
            let id = indicator.id.clone();
            foundation.indicators.insert(id, indicator);
        }
        if waiting.is_empty() {
            return;
        }
    }
}

fn settle(draft: Draft, foundation: &Foundation) -> Indicator {
    let mut indicator = draft.indicator;
    if indicator.party.is_none() {
        indicator.party = inherited_party(&indicator.kind, foundation);
    }
    let of_party = indicator
        .party
        .as_ref()
        .and_then(|id| foundation.party(id))
        .map_or(foundation.organisation.minimum_n, |party| party.minimum_n);
    let of_parts = match &indicator.kind {
        IndicatorKind::Composite { of } => of
            .iter()
            .filter_map(|id| foundation.indicator(id))
            .map(|part| part.minimum_n)
            .max(),
        _ => None,
    };
    indicator.minimum_n = draft
        .minimum_n
        .unwrap_or(of_parts.map_or(of_party, |n| n.max(of_party)));
    indicator
}

/// The party of the instrument, or the one that all parts share.
fn inherited_party(kind: &IndicatorKind, foundation: &Foundation) -> Option<PartyId> {
    if let Some((instrument, _)) = kind.item() {
        return Some(foundation.instrument(instrument)?.party.clone());
    }
    let IndicatorKind::Composite { of } = kind else {
        return None;
    };
    let mut parties = of.iter().map(|id| foundation.indicator(id)?.party.clone());
    let first = parties.next()??;
    parties
        .all(|party| party.as_ref() == Some(&first))
        .then_some(first)
}

fn draft(fields: &Fields<'_>, report: &mut Report) -> Option<Draft> {
    let allowed = one_of(IndicatorKind::EVERY);
    let kind = fields.need(report, "kind", &allowed);
    let kind = kind.and_then(|c| c.word(report, &KINDS));
    // Without a kind nobody knows which fields belong here.
    if let Some((own, _)) = kind {
        fields.only(report, &[&COMMON, own].concat());
    }
    let id = fields.need(report, "id", ID_ALLOWED);
    let id = id.and_then(|c| c.id(report));
    let title = fields.need(report, "title", TEXT_ALLOWED);
    let title = title.and_then(|c| c.text(report));
    let party = fields.optional(report, "party", Cursor::id);
    let direction = fields.or(report, "direction", Direction::default(), |c, r| {
        c.word(r, &DIRECTIONS)
    });
    let minimum_n = fields.optional(report, "minimum_n", |c, r| c.count(r, 1));
    let target = fields.optional(report, "target", Cursor::number);
    let headline = fields.or(report, "headline", false, Cursor::boolean);
    let kind = kind.and_then(|(_, read)| read(fields, report));
    let minimum_n = minimum_n.ok()?;
    let indicator = Indicator {
        id: id?,
        title: title?,
        party: party.ok()?,
        kind: kind?,
        direction: direction?,
        minimum_n: minimum_n.unwrap_or_default(),
        target: target.ok()?,
        headline: headline?,
    };
    Some(Draft {
        indicator,
        minimum_n,
    })
}

/// Reads `instrument` and `item`.
macro_rules! item {
    ($fields:ident, $report:ident) => {{
        let instrument = $fields.need($report, "instrument", "the id of an instrument");
        let instrument = instrument.and_then(|c| c.id($report));
        let item = $fields.need($report, "item", "the id of an item of that instrument");
        let item = item.and_then(|c| c.id($report));
        (instrument, item)
    }};
}

fn nps(fields: &Fields<'_>, report: &mut Report) -> Option<IndicatorKind> {
    let (instrument, item) = item!(fields, report);
    Some(IndicatorKind::Nps {
        instrument: instrument?,
        item: item?,
    })
}

fn mean(fields: &Fields<'_>, report: &mut Report) -> Option<IndicatorKind> {
    let (instrument, item) = item!(fields, report);
    Some(IndicatorKind::Mean {
        instrument: instrument?,
        item: item?,
    })
}

fn top_box(fields: &Fields<'_>, report: &mut Report) -> Option<IndicatorKind> {
    let (instrument, item) = item!(fields, report);
    let from = fields.need(report, "from", "the lowest answer that counts");
    let from = from.and_then(|c| c.score(report));
    Some(IndicatorKind::TopBox {
        instrument: instrument?,
        item: item?,
        from: from?,
    })
}

fn share(fields: &Fields<'_>, report: &mut Report) -> Option<IndicatorKind> {
    let (instrument, item) = item!(fields, report);
    let values = fields.need(report, "values", "a list of the answers that count");
    let values = values.and_then(|c| c.strings(report));
    Some(IndicatorKind::Share {
        instrument: instrument?,
        item: item?,
        values: values?,
    })
}

fn rate(fields: &Fields<'_>, report: &mut Report) -> Option<IndicatorKind> {
    let figure = fields.need(report, "figure", ID_ALLOWED)?;
    let figure = figure.string(report)?.to_owned();
    Some(IndicatorKind::Rate { figure })
}

fn composite(fields: &Fields<'_>, report: &mut Report) -> Option<IndicatorKind> {
    let of = fields.need(report, "of", "a list of ids of indicators")?;
    let of = of.ids(report)?;
    Some(IndicatorKind::Composite { of })
}

fn conformance(fields: &Fields<'_>, report: &mut Report) -> Option<IndicatorKind> {
    let standard = fields.need(report, "standard", "the id of a standard")?;
    let standard = standard.id(report)?;
    Some(IndicatorKind::Conformance { standard })
}

fn within_target(fields: &Fields<'_>, report: &mut Report) -> Option<IndicatorKind> {
    let standard = fields.need(report, "standard", "the id of a standard")?;
    let standard = standard.id(report)?;
    Some(IndicatorKind::WithinTarget { standard })
}

pub(super) fn covariate(entry: &Entry<'_>, report: &mut Report) -> Option<Covariate> {
    let fields = &entry.fields;
    fields.only(report, &["id", "title", "direction"]);
    let id = fields.need(report, "id", ID_ALLOWED);
    let id = id.and_then(|c| c.id(report));
    let title = fields.need(report, "title", TEXT_ALLOWED);
    let title = title.and_then(|c| c.text(report));
    let direction = fields.optional(report, "direction", |c, r| c.word(r, &DIRECTIONS));
    Some(Covariate {
        id: id?,
        title: title?,
        direction: direction.ok()?,
    })
}
