# Les phrases d'Evenkeel. Ce que l'organisation a nommé vient de son socle.
skip = Aller au contenu
nav-label = Pages
nav-menu = Menu
nav-overview = Vue d'ensemble
nav-import = Importer
nav-agreed = Socle
language = Langue
dark-mode = Affichage sombre
light-mode = Affichage clair
demo = organisation inventée
loading = Chargement
close = Fermer
back = Retour
problem = Quelque chose ne va pas
problem-unknown = La réponse n'est pas arrivée. Le serveur tourne-t-il encore ?

overview-title = Vue d'ensemble, { $period }
period = Période
granularity = Par
granularity-day = jour
granularity-week = semaine
granularity-month = mois
granularity-quarter = trimestre
granularity-year = année
granularity-all = toute la durée
level = Niveau
unit = Unité
value = Valeur
placed = Où elle se situe

alignment-title = Là où clients et équipes se rejoignent
alignment-missing-no_pair = Aucune paire d'un indicateur interne et d'un indicateur externe n'est encore convenue. Nommez-en une sous [alignment] dans organisation.toml.
alignment-missing-no_units = Aucune unité n'a les deux côtés dans cette période.
association = Aller ensemble n'est pas causer.
quadrant-both = bien pour les deux
quadrant-customers_only = clients satisfaits, équipe non
quadrant-employees_only = équipe satisfaite, clients non
quadrant-neither = insuffisant pour les deux
quadrant-undecided = pas encore concluant
quadrant-not_shown = non affiché
nonresponse-title = Prudence : ceux qui répondent peuvent différer de ceux qui se taisent

hidden = masqué : moins de { $minimum } personnes
reason-no_answers = personne n'a répondu
reason-no_spread_given = pas d'intervalle : la source ne donne pas la dispersion
reason-zero_variance = pas d'intervalle : toutes les réponses sont les mêmes
reason-one_cluster = pas d'intervalle : une seule personne
reason-other = ne se calcule pas à partir de ces faits
change-none = Pas de période précédente à comparer.
method = Intervalle à 95 % : { $method }.
method-tango_score = méthode du score pour le NPS
method-wilson = méthode du score de Wilson
method-t = intervalle t de la moyenne
method-linearised = erreur type linéarisée
method-clustered_t = entre personnes, car certaines ont répondu plusieurs fois
method-other = voir docs/METHODS.md

response-unknown = nous ne savons pas combien ont été sollicités
not-heard = pas entendu dans cette période
empty-chair = Une chaise vide : { $party }
empty-chair-do = Personne de ce groupe n'a été entendu dans cette période. Demandez-leur avant de décider quoi que ce soit qui les touche.
unit-not-heard = { $party } : pas entendu ici, ou moins de { $minimum } réponses à chaque période.

contact = Contact avec les clients
contact-method = Intervalles à 95 % par groupe ; une différence n'est nommée que si son intervalle, corrigé du nombre de comparaisons, exclut zéro.
contact-same = Aucune différence entre les groupes que le hasard ne puisse expliquer.
delivery = Promesses : tenues ou non

figure-options = Options de { $title }
figure-table = Afficher en tableau
figure-chart = Afficher en graphique
figure-role = graphique

empty-facts = Rien n'a encore été entendu ni vu
empty-facts-do = Apportez un fichier : des réponses de clients ou d'employés, des chiffres par unité et période, ou des observations d'un engagement de service.

import-title = Importer
import-lead = Apportez votre propre fichier. Il est enregistré en entier ou pas du tout, et une seule fois, même si vous le relancez.
import-step-file = Choisir un fichier
import-step-mapping = Vérifier ce qui a été deviné
import-step-preview = Regarder les lignes
import-step-run = Lancer
import-drop = Déposez un fichier ici, ou
import-choose = Choisir un fichier
import-kinds = CSV, TSV, Excel, NDJSON ou Parquet ; les fichiers texte aussi en gzip
import-uploading = Envoi en cours
mapping-column = Colonne
mapping-samples = Valeurs
mapping-target = Pris pour
mapping-unused = non utilisé
mapping-text = Correspondance
mapping-look = Regarder les lignes
preview-ok = Aucun problème trouvé
preview-rows = Les premières lignes, telles qu'elles seraient enregistrées
preview-run = Importer
run-going = Importation : { $rows } lignes lues
run-done = Enregistré
run-already = Déjà enregistré
run-already-note = Le même fichier est déjà arrivé avec la même correspondance. Rien n'a été ajouté.
run-look = Voir la vue d'ensemble
run-again = Importer un autre fichier

agreed-lead = Tout ce qui est en vigueur (version { $version }). Les responsables le modifient sous forme de texte : evenkeel export, modifier, evenkeel plan, evenkeel apply.
agreed-find = Chercher par nom, identifiant ou responsable
agreed-none = Rien sous ce nom.
name = Nom
owner = Responsable
version = Version
kind-organisation = Organisation
kind-party = Groupes
kind-unit = Unités
kind-team = Équipes responsables
kind-touchpoint = Points de contact
kind-standard = Engagements de service
kind-instrument = Questionnaires
kind-indicator = Indicateurs
kind-covariate = Chiffres venus d'ailleurs
kind-mirror = Miroirs
kind-attribute = Attributs

start-title = Bienvenue. Rien n'est encore convenu ici.
start-lead = Evenkeel commence par ce que vous convenez : quels sont vos groupes, ce que vous leur promettez, comment vous les écoutez. Partez d'un exemple et faites-le vôtre.
start-demo = Partir du socle de la démonstration, sous vos propres noms
start-name = Nom de votre organisation
start-party-customer = Vos clients s'appellent
start-party-customer-example = Clients
start-party-frontline = Votre première ligne s'appelle
start-party-frontline-example = Équipes des restaurants
start-party-back_office = Vos services de soutien s'appellent
start-party-back_office-example = Services de soutien
start-level-chain = L'ensemble s'appelle
start-level-chain-example = Chaîne
start-level-region = Un groupe de lieux s'appelle
start-level-region-example = Région
start-level-restaurant = Un lieu s'appelle
start-level-restaurant-example = Restaurant
start-rename-note = Laissez un nom vide pour garder celui de l'exemple. Tout peut être changé plus tard.
start-go = Commencer
start-own = Ou appliquer un dossier à vous
start-own-do = Un socle est un dossier de petits fichiers texte qui peut vivre dans git. Voir examples/ pour quelques-uns.

not-found = Cette page n'existe pas
not-found-do = L'adresse a peut-être été coupée, ou la page a été déplacée.
problem-id = Dans le journal du serveur, c'est { $id }.
spot-line = ligne { $line }
spot-column = colonne { $column }
spots-more = Et encore { $more }.
range = { $lower } à { $upper }
n = n = { $n }
interval = Intervalle à 95 %
group = Groupe
target = Cible { $target }.
snapshot = État { $snapshot }.
legend = Ce que signifient les formes
figure-keys = Les flèches parcourent les points.
figure-keys-open = Les flèches parcourent les points, Entrée en ouvre un.
opened-finest_level_with_results = Affiché par { $level }, le niveau le plus fin où des résultats peuvent apparaître : { $shown } sur { $total } ont assez de réponses des deux côtés. Les groupes de moins de { $minimum } employés restent masqués, pour que la réponse de personne ne puisse être déduite.
opened-asked_for = Affiché par { $level }, comme vous l'avez choisi : { $shown } sur { $total } ont assez de réponses des deux côtés. Les groupes de moins de { $minimum } employés restent masqués, pour que la réponse de personne ne puisse être déduite.
opened-no_level_with_results = Aucun niveau n'a encore assez de réponses des deux côtés dans cette période. Les groupes de moins de { $minimum } employés restent masqués, pour que la réponse de personne ne puisse être déduite.
period-latest_complete = C'est la dernière période terminée.
period-latest_with_facts = C'est la dernière période avec des réponses ; elle n'est peut-être pas terminée.
period-asked_for = Vous avez choisi cette période.
period-no_facts = Il n'y a encore de réponses dans aucune période.
level-shown = { $level } ({ $shown } sur { $total })
silent = Pas entendu dans cette période : { $parties }. Ce qui est dit ici ne les concerne pas.
finding-none = Clients et employés ne peuvent pas encore être mis côte à côte dans cette période.
finding-within_together = Là où une équipe va mieux que d'habitude, ses clients vont mieux aussi (corrélation au sein des unités { $r }, { $lower } à { $upper }).
finding-within_opposed = Là où une équipe va mieux que d'habitude, ses clients vont moins bien (corrélation au sein des unités { $r }, { $lower } à { $upper }).
finding-within_unclear = On ne peut pas encore dire si les clients vont mieux quand leur équipe va mieux (corrélation au sein des unités { $r }, { $lower } à { $upper }).
finding-within_undefined = On ne peut pas dire si équipes et clients évoluent ensemble dans le temps : { $reason }.
finding-between_together = Les unités dont l'équipe est plus satisfaite ont des clients plus satisfaits (corrélation entre unités { $r }, { $lower } à { $upper }).
finding-between_opposed = Les unités dont l'équipe est plus satisfaite ont des clients moins satisfaits (corrélation entre unités { $r }, { $lower } à { $upper }).
finding-between_unclear = On ne peut pas encore dire si les unités dont l'équipe est plus satisfaite ont des clients plus satisfaits (corrélation entre unités { $r }, { $lower } à { $upper }).
finding-between_undefined = Les unités ne peuvent pas être comparées : { $reason }.
finding-within_and_between_differ = Au sein des unités et entre unités, les deux pointent en sens contraire.
finding-fragile = Prudence : si les grandes unités comptent davantage, la réponse change.
finding-few_units = Avec { $units } unités, c'est une image, pas une preuve ; il en faut { $needed }.
finding-no_intervals = Un côté vient sans intervalles, si bien qu'aucune unité ne peut être placée.
finding-all_undecided = Aucune unité ne peut encore être placée : les intervalles sont trop larges pour les cibles.
alignment-finding = { $both ->
    [0] Aucune unité n'est
    [1] 1 unité est
   *[other] { $both } unités sont
  } clairement bien pour les deux. { $customers ->
    [0] Nulle part les clients ne sont satisfaits et l'équipe non
    [1] Dans 1, les clients sont satisfaits et l'équipe non
   *[other] Dans { $customers }, les clients sont satisfaits et l'équipe non
  } ; { $employees } dans l'autre sens ; { $neither } insuffisantes pour les deux. Pour { $undecided }, ce n'est pas encore concluant{ $hidden ->
    [0] .
   *[other] , et { $hidden } ont trop peu de réponses pour être affichées.
  }
alignment-method = Un point est une unité, les lignes sont ses intervalles à { $level } : assez larges pour valoir pour les { $units } unités ensemble. Une unité n'est placée que si les deux franchissent les lignes pointillées. Les unités ne sont jamais classées.
alignment-missing-no_internal_facts = { $party } : pas entendu dans cette période. Demandez-leur : sans leur côté, personne ne peut dire qui paie.
alignment-missing-no_external_facts = { $party } : pas entendu dans cette période. Demandez-leur.
cut-target = { $indicator } : votre cible est { $value }.
cut-mean_without_unit = { $indicator } : aucune cible n'est fixée, chaque unité est donc comparée à la moyenne des autres, { $value } en moyenne.
nonresponse = Les unités où plus de gens répondent ont un résultat { $direction ->
    [higher] plus élevé
   *[lower] plus bas
  } (corrélation { $r }, { $lower } à { $upper }, { $units } unités). Ceux qui se taisent pensent peut-être autrement.
reason-one_answer = pas d'intervalle : une seule réponse
reason-no_variation = l'un des deux ne varie pas
reason-too_few_units = trop peu d'unités
reason-one_unit = il n'y a qu'une unité
reason-one_period = il n'y a qu'une période
reason-too_few = trop peu de réponses
reason-not_a_sample = un chiffre venu d'ailleurs, pas un échantillon
reason-no_covariance = pas d'intervalle : les parties viennent de réponses différentes
trend-of = { $indicator }, dans le temps
trend-method = La bande est l'intervalle à 95 %.
trend-target = En pointillé : la cible, { $target }.
last-known = Dernier résultat connu : { $estimate }.
change = { $change } par rapport à la période précédente ({ $lower } à { $upper }).
change-unclear = { $change } par rapport à la période précédente ({ $lower } à { $upper }) : peut être le hasard.
change-bare = { $change } par rapport à la période précédente.
response = { $rate } des personnes sollicitées ont répondu ({ $responded } sur { $invited })
response-rate = { $rate } des personnes sollicitées ont répondu
ask-them = Demandez-leur : apportez leurs réponses
contact-differs = { $first } { $change } par rapport à { $second } ({ $lower } à { $upper }).
empty-facts-go = Importer un premier fichier
import-steps = Étapes d'une importation
import-kind-responses = réponses, une ligne par répondant
import-kind-aggregates = résultats, une ligne par unité et période
import-kind-observations = observations d'un engagement de service, une par ligne
mapping-lead = Nous lisons { $file } comme { $kind }, et avons pris ses colonnes pour ceci. Corrigez ce qui est faux ; le texte en dessous suit.
mapping-columns = Colonnes du fichier
mapping-target-of = { $column } : pris pour
mapping-unsure = pas sûr : à vérifier
mapping-text-note = Tout peut se dire ici ; docs/IMPORT.md explique chaque clé.
target-unit = Unité
target-time = Moment
target-party = Groupe
target-wave = Vague
target-respondent = Répondant (gardé comme clé, pas comme nom)
target-channel = Canal
target-language = Langue
target-weight = Poids
target-item = Question : { $title }
preview-problems = { $problems ->
    [1] 1 problème trouvé
   *[other] { $problems } problèmes trouvés
  }. Rien n'a été enregistré.
preview-checked = Les { $rows } lignes ont toutes été vérifiées.
preview-missing = Sans réponse : { $columns }.
preview-units = { $units ->
    [1] 1 unité est nouvelle
   *[other] { $units } unités sont nouvelles
  } : { $names }.
on-error = Que faire des lignes qui posent problème
on-error-abort = Ne rien enregistrer : revenir et corriger d'abord
on-error-reject = Enregistrer les bonnes lignes ; les autres vont dans un fichier à côté du rapport
run-read = Lignes lues
run-stored = Enregistrées
run-rejected = Rejetées
run-dropped = Écartées comme doublons
run-reject-file = Les lignes rejetées sont dans { $file }, dans le dossier de données.
run-snapshot = Enregistré comme { $snapshot }.
run-correct = Corriger la correspondance
past-title = Ce qui est arrivé auparavant
past-none = Rien encore. Choisissez un fichier ci-dessus.
past-file = Fichier
past-when = Quand
past-status = État
past-stored = Lignes enregistrées
past-rejected = Rejetées
status-queued = en attente
status-running = en cours
status-done = enregistré
status-failed = échoué, rien d'enregistré
status-already_stored = y était déjà
about = À propos
about-standard = Dû par { $by } à { $to }.
about-party = Rien n'est affiché en dessous de { $minimum }.
