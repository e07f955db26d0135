//! Sums in content: `100e6 * 10 / 86400`, so that every figure can be recomputed.

/// Deepest brackets.
const MAX_DEPTH: usize = 32;

/// The value of a sum of numbers, `+ - * / ^`, brackets, and `ln exp sqrt log2 log10 ceil`.
/// `^` binds tighter than a sign before it, and to the right.
///
/// # Errors
/// One line that says what was expected, with the character it was expected at (from 1).
pub fn evaluate(sum: &str) -> Result<f64, String> {
    let mut reader = Reader {
        left: sum.char_indices().collect(),
        at: 0,
        depth: 0,
    };
    let value = reader.terms()?;
    match reader.peek() {
        None if value.is_finite() => Ok(value),
        None => Err("the sum has no finite value".into()),
        Some(c) => Err(reader.fault(&format!("unexpected `{c}`"))),
    }
}

struct Reader {
    left: Vec<(usize, char)>,
    at: usize,
    depth: usize,
}

impl Reader {
    fn peek(&mut self) -> Option<char> {
        while self
            .left
            .get(self.at)
            .is_some_and(|(_, c)| c.is_whitespace())
        {
            self.at += 1;
        }
        self.left.get(self.at).map(|(_, c)| *c)
    }

    fn take(&mut self, wanted: char) -> bool {
        let found = self.peek() == Some(wanted);
        self.at += usize::from(found);
        found
    }

    fn fault(&self, what: &str) -> String {
        format!("{what} at character {}", self.at + 1)
    }

    fn terms(&mut self) -> Result<f64, String> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(self.fault("too many brackets"));
        }
        let mut value = self.factors()?;
        loop {
            if self.take('+') {
                value += self.factors()?;
            } else if self.take('-') {
                value -= self.factors()?;
            } else {
                self.depth -= 1;
                return Ok(value);
            }
        }
    }

    fn factors(&mut self) -> Result<f64, String> {
        let mut value = self.signed()?;
        loop {
            if self.take('*') {
                value *= self.signed()?;
            } else if self.take('/') {
                value /= self.signed()?;
            } else {
                return Ok(value);
            }
        }
    }

    fn signed(&mut self) -> Result<f64, String> {
        let mut minus = false;
        while self.take('-') {
            minus = !minus;
        }
        let value = self.power()?;
        Ok(if minus { -value } else { value })
    }

    fn power(&mut self) -> Result<f64, String> {
        let base = self.atom()?;
        if self.take('^') {
            self.depth += 1;
            if self.depth > MAX_DEPTH {
                return Err(self.fault("too many powers"));
            }
            let exponent = self.signed()?;
            self.depth -= 1;
            return Ok(base.powf(exponent));
        }
        Ok(base)
    }

    fn atom(&mut self) -> Result<f64, String> {
        match self.peek() {
            Some('(') => {
                self.at += 1;
                let value = self.terms()?;
                if self.take(')') {
                    Ok(value)
                } else {
                    Err(self.fault("expected `)`"))
                }
            }
            Some(c) if c.is_ascii_digit() || c == '.' => self.number(),
            Some(c) if c.is_ascii_alphabetic() => self.function(),
            _ => Err(self.fault("expected a number")),
        }
    }

    fn number(&mut self) -> Result<f64, String> {
        let start = self.at;
        let mut text = String::new();
        while let Some((_, c)) = self.left.get(self.at) {
            let sign_of_exponent = matches!(c, '+' | '-') && text.ends_with(['e', 'E']);
            match c {
                '0'..='9' | '.' | 'e' | 'E' => text.push(*c),
                '_' => {}
                _ if sign_of_exponent => text.push(*c),
                _ => break,
            }
            self.at += 1;
        }
        text.parse()
            .map_err(|_| format!("`{text}` is not a number at character {}", start + 1))
    }

    fn function(&mut self) -> Result<f64, String> {
        let mut name = String::new();
        while let Some((_, c)) = self
            .left
            .get(self.at)
            .filter(|(_, c)| c.is_ascii_alphanumeric())
        {
            name.push(*c);
            self.at += 1;
        }
        if self.peek() != Some('(') {
            return Err(self.fault(&format!("expected `(` after `{name}`")));
        }
        let argument = self.atom()?;
        match name.as_str() {
            "ln" => Ok(argument.ln()),
            "exp" => Ok(argument.exp()),
            "sqrt" => Ok(argument.sqrt()),
            "log2" => Ok(argument.log2()),
            "log10" => Ok(argument.log10()),
            "ceil" => Ok(argument.ceil()),
            _ => Err(format!(
                "no function `{name}`: ln, exp, sqrt, log2, log10, ceil"
            )),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn sums_of_the_content_come_out() {
        let of = |sum: &str| evaluate(sum).unwrap();
        assert!((of("100e6 * 10 / 86400 * 3") - 34_722.22).abs() < 0.01);
        assert!((of("0.09 / (0.09 + (1 - 0.09) / 0.01)") - 0.000_988).abs() < 1e-6);
        assert_eq!(of("2 ^ 3 ^ 2"), 512.0);
        assert_eq!(of("-2 ^ 2"), -4.0);
        assert_eq!(of("1e-3 * 1_000"), 1.0);
        assert!((of("3 / log2(1 + 1) + 2/log2(3)") - 4.2619).abs() < 1e-4);
    }

    #[test]
    fn a_bad_sum_says_where() {
        assert_eq!(
            evaluate("2 * ").unwrap_err(),
            "expected a number at character 5"
        );
        assert_eq!(evaluate("(2").unwrap_err(), "expected `)` at character 3");
        assert!(evaluate("1/0").unwrap_err().contains("finite"));
        assert!(evaluate(&"(".repeat(10_000))
            .unwrap_err()
            .contains("brackets"));
        assert!(evaluate(&"2^".repeat(10_000)).is_err());
    }

    proptest! {
        #[test]
        fn any_text_is_read_without_panic(text in "[0-9a-z+*/^() .-]{0,40}") {
            let _ = evaluate(&text);
        }
    }
}
