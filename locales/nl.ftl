# De zinnen van Evenkeel zelf. Wat de organisatie benoemde, komt uit haar afspraken.
skip = Naar de inhoud
nav-label = Pagina's
nav-menu = Menu
nav-overview = Overzicht
nav-import = Importeren
nav-agreed = Afspraken
language = Taal
dark-mode = Donkere weergave
light-mode = Lichte weergave
demo = verzonnen organisatie
loading = Bezig met laden
close = Sluiten
back = Terug
problem = Er klopt iets niet
problem-unknown = Het antwoord kwam niet aan. Draait de server nog?

overview-title = Overzicht, { $period }
opened-finest_level_with_results = Getoond per { $level }: het fijnste niveau waarop resultaten zichtbaar kunnen zijn. { $shown } van { $total } hebben aan beide kanten genoeg antwoorden; groepen van minder dan { $minimum } medewerkers blijven verborgen, zodat niemands antwoord te raden is.
opened-asked_for = Getoond per { $level }, zoals u koos. { $shown } van { $total } hebben aan beide kanten genoeg antwoorden; groepen van minder dan { $minimum } medewerkers blijven verborgen, zodat niemands antwoord te raden is.
opened-no_level_with_results = Op geen enkel niveau zijn er in deze periode aan beide kanten genoeg antwoorden. Groepen van minder dan { $minimum } medewerkers blijven verborgen, zodat niemands antwoord te raden is.
period = Periode
granularity = Per
granularity-day = dag
granularity-week = week
granularity-month = maand
granularity-quarter = kwartaal
granularity-year = jaar
granularity-all = alle tijd
level = Niveau
unit = Eenheid
value = Waarde
interval-n = 95%-interval, n
placed = Waar het staat
trend = verloop
snapshot = Berekend uit { $snapshot }.
n = n = { $n }
target = Doel { $target }.

alignment-title = Waar klanten en teams elkaar vinden
alignment-finding = { $both ->
    [0] Geen eenheid
    [one] 1 eenheid
   *[other] { $both } eenheden
  } duidelijk goed voor beide; { $customers } waar de klant tevreden is en het team niet; { $employees } andersom; { $neither } voor beide duidelijk tekort. Van { $undecided } is het nog niet te zeggen{ $hidden ->
    [0] .
   *[other] , en { $hidden } hebben te weinig antwoorden om te tonen.
  }
alignment-method = Elke punt is een eenheid met haar { $level }%-intervallen, die voor alle { $units } eenheden samen gelden. Stippellijnen: { $cuts }. Een eenheid krijgt pas een plaats als beide intervallen ze voorbij zijn; eenheden worden nooit gerangschikt.
alignment-missing-no_pair = Er is nog geen paar van een interne en een externe indicator afgesproken. Noem er een onder [alignment] in organisation.toml.
alignment-missing-no_internal_facts = In deze periode is geen medewerker gehoord. Vraag het ze: zonder hun kant kan niemand zeggen wie betaalt.
alignment-missing-no_external_facts = In deze periode is geen klant gehoord. Vraag het ze.
alignment-missing-no_units = Geen eenheid heeft in deze periode beide kanten.
cut-target = de doelen van de organisatie
cut-mean_without_unit = het gemiddelde van de andere eenheden
correlation-within = Als het in een eenheid beter gaat dan gewoonlijk met het team, gaat het met de klanten mee (r = { $r }, { $lower } tot { $upper }, { $units } eenheden).
correlation-between = Tussen eenheden gaan de twee samen met r = { $r } ({ $lower } tot { $upper }, { $units } eenheden).
correlation-undefined = Hoe ver de twee samengaan, is uit deze feiten niet te zeggen.
association = Samengaan is iets anders dan veroorzaken.
quadrant-both = goed voor beide
quadrant-customers_only = klant tevreden, team niet
quadrant-employees_only = team tevreden, klant niet
quadrant-neither = voor beide tekort
quadrant-undecided = nog niet te zeggen
quadrant-not_shown = niet getoond
nonresponse-title = Let op: wie antwoordt, kan anders denken dan wie zwijgt
nonresponse = { $indicator }: eenheden waar meer mensen antwoorden, geven ook andere antwoorden (r = { $r }, { $units } eenheden). De zwijgers denken er misschien anders over.

hidden = verborgen: minder dan { $minimum } mensen
undefined-short = geen getal
reason-no_answers = niemand antwoordde
reason-no_spread_given = geen interval: de bron geeft geen spreiding
reason-single_answer = geen interval: één antwoord
reason-zero_variance = geen interval: iedereen antwoordde hetzelfde
reason-one_cluster = geen interval: één persoon
reason-parts_not_joint = geen interval: de delen komen uit verschillende bronnen
reason-other = uit deze feiten niet te berekenen
change = { $change } ten opzichte van de vorige periode ({ $lower } tot { $upper }).
change-unclear = { $change } ten opzichte van de vorige periode ({ $lower } tot { $upper }): kan toeval zijn.
change-none = Geen vorige periode om mee te vergelijken.
method = 95%-interval: { $method }.
method-tango_score = scoremethode voor NPS
method-wilson = scoremethode van Wilson
method-t = t-interval van het gemiddelde
method-linearised = gelineariseerde standaardfout
method-clustered_t = tussen mensen, omdat sommigen vaker antwoordden
method-other = zie docs/METHODS.md

response = { $rate } antwoordde ({ $responded } van { $invited })
response-unknown = we weten niet hoeveel mensen gevraagd zijn
not-heard = niet gehoord in deze periode
empty-chair = Een lege stoel: { $party }
empty-chair-do = Van deze groep is in deze periode niemand gehoord. Vraag het ze voordat u iets besluit dat hen raakt.
unit-not-heard = { $party }: hier niet gehoord, of in elke periode minder dan { $minimum } antwoorden.
last-known = Laatst bekend

contact = Klantcontact
contact-title = { $indicator }, naar klantcontact
contact-method = 95%-intervallen per groep; een verschil wordt alleen genoemd als zijn interval, gecorrigeerd voor het aantal vergelijkingen, nul niet bevat.
contact-differs = { $first } { $change } ten opzichte van { $second }.
contact-same = Geen verschil tussen de groepen dat niet door toeval kan komen.
delivery = Beloften: nagekomen of niet

figure-options = Mogelijkheden van { $title }
figure-table = Als tabel tonen
figure-chart = Als grafiek tonen
figure-role = grafiek

empty-facts = Er is nog niets gehoord of gezien
empty-facts-do = Breng een bestand in: antwoorden van klanten of medewerkers, cijfers per eenheid en periode, of waarnemingen van een servicestandaard.

import-title = Importeren
import-lead = Breng een eigen bestand in. Het wordt in zijn geheel opgeslagen of helemaal niet, en één keer, hoe vaak u het ook start.
import-step-file = Kies een bestand
import-step-mapping = Controleer wat we raadden
import-step-preview = Bekijk de rijen
import-step-run = Uitvoeren
import-drop = Sleep een bestand hierheen, of
import-choose = Kies een bestand
import-kinds = CSV, TSV, Excel, NDJSON of Parquet; tekstbestanden ook met gzip
import-uploading = Bezig met versturen
mapping-lead = Hiervoor hielden we de kolommen van { $file }. Verbeter hieronder de toewijzing waar ze niet klopt.
mapping-column = Kolom
mapping-samples = Waarden
mapping-target = Gehouden voor
mapping-unused = niet gebruikt
mapping-text = Toewijzing
mapping-text-note = docs/IMPORT.md legt elke sleutel uit.
mapping-look = Bekijk de rijen
preview-ok = Geen problemen gevonden
preview-problems = { $problems } problemen gevonden
preview-checked = { $rows } rijen gecontroleerd; { $units } eenheden zouden nieuw zijn.
preview-rows = De eerste rijen, zoals ze worden opgeslagen
preview-run = Importeren
preview-correct-first = Verbeter eerst de toewijzing of het bestand; er is niets opgeslagen.
run-going = Bezig met importeren: { $rows } rijen gelezen
run-done = Opgeslagen
run-report = { $read } rijen gelezen, { $stored } opgeslagen, { $rejected } afgewezen, { $dropped } als dubbel weggelaten.
run-already = Al opgeslagen
run-already-note = Hetzelfde bestand kwam al eerder binnen met dezelfde toewijzing. Er is niets toegevoegd.
run-look = Bekijk het overzicht
run-again = Nog een bestand importeren

agreed-lead = Alles wat nu geldt (versie { $version }). De eigenaars veranderen het als tekst: evenkeel export, bewerken, evenkeel plan, evenkeel apply.
agreed-find = Zoek op naam, id of eigenaar
agreed-none = Niets met die naam.
name = Naam
id = Id
owner = Eigenaar
version = Versie
kind-organisation = Organisatie
kind-party = Groepen
kind-unit = Eenheden
kind-team = Teams die eigenaar zijn
kind-touchpoint = Contactmomenten
kind-standard = Servicestandaarden
kind-instrument = Vragenlijsten
kind-indicator = Indicatoren
kind-covariate = Cijfers van buiten
kind-mirror = Spiegels
kind-attribute = Kenmerken

start-title = Welkom. Hier is nog niets afgesproken.
start-lead = Evenkeel begint met wat u afspreekt: wie uw groepen zijn, wat u hun belooft, hoe u luistert. Begin met een voorbeeld en maak het van uzelf.
start-demo = Begin met de afspraken van de demo, onder uw eigen namen
start-name = Naam van uw organisatie
start-party-customer = Uw klanten heten
start-party-customer-example = Gasten
start-party-frontline = Uw frontlijn heet
start-party-frontline-example = Restaurantteams
start-party-back_office = Uw backoffice heet
start-party-back_office-example = Kantoor
start-level-chain = Het geheel heet
start-level-chain-example = Keten
start-level-region = Een groep vestigingen heet
start-level-region-example = Regio
start-level-restaurant = Een vestiging heet
start-level-restaurant-example = Restaurant
start-rename-note = Laat een naam leeg om die van het voorbeeld te houden. Alles kan later nog veranderen.
start-go = Beginnen
start-own = Of pas een eigen map toe
start-own-do = Afspraken zijn een map met kleine tekstbestanden die in git kunnen staan. In examples/ staan er een paar.
