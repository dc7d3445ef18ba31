//! The foundation: everything that was agreed, as one value.
//!
//! Invariant: what `parse` or `from_objects` returns is checked: every id that is named exists,
//! the units form a tree, no internal party is shown below its minimum. The maps are keyed by the
//! id of the value they hold.
//!
//! Absent on purpose: versions, authors and dates of change; the registry keeps them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::attribute::Attribute;
use crate::calendar::Calendar;
use crate::ids::{
    AttributeId, CalendarId, CovariateId, IndicatorId, InstrumentId, ItemId, LevelId, MirrorId,
    PartyId, StandardId, TeamId, TouchpointId, UnitId,
};
use crate::indicator::{Covariate, Indicator};
use crate::instrument::{Instrument, Item};
use crate::mirror::Mirror;
use crate::organisation::{Level, Organisation};
use crate::party::{Party, Side};
use crate::standard::Standard;
use crate::team::Team;
use crate::touchpoint::Touchpoint;
use crate::tree::UnitTree;
use crate::unit::Unit;

/// Everything that was agreed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Foundation {
    /// The organisation.
    pub organisation: Organisation,
    /// The groups with a stake.
    pub parties: BTreeMap<PartyId, Party>,
    /// Declared properties of respondents.
    pub attributes: BTreeMap<AttributeId, Attribute>,
    /// The nodes of the tree.
    pub units: BTreeMap<UnitId, Unit>,
    /// When the organisation works.
    #[serde(default)]
    pub calendars: BTreeMap<CalendarId, Calendar>,
    /// Those who own things.
    pub teams: BTreeMap<TeamId, Team>,
    /// The steps of the journey.
    pub touchpoints: BTreeMap<TouchpointId, Touchpoint>,
    /// What someone may expect.
    pub standards: BTreeMap<StandardId, Standard>,
    /// The questionnaires.
    pub instruments: BTreeMap<InstrumentId, Instrument>,
    /// The named measures.
    pub indicators: BTreeMap<IndicatorId, Indicator>,
    /// Numbers from outside without n.
    pub covariates: BTreeMap<CovariateId, Covariate>,
    /// Constructs asked of two parties.
    pub mirrors: BTreeMap<MirrorId, Mirror>,
}

impl Foundation {
    /// The foundation of an organisation that has agreed on nothing yet.
    pub fn empty(organisation: Organisation) -> Self {
        Self {
            organisation,
            parties: BTreeMap::new(),
            attributes: BTreeMap::new(),
            units: BTreeMap::new(),
            calendars: BTreeMap::new(),
            teams: BTreeMap::new(),
            touchpoints: BTreeMap::new(),
            standards: BTreeMap::new(),
            instruments: BTreeMap::new(),
            indicators: BTreeMap::new(),
            covariates: BTreeMap::new(),
            mirrors: BTreeMap::new(),
        }
    }

    /// The party with this id.
    pub fn party(&self, id: &PartyId) -> Option<&Party> {
        self.parties.get(id)
    }

    /// The attribute with this id.
    pub fn attribute(&self, id: &AttributeId) -> Option<&Attribute> {
        self.attributes.get(id)
    }

    /// The unit with this id.
    pub fn unit(&self, id: &UnitId) -> Option<&Unit> {
        self.units.get(id)
    }

    /// The calendar with this id.
    pub fn calendar(&self, id: &CalendarId) -> Option<&Calendar> {
        self.calendars.get(id)
    }

    /// The team with this id.
    pub fn team(&self, id: &TeamId) -> Option<&Team> {
        self.teams.get(id)
    }

    /// The touchpoint with this id.
    pub fn touchpoint(&self, id: &TouchpointId) -> Option<&Touchpoint> {
        self.touchpoints.get(id)
    }

    /// The standard with this id.
    pub fn standard(&self, id: &StandardId) -> Option<&Standard> {
        self.standards.get(id)
    }

    /// The instrument with this id.
    pub fn instrument(&self, id: &InstrumentId) -> Option<&Instrument> {
        self.instruments.get(id)
    }

    /// One item of an instrument.
    pub fn item(&self, instrument: &InstrumentId, item: &ItemId) -> Option<&Item> {
        self.instruments.get(instrument)?.item(item.as_str())
    }

    /// The indicator with this id.
    pub fn indicator(&self, id: &IndicatorId) -> Option<&Indicator> {
        self.indicators.get(id)
    }

    /// The covariate with this id.
    pub fn covariate(&self, id: &CovariateId) -> Option<&Covariate> {
        self.covariates.get(id)
    }

    /// The mirror with this id.
    pub fn mirror(&self, id: &MirrorId) -> Option<&Mirror> {
        self.mirrors.get(id)
    }

    /// The level with this id.
    pub fn level(&self, id: &LevelId) -> Option<&Level> {
        self.organisation.levels.iter().find(|l| l.id == *id)
    }

    /// The attribute that says how much contact with customers a respondent has.
    pub fn contact_attribute(&self) -> Option<&Attribute> {
        self.attributes.values().find(|a| a.contact)
    }

    /// The side of an indicator's party, where it has one.
    pub fn side_of(&self, indicator: &Indicator) -> Option<Side> {
        self.party(indicator.party.as_ref()?).map(|p| p.side)
    }

    /// The tree of the units.
    pub fn tree(&self) -> UnitTree {
        UnitTree::unchecked(
            self.units.values().cloned(),
            self.organisation.levels.iter().map(|l| l.id.clone()),
            &self.organisation.time_zone,
        )
    }
}
