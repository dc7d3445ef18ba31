# Evenkeel's own sentences. What the organisation named comes from its foundation.
skip = Skip to the content
nav-label = Pages
nav-menu = Menu
nav-overview = Overview
nav-import = Import
nav-agreed = What we agreed
language = Language
dark-mode = Dark mode
light-mode = Light mode
demo = made-up organisation
loading = Loading
close = Close
back = Back
problem = Something is wrong
problem-unknown = The answer did not arrive. Is the server still running?

overview-title = Overview, { $period }
opened-finest_level_with_results = Shown by { $level }: the most detailed level where results can appear. { $shown } of { $total } have enough answers on both sides; groups of fewer than { $minimum } employees stay hidden, so that nobody's answer can be guessed.
opened-asked_for = Shown by { $level }, as you chose. { $shown } of { $total } have enough answers on both sides; groups of fewer than { $minimum } employees stay hidden, so that nobody's answer can be guessed.
opened-no_level_with_results = No level has enough answers on both sides in this period yet. Groups of fewer than { $minimum } employees stay hidden, so that nobody's answer can be guessed.
period = Period
granularity = By
granularity-day = day
granularity-week = week
granularity-month = month
granularity-quarter = quarter
granularity-year = year
granularity-all = all time
level = Level
unit = Unit
value = Value
interval-n = 95% interval, n
placed = Where it stands
trend = trend
snapshot = Computed from { $snapshot }.
n = n = { $n }
target = Target { $target }.

alignment-title = Where customers and teams meet
alignment-finding = { $both ->
    [0] No unit
    [one] 1 unit
   *[other] { $both } units
  } clearly good for both; { $customers } where customers are satisfied and the team is not; { $employees } the other way round; { $neither } clearly short on both. For { $undecided } we cannot tell yet{ $hidden ->
    [0] .
   *[other] , and { $hidden } have too few answers to show.
  }
alignment-method = Each point is a unit with its { $level }% intervals, which hold for all { $units } units together. Dashed lines: { $cuts }. A unit is placed only when both intervals clear them; units are never ranked.
alignment-missing-no_pair = No pair of an internal and an external indicator is agreed yet. Name one under [alignment] in organisation.toml.
alignment-missing-no_internal_facts = No employee has been heard in this period. Ask them: without their side nobody can say who pays.
alignment-missing-no_external_facts = No customer has been heard in this period. Ask them.
alignment-missing-no_units = No unit has both sides in this period.
cut-target = the organisation's targets
cut-mean_without_unit = the mean of the other units
correlation-within = When teams fare better than usual in a unit, customers there tend to { $r } (r, { $lower } to { $upper }, { $units } units).
correlation-between = Between units the two go together with r = { $r } ({ $lower } to { $upper }, { $units } units).
correlation-undefined = How far the two go together cannot be told from these facts.
association = Going together is not the same as causing.
quadrant-both = good for both
quadrant-customers_only = customers satisfied, team not
quadrant-employees_only = team satisfied, customers not
quadrant-neither = short on both
quadrant-undecided = cannot tell yet
quadrant-not_shown = not shown
nonresponse-title = Careful: those who answer may differ from those who do not
nonresponse = { $indicator }: units where more people answer also give other answers (r = { $r }, { $units } units). The silent ones may think differently.

hidden = hidden: fewer than { $minimum } people
undefined-short = no number
reason-no_answers = nobody answered
reason-no_spread_given = no interval: the source gives no spread
reason-single_answer = no interval: one answer
reason-zero_variance = no interval: everybody answered the same
reason-one_cluster = no interval: one person
reason-parts_not_joint = no interval: the parts come from different sources
reason-other = cannot be computed from these facts
change = { $change } on the period before ({ $lower } to { $upper }).
change-unclear = { $change } on the period before ({ $lower } to { $upper }): may be chance.
change-none = No period before to compare with.
method = 95% interval: { $method }.
method-tango_score = score method for NPS
method-wilson = Wilson's score method
method-t = t interval of the mean
method-linearised = linearised standard error
method-clustered_t = between people, because some answered more than once
method-other = see docs/METHODS.md

response = { $rate } answered ({ $responded } of { $invited })
response-unknown = we do not know how many were asked
not-heard = not heard in this period
empty-chair = An empty chair: { $party }
empty-chair-do = Nobody of this group was heard in this period. Ask them before you decide anything that touches them.
unit-not-heard = { $party }: not heard here, or fewer than { $minimum } answers in every period.
last-known = Last known

contact = Customer contact
contact-title = { $indicator }, by customer contact
contact-method = 95% intervals for each group; a difference is named only when its interval, corrected for the comparisons made, leaves zero.
contact-differs = { $first } { $change } against { $second }.
contact-same = No difference between the groups that chance could not explain.
delivery = Promises: kept or not

figure-options = Options of { $title }
figure-table = Show as table
figure-chart = Show as chart
figure-role = chart

empty-facts = Nothing has been heard or seen yet
empty-facts-do = Bring in a file: answers of customers or employees, figures of a unit and period, or looks at a standard.

import-title = Import
import-lead = Bring in a file of your own. It is stored whole or not at all, and once, however often you start it.
import-step-file = Choose a file
import-step-mapping = Check what was guessed
import-step-preview = Look at the rows
import-step-run = Run
import-drop = Drop a file here, or
import-choose = Choose a file
import-kinds = CSV, TSV, Excel, NDJSON or Parquet; text files also gzipped
import-uploading = Uploading
mapping-lead = This is what we took the columns of { $file } for. Correct the mapping below where it is wrong.
mapping-column = Column
mapping-samples = Values
mapping-target = Taken for
mapping-unused = not used
mapping-text = Mapping
mapping-text-note = docs/IMPORT.md explains every key.
mapping-look = Look at the rows
preview-ok = No problems found
preview-problems = { $problems } problems found
preview-checked = { $rows } rows checked; { $units } units would be new.
preview-rows = The first rows, as they would be stored
preview-run = Import
preview-correct-first = Correct the mapping or the file first; nothing has been stored.
run-going = Importing: { $rows } rows read
run-done = Stored
run-report = { $read } rows read, { $stored } stored, { $rejected } rejected, { $dropped } dropped as duplicates.
run-already = Already stored
run-already-note = The same file came in before with the same mapping. Nothing was added.
run-look = Look at the overview
run-again = Import another file

agreed-lead = Everything in force (version { $version }). Its owners change it as text: evenkeel export, edit, evenkeel plan, evenkeel apply.
agreed-find = Find by name, id or owner
agreed-none = Nothing by that name.
name = Name
id = Id
owner = Owner
version = Version
kind-organisation = Organisation
kind-party = Groups
kind-unit = Units
kind-team = Owning teams
kind-touchpoint = Touchpoints
kind-standard = Standards
kind-instrument = Questionnaires
kind-indicator = Indicators
kind-covariate = Figures from outside
kind-mirror = Mirrors
kind-attribute = Attributes

start-title = Welcome. Nothing is agreed here yet.
start-lead = Evenkeel begins with what you agree: who your groups are, what you promise them, how you listen. Start from an example and make it yours.
start-demo = Start from the demo's foundation, under your own names
start-name = Name of your organisation
start-party-customer = Your customers are called
start-party-customer-example = Guests
start-party-frontline = Your front line is called
start-party-frontline-example = Restaurant teams
start-party-back_office = Your back office is called
start-party-back_office-example = Back office
start-level-chain = The whole is called
start-level-chain-example = Chain
start-level-region = A group of places is called
start-level-region-example = Region
start-level-restaurant = A place is called
start-level-restaurant-example = Restaurant
start-rename-note = Leave a name empty to keep the example's. Everything can be changed later.
start-go = Start
start-own = Or apply a folder of your own
start-own-do = A foundation is a folder of small text files that can live in git. See examples/ for some.
