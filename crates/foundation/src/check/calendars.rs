//! Rules for calendars.

use super::Checks;
use crate::calendar::OpenHours;
use crate::object::ObjectKind;

/// The longest working day, in seconds.
const DAY_SECONDS: f64 = 86_400.0;

impl Checks<'_> {
    pub(super) fn calendars(&mut self) {
        let foundation = self.foundation;
        for calendar in foundation.calendars.values() {
            let key = format!("calendar.{}", calendar.id);
            self.text(&format!("{key}.title"), &calendar.title);
            self.hours(&key, &calendar.hours);
            if let Some(seconds) = calendar.working_day
                && !(seconds > 0.0 && seconds <= DAY_SECONDS)
            {
                let key = format!("{key}.working_day");
                let found = format!("{seconds} seconds");
                self.wrong(
                    &key,
                    "not the length of a day",
                    &found,
                    "more than 0, at most 24h",
                );
            }
            let key = format!("{key}.units");
            self.each_once(&key, calendar.units.iter().map(|own| own.unit.as_str()));
            for (at, own) in calendar.units.iter().enumerate() {
                let key = format!("{key}[{}]", at + 1);
                self.refers(&format!("{key}.unit"), ObjectKind::Unit, own.unit.as_str());
                self.hours(&key, &own.hours);
            }
        }
    }

    fn hours(&mut self, key: &str, hours: &OpenHours) {
        if !hours.is_ever_open() {
            let message = "nobody ever works by these hours, so nothing would ever be late";
            self.wrong(
                key,
                message,
                "",
                r#"at least one day such as monday = ["09:00-17:00"]"#,
            );
        }
        for (day, spans) in hours.week() {
            for (at, pair) in spans.windows(2).enumerate() {
                if pair[0].to_minute() >= pair[1].from_minute() {
                    let key = format!("{key}.{day}[{}]", at + 2);
                    let message = "the hours of a day are in order and do not touch each other";
                    let found = pair[1].to_string();
                    self.wrong(&key, message, &found, &format!("hours after {}", pair[0]));
                }
            }
        }
        let days: Vec<String> = hours.holidays.iter().map(ToString::to_string).collect();
        self.each_once(&format!("{key}.holidays"), days.iter().map(String::as_str));
    }
}
