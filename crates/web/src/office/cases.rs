//! Follow-ups with what people did about them.
//!
//! Invariant: every step is in the audit log. Absent on purpose: who may take one
//! (`api::cases::step`).

use std::collections::BTreeMap;

use evenkeel_registry::{CaseAction, CaseDraft, CaseStep, Stepped};
use serde_json::json;

use super::{Office, OfficeError};
use crate::access::Who;

/// A follow-up and its steps, the first first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Case {
    pub draft: CaseDraft,
    pub steps: Vec<CaseStep>,
}

impl Office {
    /// Every follow-up, the latest first.
    pub async fn cases(&self) -> Result<Vec<Case>, OfficeError> {
        let drafts = self.registry.list_case_drafts().await?;
        let mut steps: BTreeMap<String, Vec<CaseStep>> = BTreeMap::new();
        for step in self.registry.list_case_steps().await? {
            steps.entry(step.case.clone()).or_default().push(step);
        }
        let with_steps = drafts.into_iter().map(|draft| Case {
            steps: steps.remove(&draft.id).unwrap_or_default(),
            draft,
        });
        Ok(with_steps.collect())
    }

    /// One follow-up.
    pub async fn find_case(&self, id: &str) -> Result<Option<Case>, OfficeError> {
        let cases = self.cases().await?;
        Ok(cases.into_iter().find(|case| case.draft.id == id))
    }

    /// Takes a step.
    pub async fn step_case(
        &self,
        who: &Who,
        id: &str,
        action: CaseAction,
        words: &str,
    ) -> Result<Stepped, OfficeError> {
        let step = CaseStep {
            case: id.to_owned(),
            action,
            author: who.author(None),
            words: words.to_owned(),
            at: self.clock.now(),
        };
        let entry = self.entry(
            &who.actor(),
            &format!("case.{}", action.as_str()),
            format!("case/{id}"),
            json!({ "words": words }),
        );
        Ok(self.registry.step_case(&step, &entry).await?)
    }
}
