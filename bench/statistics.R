# R's side of bench/statistics: survey for raking, psych for Cronbach's alpha.
#
#   Rscript statistics.R FOLDER RUNS SECONDS_MAX
#
# FOLDER holds what bench/statistics took from the tables: `columns.txt` (name, kind and rows of a
# column, a line each), a raw file for each column, and `margins.txt` (attribute, value, count).
# Reading them is not timed. Prints a line for each statistic: name, seconds, CPU seconds
# of a run, value, standard error; and `missing` with the Debian package that is not there.

arguments <- commandArgs(trailingOnly = TRUE)
folder <- arguments[1]
runs <- as.integer(arguments[2])
# After this many seconds no further run is begun.
seconds_max <- as.numeric(arguments[3])
# survey calibrates with the generalised inverse of MASS.
need <- c(survey = "r-cran-survey", MASS = "r-cran-mass", psych = "r-cran-psych")

columns <- read.table(file.path(folder, "columns.txt"), col.names = c("name", "kind", "rows"))
read_column <- function(name) {
  of <- columns[columns$name == name, ]
  file <- file.path(folder, name)
  if (of$kind == "float64") readBin(file, "double", n = of$rows, size = 8)
  else readBin(file, "integer", n = of$rows, size = 1)
}

timed <- function(name, compute) {
  seconds <- c()
  cpu <- 0
  while (length(seconds) < runs && (length(seconds) < 1 || sum(seconds) < seconds_max)) {
    gc(FALSE)
    begun <- proc.time()
    answer <- compute()
    took <- proc.time() - begun
    seconds <- c(seconds, took[["elapsed"]])
    cpu <- cpu + took[["user.self"]] + took[["sys.self"]]
  }
  told <- paste(trimws(format(seconds, digits = 6)), collapse = ",")
  cat(name, told, cpu / length(seconds), sprintf("%.17g", answer), "\n")
}

have <- function(names) {
  there <- sapply(names, requireNamespace, quietly = TRUE)
  for (name in names[!there]) cat("missing", need[[name]], "\n")
  all(there)
}

if (have(c("survey", "MASS"))) {
  suppressPackageStartupMessages(library(survey))
  margins <- read.table(file.path(folder, "margins.txt"), col.names = c("margin", "value", "count"))
  people <- data.frame(outcome = read_column("outcome"), weight = read_column("weight"))
  population <- c(`(Intercept)` = sum(margins$count[margins$margin == margins$margin[1]]))
  for (margin in unique(margins$margin)) {
    of <- margins[margins$margin == margin, ]
    people[[margin]] <- factor(read_column(margin), levels = of$value)
    # Treatment contrasts: the first value of each margin follows from the others.
    rest <- of[-1, ]
    population <- c(population, setNames(rest$count, paste0(margin, rest$value)))
  }
  formula <- reformulate(unique(margins$margin))
  timed("raking", function() {
    design <- svydesign(ids = ~1, weights = ~weight, data = people)
    raked <- calibrate(design, formula, population, calfun = "raking", epsilon = 1e-10, maxit = 100)
    mean <- svymean(~outcome, raked)
    c(coef(mean)[[1]], SE(mean)[[1]])
  })
  rm(people)
}

if (have("psych")) {
  items <- columns$name[startsWith(columns$name, "q")]
  answers <- sapply(items, read_column)
  storage.mode(answers) <- "double"
  bucket <- read_column("bucket")
  # What psych says about each of 64 matrices is not for a table.
  quietly <- function(call) suppressMessages(suppressWarnings(call))
  of_items <- function(covariance) {
    quietly(psych::alpha(covariance, warnings = FALSE)$total$raw_alpha)
  }
  # psych knows no jackknife: its alpha of the covariance of the rows left, bucket by bucket, which is
  # much faster than handing it the rows.
  timed("cronbach", function() {
    all <- of_items(cov(answers))
    rest <- sapply(0:63, function(out) of_items(cov(answers[bucket != out, ])))
    c(all, sqrt(63 / 64 * sum((rest - mean(rest))^2)))
  })
  # What people run: alpha of the rows with the standard error that psych prints (Duhachek & Iacobucci).
  timed("cronbach_rows", function() {
    found <- quietly(psych::alpha(as.data.frame(answers), warnings = FALSE))$total
    c(found$raw_alpha, found$ase)
  })
}
