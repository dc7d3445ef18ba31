//! One observation on its way in.
//!
//! Invariant: what a sender may not know about (a unit outside their scope) is refused exactly as
//! what does not exist. A look is random only if the product drew it, for those who look at their
//! own units: whoever chooses when to look chooses what to see.

use std::sync::Arc;

use evenkeel_collect::Agreed;
use evenkeel_collect::observation::{Arrival, Fault, Incoming, Looked, judge_incoming};
use evenkeel_registry::{Receipt, Received};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use super::{Office, OfficeError};
use crate::access::Scope;
use crate::office::hexadecimal;

/// Who sends, and what they call it.
#[derive(Debug, Clone)]
pub struct Sender {
    /// Who: `api`, a CloudEvents source, a webhook.
    pub source: String,
    /// The account that looked, where a person sends.
    pub looked_by: Option<String>,
    /// Where they may look.
    pub scope: Scope,
}

/// An observation that was sent.
#[derive(Debug, Clone)]
pub struct Sent {
    pub incoming: Incoming,
    /// What the sender calls this event. Without it, the same content under the same key is the
    /// same event, and without a key each is a new one.
    pub event: Option<String>,
}

/// What became of it.
#[derive(Debug, Clone, PartialEq)]
pub enum Judged {
    Stored(Value),
    /// It came before; what was answered then.
    Already(Value),
    /// Something else came before under this name.
    Conflict,
    Refused(Vec<Fault>),
}

impl Office {
    /// Judges and stores observations, each for itself, in their order. Returns when what is
    /// stored would survive a power cut.
    pub async fn receive_observations(
        &self,
        sender: &Sender,
        sent: Vec<Sent>,
    ) -> Result<Vec<Judged>, OfficeError> {
        let agreed = self.agreed_versions().await?;
        let salt = self.salt().await?;
        let mut outcomes: Vec<Option<Judged>> = Vec::with_capacity(sent.len());
        let mut receipts = Vec::new();
        for one in sent {
            match self.judge(&agreed, &salt, sender, one) {
                Ok(receipt) => {
                    receipts.push(receipt);
                    outcomes.push(None);
                }
                Err(faults) => outcomes.push(Some(Judged::Refused(faults))),
            }
        }
        let answers: Vec<Value> = receipts
            .iter()
            .map(|receipt| serde_json::from_str(&receipt.answer).unwrap_or(Value::Null))
            .collect();
        let received = if receipts.is_empty() {
            Vec::new()
        } else {
            self.inbox.receive(receipts).await?
        };
        let mut received = received.into_iter().zip(answers);
        Ok(outcomes
            .into_iter()
            .filter_map(|outcome| {
                outcome.or_else(|| {
                    received.next().map(|(received, answer)| match received {
                        Received::Stored => Judged::Stored(answer),
                        Received::Already { answer } => {
                            Judged::Already(serde_json::from_str(&answer).unwrap_or(Value::Null))
                        }
                        Received::Conflict => Judged::Conflict,
                    })
                })
            })
            .collect())
    }

    fn judge(
        &self,
        agreed: &Agreed,
        salt: &[u8],
        sender: &Sender,
        sent: Sent,
    ) -> Result<Receipt, Vec<Fault>> {
        let mut incoming = sent.incoming;
        // Before anything of ours is added: the sender's own words.
        let said = serde_json::to_string(&incoming).unwrap_or_default();
        let fingerprint = hexadecimal(&Sha256::digest(said.as_bytes()));
        let event = sent.event.unwrap_or_else(|| match &incoming.key {
            Some(key) => format!("{}/{key}/{fingerprint}", incoming.standard),
            None => self.new_id(),
        });
        if incoming.looked_by.is_none() {
            incoming.looked_by.clone_from(&sender.looked_by);
        }
        if incoming.key.is_none() {
            // Named by us, so that the sender can correct it.
            incoming.key = Some(self.new_id());
        }
        let mut faults = Vec::new();
        if let Err(fault) = self.may_look(agreed, salt, sender, &incoming) {
            faults.push(fault);
        }
        let now = self.clock.now();
        let arrival = Arrival {
            received_at: now,
            import_id: "inbox",
            source: &sender.source,
            salt,
            rng: &mut self.rng(),
        };
        let looked = match judge_incoming(&incoming, agreed, arrival) {
            Ok(looked) if faults.is_empty() => looked,
            Ok(_) => return Err(faults),
            Err(found) => {
                let known = |fault: &Fault| faults.iter().any(|own| own.field == fault.field);
                let more: Vec<Fault> = found.into_iter().filter(|one| !known(one)).collect();
                faults.extend(more);
                return Err(faults);
            }
        };
        Ok(Receipt {
            source: sender.source.clone(),
            event,
            fingerprint,
            answer: answer(&incoming, &looked).to_string(),
            rows: looked
                .rows
                .iter()
                .map(|row| serde_json::to_string(row).unwrap_or_default())
                .collect(),
            at: now,
        })
    }

    /// The unit is within the sender's scope, and a random look of theirs was drawn.
    fn may_look(
        &self,
        agreed: &Agreed,
        salt: &[u8],
        sender: &Sender,
        incoming: &Incoming,
    ) -> Result<(), Fault> {
        let Scope::Units(_) = &sender.scope else {
            return Ok(());
        };
        let foundation = &agreed.foundation;
        let within = |unit: &&evenkeel_foundation::UnitId| sender.scope.contains(foundation, unit);
        let known = foundation.units.get(incoming.unit.as_str());
        if !known.is_some_and(|unit| within(&&unit.id)) {
            let allowed: Vec<&str> = foundation
                .units
                .keys()
                .filter(within)
                .map(evenkeel_foundation::UnitId::as_str)
                .collect();
            return Err(Fault {
                field: "unit".to_owned(),
                message: "there is no such unit".to_owned(),
                found: incoming.unit.chars().take(80).collect(),
                allowed: allowed.join(", "),
            });
        }
        if incoming.chosen == "random" && !self.was_drawn(foundation, salt, incoming) {
            return Err(Fault {
                field: "chosen".to_owned(),
                message: "a look is random only at a moment that was drawn, named in detail.look"
                    .to_owned(),
                found: "random".to_owned(),
                allowed: "convenience, census".to_owned(),
            });
        }
        Ok(())
    }

    /// What was agreed, with all versions; kept until something else is agreed.
    pub(in crate::office) async fn agreed_versions(&self) -> Result<Arc<Agreed>, OfficeError> {
        let version = self.foundation().await.version;
        if let Some((of, agreed)) = &*self.agreed.read().await
            && *of == version
        {
            return Ok(agreed.clone());
        }
        let mut loaded = Agreed::load(&self.registry).await?;
        loaded.agreement = self.calibrations(&loaded.foundation).await?;
        let loaded = Arc::new(loaded);
        *self.agreed.write().await = Some((version, loaded.clone()));
        Ok(loaded)
    }
}

/// What the sender is told, now and whenever it sends this again.
fn answer(incoming: &Incoming, looked: &Looked) -> Value {
    let assessment = &looked.assessment;
    json!({
        "key": incoming.key,
        "observation_id": looked.rows.first().map(|row| row.observation_id.clone()),
        "day": looked.day,
        "version": looked.version,
        "kept": assessment.kept,
        "deviations": assessment.deviations,
        "extras": assessment.extras,
    })
}
