//! One standard of the register: what it would be, and its pictures.
//!
//! Invariant: a standard that was edited as text and one that was edited in a form are the same
//! standard when they say the same: both become a typed standard of a checked foundation, and its
//! one canonical text is that of the exporter.

use evenkeel_foundation::{
    Foundation, Object, ObjectKind, Plan, Problem, Standard, StandardId, export,
};
use evenkeel_registry::VersionRow;
use serde_json::Value;

use super::{Office, OfficeError};

/// A standard as somebody writes it.
#[derive(Debug, Clone, PartialEq)]
pub enum Draft {
    /// TOML, as in `standards/ID.toml`.
    Text(String),
    /// The object, as the API gives it.
    Content(Value),
}

/// A draft without a problem.
#[derive(Debug, Clone)]
pub struct Drafted {
    pub standard: Standard,
    /// What is in force, with the draft in it.
    pub next: Foundation,
    /// What that changes: this standard or nothing.
    pub plan: Plan,
    /// The version of the foundation that it was checked against.
    pub against: i64,
}

/// The one text of a standard.
pub fn text_of(foundation: &Foundation, id: &StandardId) -> String {
    let mut files = export(foundation);
    let file = files.remove(&file_of(id.as_str())).unwrap_or_default();
    String::from_utf8_lossy(&file).into_owned()
}

/// Where a standard stands among the files of a foundation.
pub fn file_of(id: &str) -> String {
    format!("standards/{id}.toml")
}

impl Office {
    /// Checks a draft of the standard `id` within everything that is in force.
    pub async fn draft_standard(&self, id: &str, draft: Draft) -> Result<Drafted, Vec<Problem>> {
        let in_force = self.foundation().await;
        let foundation = &in_force.foundation;
        let standard = match draft {
            Draft::Text(text) => from_text(foundation, id, text)?,
            Draft::Content(content) => from_content(foundation, id, content)?,
        };
        let mut next = Foundation::clone(foundation);
        next.standards.insert(standard.id.clone(), standard.clone());
        let (against, plan) = self.plan(&next).await;
        if plan.problems.is_empty() {
            Ok(Drafted {
                standard,
                next,
                plan,
                against,
            })
        } else {
            Err(plan.problems)
        }
    }

    /// What is in force without the standard `id`; None where there is none.
    pub async fn without_standard(&self, id: &str) -> Option<(i64, Foundation, Plan)> {
        let in_force = self.foundation().await;
        let mut next = Foundation::clone(&in_force.foundation);
        let id = StandardId::parse(id).ok()?;
        next.standards.remove(&id)?;
        let (against, plan) = self.plan(&next).await;
        Some((against, next, plan))
    }

    /// Every version of a standard, first to last; empty if it never was.
    pub async fn versions_of_standard(&self, id: &str) -> Result<Vec<VersionRow>, OfficeError> {
        Ok(self
            .registry
            .list_versions(ObjectKind::Standard, id)
            .await?)
    }

    /// Keeps a picture of a standard under its name; another picture of that name stays unless
    /// `replace`. False: another one is there.
    pub async fn keep_picture(
        &self,
        standard: &StandardId,
        name: &str,
        bytes: &[u8],
        replace: bool,
    ) -> Result<bool, OfficeError> {
        let folder = self.directories.pictures().join(standard.as_str());
        let path = folder.join(name);
        let failed = |source| OfficeError::File {
            doing: "write",
            path: path.clone(),
            source,
        };
        tokio::fs::create_dir_all(&folder).await.map_err(failed)?;
        match tokio::fs::read(&path).await {
            Ok(kept) if kept == bytes => return Ok(true),
            Ok(_) if !replace => return Ok(false),
            _ => {}
        }
        let beside = folder.join(format!(".{}", self.new_id()));
        tokio::fs::write(&beside, bytes).await.map_err(failed)?;
        tokio::fs::rename(&beside, &path).await.map_err(failed)?;
        Ok(true)
    }

    /// The picture that a standard names, if it was brought.
    pub async fn find_picture(&self, standard: &Standard) -> Result<Option<Vec<u8>>, OfficeError> {
        let Some(name) = &standard.picture else {
            return Ok(None);
        };
        let folder = self.directories.pictures().join(standard.id.as_str());
        let path = folder.join(name);
        match tokio::fs::read(&path).await {
            Ok(bytes) => Ok(Some(bytes)),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(source) => Err(OfficeError::File {
                doing: "read",
                path,
                source,
            }),
        }
    }
}

/// Reads the text among the files that are in force, so that its references are checked.
fn from_text(foundation: &Foundation, id: &str, text: String) -> Result<Standard, Vec<Problem>> {
    let mut files = export(foundation);
    // Units of imports are no part of the text; a standard does not refer to units.
    files.insert(file_of(id), text.into_bytes());
    let read = evenkeel_foundation::parse(&files)?;
    let found = StandardId::parse(id)
        .ok()
        .and_then(|id| read.standards.get(&id).cloned());
    found.ok_or_else(|| vec![not_the_standard(id)])
}

fn not_the_standard(id: &str) -> Problem {
    let file = file_of(id);
    Problem {
        message: "not the id of the standard that is edited".to_owned(),
        file,
        line: None,
        column: None,
        key: "id".to_owned(),
        found: String::new(),
        allowed: id.to_owned(),
    }
}

fn from_content(
    foundation: &Foundation,
    id: &str,
    content: Value,
) -> Result<Standard, Vec<Problem>> {
    let mut objects = foundation.objects();
    objects.retain(|object| !(object.kind == ObjectKind::Standard && object.id == id));
    objects.push(Object {
        kind: ObjectKind::Standard,
        id: id.to_owned(),
        owner: None,
        content,
    });
    let in_file = |mut problems: Vec<Problem>| {
        for problem in &mut problems {
            problem.file = file_of(id);
        }
        problems
    };
    let read = Foundation::from_objects(objects).map_err(in_file)?;
    let found = StandardId::parse(id)
        .ok()
        .and_then(|id| read.standards.get(&id).cloned());
    let standard = found.ok_or_else(|| vec![not_the_standard(id)])?;
    // Through the one text: a form cannot make what no file could say.
    let mut with = Foundation::clone(foundation);
    with.standards.insert(standard.id.clone(), standard.clone());
    from_text(foundation, id, text_of(&with, &standard.id))
}
