//! Which ids were defined, and where not all could be read.

use std::collections::{BTreeMap, BTreeSet};

use crate::foundation::Foundation;
use crate::object::ObjectKind;
use crate::reading::Place;

/// The name under which levels of the unit tree are known; they are no objects of their own.
pub(crate) const LEVEL: &str = "level";

/// Every id that was defined, by name of its kind.
#[derive(Debug, Default)]
pub(crate) struct Known {
    defined: BTreeMap<String, BTreeMap<String, Place>>,
    incomplete: BTreeSet<String>,
    unreadable: BTreeSet<String>,
}

impl Known {
    /// What a foundation defines.
    pub(crate) fn of(foundation: &Foundation) -> Self {
        let mut known = Self::default();
        for object in foundation.objects() {
            let place = Place::file("registry");
            known.define(object.kind.as_str(), &object.id, &place);
        }
        for level in &foundation.organisation.levels {
            known.define(LEVEL, level.id.as_str(), &Place::file("registry"));
        }
        known
    }

    /// Remembers an id. If it was known already, returns where it was defined first.
    pub(crate) fn define(&mut self, name: &str, id: &str, place: &Place) -> Option<Place> {
        let ids = self.defined.entry(name.to_owned()).or_default();
        if let Some(first) = ids.get(id) {
            return Some(first.clone());
        }
        ids.insert(id.to_owned(), place.clone());
        None
    }

    /// Objects of this kind may exist that could not be read.
    pub(crate) fn hides(&mut self, kind: ObjectKind) {
        self.hides_name(kind.as_str());
    }

    /// As [`Known::hides`], for levels too.
    pub(crate) fn hides_name(&mut self, name: &str) {
        self.incomplete.insert(name.to_owned());
    }

    /// A file that lists things is no text.
    pub(crate) fn unreadable(&mut self, file: &str) {
        self.unreadable.insert(file.to_owned());
        // Whatever the file lists is hidden; which kind that is does not matter any more, since
        // nothing can be said before the file is mended.
        for kind in ObjectKind::EVERY {
            self.hides(kind);
        }
        self.hides_name(LEVEL);
    }

    /// Whether a file is there, but no text.
    pub(crate) fn is_unreadable(&self, file: &str) -> bool {
        self.unreadable.contains(file)
    }

    /// Whether an id was defined, or may have been where nothing could be read.
    pub(crate) fn may_exist(&self, name: &str, id: &str) -> bool {
        self.incomplete.contains(name)
            || self
                .defined
                .get(name)
                .is_some_and(|ids| ids.contains_key(id))
    }

    /// The ids of one kind, in order.
    pub(crate) fn ids<'k>(&'k self, name: &str) -> impl Iterator<Item = &'k str> + use<'k> {
        let ids = self.defined.get(name).into_iter().flat_map(BTreeMap::keys);
        ids.map(String::as_str)
    }
}
