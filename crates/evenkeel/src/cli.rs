//! The command line, a stable contract (docs/CLI.md).

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

/// Keep the promise you make to your customers, without making anyone else pay for it.
#[derive(Debug, Parser)]
#[command(name = "evenkeel", version, about, max_term_width = 100)]
pub struct Cli {
    #[command(subcommand)]
    pub command: Command,
    /// Data directory: everything of one installation [default: ./evenkeel-data]
    #[arg(long, global = true, value_name = "DIR")]
    pub dir: Option<PathBuf>,
    /// Print JSON instead of tables (the shapes of the HTTP API)
    #[arg(long, global = true)]
    pub json: bool,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Serve a made-up organisation, in a directory of its own
    Demo(Demo),
    /// Serve the API and the pages
    Serve(Serve),
    /// Show what applying a foundation would change
    Plan(FoundationDir),
    /// Make the foundation in a folder the one in force
    Apply(Apply),
    /// Write the foundation in force to a folder
    Export(FoundationDir),
    /// Take in a file of responses, aggregates or observations
    #[command(subcommand)]
    Import(Import),
    /// Estimate an indicator, with intervals
    Estimate(Estimate),
    /// Set an internal and an external indicator side by side
    Align(Align),
    /// Draw the control chart of a standard or an indicator, with its signals
    Chart(Chart),
    /// Which items go with an indicator, and how much
    Drivers(Drivers),
    /// Do items measure one thing, may answers be added up by unit, do raters agree
    Reliability(Reliability),
    /// Do those who keep a standard know it, can they, do they want to?
    Keepers(Keepers),
    /// Freeze employees' results as they are now, checked so that nobody's answer can be worked out
    Release(Release),
    /// Make a link that lets somebody in once: the first administrator, or a new password
    Link(Link),
    /// Webhooks that other programs call with what they saw
    #[command(subcommand)]
    Hook(Hook),
    /// Judge observations or texts against a standard, without storing them
    Assess(Assess),
    /// Judge stored observations again, by the versions that the register has now
    Reassess(Reassess),
    /// Show the configuration in force and where each value comes from
    Config,
}

#[derive(Debug, Args)]
pub struct Demo {
    /// How much to generate
    #[arg(long, value_enum, default_value_t = Scale::Small)]
    pub scale: Scale,
    /// Port on 127.0.0.1; 0 takes a free one
    #[arg(long, default_value_t = 8640)]
    pub port: u16,
    /// Generate and load, but do not serve
    #[arg(long)]
    pub load_only: bool,
}

/// Size of the demo organisation's history.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Scale {
    /// Loads within seconds
    Small,
    /// Ten times the guests
    Large,
}

#[derive(Debug, Args)]
pub struct Serve {
    /// Address to listen on (loopback only, until accounts exist)
    #[arg(long, value_name = "ADDR")]
    pub listen: Option<SocketAddr>,
}

#[derive(Debug, Args)]
pub struct FoundationDir {
    /// Folder with organisation.toml, parties.toml, … , standards/, instruments/
    #[arg(value_name = "FOLDER")]
    pub folder: PathBuf,
}

#[derive(Debug, Args)]
pub struct Apply {
    /// Folder with organisation.toml, parties.toml, … , standards/, instruments/
    #[arg(value_name = "FOLDER")]
    pub folder: PathBuf,
    /// Why: kept with the new versions
    #[arg(long)]
    pub reason: Option<String>,
    /// From when the new versions hold [default: today]
    #[arg(long, value_name = "DATE")]
    pub valid_from: Option<jiff::civil::Date>,
    /// Who; kept with the new versions [default: the system's user name]
    #[arg(long)]
    pub author: Option<String>,
}

#[derive(Debug, Subcommand)]
pub enum Import {
    /// One row a respondent
    Responses(ImportFile),
    /// One row a unit and period: counts, shares + n, mean + n, rate or value
    Aggregates(ImportFile),
    /// One row a look at delivery
    Observations(ImportFile),
}

#[derive(Debug, Args)]
pub struct ImportFile {
    /// csv, tsv, xlsx, ndjson or parquet (text formats also .gz)
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// Mapping file (docs/IMPORT.md); without it a guess is printed to start from
    #[arg(long, value_name = "MAP.toml")]
    pub mapping: Option<PathBuf>,
    /// Show the first rows as they would be stored and every problem; store nothing
    #[arg(long)]
    pub dry_run: bool,
    /// What a bad row does [default: the mapping's, else abort]
    #[arg(long, value_enum)]
    pub on_error: Option<OnError>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum OnError {
    /// Nothing is stored
    Abort,
    /// Good rows are stored, bad ones go to a file beside the report
    Reject,
}

#[derive(Debug, Args)]
pub struct Estimate {
    /// Id of an indicator
    pub indicator: String,
    /// unit | unit:LEVEL | day | week | month | quarter | year | channel | an attribute
    #[arg(long, value_delimiter = ',')]
    pub by: Vec<String>,
    #[arg(long, value_name = "DATE")]
    pub from: Option<jiff::civil::Date>,
    #[arg(long, value_name = "DATE")]
    pub to: Option<jiff::civil::Date>,
    /// Only this unit and what is below it
    #[arg(long)]
    pub unit: Option<String>,
    /// Use the stored weights
    #[arg(long)]
    pub weighted: bool,
    /// Subtract these days: a period (2026-q1) or two days with .. between them
    #[arg(long, value_name = "PERIOD|DATE..DATE")]
    pub compare_to: Option<String>,
    /// Weight to the margins in this file: [margins.ATTRIBUTE] with the population of each value
    #[arg(long, value_name = "MARGINS.toml", conflicts_with_all = ["by", "weighted", "compare_to"])]
    pub weights: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub struct Drivers {
    /// Id of an indicator over an item
    pub indicator: String,
    /// Items of the same instrument [default: all others that are in an order]
    #[arg(long, value_delimiter = ',')]
    pub items: Vec<String>,
    #[arg(long, value_name = "DATE")]
    pub from: Option<jiff::civil::Date>,
    #[arg(long, value_name = "DATE")]
    pub to: Option<jiff::civil::Date>,
    /// Only this unit and what is below it
    #[arg(long)]
    pub unit: Option<String>,
}

#[derive(Debug, Args)]
pub struct Reliability {
    /// Id of an instrument or of a standard
    #[arg(value_name = "INSTRUMENT|STANDARD")]
    pub of: String,
    /// Level of the units that answers are added up to [default: the lowest]
    #[arg(long)]
    pub level: Option<String>,
    #[arg(long, value_name = "DATE")]
    pub from: Option<jiff::civil::Date>,
    #[arg(long, value_name = "DATE")]
    pub to: Option<jiff::civil::Date>,
    /// Only this unit and what is below it
    #[arg(long)]
    pub unit: Option<String>,
}

#[derive(Debug, Args)]
pub struct Assess {
    /// Id of a standard, or the path of its TOML file
    #[arg(value_name = "STANDARD")]
    pub standard: String,
    /// csv, tsv, xlsx, ndjson or parquet with columns as in docs/OBSERVATIONS.md; .txt is one text; - is standard input
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// Folder of a foundation to look the standard up in [default: what the data directory has agreed]
    #[arg(long, value_name = "FOLDER")]
    pub foundation: Option<PathBuf>,
    /// Language of texts that do not say theirs, and of what is printed (en, nl, fr, de)
    #[arg(long, value_name = "L")]
    pub language: Option<String>,
    /// Exit with 6 where something was not kept
    #[arg(long)]
    pub strict: bool,
}

#[derive(Debug, Args)]
pub struct Reassess {
    /// Id of a standard
    pub standard: String,
    /// Why; kept with it for ever
    #[arg(long, value_name = "TEXT", required_unless_present_any = ["dry_run", "list"])]
    pub reason: Option<String>,
    /// First day [default: from the beginning]
    #[arg(long, value_name = "DATE")]
    pub from: Option<jiff::civil::Date>,
    /// Last day [default: to the end]
    #[arg(long, value_name = "DATE")]
    pub to: Option<jiff::civil::Date>,
    /// Only this unit and what is below it
    #[arg(long)]
    pub unit: Option<String>,
    /// Show what would change, and change nothing
    #[arg(long)]
    pub dry_run: bool,
    /// Show what was judged again so far
    #[arg(long, conflicts_with_all = ["reason", "from", "to", "unit", "dry_run"])]
    pub list: bool,
}

#[derive(Debug, Args)]
pub struct Chart {
    /// Id of a standard or of an indicator
    #[arg(value_name = "STANDARD|INDICATOR")]
    pub of: String,
    /// Only this unit and what is below it; a small team is shown with the unit above it
    #[arg(long)]
    pub unit: Option<String>,
    /// day | week | month | quarter | year [default: month]
    #[arg(long)]
    pub by: Option<String>,
    /// kept | value | deviations [default: kept]
    #[arg(long = "of", value_name = "NUMBER")]
    pub number: Option<String>,
    #[arg(
        long,
        help = "p | u | xmr | xbar_s | g | t | cusum | ewma [default: what goes with the number]"
    )]
    pub chart: Option<String>,
    #[arg(
        long,
        help = "nhs | limits | nelson | western_electric | anhoej [default: nhs]"
    )]
    pub rules: Option<String>,
    #[arg(long, value_name = "DATE")]
    pub from: Option<jiff::civil::Date>,
    #[arg(long, value_name = "DATE")]
    pub to: Option<jiff::civil::Date>,
    /// With looks that were chosen for convenience
    #[arg(long)]
    pub convenience: bool,
    /// Write the chart as SVG
    #[arg(long, value_name = "FILE")]
    pub svg: Option<PathBuf>,
    /// Write the chart as PNG
    #[arg(long, value_name = "FILE")]
    pub png: Option<PathBuf>,
    /// Width of the picture in pixels
    #[arg(long, default_value_t = 900)]
    pub width: u32,
    /// Height of the picture in pixels
    #[arg(long, default_value_t = 360)]
    pub height: u32,
    /// A picture for a dark page
    #[arg(long)]
    pub dark: bool,
}

#[derive(Debug, Args)]
pub struct Keepers {
    /// Id of a standard
    pub standard: String,
    /// Only this unit and what is below it
    #[arg(long)]
    pub unit: Option<String>,
}

#[derive(Debug, Args)]
pub struct Release {
    /// Only show the releases there are
    #[arg(long)]
    pub list: bool,
}

#[derive(Debug, Subcommand)]
pub enum Hook {
    /// Show the webhooks there are
    List,
    /// Make or change a webhook; prints its new token
    Set {
        /// Lower-case letters, digits and hyphens
        name: String,
        /// Where in the other program's JSON an observation is (docs/OBSERVATIONS.md)
        #[arg(value_name = "MAPPING.toml")]
        mapping: PathBuf,
    },
    /// Remove a webhook
    Remove {
        /// Its name
        name: String,
    },
}

#[derive(Debug, Args)]
pub struct Link {
    /// Whose password it sets [default: it makes the first administrator]
    pub mail: Option<String>,
}

#[derive(Debug, Args)]
pub struct Align {
    /// Internal indicator (or covariate)
    pub internal: String,
    /// External indicator (or covariate)
    pub external: String,
    /// unit | unit:LEVEL, and a granularity: unit,quarter
    #[arg(long, value_delimiter = ',', default_value = "unit")]
    pub by: Vec<String>,
    #[arg(long, value_name = "DATE")]
    pub from: Option<jiff::civil::Date>,
    #[arg(long, value_name = "DATE")]
    pub to: Option<jiff::civil::Date>,
    /// Covariates whose product weighs the rows of the lagged regressions (by n otherwise)
    #[arg(long, value_delimiter = ',', value_name = "COVARIATE")]
    pub lagged_weights: Vec<String>,
}
