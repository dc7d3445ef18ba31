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
placed = Waar het staat

alignment-title = Waar klanten en teams elkaar vinden
alignment-missing-no_pair = Er is nog geen paar van een interne en een externe indicator afgesproken. Noem er een onder [alignment] in organisation.toml.
alignment-missing-no_units = Geen eenheid heeft in deze periode beide kanten.
association = Samengaan is iets anders dan veroorzaken.
quadrant-both = goed voor beide
quadrant-customers_only = klant tevreden, team niet
quadrant-employees_only = team tevreden, klant niet
quadrant-neither = voor beide tekort
quadrant-undecided = nog niet te zeggen
quadrant-not_shown = niet getoond
nonresponse-title = Let op: wie antwoordt, kan anders denken dan wie zwijgt

hidden = verborgen: minder dan { $minimum } mensen
reason-no_answers = niemand antwoordde
reason-no_spread_given = geen interval: de bron geeft geen spreiding
reason-zero_variance = geen interval: iedereen antwoordde hetzelfde
reason-one_cluster = geen interval: één persoon
reason-other = uit deze feiten niet te berekenen
change-none = Geen vorige periode om mee te vergelijken.
method = 95%-interval: { $method }.
method-tango_score = scoremethode voor NPS
method-wilson = scoremethode van Wilson
method-t = t-interval van het gemiddelde
method-linearised = gelineariseerde standaardfout
method-clustered_t = tussen mensen, omdat sommigen vaker antwoordden
method-other = zie docs/METHODS.md

response-unknown = we weten niet hoeveel mensen gevraagd zijn
not-heard = niet gehoord in deze periode
empty-chair = Een lege stoel: { $party }
empty-chair-do = Van deze groep is in deze periode niemand gehoord. Vraag het ze voordat u iets besluit dat hen raakt.
unit-not-heard = { $party }: hier niet gehoord, of in elke periode minder dan { $minimum } antwoorden.

contact = Klantcontact
contact-method = 95%-intervallen per groep; een verschil wordt alleen genoemd als zijn interval, gecorrigeerd voor het aantal vergelijkingen, nul niet bevat.
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
mapping-column = Kolom
mapping-samples = Waarden
mapping-target = Gehouden voor
mapping-unused = niet gebruikt
mapping-text = Toewijzing
mapping-look = Bekijk de rijen
preview-ok = Geen problemen gevonden
preview-rows = De eerste rijen, zoals ze worden opgeslagen
preview-run = Importeren
run-going = Bezig met importeren: { $rows } rijen gelezen
run-done = Opgeslagen
run-already = Al opgeslagen
run-already-note = Hetzelfde bestand kwam al eerder binnen met dezelfde toewijzing. Er is niets toegevoegd.
run-look = Bekijk het overzicht
run-again = Nog een bestand importeren

agreed-lead = Alles wat nu geldt (versie { $version }). De eigenaars veranderen het als tekst: evenkeel export, bewerken, evenkeel plan, evenkeel apply.
agreed-find = Zoek op naam, id of eigenaar
agreed-none = Niets met die naam.
name = Naam
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

not-found = Deze pagina bestaat niet
not-found-do = Misschien is het adres afgebroken, of is de pagina verplaatst.
problem-id = In het logboek van de server is dit { $id }.
spot-line = regel { $line }
spot-column = kolom { $column }
spots-more = En nog { $more }.
range = { $lower } tot { $upper }
n = n = { $n }
interval = 95%-interval
group = Groep
target = Doel { $target }.
snapshot = Stand { $snapshot }.
legend = Wat de vormen betekenen
figure-keys = Met de pijltoetsen loopt u langs de punten.
figure-keys-open = Met de pijltoetsen loopt u langs de punten, Enter opent er een.
opened-finest_level_with_results = Getoond per { $level }, het fijnste niveau waarop resultaten kunnen verschijnen: { $shown } van { $total } hebben aan beide kanten genoeg antwoorden. Groepen van minder dan { $minimum } medewerkers blijven verborgen, zodat niemands antwoord te herleiden is.
opened-asked_for = Getoond per { $level }, zoals u koos: { $shown } van { $total } hebben aan beide kanten genoeg antwoorden. Groepen van minder dan { $minimum } medewerkers blijven verborgen, zodat niemands antwoord te herleiden is.
opened-no_level_with_results = Op geen enkel niveau zijn er in deze periode aan beide kanten genoeg antwoorden. Groepen van minder dan { $minimum } medewerkers blijven verborgen, zodat niemands antwoord te herleiden is.
period-latest_complete = Dit is de laatste periode die voorbij is.
period-latest_with_facts = Dit is de laatste periode met antwoorden; misschien is ze nog niet voorbij.
period-asked_for = Deze periode koos u zelf.
period-no_facts = Er zijn nog in geen enkele periode antwoorden.
level-shown = { $level } ({ $shown } van { $total })
silent = In deze periode niet gehoord: { $parties }. Wat hier staat, gaat niet over hen.
finding-none = Klanten en medewerkers zijn in deze periode nog niet naast elkaar te zetten.
finding-within_together = Waar het een team beter vergaat dan gewoonlijk, vergaat het zijn klanten ook beter (samenhang binnen eenheden { $r }, { $lower } tot { $upper }).
finding-within_opposed = Waar het een team beter vergaat dan gewoonlijk, vergaat het zijn klanten slechter (samenhang binnen eenheden { $r }, { $lower } tot { $upper }).
finding-within_unclear = Of het klanten beter vergaat als het hun team beter vergaat, is nog niet te zeggen (samenhang binnen eenheden { $r }, { $lower } tot { $upper }).
finding-within_undefined = Of teams en klanten in de tijd samen bewegen, is niet te zeggen: { $reason }.
finding-between_together = Eenheden met een tevredener team hebben tevredener klanten (samenhang tussen eenheden { $r }, { $lower } tot { $upper }).
finding-between_opposed = Eenheden met een tevredener team hebben minder tevreden klanten (samenhang tussen eenheden { $r }, { $lower } tot { $upper }).
finding-between_unclear = Of eenheden met een tevredener team tevredener klanten hebben, is nog niet te zeggen (samenhang tussen eenheden { $r }, { $lower } tot { $upper }).
finding-between_undefined = Eenheden zijn niet te vergelijken: { $reason }.
finding-within_and_between_differ = Binnen eenheden en tussen eenheden wijzen de twee in tegengestelde richting.
finding-fragile = Let op: als grote eenheden zwaarder tellen, is het antwoord anders.
finding-few_units = Met { $units } eenheden is dit een plaatje, geen bewijs; er zijn er { $needed } nodig.
finding-no_intervals = Eén kant heeft geen intervallen, zodat geen eenheid een plaats krijgt.
finding-all_undecided = Nog geen eenheid krijgt een plaats: de intervallen zijn te breed voor de doelen.
alignment-finding = { $both ->
    [0] Geen eenheid is
    [one] 1 eenheid is
   *[other] { $both } eenheden zijn
  } duidelijk goed voor beide. { $customers ->
    [0] Nergens is de klant tevreden en het team niet
    [one] In 1 is de klant tevreden en het team niet
   *[other] In { $customers } is de klant tevreden en het team niet
  }; { $employees } andersom; { $neither } voor beide tekort. Van { $undecided } is het nog niet te zeggen{ $hidden ->
    [0] .
   *[other] , en { $hidden } hebben te weinig antwoorden om te tonen.
  }
alignment-method = Een punt is een eenheid, de lijnen zijn de { $level }-intervallen: breed genoeg om voor alle { $units } eenheden samen te gelden. Een eenheid krijgt pas een plaats als beide voorbij de stippellijnen liggen. Eenheden worden nooit gerangschikt.
alignment-missing-no_internal_facts = { $party }: niet gehoord in deze periode. Vraag het ze: zonder hun kant kan niemand zeggen wie betaalt.
alignment-missing-no_external_facts = { $party }: niet gehoord in deze periode. Vraag het ze.
cut-target = { $indicator }: uw doel is { $value }.
cut-mean_without_unit = { $indicator }: er is geen doel, dus elke eenheid wordt tegen het gemiddelde van de andere gehouden, gemiddeld { $value }.
nonresponse = Eenheden waar meer mensen antwoorden, komen { $direction ->
    [higher] hoger
   *[lower] lager
  } uit (samenhang { $r }, { $lower } tot { $upper }, { $units } eenheden). Wie zwijgt, denkt er misschien anders over.
reason-one_answer = geen interval: één antwoord
reason-no_variation = een van de twee verandert niet
reason-too_few_units = te weinig eenheden
reason-one_unit = er is maar één eenheid
reason-one_period = er is maar één periode
reason-too_few = te weinig antwoorden
reason-not_a_sample = een cijfer van buiten, geen steekproef
reason-no_covariance = geen interval: de delen komen uit verschillende antwoorden
trend-of = { $indicator }, in de tijd
trend-method = De band is het 95%-interval.
trend-target = Gestippeld: het doel, { $target }.
last-known = Laatst bekend: { $estimate }.
change = { $change } ten opzichte van de vorige periode ({ $lower } tot { $upper }).
change-unclear = { $change } ten opzichte van de vorige periode ({ $lower } tot { $upper }): kan toeval zijn.
change-bare = { $change } ten opzichte van de vorige periode.
response = { $rate } van wie gevraagd werd, antwoordde ({ $responded } van { $invited })
response-rate = { $rate } van wie gevraagd werd, antwoordde
ask-them = Vraag het ze: breng hun antwoorden in
contact-differs = { $first } { $change } ten opzichte van { $second } ({ $lower } tot { $upper }).
empty-facts-go = Eerste bestand importeren
import-steps = Stappen van een import
import-kind-responses = antwoorden, één rij per respondent
import-kind-aggregates = uitkomsten, één rij per eenheid en periode
import-kind-observations = waarnemingen van een servicestandaard, één per rij
mapping-lead = We lezen { $file } als { $kind }, en hielden de kolommen hiervoor. Verbeter wat niet klopt; de tekst eronder verandert mee.
mapping-columns = Kolommen van het bestand
mapping-target-of = { $column }: gehouden voor
mapping-unsure = niet zeker: kijk dit na
mapping-text-note = Hier is alles te zeggen; docs/IMPORT.md legt elke sleutel uit.
target-unit = Eenheid
target-time = Tijd
target-party = Groep
target-wave = Ronde
target-respondent = Respondent (bewaard als sleutel, niet als naam)
target-channel = Kanaal
target-language = Taal
target-weight = Gewicht
target-item = Vraag: { $title }
preview-problems = { $problems ->
    [one] 1 probleem gevonden
   *[other] { $problems } problemen gevonden
  }. Er is niets opgeslagen.
preview-checked = Alle { $rows } rijen zijn gecontroleerd.
preview-missing = Zonder antwoord: { $columns }.
preview-units = { $units ->
    [one] 1 eenheid is nieuw
   *[other] { $units } eenheden zijn nieuw
  }: { $names }.
on-error = Wat te doen met rijen die niet kloppen
on-error-abort = Niets opslaan: terug, eerst verbeteren
on-error-reject = De goede rijen opslaan; de andere komen in een bestand naast het verslag
run-read = Rijen gelezen
run-stored = Opgeslagen
run-rejected = Afgewezen
run-dropped = Als dubbel weggelaten
run-reject-file = De afgewezen rijen staan in { $file }, in de gegevensmap.
run-snapshot = Opgeslagen als { $snapshot }.
run-correct = Toewijzing verbeteren
past-title = Wat eerder binnenkwam
past-none = Nog niets. Kies hierboven een bestand.
past-file = Bestand
past-when = Wanneer
past-status = Stand
past-stored = Rijen opgeslagen
past-rejected = Afgewezen
status-queued = wacht
status-running = bezig
status-done = opgeslagen
status-failed = mislukt, niets opgeslagen
status-already_stored = was er al
about = Wat het is
about-standard = { $by } zijn dit verschuldigd aan { $to }.
about-party = Van minder dan { $minimum } wordt niets getoond.
