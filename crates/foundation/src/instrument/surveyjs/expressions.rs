//! Names in expressions: `{nps} <= 6` is refused when nothing is called `nps`.

use super::Survey;
use crate::reading::nearest;

impl Survey<'_> {
    /// Checks the names in every expression that was met.
    pub(super) fn expressions(&mut self) {
        for (node, expression) in std::mem::take(&mut self.expressions) {
            let Some(names) = names(&expression) else {
                let message = "a brace is not closed";
                self.wrong(&node, message, &format!("{expression:?}"), "{name}");
                continue;
            };
            for name in names {
                let (question, row) = match name.split_once('.') {
                    Some((question, row)) => (question, Some(row)),
                    None => (name, None),
                };
                let item = row.map(|row| format!("{question}_{row}"));
                let is_known = self.questions.contains_key(question)
                    && item.is_none_or(|id| self.items.iter().any(|i| i.id.as_str() == id));
                if is_known {
                    continue;
                }
                let near = nearest(question, self.questions.keys().map(String::as_str));
                let hint = near
                    .filter(|near| *near != question)
                    .map_or(String::new(), |near| format!("; did you mean `{near}`?"));
                let message = format!("no question is called `{name}`{hint}");
                let found = format!("{expression:?}");
                self.wrong(&node, &message, &found, "{question} or {matrix.row}");
            }
        }
    }
}

/// What stands in braces; None when one is not closed.
fn names(expression: &str) -> Option<Vec<&str>> {
    let mut names = Vec::new();
    let mut rest = expression;
    while let Some(open) = rest.find('{') {
        let inside = &rest[open + 1..];
        let close = inside.find('}')?;
        names.push(inside[..close].trim());
        rest = &inside[close + 1..];
    }
    Some(names)
}

#[cfg(test)]
mod tests {
    use super::names;

    #[test]
    fn names_are_what_stands_in_braces() {
        assert_eq!(names("{a} > 6 and { b.c } empty"), Some(vec!["a", "b.c"]));
        assert_eq!(names("true"), Some(vec![]));
        assert_eq!(names("{a"), None);
    }
}
