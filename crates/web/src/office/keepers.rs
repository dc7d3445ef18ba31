//! The pulse of the keepers: whom to ask about what, and keeping what they say.
//!
//! Invariants: a person answers about a standard once a wave, and the first answer counts; that
//! they did is kept under their name, what they said is not, and their answer carries no time.
//! Absent on purpose: results, which come from releases alone (`answers::keepers`).

use evenkeel_collect::{KeeperAnswer, KeeperRow, inbox_text};
use evenkeel_foundation::{Foundation, Party, PartyId, Standard, StandardId};
use evenkeel_registry::{Account, Receipt, Received};
use jiff::civil::Date;
use sha2::{Digest as _, Sha256};

use super::{Office, OfficeError};

/// Standards that a person is asked about in one wave: five taps each, a minute in all.
const STANDARDS_A_WAVE: usize = 2;

/// A calendar month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wave {
    /// Such as `2026-11`.
    pub id: String,
    /// Stands for the wave in the tables.
    pub first_day: Date,
}

impl Wave {
    fn of(day: Date) -> Self {
        Self {
            id: format!("{:04}-{:02}", day.year(), day.month()),
            first_day: day.first_of_month(),
        }
    }
}

/// What somebody was asked about before: standard and wave.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Answered(Vec<(String, String)>);

impl Answered {
    fn read(events: Vec<String>) -> Self {
        let split = |event: &String| {
            let (standard, wave) = event.split_once('/')?;
            Some((standard.to_owned(), wave.to_owned()))
        };
        Self(events.iter().filter_map(split).collect())
    }

    /// How many standards in this wave.
    pub fn in_wave(&self, wave: &Wave) -> usize {
        self.0.iter().filter(|(_, of)| *of == wave.id).count()
    }

    fn last(&self, standard: &StandardId) -> Option<&str> {
        let of = self.0.iter().filter(|(id, _)| id == standard.as_str());
        of.map(|(_, wave)| wave.as_str()).max()
    }

    /// The party that owes what was answered about last: most people stay with theirs.
    pub fn party(&self, foundation: &Foundation) -> Option<PartyId> {
        let latest = self.0.iter().max_by_key(|(_, wave)| wave.clone())?;
        let standard = foundation.standards.get(latest.0.as_str())?;
        Some(standard.owed_by.clone())
    }
}

/// The standards that a party's people are asked about: what they owe, from its first day on.
pub fn asked_standards<'f>(
    foundation: &'f Foundation,
    party: &PartyId,
    today: Date,
) -> impl Iterator<Item = &'f Standard> {
    let standards = foundation.standards.values();
    standards.filter(move |standard| is_asked_of(foundation, standard, party, today))
}

/// Parties whose people can be asked, because they owe a standard that holds.
pub fn asked_parties(foundation: &Foundation, today: Date) -> Vec<&Party> {
    let asked = |party: &&Party| {
        asked_standards(foundation, &party.id, today)
            .next()
            .is_some()
    };
    foundation.parties.values().filter(asked).collect()
}

fn is_asked_of(foundation: &Foundation, standard: &Standard, party: &PartyId, today: Date) -> bool {
    let holds = standard.valid_from.is_none_or(|from| from <= today);
    let keepers = foundation.keepers(standard);
    let asked = evenkeel_foundation::Asks::Know
        .item(&standard.id)
        .and_then(|item| foundation.keepers_instrument(party)?.item(item.as_str()));
    holds && asked.is_some() && keepers.is_some_and(|keepers| keepers.id == *party)
}

impl Office {
    /// The wave of today, where the organisation is.
    pub fn wave(&self, foundation: &Foundation) -> Wave {
        Wave::of(self.today(foundation))
    }

    /// What this person was asked about before.
    pub async fn answered(&self, account: &Account) -> Result<Answered, OfficeError> {
        let events = self.registry.list_received(&source(account)).await?;
        Ok(Answered::read(events))
    }

    /// The standards to ask this person about now: those not asked about for longest, in an order
    /// that differs from person to person, so that each standard is asked about.
    pub fn to_ask<'f>(
        &self,
        foundation: &'f Foundation,
        account: &Account,
        party: &PartyId,
        answered: &Answered,
    ) -> Vec<&'f Standard> {
        let wave = self.wave(foundation);
        let left = STANDARDS_A_WAVE.saturating_sub(answered.in_wave(&wave));
        let today = self.today(foundation);
        let mut standards: Vec<&Standard> = asked_standards(foundation, party, today)
            .filter(|standard| answered.last(&standard.id) != Some(wave.id.as_str()))
            .collect();
        let lot = |standard: &Standard| {
            Sha256::digest(format!("{}/{}/{}", account.id, standard.id, wave.id).as_bytes())
        };
        standards.sort_by_cached_key(|standard| (answered.last(&standard.id), lot(standard)));
        standards.truncate(left);
        standards
    }

    /// Keeps answers, durably; says of each whether it is new.
    pub async fn receive_keepers(
        &self,
        account: &Account,
        answers: &[KeeperAnswer],
    ) -> Result<Vec<bool>, OfficeError> {
        let salt = self.salt().await?;
        let mut receipts = Vec::with_capacity(answers.len());
        for answer in answers {
            let row = KeeperRow::new(answer, &account.id, &salt, &mut self.rng());
            receipts.push(Receipt {
                source: source(account),
                event: format!("{}/{}", answer.standard, answer.wave),
                // Nothing of what was said may stand beside the name, not even its hash.
                fingerprint: String::new(),
                answer: String::new(),
                rows: vec![inbox_text(&row).map_err(OfficeError::Unwritable)?],
                at: answer_day(answer),
            });
        }
        let received = self.inbox.receive(receipts).await?;
        Ok(received
            .into_iter()
            .map(|received| received == Received::Stored)
            .collect())
    }
}

/// The moment that stands beside a name: the wave's first, whenever somebody answered.
fn answer_day(answer: &KeeperAnswer) -> jiff::Timestamp {
    answer
        .day
        .to_zoned(jiff::tz::TimeZone::UTC)
        .map(|day| day.timestamp())
        .unwrap_or_default()
}

fn source(account: &Account) -> String {
    format!("keeper/{}", account.id)
}
