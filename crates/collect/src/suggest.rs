//! The nearest of the words that are allowed, for "did you mean".
//!
//! Invariant: a suggestion is only made when it is close; a far one misleads more than it helps.

/// The one of `allowed` that `found` most likely stands for, ignoring case, blanks and
/// punctuation; None when nothing is near.
pub(crate) fn nearest<'a>(
    found: &str,
    allowed: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    let wanted = plain(found);
    let bound = (wanted.chars().count() / 3).clamp(1, 4);
    let away = |candidate: &str| {
        let candidate = plain(candidate);
        // Half of a name is a likely slip too, but less so than a letter.
        let within = wanted.len() >= 3 && candidate.contains(&wanted);
        let spelled = distance(&wanted, &candidate);
        if within { spelled.min(bound) } else { spelled }
    };
    allowed
        .into_iter()
        .map(|candidate| (away(candidate), candidate))
        .filter(|(away, _)| *away <= bound)
        .min_by_key(|(away, _)| *away)
        .map(|(_, candidate)| candidate)
}

/// `; did you mean X?`, or nothing.
pub(crate) fn did_you_mean<'a>(found: &str, allowed: impl IntoIterator<Item = &'a str>) -> String {
    nearest(found, allowed).map_or_else(String::new, |near| format!("; did you mean `{near}`?"))
}

/// At most `most` of the words, for messages about files with thousands of columns.
pub(crate) fn listed<'a>(words: impl IntoIterator<Item = &'a str>, most: usize) -> String {
    let mut words = words.into_iter();
    let shown: Vec<&str> = words.by_ref().take(most).collect();
    let rest = words.count();
    let mut text = shown.join(", ");
    if rest > 0 {
        text.push_str(&format!(", … ({rest} more)"));
    }
    text
}

fn plain(text: &str) -> String {
    text.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

/// Letters to add, drop, exchange or swap with their neighbour.
fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut before: Vec<usize> = Vec::new();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for i in 0..a.len() {
        let mut next = vec![i + 1];
        for j in 0..b.len() {
            let exchanged = row[j] + usize::from(a[i] != b[j]);
            let mut least = exchanged.min(next[j] + 1).min(row[j + 1] + 1);
            if i > 0 && j > 0 && a[i] == b[j - 1] && a[i - 1] == b[j] {
                least = least.min(before[j - 1] + 1);
            }
            next.push(least);
        }
        before = std::mem::replace(&mut row, next);
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_words_are_suggested_and_far_ones_are_not() {
        let columns = ["dbn", "schoolname", "saf_p_11", "N_p"];
        assert_eq!(nearest("saf-p-11", columns), Some("saf_p_11"));
        assert_eq!(nearest("SchoolNam", columns), Some("schoolname"));
        assert_eq!(nearest("dbnn", columns), Some("dbn"));
        assert_eq!(nearest("respondent", columns), None);
        assert_eq!(nearest("name", columns), Some("schoolname"));
    }

    #[test]
    fn long_lists_are_cut() {
        assert_eq!(listed(["a", "b", "c"], 2), "a, b, … (1 more)");
        assert_eq!(listed(["a"], 2), "a");
    }

    #[test]
    fn distances() {
        assert_eq!(distance("", "abc"), 3);
        assert_eq!(distance("kitten", "sitting"), 3);
        assert_eq!(distance("same", "same"), 0);
        assert_eq!(distance("wiat", "wait"), 1);
    }
}
