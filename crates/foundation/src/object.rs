//! Objects: the pieces of a foundation as the registry keeps them, one row a version.
//!
//! Invariant: the content of an object is JSON that says everything; `from_objects` gives back
//! exactly the foundation that `objects` took apart, and checks it again, since an old row may
//! break a newer rule.

use std::fmt;
use std::str::FromStr;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::check::{Known, check};
use crate::foundation::Foundation;
use crate::ids::{InstrumentId, TeamId};
use crate::instrument::surveyjs;
use crate::keepers::is_keepers;
use crate::problem::Problem;
use crate::reading::{Place, Report};

/// The id of the one organisation.
pub const ORGANISATION_ID: &str = "organisation";

/// What an object is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ObjectKind {
    /// The organisation.
    Organisation,
    /// A group with a stake.
    Party,
    /// A property of respondents.
    Attribute,
    /// A node of the tree.
    Unit,
    /// When the organisation works.
    Calendar,
    /// A team.
    Team,
    /// A step of the journey.
    Touchpoint,
    /// What someone may expect.
    Standard,
    /// A questionnaire.
    Instrument,
    /// A named measure.
    Indicator,
    /// A number from outside without n.
    Covariate,
    /// A construct asked of two parties.
    Mirror,
}

impl ObjectKind {
    /// Every kind, in the order in which they refer to each other.
    pub const EVERY: [Self; 12] = [
        Self::Organisation,
        Self::Party,
        Self::Attribute,
        Self::Unit,
        Self::Calendar,
        Self::Team,
        Self::Touchpoint,
        Self::Standard,
        Self::Instrument,
        Self::Indicator,
        Self::Covariate,
        Self::Mirror,
    ];

    /// The word in files, keys and tables.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Organisation => "organisation",
            Self::Party => "party",
            Self::Attribute => "attribute",
            Self::Unit => "unit",
            Self::Calendar => "calendar",
            Self::Team => "team",
            Self::Touchpoint => "touchpoint",
            Self::Standard => "standard",
            Self::Instrument => "instrument",
            Self::Indicator => "indicator",
            Self::Covariate => "covariate",
            Self::Mirror => "mirror",
        }
    }
}

impl fmt::Display for ObjectKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A word that names no kind of object.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a kind of object")]
pub struct ObjectKindError(pub String);

impl FromStr for ObjectKind {
    type Err = ObjectKindError;

    fn from_str(text: &str) -> Result<Self, ObjectKindError> {
        Self::EVERY
            .into_iter()
            .find(|kind| kind.as_str() == text)
            .ok_or_else(|| ObjectKindError(text.to_owned()))
    }
}

/// A piece of a foundation.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Object {
    /// What it is.
    pub kind: ObjectKind,
    /// Its id; [`ORGANISATION_ID`] for the organisation.
    pub id: String,
    /// The team that alone may change it, if any.
    pub owner: Option<TeamId>,
    /// What it says. For an instrument its `SurveyJS` definition.
    pub content: Value,
}

impl Foundation {
    /// Takes the foundation apart, in order of kind and id.
    pub fn objects(&self) -> Vec<Object> {
        let mut objects = vec![object(
            ObjectKind::Organisation,
            ORGANISATION_ID,
            None,
            &self.organisation,
        )];
        objects.extend(each(ObjectKind::Party, &self.parties));
        objects.extend(each(ObjectKind::Attribute, &self.attributes));
        objects.extend(each(ObjectKind::Unit, &self.units));
        objects.extend(each(ObjectKind::Calendar, &self.calendars));
        objects.extend(each(ObjectKind::Team, &self.teams));
        objects.extend(each(ObjectKind::Touchpoint, &self.touchpoints));
        objects.extend(self.standards.iter().map(|(id, standard)| {
            let owner = Some(standard.owner.clone());
            object(ObjectKind::Standard, id.as_str(), owner, standard)
        }));
        // The pulse of the keepers follows from the standards, and is kept nowhere.
        let written = self
            .instruments
            .iter()
            .filter(|(id, _)| !is_keepers(id.as_str()));
        objects.extend(written.map(|(id, instrument)| {
            let content = &instrument.definition;
            object(ObjectKind::Instrument, id.as_str(), None, content)
        }));
        let written = self
            .indicators
            .iter()
            .filter(|(id, _)| !is_keepers(id.as_str()));
        objects.extend(each(ObjectKind::Indicator, written));
        objects.extend(each(ObjectKind::Covariate, &self.covariates));
        objects.extend(each(ObjectKind::Mirror, &self.mirrors));
        objects
    }

    /// Puts a foundation together again and checks it. Every problem is returned, not the first;
    /// their file is `registry`.
    pub fn from_objects(objects: impl IntoIterator<Item = Object>) -> Result<Self, Vec<Problem>> {
        let mut report = Report::default();
        let (organisations, others): (Vec<_>, Vec<_>) = objects
            .into_iter()
            .partition(|object| object.kind == ObjectKind::Organisation);
        let Some(object) = organisations.into_iter().next() else {
            let message = "there is no organisation";
            report.at(ORGANISATION_ID, message, "", "");
            return Err(report.into_problems());
        };
        let Some(organisation) = typed(object, &mut report) else {
            return Err(report.into_problems());
        };
        let mut foundation = Self::empty(organisation);
        for object in others {
            foundation.put(object, &mut report);
        }
        if report.is_empty() {
            check(&foundation, &Known::of(&foundation), &mut report);
        }
        match report.into_problems() {
            problems if problems.is_empty() => {
                foundation.add_keepers();
                Ok(foundation)
            }
            problems => Err(problems),
        }
    }

    fn put(&mut self, object: Object, report: &mut Report) {
        macro_rules! insert {
            ($map:ident) => {
                if let Some(value) = typed(object, report) {
                    self.$map.insert(named(&value), value);
                }
            };
        }
        match object.kind {
            ObjectKind::Organisation => {}
            ObjectKind::Party => insert!(parties),
            ObjectKind::Attribute => insert!(attributes),
            ObjectKind::Unit => insert!(units),
            ObjectKind::Calendar => insert!(calendars),
            ObjectKind::Team => insert!(teams),
            ObjectKind::Touchpoint => insert!(touchpoints),
            ObjectKind::Standard => insert!(standards),
            ObjectKind::Indicator => insert!(indicators),
            ObjectKind::Covariate => insert!(covariates),
            ObjectKind::Mirror => insert!(mirrors),
            ObjectKind::Instrument => {
                let key = format!("instrument.{}", object.id);
                let Ok(id) = InstrumentId::parse(&object.id) else {
                    report.at(&key, "not an id", &object.id, crate::ids::ID_ALLOWED);
                    return;
                };
                let place = Place::file("registry");
                let read =
                    surveyjs::read(&id, object.content, &surveyjs::Source::new(place), report);
                if let Some(instrument) = read {
                    self.instruments.insert(id, instrument);
                }
            }
        }
    }
}

fn object<T: Serialize>(kind: ObjectKind, id: &str, owner: Option<TeamId>, value: &T) -> Object {
    Object {
        kind,
        id: id.to_owned(),
        owner,
        // The types of this crate have string keys and finite numbers: they always serialise.
        content: serde_json::to_value(value).unwrap_or(Value::Null),
    }
}

fn each<'f, K: AsRef<str> + 'f, T: Serialize + 'f>(
    kind: ObjectKind,
    map: impl IntoIterator<Item = (&'f K, &'f T)>,
) -> impl Iterator<Item = Object> {
    map.into_iter()
        .map(move |(id, value)| object(kind, id.as_ref(), None, value))
}

/// Reads an object's content.
fn typed<T: DeserializeOwned>(object: Object, report: &mut Report) -> Option<T> {
    match serde_json::from_value(object.content) {
        Ok(value) => Some(value),
        Err(error) => {
            let key = format!("{}.{}", object.kind, object.id);
            report.at(&key, &format!("cannot be read: {error}"), "", "");
            None
        }
    }
}

/// The id under which a value is kept.
fn named<T: Named>(value: &T) -> T::Id {
    value.id()
}

trait Named {
    type Id;
    fn id(&self) -> Self::Id;
}

macro_rules! named {
    ($($module:ident::$name:ident: $id:ident),* $(,)?) => {$(
        impl Named for crate::$module::$name {
            type Id = crate::ids::$id;
            fn id(&self) -> Self::Id {
                self.id.clone()
            }
        }
    )*};
}

named!(
    party::Party: PartyId,
    attribute::Attribute: AttributeId,
    unit::Unit: UnitId,
    calendar::Calendar: CalendarId,
    team::Team: TeamId,
    touchpoint::Touchpoint: TouchpointId,
    standard::Standard: StandardId,
    indicator::Indicator: IndicatorId,
    indicator::Covariate: CovariateId,
    mirror::Mirror: MirrorId,
);
