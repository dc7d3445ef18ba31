//! The table of rights: what each role may do, and how far.

use evenkeel_registry::Role;

/// Something that can be done here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Right {
    /// Read what was agreed: standards, indicators, units. The kingdom belongs to everyone.
    Know,
    /// See results.
    Results,
    /// Say what was seen: an observation.
    Observe,
    /// Change standards.
    ChangeStandards,
    /// Plan changes of the foundation, and read it as text.
    Draft,
    /// Make a foundation the one in force.
    Agree,
    /// Bring files in.
    BringIn,
    /// See which files came in.
    SeeImports,
    /// Freeze employees' results.
    Release,
    /// Accounts, and what they may do.
    People,
    /// Who did what.
    Audit,
}

/// How far a right goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// Not at all.
    Nothing,
    /// The units of the grant, and what is below them.
    OwnUnits,
    /// The standards of the grant's team.
    OwnTeams,
    /// Everything; a grant that names a unit keeps it to that.
    Everything,
}

impl Right {
    /// Every right.
    pub const EVERY: [Self; 11] = [
        Self::Know,
        Self::Results,
        Self::Observe,
        Self::ChangeStandards,
        Self::Draft,
        Self::Agree,
        Self::BringIn,
        Self::SeeImports,
        Self::Release,
        Self::People,
        Self::Audit,
    ];

    /// The word in the API.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Know => "know",
            Self::Results => "results",
            Self::Observe => "observe",
            Self::ChangeStandards => "change_standards",
            Self::Draft => "draft",
            Self::Agree => "agree",
            Self::BringIn => "bring_in",
            Self::SeeImports => "see_imports",
            Self::Release => "release",
            Self::People => "people",
            Self::Audit => "audit",
        }
    }

    /// How far `role` has this right.
    ///
    /// Designers, analysts and works council see all results: employees' answers pass the
    /// disclosure gate whoever looks. Only the owner's members change a standard, so an
    /// administrator does not, unless granted it, which the audit log shows.
    #[rustfmt::skip]
    pub fn reach(self, role: Role) -> Reach {
        use Reach::{Everything as All, Nothing as No, OwnTeams as Teams, OwnUnits as Units};
        let [administrator, designer, lead, member, analyst, works_council] = match self {
            //                      admin designer lead   member analyst council
            Self::Know            => [All, All,    All,   All,   All,    All],
            Self::Results         => [All, All,    Units, Units, All,    All],
            Self::Observe         => [All, All,    Units, Units, All,    No ],
            Self::ChangeStandards => [No,  Teams,  No,    No,    No,     No ],
            Self::Draft           => [All, All,    No,    No,    All,    All],
            Self::Agree           => [All, No,     No,    No,    No,     No ],
            Self::BringIn         => [All, No,     No,    No,    All,    No ],
            Self::SeeImports      => [All, No,     No,    No,    All,    All],
            Self::Release         => [All, No,     No,    No,    All,    No ],
            Self::People          => [All, No,     No,    No,    No,     No ],
            Self::Audit           => [All, No,     No,    No,    No,     All],
        };
        match role {
            Role::Administrator => administrator,
            Role::Designer => designer,
            Role::Lead => lead,
            Role::Member => member,
            Role::Analyst => analyst,
            Role::WorksCouncil => works_council,
        }
    }
}
