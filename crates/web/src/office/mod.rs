//! The state of a running installation: registry, facts, questions and jobs of one data
//! directory.
//!
//! Invariant: one `Office` per data directory (the binary holds its lock), so the
//! foundation in force can be kept in memory and is exchanged as a whole. Time and
//! randomness come in with the configuration.
//!
//! ```text
//! DIR/registry.sqlite   versions, imports, audit (unless the registry is elsewhere)
//! DIR/facts/            Delta tables
//! DIR/uploads/          files sent by browsers, until they are imported or a week old
//! DIR/pictures/         of standards, as their owners brought them
//! DIR/photos/           of observations, by unit
//! DIR/imports/          rejected rows, beside the reports
//! ```

mod agreement;
mod analyses;
mod cases;
mod clock;
mod delivery;
mod directories;
mod error;
mod history;
mod hooks;
mod housekeeping;
mod imports;
mod inbox;
mod keepers;
mod looked;
mod people;
mod photos;
mod reassess;
mod register;
mod releases;
mod uploads;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use evenkeel_compare::Release;
use evenkeel_facts::Facts;
use evenkeel_foundation::Foundation;
use evenkeel_measure::{Answer, History, Measure, MeasureError, Question};
use evenkeel_registry::{MetaName, Registry};
use rand::rngs::StdRng;
use rand::{Rng as _, SeedableRng as _};
use tokio::sync::RwLock;

use crate::access::Cookie;

pub use agreement::Agreement;
pub use cases::Case;
pub use clock::{Clock, SystemClock};
pub use delivery::{FalseAlarms, KnownStandard};
pub use directories::Directories;
pub use error::OfficeError;
pub use hooks::hook_source;
pub use imports::{ImportFailure, ImportSource};
pub use inbox::{Judged, Sender, Sent};
pub use keepers::{Wave, asked_parties, asked_standards};
pub use people::{ComingFrom, NewAccount, PeopleError, SignedIn};
pub use reassess::{ReassessAsked, Reassessed, Wanted};
pub use register::{Draft, text_of};
pub use uploads::{UPLOAD_BYTES_MAX, UploadError};

/// How to open an installation.
#[derive(Clone)]
pub struct OfficeConfig {
    /// The data directory; whoever opens it holds its lock.
    pub directory: PathBuf,
    /// `postgres://…`; without it a SQLite file in `directory`.
    pub registry_url: Option<String>,
    /// This is a made-up organisation.
    pub demo: bool,
    /// Where browsers reach it, where that is not loopback: `https://keel.example.org`.
    pub public_url: Option<String>,
    /// Text files of the foundation that a new organisation can start from, by path.
    pub starter: BTreeMap<String, String>,
    pub clock: Arc<dyn Clock>,
    /// Seed of everything random here (import ids, salts). The binary takes it from the
    /// system, a test names one.
    pub seed: [u8; 32],
}

/// The foundation in force.
#[derive(Debug, Clone)]
pub struct InForce {
    /// 0 while nothing was agreed.
    pub version: i64,
    pub foundation: Arc<Foundation>,
    /// What was agreed before, as far as answers depend on it.
    history: Arc<History>,
}

/// A running installation.
pub struct Office {
    directories: Directories,
    registry: Registry,
    facts: Arc<Facts>,
    measure: Measure,
    in_force: RwLock<InForce>,
    /// What of employees' answers is public.
    release: RwLock<Option<Arc<Release>>>,
    /// One release at a time.
    releasing: tokio::sync::Mutex<()>,
    /// One change of the foundation at a time.
    changing: tokio::sync::Mutex<()>,
    imports: imports::Imports,
    reassessments: reassess::Reassessments,
    inbox: inbox::Writer,
    /// One move from the inbox at a time.
    flushing: tokio::sync::Mutex<()>,
    /// What was agreed with all versions, of one version of the foundation.
    agreed: RwLock<Option<(i64, Arc<evenkeel_collect::Agreed>)>>,
    /// Keepers answered, and no release was made since.
    keepers_said: AtomicBool,
    demo: bool,
    cookie: Cookie,
    public_url: Option<String>,
    starter: BTreeMap<String, String>,
    clock: Arc<dyn Clock>,
    rng: Mutex<StdRng>,
    last_id_millis: AtomicU64,
    false_alarms: FalseAlarms,
}

impl Office {
    /// Opens registry and facts, marks what a crash cut off, and starts the jobs.
    pub async fn open(config: OfficeConfig) -> Result<Arc<Self>, OfficeError> {
        let directories = Directories::create(&config.directory)?;
        let url = config
            .registry_url
            .unwrap_or_else(|| directories.registry_url());
        let registry = Registry::open(&url).await?;
        let facts = Arc::new(Facts::open(&directories.facts())?);
        let in_force = agreement::load(&registry).await?;
        let (imports, worker) = imports::Imports::new();
        let mut rng = StdRng::from_seed(config.seed);
        let mut candidate = [0; 16];
        rng.fill_bytes(&mut candidate);
        let installation = registry
            .keep_meta(MetaName::INSTALLATION_ID, &hexadecimal(&candidate))
            .await?;
        let over_tls = |url: &String| url.starts_with("https://");
        let office = Arc::new(Self {
            directories,
            measure: Measure::new(facts.clone())?,
            release: RwLock::new(releases::load(&registry).await?),
            inbox: inbox::Writer::start(registry.clone()),
            flushing: tokio::sync::Mutex::new(()),
            agreed: RwLock::new(None),
            // Nobody knows what came in before the last stop.
            keepers_said: AtomicBool::new(true),
            registry,
            facts,
            in_force: RwLock::new(in_force),
            releasing: tokio::sync::Mutex::new(()),
            changing: tokio::sync::Mutex::new(()),
            imports,
            reassessments: reassess::Reassessments::default(),
            demo: config.demo,
            cookie: Cookie::new(
                &installation,
                config.public_url.as_ref().is_some_and(over_tls),
            ),
            public_url: config.public_url,
            starter: config.starter,
            clock: config.clock,
            rng: Mutex::new(rng),
            last_id_millis: AtomicU64::new(0),
            false_alarms: FalseAlarms::default(),
        });
        office.mark_interrupted_imports().await?;
        office.settle_reassessments().await?;
        if office.released().await.is_none() && !office.has_no_facts()? {
            // Facts of a program that made no releases yet.
            office.release_after("start").await;
        }
        worker.start(&office);
        office.start_flushing();
        housekeeping::start(&office);
        Ok(office)
    }

    /// Stops the running import where it is, with nothing stored, and starts no other.
    /// It goes on when it is started again.
    pub async fn stop_imports(&self) {
        self.imports.stop().await;
    }

    /// Stops imports and closes the registry.
    pub async fn close(&self) -> Result<(), OfficeError> {
        self.stop_imports().await;
        self.reassessments.stop().await;
        if let Err(error) = self.flush_inbox().await {
            // Nothing is lost: it waits in the registry for the next start.
            tracing::warn!(%error, "observations wait in the inbox");
        }
        self.registry.close().await;
        Ok(())
    }

    /// The foundation in force; cheap.
    pub async fn foundation(&self) -> InForce {
        self.in_force.read().await.clone()
    }

    /// What the facts say, by what was agreed when: for the gate (`answers::gated`) and for what it
    /// does not guard (who was invited, and who answered).
    pub async fn ask_facts(
        &self,
        foundation: &Foundation,
        question: &Question,
    ) -> Result<Answer, MeasureError> {
        let history = self.in_force.read().await.history.clone();
        self.measure.ask_with(foundation, &history, question).await
    }

    /// What was agreed before, as far as answers depend on it.
    async fn history(&self) -> Arc<History> {
        self.in_force.read().await.history.clone()
    }

    /// Where browsers reach it, where that is not loopback.
    pub fn public_url(&self) -> Option<&str> {
        // A demo lets everybody in as administrator, so it has no address but loopback.
        self.public_url.as_deref().filter(|_| !self.demo)
    }

    /// Is this a made-up organisation?
    pub fn is_demo(&self) -> bool {
        self.demo
    }

    /// The foundation that a new organisation can start from.
    pub fn starter(&self) -> &BTreeMap<String, String> {
        &self.starter
    }

    /// Today, where the organisation is.
    pub fn today(&self, foundation: &Foundation) -> jiff::civil::Date {
        let zone = jiff::tz::TimeZone::get(&foundation.organisation.time_zone)
            .unwrap_or(jiff::tz::TimeZone::UTC);
        self.clock.now().to_zoned(zone).date()
    }

    /// Is there nothing measured yet?
    pub fn has_no_facts(&self) -> Result<bool, OfficeError> {
        Ok(self.facts.list_tables()?.is_empty())
    }

    /// Keys the hashes of respondents; drawn once, kept for ever.
    async fn salt(&self) -> Result<Vec<u8>, OfficeError> {
        let mut candidate = [0; 32];
        self.rng().fill_bytes(&mut candidate);
        let candidate = hexadecimal(&candidate);
        let kept = self
            .registry
            .keep_meta(MetaName::ORGANISATION_SALT, &candidate)
            .await?;
        Ok(kept.into_bytes())
    }

    /// A generator for one piece of work.
    fn rng(&self) -> StdRng {
        let mut rng = self
            .rng
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        StdRng::from_rng(&mut *rng)
    }

    /// An id (UUID version 7); later ones are larger, also within a millisecond.
    fn new_id(&self) -> String {
        let now = u64::try_from(self.clock.now().as_millisecond()).unwrap_or(0);
        let after = |last: u64| Some(now.max(last + 1));
        let last = self
            .last_id_millis
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, after)
            .unwrap_or_else(|last| last);
        let millis = now.max(last + 1);
        let mut random = [0; 10];
        self.rng().fill_bytes(&mut random);
        uuid::Builder::from_unix_timestamp_millis(millis, &random)
            .into_uuid()
            .to_string()
    }
}

/// Bytes as lower-case hexadecimal digits.
pub(crate) fn hexadecimal(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing to a String cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}
