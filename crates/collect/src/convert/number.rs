//! Numbers as people write them.
//!
//! Invariant: a text is either exactly one number or none: `1,23` is not 123, `1.2.3` is nothing,
//! and NaN and infinity are not numbers. Thousands separators are only taken in groups of three.

use crate::mapping::Decimal;

/// A number and whether a percent sign stood behind it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Written {
    pub value: f64,
    pub percent: bool,
}

/// Reads a number; blanks around it are dropped already.
pub(crate) fn parse(text: &str, decimal: Decimal) -> Option<Written> {
    if decimal == Decimal::Point
        && let Some(value) = plain(text)
    {
        return Some(Written {
            value,
            percent: false,
        });
    }
    let (text, percent) = match text.strip_suffix('%') {
        Some(rest) => (rest.trim_end(), true),
        None => (text, false),
    };
    let value = with_separators(text, decimal)?;
    Some(Written { value, percent })
}

/// Digits with an optional sign, point and exponent.
fn plain(text: &str) -> Option<f64> {
    let ordinary = text
        .bytes()
        .all(|b| b.is_ascii_digit() || matches!(b, b'.' | b'-' | b'+' | b'e' | b'E'));
    if !ordinary {
        return None;
    }
    text.parse::<f64>().ok().filter(|value| value.is_finite())
}

fn with_separators(text: &str, decimal: Decimal) -> Option<f64> {
    let (negative, text) = match text.strip_prefix(['-', '−']) {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let (mark, group) = match decimal {
        Decimal::Point => ('.', ','),
        Decimal::Comma => (',', '.'),
    };
    let (whole, broken) = match text.split_once(mark) {
        Some((whole, broken)) => (whole, Some(broken)),
        None => (text, None),
    };
    if !whole.starts_with(|c: char| c.is_ascii_digit()) && broken.is_none() {
        return None;
    }
    let separates = |c: char| c == group || matches!(c, ' ' | '\u{a0}' | '\u{202f}' | '\'' | '’');
    let mut groups = whole.split(separates);
    let first = groups.next()?;
    let mut digits = first.to_owned();
    let mut separated = false;
    for part in groups {
        if part.len() != 3 {
            return None;
        }
        separated = true;
        digits.push_str(part);
    }
    if separated && !(1..=3).contains(&first.len()) {
        return None;
    }
    if let Some(broken) = broken {
        digits.push('.');
        digits.push_str(broken);
    }
    let value = plain(&digits).filter(|_| !digits.starts_with(['-', '+']))?;
    Some(if negative { -value } else { value })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_with_a_point() {
        let value = |text| parse(text, Decimal::Point).map(|w| w.value);
        for (text, expected) in [
            ("4", 4.0),
            ("-0.5", -0.5),
            ("2017.0", 2017.0),
            ("1e3", 1000.0),
            ("615,099", 615_099.0),
            ("1 234 567.5", 1_234_567.5),
            ("1\u{a0}234", 1234.0),
            ("1'234", 1234.0),
            ("−3", -3.0),
            (".5", 0.5),
            ("-1,234.5", -1234.5),
        ] {
            assert_eq!(value(text), Some(expected), "{text}");
        }
        for bad in [
            "",
            "abc",
            "1,23",
            "1.2.3",
            "12,34,567",
            "1234,567",
            "NaN",
            "inf",
            "--",
            "1e999",
            "-",
            ".",
            "--5",
            "5 km",
        ] {
            assert_eq!(value(bad), None, "{bad}");
        }
    }

    #[test]
    fn numbers_with_a_comma() {
        let value = |text| parse(text, Decimal::Comma).map(|w| w.value);
        assert_eq!(value("1.234,5"), Some(1234.5));
        assert_eq!(value("3,5"), Some(3.5));
        assert_eq!(value("12"), Some(12.0));
        assert_eq!(value("1.5"), None);
    }

    #[test]
    fn percent_signs_are_told() {
        let written = parse("26.2 %", Decimal::Point).expect("a number");
        assert_eq!((written.value, written.percent), (26.2, true));
        let written = parse("26,2\u{a0}%", Decimal::Comma).expect("a number");
        assert_eq!((written.value, written.percent), (26.2, true));
        assert_eq!(parse("%", Decimal::Point), None);
    }
}
