//! mirrors.toml.

use super::entries::Entry;
use super::organisation::TEXT_ALLOWED;
use crate::ids::{ID_ALLOWED, InstrumentId, ItemId};
use crate::mirror::{ItemRef, Mirror, MirrorSide};
use crate::reading::{Cursor, Report};

const ITEM_ALLOWED: &str = r#""INSTRUMENT.ITEM", such as "guest.speed""#;

pub(super) fn mirror(entry: &Entry<'_>, report: &mut Report) -> Option<Mirror> {
    let fields = &entry.fields;
    fields.only(report, &["id", "title", "sides"]);
    let id = fields.need(report, "id", ID_ALLOWED);
    let id = id.and_then(|c| c.id(report));
    let title = fields.need(report, "title", TEXT_ALLOWED);
    let title = title.and_then(|c| c.text(report));
    let allowed = "two of { party, own, predicts }";
    let cursor = fields.need(report, "sides", allowed)?;
    let sides: Vec<_> = cursor
        .list(report)?
        .iter()
        .map(|c| side(c, report))
        .collect();
    let count = sides.len();
    let sides: Vec<MirrorSide> = sides.into_iter().collect::<Option<_>>()?;
    let Ok(sides) = <[MirrorSide; 2]>::try_from(sides) else {
        let message = format!("a mirror has two sides, here are {count}");
        cursor.wrong(report, &message, allowed);
        return None;
    };
    Some(Mirror {
        id: id?,
        title: title?,
        sides,
    })
}

fn side(cursor: &Cursor<'_>, report: &mut Report) -> Option<MirrorSide> {
    let fields = cursor.table(report)?;
    fields.only(report, &["party", "own", "predicts"]);
    let party = fields.need(report, "party", "the id of a party");
    let party = party.and_then(|c| c.id(report));
    let own = fields.need(report, "own", ITEM_ALLOWED);
    let own = own.and_then(|c| item_ref(&c, report));
    let predicts = fields.need(report, "predicts", ITEM_ALLOWED);
    let predicts = predicts.and_then(|c| item_ref(&c, report));
    Some(MirrorSide {
        party: party?,
        own: own?,
        predicts: predicts?,
    })
}

fn item_ref(cursor: &Cursor<'_>, report: &mut Report) -> Option<ItemRef> {
    let read = cursor.string(report)?.split_once('.');
    let read = read.and_then(|(instrument, item)| {
        Some(ItemRef {
            instrument: InstrumentId::parse(instrument).ok()?,
            item: ItemId::parse(item).ok()?,
        })
    });
    if read.is_none() {
        cursor.wrong(report, "not an item of an instrument", ITEM_ALLOWED);
    }
    read
}
