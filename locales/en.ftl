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
placed = Where it stands

alignment-title = Where customers and teams meet
alignment-missing-no_pair = No pair of an internal and an external indicator is agreed yet. Name one under [alignment] in organisation.toml.
alignment-missing-no_units = No unit has both sides in this period.
association = Going together is not the same as causing.
quadrant-both = good for both
quadrant-customers_only = customers satisfied, team not
quadrant-employees_only = team satisfied, customers not
quadrant-neither = short on both
quadrant-undecided = cannot tell yet
quadrant-not_shown = not shown
nonresponse-title = Careful: those who answer may differ from those who do not

hidden = hidden: fewer than { $minimum } people
reason-no_answers = nobody answered
reason-no_spread_given = no interval: the source gives no spread
reason-zero_variance = no interval: everybody answered the same
reason-one_cluster = no interval: one person
reason-other = cannot be computed from these facts
change-none = No period before to compare with.
method = 95% interval: { $method }.
method-tango_score = score method for NPS
method-wilson = Wilson's score method
method-t = t interval of the mean
method-linearised = linearised standard error
method-clustered_t = between people, because some answered more than once
method-other = see docs/METHODS.md

response-unknown = we do not know how many were asked
not-heard = not heard in this period
empty-chair = An empty chair: { $party }
empty-chair-do = Nobody of this group was heard in this period. Ask them before you decide anything that touches them.
unit-not-heard = { $party }: not heard here, or fewer than { $minimum } answers in every period.

contact = Customer contact
contact-method = 95% intervals for each group; a difference is named only when its interval, corrected for the comparisons made, leaves zero.
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
mapping-column = Column
mapping-samples = Values
mapping-target = Taken for
mapping-unused = not used
mapping-text = Mapping
mapping-look = Look at the rows
preview-ok = No problems found
preview-rows = The first rows, as they would be stored
preview-run = Import
run-going = Importing: { $rows } rows read
run-done = Stored
run-already = Already stored
run-already-note = The same file came in before with the same mapping. Nothing was added.
run-look = Look at the overview
run-again = Import another file

agreed-lead = Everything in force (version { $version }). Its owners change it as text: evenkeel export, edit, evenkeel plan, evenkeel apply.
agreed-find = Find by name, id or owner
agreed-none = Nothing by that name.
name = Name
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

not-found = There is no such page
not-found-do = The address may have been cut off, or the page has moved.
problem-id = In the server's log this is { $id }.
spot-line = line { $line }
spot-column = column { $column }
spots-more = And { $more } more.
range = { $lower } to { $upper }
n = n = { $n }
interval = 95% interval
group = Group
target = Target { $target }.
snapshot = Snapshot { $snapshot }.
legend = What the shapes mean
figure-keys = Arrow keys walk through the points.
figure-keys-open = Arrow keys walk through the points, Enter opens one.
opened-finest_level_with_results = Shown by { $level }, the most detailed level where results can appear: { $shown } of { $total } have enough answers on both sides. Groups of fewer than { $minimum } employees stay hidden, so that nobody's answer can be worked out.
opened-asked_for = Shown by { $level }, as you chose: { $shown } of { $total } have enough answers on both sides. Groups of fewer than { $minimum } employees stay hidden, so that nobody's answer can be worked out.
opened-no_level_with_results = No level has enough answers on both sides in this period yet. Groups of fewer than { $minimum } employees stay hidden, so that nobody's answer can be worked out.
period-latest_complete = This is the latest period that is over.
period-latest_with_facts = This is the latest period with answers; it may not be over yet.
period-asked_for = You chose this period.
period-no_facts = There are no answers in any period yet.
level-shown = { $level } ({ $shown } of { $total })
silent = Not heard in this period: { $parties }. What is said here leaves them out.
finding-none = Customers and employees cannot be set side by side in this period yet.
finding-within_together = Where a team fares better than usual, its customers do too (correlation within units { $r }, { $lower } to { $upper }).
finding-within_opposed = Where a team fares better than usual, its customers fare worse (correlation within units { $r }, { $lower } to { $upper }).
finding-within_unclear = Whether customers fare better when their team does cannot be told yet (correlation within units { $r }, { $lower } to { $upper }).
finding-within_undefined = Whether teams and customers move together over time cannot be told: { $reason }.
finding-between_together = Units with more satisfied teams have more satisfied customers (correlation between units { $r }, { $lower } to { $upper }).
finding-between_opposed = Units with more satisfied teams have less satisfied customers (correlation between units { $r }, { $lower } to { $upper }).
finding-between_unclear = Whether units with more satisfied teams have more satisfied customers cannot be told yet (correlation between units { $r }, { $lower } to { $upper }).
finding-between_undefined = Units cannot be compared: { $reason }.
finding-within_and_between_differ = Within units and between units the two point in opposite directions.
finding-fragile = Take care: counting large units more heavily gives another answer.
finding-few_units = With { $units } units this is a picture, not evidence; { $needed } are needed.
finding-no_intervals = One side comes without intervals, so that no unit can be placed.
finding-all_undecided = No unit can be placed yet: the intervals are too wide for the targets.
alignment-finding = { $both ->
    [0] No unit is
    [one] 1 unit is
   *[other] { $both } units are
  } clearly good for both. { $customers ->
    [0] In none are customers satisfied and the team not
    [one] In 1, customers are satisfied and the team is not
   *[other] In { $customers }, customers are satisfied and the team is not
  }; { $employees } the other way round; { $neither } short on both. For { $undecided } we cannot tell yet{ $hidden ->
    [0] .
   *[other] , and { $hidden } have too few answers to show.
  }
alignment-method = A point is a unit, the lines are its { $level } intervals: wide enough to hold for all { $units } units together. A unit is placed only when both clear the dashed lines. Units are never ranked.
alignment-missing-no_internal_facts = { $party }: not heard in this period. Ask them: without their side nobody can say who pays.
alignment-missing-no_external_facts = { $party }: not heard in this period. Ask them.
cut-target = { $indicator }: your target is { $value }.
cut-mean_without_unit = { $indicator }: no target is set, so each unit is held against the mean of the others, { $value } on average.
nonresponse = Units where more people answer score { $direction ->
    [higher] higher
   *[lower] lower
  } (correlation { $r }, { $lower } to { $upper }, { $units } units). Those who stay silent may think differently.
reason-one_answer = no interval: one answer
reason-no_variation = one of the two does not vary
reason-too_few_units = too few units
reason-one_unit = there is one unit only
reason-one_period = there is one period only
reason-too_few = too few answers
reason-not_a_sample = a figure from outside, not a sample
reason-no_covariance = no interval: the parts come from different answers
trend-of = { $indicator }, over time
trend-method = The band is the 95% interval.
trend-target = Dashed: the target, { $target }.
last-known = Last known: { $estimate }.
change = { $change } on the period before ({ $lower } to { $upper }).
change-unclear = { $change } on the period before ({ $lower } to { $upper }): may be chance.
change-bare = { $change } on the period before.
response = { $rate } of those asked answered ({ $responded } of { $invited })
response-rate = { $rate } of those asked answered
ask-them = Ask them: bring in their answers
contact-differs = { $first } { $change } against { $second } ({ $lower } to { $upper }).
empty-facts-go = Import a first file
import-steps = Steps of an import
import-kind-responses = answers, one row a respondent
import-kind-aggregates = results, one row a unit and period
import-kind-observations = looks at a standard, one row each
mapping-lead = We read { $file } as { $kind }, and took its columns for this. Correct what is wrong; the text below follows.
mapping-columns = Columns of the file
mapping-target-of = { $column }: taken for
mapping-unsure = not sure: please check
mapping-text-note = Everything can be said here; docs/IMPORT.md explains every key.
target-unit = Unit
target-time = Time
target-party = Group
target-wave = Wave
target-respondent = Respondent (stored as a key, not as the name)
target-channel = Channel
target-language = Language
target-weight = Weight
target-item = Question: { $title }
preview-problems = { $problems ->
    [one] 1 problem found
   *[other] { $problems } problems found
  }. Nothing has been stored.
preview-checked = All { $rows } rows were checked.
preview-missing = Without an answer: { $columns }.
preview-units = { $units ->
    [one] 1 unit is new
   *[other] { $units } units are new
  }: { $names }.
on-error = What to do with rows that have a problem
on-error-abort = Store nothing: go back and correct first
on-error-reject = Store the good rows; bad ones go to a file beside the report
run-read = Rows read
run-stored = Stored
run-rejected = Rejected
run-dropped = Dropped as duplicates
run-reject-file = Rejected rows are in { $file }, in the data folder.
run-snapshot = Stored as { $snapshot }.
run-correct = Correct the mapping
past-title = What came in before
past-none = Nothing yet. Choose a file above.
past-file = File
past-when = When
past-status = State
past-stored = Rows stored
past-rejected = Rejected
status-queued = waiting
status-running = running
status-done = stored
status-failed = failed, nothing stored
status-already_stored = was there already
about = About
about-standard = { $by } owe it to { $to }.
about-party = Nothing is shown of fewer than { $minimum }.
