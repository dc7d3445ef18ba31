# Die Sätze von Evenkeel. Was die Organisation benannt hat, kommt aus ihren Grundlagen.
skip = Zum Inhalt
nav-label = Seiten
nav-menu = Menü
nav-overview = Überblick
nav-import = Importieren
nav-agreed = Grundlagen
language = Sprache
dark-mode = Dunkle Ansicht
light-mode = Helle Ansicht
demo = erfundene Organisation
loading = Wird geladen
close = Schließen
back = Zurück
problem = Etwas stimmt nicht
problem-unknown = Die Antwort kam nicht an. Läuft der Server noch?

overview-title = Überblick, { $period }
period = Zeitraum
granularity = Pro
granularity-day = Tag
granularity-week = Woche
granularity-month = Monat
granularity-quarter = Quartal
granularity-year = Jahr
granularity-all = gesamte Zeit
level = Ebene
unit = Einheit
value = Wert
placed = Wo sie steht

alignment-title = Wo Kunden und Teams zusammenkommen
alignment-missing-no_pair = Es ist noch kein Paar aus einem internen und einem externen Indikator vereinbart. Nennen Sie eines unter [alignment] in organisation.toml.
alignment-missing-no_units = Keine Einheit hat in diesem Zeitraum beide Seiten.
association = Zusammengehen ist nicht Verursachen.
quadrant-both = gut für beide
quadrant-customers_only = Kunden zufrieden, Team nicht
quadrant-employees_only = Team zufrieden, Kunden nicht
quadrant-neither = für beide zu wenig
quadrant-undecided = noch nicht zu sagen
quadrant-not_shown = nicht gezeigt
nonresponse-title = Vorsicht: Wer antwortet, kann anders denken als wer schweigt

hidden = verborgen: weniger als { $minimum } Personen
reason-no_answers = niemand hat geantwortet
reason-no_spread_given = kein Intervall: die Quelle nennt keine Streuung
reason-zero_variance = kein Intervall: alle haben gleich geantwortet
reason-one_cluster = kein Intervall: eine einzige Person
reason-other = aus diesen Fakten nicht zu berechnen
change-none = Kein voriger Zeitraum zum Vergleichen.
method = 95-%-Intervall: { $method }.
method-tango_score = Score-Methode für NPS
method-wilson = Score-Methode von Wilson
method-t = t-Intervall des Mittelwerts
method-linearised = linearisierter Standardfehler
method-clustered_t = zwischen Personen, weil manche mehrmals antworteten
method-other = siehe docs/METHODS.md

response-unknown = wir wissen nicht, wie viele gefragt wurden
not-heard = in diesem Zeitraum nicht gehört
empty-chair = Ein leerer Stuhl: { $party }
empty-chair-do = Von dieser Gruppe wurde in diesem Zeitraum niemand gehört. Fragen Sie sie, bevor Sie etwas entscheiden, das sie betrifft.
unit-not-heard = { $party }: hier nicht gehört, oder in jedem Zeitraum weniger als { $minimum } Antworten.

contact = Kontakt mit Kunden
contact-method = 95-%-Intervalle je Gruppe; ein Unterschied wird nur genannt, wenn sein Intervall, berichtigt für die Zahl der Vergleiche, die Null ausschließt.
contact-same = Kein Unterschied zwischen den Gruppen, den nicht der Zufall erklären könnte.
delivery = Zusagen: eingehalten oder nicht

figure-options = Möglichkeiten für { $title }
figure-table = Als Tabelle zeigen
figure-chart = Als Bild zeigen
figure-role = Diagramm

empty-facts = Noch wurde nichts gehört oder gesehen
empty-facts-do = Bringen Sie eine Datei ein: Antworten von Kunden oder Mitarbeitenden, Zahlen je Einheit und Zeitraum, oder Beobachtungen eines Servicestandards.

import-title = Importieren
import-lead = Bringen Sie eine eigene Datei ein. Sie wird ganz gespeichert oder gar nicht, und einmal, so oft Sie sie auch starten.
import-step-file = Datei wählen
import-step-mapping = Vermutetes prüfen
import-step-preview = Zeilen ansehen
import-step-run = Ausführen
import-drop = Legen Sie eine Datei hier ab, oder
import-choose = Datei wählen
import-kinds = CSV, TSV, Excel, NDJSON oder Parquet; Textdateien auch mit gzip
import-uploading = Wird hochgeladen
mapping-column = Spalte
mapping-samples = Werte
mapping-target = Gehalten für
mapping-unused = nicht verwendet
mapping-text = Zuordnung
mapping-look = Zeilen ansehen
preview-ok = Keine Probleme gefunden
preview-rows = Die ersten Zeilen, wie sie gespeichert würden
preview-run = Importieren
run-going = Import läuft: { $rows } Zeilen gelesen
run-done = Gespeichert
run-already = Schon gespeichert
run-already-note = Dieselbe Datei kam schon einmal mit derselben Zuordnung. Es wurde nichts hinzugefügt.
run-look = Zum Überblick
run-again = Noch eine Datei importieren

agreed-lead = Alles, was gilt (Version { $version }). Die Zuständigen ändern es als Text: evenkeel export, bearbeiten, evenkeel plan, evenkeel apply.
agreed-find = Suchen nach Name, Kennung oder Zuständigen
agreed-none = Nichts unter diesem Namen.
name = Name
owner = Zuständig
version = Version
kind-organisation = Organisation
kind-party = Gruppen
kind-unit = Einheiten
kind-team = Zuständige Teams
kind-touchpoint = Kontaktpunkte
kind-standard = Servicestandards
kind-instrument = Fragebögen
kind-indicator = Indikatoren
kind-covariate = Zahlen von außen
kind-mirror = Spiegel
kind-attribute = Merkmale

start-title = Willkommen. Hier ist noch nichts vereinbart.
start-lead = Evenkeel beginnt mit dem, was Sie vereinbaren: wer Ihre Gruppen sind, was Sie ihnen zusagen, wie Sie zuhören. Beginnen Sie mit einem Beispiel und machen Sie es zu Ihrem.
start-demo = Mit den Grundlagen der Vorführung beginnen, unter eigenen Namen
start-name = Name Ihrer Organisation
start-party-customer = Ihre Kunden heißen
start-party-customer-example = Gäste
start-party-frontline = Ihre vorderste Linie heißt
start-party-frontline-example = Restaurantteams
start-party-back_office = Ihr Innendienst heißt
start-party-back_office-example = Verwaltung und Versorgung
start-level-chain = Das Ganze heißt
start-level-chain-example = Kette
start-level-region = Eine Gruppe von Orten heißt
start-level-region-example = Region
start-level-restaurant = Ein Ort heißt
start-level-restaurant-example = Restaurant
start-rename-note = Lassen Sie einen Namen leer, um den des Beispiels zu behalten. Alles lässt sich später ändern.
start-go = Beginnen
start-own = Oder einen eigenen Ordner anwenden
start-own-do = Grundlagen sind ein Ordner kleiner Textdateien, der in git liegen kann. In examples/ stehen einige.

not-found = Diese Seite gibt es nicht
not-found-do = Vielleicht ist die Adresse abgeschnitten, oder die Seite ist umgezogen.
problem-id = Im Protokoll des Servers ist das { $id }.
spot-line = Zeile { $line }
spot-column = Spalte { $column }
spots-more = Und noch { $more }.
range = { $lower } bis { $upper }
n = n = { $n }
interval = 95-%-Intervall
group = Gruppe
target = Ziel { $target }.
snapshot = Stand { $snapshot }.
legend = Was die Formen bedeuten
figure-keys = Mit den Pfeiltasten gehen Sie die Punkte durch.
figure-keys-open = Mit den Pfeiltasten gehen Sie die Punkte durch, die Eingabetaste öffnet einen.
opened-finest_level_with_results = Gezeigt je { $level }, die feinste Ebene, auf der Ergebnisse erscheinen können: { $shown } von { $total } haben auf beiden Seiten genug Antworten. Gruppen mit weniger als { $minimum } Mitarbeitenden bleiben verborgen, damit sich niemandes Antwort erschließen lässt.
opened-asked_for = Gezeigt je { $level }, wie Sie es wählten: { $shown } von { $total } haben auf beiden Seiten genug Antworten. Gruppen mit weniger als { $minimum } Mitarbeitenden bleiben verborgen, damit sich niemandes Antwort erschließen lässt.
opened-no_level_with_results = Auf keiner Ebene gibt es in diesem Zeitraum auf beiden Seiten genug Antworten. Gruppen mit weniger als { $minimum } Mitarbeitenden bleiben verborgen, damit sich niemandes Antwort erschließen lässt.
period-latest_complete = Das ist der letzte abgeschlossene Zeitraum.
period-latest_with_facts = Das ist der letzte Zeitraum mit Antworten; vielleicht ist er noch nicht zu Ende.
period-asked_for = Diesen Zeitraum haben Sie gewählt.
period-no_facts = Es gibt noch in keinem Zeitraum Antworten.
level-shown = { $level } ({ $shown } von { $total })
silent = In diesem Zeitraum nicht gehört: { $parties }. Was hier steht, gilt nicht für sie.
finding-none = Kunden und Mitarbeitende lassen sich in diesem Zeitraum noch nicht nebeneinanderstellen.
finding-within_together = Wo es einem Team besser geht als sonst, geht es auch seinen Kunden besser (Zusammenhang innerhalb der Einheiten { $r }, { $lower } bis { $upper }).
finding-within_opposed = Wo es einem Team besser geht als sonst, geht es seinen Kunden schlechter (Zusammenhang innerhalb der Einheiten { $r }, { $lower } bis { $upper }).
finding-within_unclear = Ob es Kunden besser geht, wenn es ihrem Team besser geht, ist noch nicht zu sagen (Zusammenhang innerhalb der Einheiten { $r }, { $lower } bis { $upper }).
finding-within_undefined = Ob sich Teams und Kunden über die Zeit gemeinsam bewegen, ist nicht zu sagen: { $reason }.
finding-between_together = Einheiten mit zufriedeneren Teams haben zufriedenere Kunden (Zusammenhang zwischen Einheiten { $r }, { $lower } bis { $upper }).
finding-between_opposed = Einheiten mit zufriedeneren Teams haben weniger zufriedene Kunden (Zusammenhang zwischen Einheiten { $r }, { $lower } bis { $upper }).
finding-between_unclear = Ob Einheiten mit zufriedeneren Teams zufriedenere Kunden haben, ist noch nicht zu sagen (Zusammenhang zwischen Einheiten { $r }, { $lower } bis { $upper }).
finding-between_undefined = Die Einheiten lassen sich nicht vergleichen: { $reason }.
finding-within_and_between_differ = Innerhalb der Einheiten und zwischen ihnen weisen die beiden in entgegengesetzte Richtungen.
finding-fragile = Vorsicht: Zählen große Einheiten stärker, ist die Antwort eine andere.
finding-few_units = Mit { $units } Einheiten ist das ein Bild, kein Beleg; nötig sind { $needed }.
finding-no_intervals = Eine Seite kommt ohne Intervalle, deshalb lässt sich keine Einheit einordnen.
finding-all_undecided = Noch lässt sich keine Einheit einordnen: die Intervalle sind zu breit für die Ziele.
alignment-finding = { $both ->
    [0] Keine Einheit ist
    [one] 1 Einheit ist
   *[other] { $both } Einheiten sind
  } klar gut für beide. { $customers ->
    [0] Nirgends sind die Kunden zufrieden und das Team nicht
    [one] In 1 sind die Kunden zufrieden und das Team nicht
   *[other] In { $customers } sind die Kunden zufrieden und das Team nicht
  }; { $employees } umgekehrt; { $neither } für beide zu wenig. Bei { $undecided } ist es noch nicht zu sagen{ $hidden ->
    [0] .
   *[other] , und { $hidden } haben zu wenige Antworten, um gezeigt zu werden.
  }
alignment-method = Ein Punkt ist eine Einheit, die Linien sind ihre { $level }-Intervalle: breit genug, um für alle { $units } Einheiten zusammen zu gelten. Eine Einheit wird nur eingeordnet, wenn beide jenseits der gestrichelten Linien liegen. Einheiten werden nie in eine Rangfolge gebracht.
alignment-missing-no_internal_facts = { $party }: in diesem Zeitraum nicht gehört. Fragen Sie sie: ohne ihre Seite kann niemand sagen, wer zahlt.
alignment-missing-no_external_facts = { $party }: in diesem Zeitraum nicht gehört. Fragen Sie sie.
cut-target = { $indicator }: Ihr Ziel ist { $value }.
cut-mean_without_unit = { $indicator }: es ist kein Ziel gesetzt, darum wird jede Einheit am Mittel der anderen gemessen, durchschnittlich { $value }.
nonresponse = Einheiten, in denen mehr Menschen antworten, liegen { $direction ->
    [higher] höher
   *[lower] niedriger
  } (Zusammenhang { $r }, { $lower } bis { $upper }, { $units } Einheiten). Wer schweigt, denkt vielleicht anders.
reason-one_answer = kein Intervall: eine einzige Antwort
reason-no_variation = eines von beiden verändert sich nicht
reason-too_few_units = zu wenige Einheiten
reason-one_unit = es gibt nur eine Einheit
reason-one_period = es gibt nur einen Zeitraum
reason-too_few = zu wenige Antworten
reason-not_a_sample = eine Zahl von außen, keine Stichprobe
reason-no_covariance = kein Intervall: die Teile stammen aus verschiedenen Antworten
trend-of = { $indicator }, im Lauf der Zeit
trend-method = Das Band ist das 95-%-Intervall.
trend-target = Gestrichelt: das Ziel, { $target }.
last-known = Zuletzt bekannt: { $estimate }.
change = { $change } gegenüber dem vorigen Zeitraum ({ $lower } bis { $upper }).
change-unclear = { $change } gegenüber dem vorigen Zeitraum ({ $lower } bis { $upper }): kann Zufall sein.
change-bare = { $change } gegenüber dem vorigen Zeitraum.
response = { $rate } der Gefragten haben geantwortet ({ $responded } von { $invited })
response-rate = { $rate } der Gefragten haben geantwortet
ask-them = Fragen Sie sie: bringen Sie ihre Antworten ein
contact-differs = { $first } { $change } gegenüber { $second } ({ $lower } bis { $upper }).
empty-facts-go = Erste Datei importieren
import-steps = Schritte eines Imports
import-kind-responses = Antworten, eine Zeile je Person
import-kind-aggregates = Ergebnisse, eine Zeile je Einheit und Zeitraum
import-kind-observations = Beobachtungen eines Servicestandards, eine je Zeile
mapping-lead = Wir lesen { $file } als { $kind } und haben die Spalten hierfür gehalten. Berichtigen Sie, was nicht stimmt; der Text darunter folgt.
mapping-columns = Spalten der Datei
mapping-target-of = { $column }: gehalten für
mapping-unsure = nicht sicher: bitte prüfen
mapping-text-note = Hier lässt sich alles sagen; docs/IMPORT.md erklärt jeden Schlüssel.
target-unit = Einheit
target-time = Zeitpunkt
target-party = Gruppe
target-wave = Runde
target-respondent = Antwortende Person (als Schlüssel gespeichert, nicht als Name)
target-channel = Kanal
target-language = Sprache
target-weight = Gewicht
target-item = Frage: { $title }
preview-problems = { $problems ->
    [one] 1 Problem gefunden
   *[other] { $problems } Probleme gefunden
  }. Es wurde nichts gespeichert.
preview-checked = Alle { $rows } Zeilen wurden geprüft.
preview-missing = Ohne Antwort: { $columns }.
preview-units = { $units ->
    [one] 1 Einheit ist neu
   *[other] { $units } Einheiten sind neu
  }: { $names }.
on-error = Was mit Zeilen geschieht, die ein Problem haben
on-error-abort = Nichts speichern: zurück und erst berichtigen
on-error-reject = Die guten Zeilen speichern; die anderen kommen in eine Datei neben dem Bericht
run-read = Zeilen gelesen
run-stored = Gespeichert
run-rejected = Abgewiesen
run-dropped = Als doppelt weggelassen
run-reject-file = Die abgewiesenen Zeilen stehen in { $file }, im Datenordner.
run-snapshot = Gespeichert als { $snapshot }.
run-correct = Zuordnung berichtigen
past-title = Was früher hereinkam
past-none = Noch nichts. Wählen Sie oben eine Datei.
past-file = Datei
past-when = Wann
past-status = Stand
past-stored = Zeilen gespeichert
past-rejected = Abgewiesen
status-queued = wartet
status-running = läuft
status-done = gespeichert
status-failed = gescheitert, nichts gespeichert
status-already_stored = war schon da
about = Worum es geht
about-standard = Geschuldet von { $by } an { $to }.
about-party = Unter { $minimum } wird nichts gezeigt.
