//! The canonical files of a foundation.
//!
//! Invariant: `parse(export(f)) == f`, and exporting what was parsed again gives the same bytes:
//! a foundation has exactly one text, so git shows what changed and nothing else. The order is
//! that of ids; fields have a fixed order; what is at its default and says nothing is left out,
//! except numbers that protect people (`minimum_n`), which always stand there.
//!
//! Absent on purpose: comments and pictures. The registry does not keep them.

mod kinds;
mod requirement;
mod toml;

use std::collections::BTreeMap;

use crate::foundation::Foundation;
use crate::instrument::Instrument;
use crate::keepers::is_keepers;
use crate::organisation::Organisation;
use toml::{Writer, string, text};

/// Writes a foundation as files, by path relative to their directory. A file that would list
/// nothing is left out.
pub fn export(foundation: &Foundation) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut put = |name: &str, written: String| {
        if !written.is_empty() {
            files.insert(name.to_owned(), written.into_bytes());
        }
    };
    put("organisation.toml", organisation(&foundation.organisation));
    put("parties.toml", list(&foundation.parties, kinds::party));
    put(
        "attributes.toml",
        list(&foundation.attributes, kinds::attribute),
    );
    put("units.toml", list(&foundation.units, kinds::unit));
    put(
        "calendars.toml",
        list(&foundation.calendars, kinds::calendar),
    );
    put("teams.toml", list(&foundation.teams, kinds::team));
    put(
        "touchpoints.toml",
        list(&foundation.touchpoints, kinds::touchpoint),
    );
    put(
        "indicators.toml",
        list(
            foundation
                .indicators
                .iter()
                .filter(|(id, _)| !is_keepers(id.as_str())),
            kinds::indicator,
        ),
    );
    put(
        "covariates.toml",
        list(&foundation.covariates, kinds::covariate),
    );
    put("mirrors.toml", list(&foundation.mirrors, kinds::mirror));
    for standard in foundation.standards.values() {
        let mut writer = Writer::default();
        kinds::standard(&mut writer, standard);
        put(
            &format!("standards/{}.toml", standard.id),
            writer.into_text(),
        );
    }
    let written = foundation.instruments.values();
    for instrument in written.filter(|instrument| !is_keepers(instrument.id.as_str())) {
        put(
            &format!("instruments/{}.json", instrument.id),
            definition(instrument),
        );
    }
    files
}

fn list<'v, K: 'v, T: 'v>(
    values: impl IntoIterator<Item = (&'v K, &'v T)>,
    write: fn(&mut Writer, &T),
) -> String {
    let mut writer = Writer::default();
    for (_, value) in values {
        write(&mut writer, value);
    }
    writer.into_text()
}

fn organisation(organisation: &Organisation) -> String {
    let mut writer = Writer::default();
    writer.field("name", &text(&organisation.name));
    writer.strings("languages", &organisation.languages);
    writer.field("time_zone", &string(&organisation.time_zone));
    writer.field("minimum_n", &organisation.minimum_n.to_string());
    if let Some(pair) = &organisation.alignment {
        writer.table("[alignment]");
        writer.field("internal", &string(pair.internal.as_str()));
        writer.field("external", &string(pair.external.as_str()));
    }
    for level in &organisation.levels {
        writer.table("[[level]]");
        writer.field("id", &string(level.id.as_str()));
        writer.field("title", &text(&level.title));
    }
    writer.into_text()
}

/// The definition in the order in which it was written, two blanks a level.
fn definition(instrument: &Instrument) -> String {
    format!("{:#}\n", instrument.definition)
}
