//! The mapping as TOML, with comments for the person who corrects it.

use std::fmt::Write as _;

use evenkeel_foundation::{Foundation, Requirement, Scale, slugify};

use super::likert;
use super::plan::Plan;
use super::profile::{COMMON_CODES, Profile};
use super::sniff::Sniffed;
use super::targets::Target;
use crate::mapping::ImportKind;

pub(super) fn write(
    plan: &Plan,
    sniffed: &Sniffed,
    profiles: &[Profile],
    foundation: &Foundation,
) -> String {
    let mut text = String::new();
    let _ = writeln!(
        text,
        "# A first guess at {}: correct it, then try a preview.",
        sniffed.opening.file_name
    );
    let _ = writeln!(text, "kind = \"{}\"", plan.kind);
    if !sniffed.lines.is_empty() {
        let _ = write!(text, "\n[file]\n{}\n", sniffed.lines.join("\n"));
    }
    let mut writer = Writer {
        text,
        plan,
        profiles,
        foundation,
    };
    writer.missing();
    writer.unit();
    match plan.kind {
        ImportKind::Responses => writer.responses(),
        ImportKind::Aggregates => writer.aggregates(),
        ImportKind::Observations => writer.observations(),
    }
    writer.unused();
    writer.text
}

struct Writer<'a> {
    text: String,
    plan: &'a Plan,
    profiles: &'a [Profile],
    foundation: &'a Foundation,
}

/// A text as TOML writes it.
fn quoted(text: &str) -> String {
    toml::Value::from(text).to_string()
}

impl Writer<'_> {
    fn line(&mut self, line: impl AsRef<str>) {
        self.text.push_str(line.as_ref());
        self.text.push('\n');
    }

    fn profile(&self, target: &Target) -> Option<&Profile> {
        self.plan.column(target).map(|at| &self.profiles[at])
    }

    fn samples(&mut self, profile: &Profile) {
        let samples: Vec<String> = profile
            .samples
            .iter()
            .map(|sample| quoted(sample))
            .collect();
        self.line(format!(
            "# such as {}",
            samples.join(", ").replace('\n', " ")
        ));
    }

    /// `[name]` with its column, or a comment that it was not found.
    fn column(&mut self, name: &str, target: &Target, needed: bool) -> bool {
        let Some(profile) = self.profile(target).cloned() else {
            if needed {
                self.line(format!(
                    "\n# [{name}]          # needed, and no column looks like it"
                ));
                self.line("# column = \"…\"");
            }
            return false;
        };
        self.line(format!("\n[{name}]"));
        self.samples(&profile);
        self.line(format!("column = {}", quoted(&profile.name)));
        true
    }

    fn missing(&mut self) {
        let appears = |code: &str| {
            self.profiles
                .iter()
                .any(|profile| profile.codes.contains(code))
        };
        let codes: Vec<String> = COMMON_CODES
            .into_iter()
            .filter(|code| appears(code))
            .map(quoted)
            .collect();
        if !codes.is_empty() {
            self.line(format!("\n[missing]\ncodes = [{}]", codes.join(", ")));
        }
    }

    fn unit(&mut self) {
        if !self.column("unit", &Target::Unit, true) {
            return;
        }
        let known = self.profile(&Target::Unit).is_some_and(|profile| {
            profile.share(|value| self.foundation.units.contains_key(slugify(value).as_str()))
                > 0.999
        });
        if !known {
            self.line("unknown = \"create\"   # or \"error\", or \"skip_row\"");
            let roots = self
                .foundation
                .units
                .values()
                .filter(|unit| unit.parent.is_none());
            let roots: Vec<String> = roots.map(|unit| unit.id.to_string()).collect();
            if let [root] = roots.as_slice() {
                self.line(format!("parent = {{ constant = {} }}", quoted(root)));
            }
        }
    }

    fn time(&mut self) {
        if !self.column("time", &Target::Time, true) {
            return;
        }
        let Some(form) = self
            .profile(&Target::Time)
            .and_then(|profile| profile.dates.clone())
        else {
            return;
        };
        if let Some(pattern) = &form.pattern {
            let or = form
                .or
                .as_ref()
                .map_or_else(String::new, |or| format!("   # or {or}: both fit"));
            self.line(format!("format = {}{or}", quoted(pattern)));
        }
        if !form.zones.is_empty() {
            let zones: Vec<String> = form
                .zones
                .iter()
                .map(|(name, offset)| format!("{name} = \"{offset}\""))
                .collect();
            self.line(format!("zones = {{ {} }}", zones.join(", ")));
        }
        if !form.day_only {
            self.line(
                "# zone = \"Europe/Amsterdam\"   # of times that name none; the unit's if none",
            );
        }
    }

    fn responses(&mut self) {
        match &self.plan.instrument {
            Some(id) => self.line(format!("\n[instrument]\nid = \"{id}\"")),
            None => self.line("\n# [instrument]          # needed, and no instrument has such items\n# id = \"…\""),
        }
        self.time();
        if self.column("respondent", &Target::Respondent, false) {
            self.line("# stored as a keyed hash only; add what else is needed to tell people apart: columns = [\"…\", \"…\"]");
        }
        for (name, target) in [
            ("party", Target::Party),
            ("wave", Target::Wave),
            ("channel", Target::Channel),
            ("language", Target::Language),
            ("weight", Target::Weight),
        ] {
            self.column(name, &target, false);
        }
        self.attributes();
        let items: Vec<(String, usize)> = self.items();
        if items.is_empty() {
            self.line("\n# [[item]]          # needed: one for every answer\n# id = \"…\"\n# column = \"…\"");
        }
        for (id, column) in items {
            let profile = self.profiles[column].clone();
            self.line("\n[[item]]");
            self.line(format!("id = {}", quoted(&id)));
            self.samples(&profile);
            self.line(format!("column = {}", quoted(&profile.name)));
            self.likert(&id, &profile);
        }
    }

    fn likert(&mut self, id: &str, profile: &Profile) {
        let instrument = self
            .plan
            .instrument
            .as_ref()
            .and_then(|i| self.foundation.instrument(i));
        let Some(Scale::Rating { min, max }) =
            instrument.and_then(|i| i.item(id)).map(|item| &item.scale)
        else {
            return;
        };
        if profile.is_numeric() {
            return;
        }
        if let Some(map) = likert::map(&profile.different, *min, *max) {
            let map: Vec<String> = map
                .iter()
                .map(|(text, rating)| format!("{} = {rating}", quoted(text)))
                .collect();
            self.line(format!("map = {{ {} }}", map.join(", ")));
        }
    }

    fn items(&self) -> Vec<(String, usize)> {
        let chosen = self.plan.chosen.iter();
        let mut items: Vec<(String, usize)> = chosen
            .filter_map(|(target, (column, _))| match target {
                Target::Item(id) => Some((id.clone(), *column)),
                _ => None,
            })
            .collect();
        items.sort_by_key(|(_, column)| *column);
        items
    }

    fn attributes(&mut self) {
        let chosen: Vec<Target> = self
            .plan
            .chosen
            .keys()
            .filter(|t| matches!(t, Target::Attribute(_)))
            .cloned()
            .collect();
        for target in chosen {
            self.column(&target.shown(), &target, false);
        }
    }

    fn aggregates(&mut self) {
        if self.column("period", &Target::Period, true) {
            let dates = self
                .profile(&Target::Period)
                .map(|profile| profile.dates.clone());
            match dates {
                Some(Some(form)) => {
                    let pattern = form.pattern.unwrap_or_else(|| "%Y-%m-%d".to_owned());
                    self.line(format!("format = {}", quoted(&pattern)));
                    self.line("granularity = \"month\"   # or day, week, quarter, year");
                }
                _ => self.line("format = \"year\""),
            }
        } else {
            self.line("# or constant = \"2026-q1\" when the whole file is of one period");
        }
        self.column("party", &Target::Party, false);
        let n = self
            .profile(&Target::Count)
            .map(|profile| quoted(&profile.name));
        let mut any = false;
        for (id, column) in self.items() {
            let Some(instrument) = self.plan.instrument.clone() else {
                continue;
            };
            any = true;
            let profile = self.profiles[column].clone();
            self.line(format!(
                "\n[[aggregate]]\nsubject = \"item:{instrument}/{id}\""
            ));
            self.samples(&profile);
            self.line(format!("mean = {}", quoted(&profile.name)));
            let n = n.clone().unwrap_or_else(|| {
                "\"\"   # needed: the column with the number of answers".to_owned()
            });
            self.line(format!("n = {n}"));
        }
        let covariates: Vec<Target> = self
            .plan
            .chosen
            .keys()
            .filter(|t| matches!(t, Target::Covariate(_)))
            .cloned()
            .collect();
        for target in covariates {
            let Some(profile) = self.profile(&target).cloned() else {
                continue;
            };
            any = true;
            self.line(format!("\n[[aggregate]]\nsubject = \"{}\"", target.shown()));
            self.line(format!("value = {}", quoted(&profile.name)));
        }
        let pair = (
            self.profile(&Target::Total).cloned(),
            self.profile(&Target::Deviated).cloned(),
        );
        if let ((Some(total), Some(deviated)), Some(standard)) = (pair, self.plan.standard.clone())
        {
            any = true;
            self.line(format!(
                "\n[[aggregate]]\nsubject = \"standard:{standard}\""
            ));
            self.line(format!(
                "total = {}\ndeviated = {}",
                quoted(&total.name),
                quoted(&deviated.name)
            ));
            self.line("# combine = \"sum\"   # when a unit and period have several rows");
        }
        if !any {
            self.line("\n# [[aggregate]]          # needed: one for every number\n# subject = \"item:INSTRUMENT/ITEM\"\n# mean = \"…\"\n# n = \"…\"");
        }
    }

    fn observations(&mut self) {
        self.time();
        self.column("party", &Target::Party, false);
        self.column("channel", &Target::Channel, false);
        self.line("\n[observation]");
        match (
            self.profile(&Target::StandardColumn).cloned(),
            self.plan.standard.clone(),
        ) {
            (Some(profile), _) => self.line(format!("standard_column = {}", quoted(&profile.name))),
            (None, Some(standard)) => self.line(format!("standard = \"{standard}\"")),
            (None, None) => self.line("standard = \"\"   # needed"),
        }
        let numeric = self
            .plan
            .standard
            .as_ref()
            .and_then(|id| self.foundation.standard(id));
        let numeric = numeric.map(|standard| &standard.requirement);
        if let Some(profile) = self.profile(&Target::Value).cloned() {
            self.samples(&profile);
            self.line(format!("value = {}", quoted(&profile.name)));
            if matches!(numeric, Some(Requirement::Duration(_))) {
                self.line("unit_of_value = \"minutes\"   # or milliseconds, seconds, hours, days");
            }
        } else if let Some(profile) = self.profile(&Target::Kept).cloned() {
            self.line(format!("kept = {}", quoted(&profile.name)));
        } else {
            self.line("# value = \"…\"   # needed: this, or kept");
        }
        self.line("chosen = \"convenience\"   # or census (all there were), or random: only those get a verdict");
        self.line("key = \"row\"   # or the columns that make an observation the same when it comes again");
    }

    /// The columns that nothing was made of.
    fn unused(&mut self) {
        let used: Vec<usize> = self
            .plan
            .chosen
            .values()
            .map(|(column, _)| *column)
            .collect();
        let unused: Vec<Profile> = self
            .profiles
            .iter()
            .enumerate()
            .filter(|(at, _)| !used.contains(at))
            .map(|(_, profile)| profile.clone())
            .collect();
        if unused.is_empty() {
            return;
        }
        self.line("\n# Columns that are not used:");
        for profile in unused.iter().take(100) {
            let samples: Vec<String> = profile
                .samples
                .iter()
                .take(3)
                .map(|sample| quoted(sample))
                .collect();
            self.line(format!(
                "#   {}: {}",
                quoted(&profile.name),
                samples.join(", ").replace('\n', " ")
            ));
        }
        if unused.len() > 100 {
            self.line(format!("#   … and {} more", unused.len() - 100));
        }
    }
}
