//! Numbers as people type them: `35k`, `1e9`, `2.5 %`, `200 ms`, `1.6 TB`, `34,700 QPS`.

/// A number with the unit that was typed, if any.
#[derive(Clone, Debug, PartialEq)]
pub struct Quantity {
    /// With `k`, `M`, `B` applied.
    pub value: f64,
    /// As typed, without spaces around.
    pub unit: String,
}

/// Units that can be turned into each other: name, group, size in the group's base.
const UNITS: &[(&str, &str, f64)] = &[
    ("b", "bytes", 1.0),
    ("byte", "bytes", 1.0),
    ("bytes", "bytes", 1.0),
    ("kb", "bytes", 1e3),
    ("mb", "bytes", 1e6),
    ("gb", "bytes", 1e9),
    ("tb", "bytes", 1e12),
    ("pb", "bytes", 1e15),
    ("kib", "bytes", 1024.0),
    ("mib", "bytes", 1_048_576.0),
    ("gib", "bytes", 1_073_741_824.0),
    ("tib", "bytes", 1_099_511_627_776.0),
    ("us", "time", 1e-6),
    ("µs", "time", 1e-6),
    ("ms", "time", 1e-3),
    ("s", "time", 1.0),
    ("sec", "time", 1.0),
    ("second", "time", 1.0),
    ("seconds", "time", 1.0),
    ("min", "time", 60.0),
    ("minute", "time", 60.0),
    ("minutes", "time", 60.0),
    ("h", "time", 3600.0),
    ("hour", "time", 3600.0),
    ("hours", "time", 3600.0),
    ("d", "time", 86_400.0),
    ("day", "time", 86_400.0),
    ("days", "time", 86_400.0),
    ("week", "time", 604_800.0),
    ("weeks", "time", 604_800.0),
    ("%", "share", 0.01),
    ("percent", "share", 0.01),
];

/// Reads a number with an optional multiplier and unit. `None` when there is no number, or text
/// around it that is no unit.
pub fn parse_quantity(text: &str) -> Option<Quantity> {
    let text = text.trim().trim_start_matches(['~', '≈', '=']).trim_start();
    let mut digits = String::new();
    let mut rest = text;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let exponent = matches!(c, 'e' | 'E')
            && digits.ends_with(|d: char| d.is_ascii_digit())
            && !digits.contains(['e', 'E'])
            && chars
                .peek()
                .is_some_and(|(_, n)| n.is_ascii_digit() || matches!(n, '+' | '-'));
        let sign = matches!(c, '-' | '+' | '−') && (digits.is_empty() || digits.ends_with('e'));
        let grouping =
            matches!(c, ',' | '_' | '\'') && chars.peek().is_some_and(|(_, n)| n.is_ascii_digit());
        if c.is_ascii_digit() || c == '.' {
            digits.push(c);
        } else if exponent {
            digits.push('e');
        } else if sign {
            digits.push(if c == '+' { '+' } else { '-' });
        } else if !grouping || digits.is_empty() {
            rest = text.get(at..).unwrap_or_default();
            break;
        }
        rest = text.get(at + c.len_utf8()..).unwrap_or_default();
    }
    let value: f64 = digits.trim_start_matches('+').parse().ok()?;
    if !value.is_finite() {
        return None;
    }
    let (factor, unit) = multiplier(rest.trim());
    if unit.split_whitespace().count() > 4 || unit.chars().any(|c| c.is_ascii_digit()) {
        return None;
    }
    Some(Quantity {
        value: value * factor,
        unit: unit.to_owned(),
    })
}

/// `k QPS` → (1000, "QPS"); `ms` → (1, "ms").
fn multiplier(rest: &str) -> (f64, &str) {
    const WORDS: &[(&str, f64)] = &[
        ("thousand", 1e3),
        ("million", 1e6),
        ("billion", 1e9),
        ("trillion", 1e12),
        ("bn", 1e9),
        ("k", 1e3),
        ("K", 1e3),
        ("M", 1e6),
        ("m", 1e6),
        ("B", 1e9),
        ("T", 1e12),
    ];
    for (word, factor) in WORDS {
        if let Some(after) = rest.strip_prefix(word) {
            if after.is_empty() || after.starts_with(char::is_whitespace) || after.starts_with('/')
            {
                return (*factor, after.trim());
            }
        }
    }
    (1.0, rest)
}

/// The value in `unit`, when the typed unit can be turned into it. No unit, or one that is not
/// known, is taken to be the wanted one: an interviewer would not quibble either.
pub fn same_dimension(given: &Quantity, unit: &str) -> Option<f64> {
    let find = |name: &str| {
        let name = name.trim().to_lowercase();
        UNITS.iter().find(|(own, _, _)| *own == name)
    };
    match (find(&given.unit), find(unit)) {
        (Some((_, from, size)), Some((_, to, base))) if from == to => {
            Some(given.value * size / base)
        }
        // "20 TB" where a rate is wanted, or "3 %" where gigabytes are: another dimension.
        (Some(_), Some(_)) => None,
        // "25 %" of a bare number.
        (Some((_, "share", size)), None) if unit.is_empty() => Some(given.value * size),
        _ => Some(given.value),
    }
}

/// A number with three significant digits, grouped or in scientific form when large.
pub fn format_number(value: f64) -> String {
    let size = value.abs();
    if size != 0.0 && !(1e-4..1e7).contains(&size) {
        let exponent = size.log10().floor() as i32;
        let digits = value / 10f64.powi(exponent);
        return format!("{}e{exponent}", trim(&format!("{digits:.2}")));
    }
    let decimals = if size >= 100.0 {
        0
    } else if size >= 10.0 {
        1
    } else if size >= 1.0 {
        2
    } else if size >= 0.01 {
        4
    } else {
        6
    };
    let text = format!("{value:.decimals$}");
    if decimals > 0 {
        return trim(&text);
    }
    let (sign, digits) = match text.strip_prefix('-') {
        Some(digits) => ("-", digits),
        None => ("", text.as_str()),
    };
    let mut grouped = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at) % 3 == 0 {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    format!("{sign}{grouped}")
}

fn trim(text: &str) -> String {
    if text.contains('.') {
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    } else {
        text.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn value(text: &str) -> Option<f64> {
        parse_quantity(text).map(|quantity| quantity.value)
    }

    #[test]
    fn numbers_as_people_type_them() {
        assert_eq!(value("35k"), Some(35_000.0));
        assert_eq!(value("35 k QPS"), Some(35_000.0));
        assert_eq!(value("1e9"), Some(1e9));
        assert_eq!(value("~34,722 qps"), Some(34_722.0));
        assert_eq!(value("2.5 %"), Some(2.5));
        assert_eq!(value("1.2e-3"), Some(0.0012));
        assert_eq!(value("-4"), Some(-4.0));
        assert_eq!(value("17 million"), Some(17e6));
        assert_eq!(value("100M users"), Some(100e6));
        for bad in ["", "many", "k35", "12 34", "1.2.3", "five ms"] {
            assert_eq!(value(bad), None, "{bad}");
        }
    }

    #[test]
    fn units_turn_into_each_other() {
        let turn = |text: &str, unit: &str| {
            parse_quantity(text).and_then(|quantity| same_dimension(&quantity, unit))
        };
        assert_eq!(turn("0.2 s", "ms"), Some(200.0));
        assert_eq!(turn("20000 GB", "TB"), Some(20.0));
        assert_eq!(turn("25 %", ""), Some(0.25));
        assert_eq!(turn("35k", "QPS"), Some(35_000.0));
        assert_eq!(turn("20 TB", "ms"), None);
    }

    #[test]
    fn numbers_are_written_for_people() {
        assert_eq!(format_number(34_722.22), "34,722");
        assert_eq!(format_number(51.2), "51.2");
        assert_eq!(format_number(0.000_988), "0.000988");
        assert_eq!(format_number(1e9), "1e9");
        assert_eq!(format_number(17.4e6), "1.74e7");
        assert_eq!(format_number(0.0), "0");
    }

    proptest! {
        #[test]
        fn any_text_is_read_without_panic(text in ".{0,20}") {
            let _ = parse_quantity(&text);
        }

        #[test]
        fn any_number_is_written_without_panic(value in proptest::num::f64::ANY) {
            let _ = format_number(value);
        }
    }
}
