//! The sentences of the catalogue (`locales/`), for commands that speak the reader's language.
//!
//! Invariant: one catalogue for the pages and the command line. A sentence that a language lacks
//! is said in English; one that English lacks is shown by its key, so that it is seen.
//!
//! Only what these sentences need of Fluent is read: one line a message, and `{ $name }` for what is
//! put in. A message that needs more (plurals, terms) is one of the pages' alone.
//!
//! Absent on purpose: a Fluent library. Those at hand switch on a feature of a crate deep down that
//! six hundred others are built on; and the words of commands that print tables for other programs,
//! which are English.

use std::collections::BTreeMap;

/// The languages of the catalogue.
pub const LANGUAGES: [&str; 4] = ["en", "nl", "fr", "de"];

const EN: &str = include_str!("../../../locales/en.ftl");
const NL: &str = include_str!("../../../locales/nl.ftl");
const FR: &str = include_str!("../../../locales/fr.ftl");
const DE: &str = include_str!("../../../locales/de.ftl");

/// Sentences in one language.
pub struct Words {
    language: &'static str,
    /// Those of the language, then those of English.
    catalogues: Vec<BTreeMap<&'static str, &'static str>>,
}

impl Words {
    /// The sentences for a reader of `language` (`nl`, `nl-BE`, `nl_BE.UTF-8`).
    pub fn of(language: &str) -> Self {
        let base = language.split(['-', '_', '.']).next().unwrap_or_default();
        let known = LANGUAGES.into_iter().find(|known| *known == base);
        let language = known.unwrap_or("en");
        Self {
            language,
            catalogues: vec![catalogue(language), catalogue("en")],
        }
    }

    /// The language that is spoken.
    pub fn language(&self) -> &'static str {
        self.language
    }

    /// A sentence with what is put into it.
    pub fn say(&self, key: &str, values: &[(&str, String)]) -> String {
        let mut found = self.catalogues.iter().filter_map(|known| known.get(key));
        let Some(pattern) = found.next() else {
            return key.to_owned();
        };
        let mut said = String::with_capacity(pattern.len());
        let mut rest = *pattern;
        while let Some((before, place)) = rest.split_once('{') {
            said.push_str(before);
            let (name, after) = place.split_once('}').unwrap_or((place, ""));
            let name = name.trim().trim_start_matches('$');
            let value = values.iter().find(|(known, _)| *known == name);
            said.push_str(value.map_or(name, |(_, value)| value));
            rest = after;
        }
        said.push_str(rest);
        said
    }

    /// A number as the language writes it, with at most so many decimals.
    pub fn number(&self, value: f64, decimals: usize) -> String {
        let mut written = format!("{value:.decimals$}");
        if written.contains('.') {
            let short = written.trim_end_matches('0').trim_end_matches('.').len();
            written.truncate(short);
        }
        if self.language == "en" {
            written
        } else {
            written.replace('.', ",")
        }
    }

    /// A share as a percentage.
    pub fn percent(&self, share: f64) -> String {
        format!("{} %", self.number(share * 100.0, 1))
    }
}

fn catalogue(language: &str) -> BTreeMap<&'static str, &'static str> {
    let source = match language {
        "nl" => NL,
        "fr" => FR,
        "de" => DE,
        _ => EN,
    };
    let messages = source.lines().filter_map(|line| line.split_once(" = "));
    // What is indented belongs to the message above it, which is one of the pages' alone.
    let plain = messages.filter(|(key, _)| !key.starts_with([' ', '#', '.']));
    plain.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(source: &str) -> Vec<&str> {
        let lines = source.lines().filter(|line| line.starts_with("assess-"));
        lines.filter_map(|line| line.split(" =").next()).collect()
    }

    #[test]
    fn every_language_says_everything() {
        let english = keys(EN);
        assert!(english.len() > 40, "{}", english.len());
        for (language, source) in [("nl", NL), ("fr", FR), ("de", DE)] {
            assert_eq!(keys(source), english, "{language}");
            let words = Words::of(language);
            let en = Words::of("en");
            for key in &english {
                assert_ne!(words.say(key, &[]), *key, "{language}");
                let same = words.say(key, &[]) == en.say(key, &[]);
                assert!(!same, "{language} {key}");
            }
        }
    }

    #[test]
    fn what_is_put_in_stands_in_its_place() {
        let values = [("step", "{ saus }".to_owned())];
        assert_eq!(
            Words::of("nl").say("assess-step-forgotten", &values),
            "{ saus } vergeten"
        );
        assert_eq!(Words::of("nl").say("no-such-key", &values), "no-such-key");
    }

    #[test]
    fn numbers_as_the_language_writes_them() {
        assert_eq!(Words::of("nl_BE.UTF-8").number(12.50, 2), "12,5");
        assert_eq!(Words::of("en-GB").number(12.0, 2), "12");
        assert_eq!(Words::of("de").percent(0.605), "60,5 %");
        assert_eq!(Words::of("it").language(), "en");
    }
}
