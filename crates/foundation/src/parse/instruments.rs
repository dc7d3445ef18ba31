//! instruments/ID.json.

use super::entries::is_defined_twice;
use super::files::Files;
use crate::check::Known;
use crate::foundation::Foundation;
use crate::ids::{ID_ALLOWED, InstrumentId};
use crate::instrument::surveyjs;
use crate::object::ObjectKind;
use crate::reading::{LineIndex, Place, Report};

/// Reads every instrument.
pub(super) fn read(
    files: &Files<'_>,
    foundation: &mut Foundation,
    known: &mut Known,
    report: &mut Report,
) {
    for (file, stem, text) in &files.instruments {
        let key = format!("instrument.{stem}");
        let place = Place::file(file);
        let Ok(id) = InstrumentId::parse(stem) else {
            let message = "the name of the file is no id";
            report.add(place, &key, message, stem, ID_ALLOWED);
            known.hides(ObjectKind::Instrument);
            continue;
        };
        if is_defined_twice(&key, ObjectKind::Instrument, stem, &place, known, report) {
            continue;
        }
        let definition = match serde_json::from_str(text) {
            Ok(definition) => definition,
            Err(error) => {
                let place = Place {
                    file: (*file).to_owned(),
                    line: Some(error.line() as u32),
                    column: Some(error.column() as u32),
                };
                let text = error.to_string();
                // The place is said once.
                let reason = text.split(" at line ").next().unwrap_or(&text);
                report.add(place, "", &format!("not valid JSON: {reason}"), "", "");
                continue;
            }
        };
        let source = surveyjs::Source::of_text(file, text, &LineIndex::new(text));
        source.record(&key, report);
        if let Some(instrument) = surveyjs::read(&id, definition, &source, report) {
            foundation.instruments.insert(id, instrument);
        }
    }
}
