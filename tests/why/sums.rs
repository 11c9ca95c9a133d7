//! Sums as they stand on a page, done again with exact decimals and the calendar.

use chrono::{Days, NaiveDate};

/// Numbers are held in ten-thousandths.
const ONE: i128 = 10_000;

/// What a term comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Value {
    Number(i128),
    Day(NaiveDate),
}

impl Value {
    pub fn whole(self) -> u64 {
        match self {
            Value::Number(n) if n % ONE == 0 => u64::try_from(n / ONE).unwrap(),
            other => panic!("{other:?} is no whole number"),
        }
    }

    pub fn hundredths(self) -> u64 {
        match self {
            Value::Number(n) if n % (ONE / 100) == 0 => u64::try_from(n * 100 / ONE).unwrap(),
            other => panic!("{other:?} is no number of hundredths"),
        }
    }

    pub fn day(self) -> NaiveDate {
        match self {
            Value::Day(day) => day,
            other => panic!("{other:?} is no day"),
        }
    }
}

/// What all terms of `a + b = c = d, remark` come to, if it is the same.
pub fn equal_terms(text: &str) -> Result<Value, String> {
    let mut sum = Sum { left: text };
    let value = sum.compared()?;
    while sum.take("=") {
        let next = sum.compared()?;
        if next != value {
            return Err(format!("{next:?} is not {value:?} in {text:?}"));
        }
    }
    match sum.left.is_empty() || sum.left.starts_with(", ") {
        true => Ok(value),
        false => Err(format!("{:?} is no end of a sum: {text:?}", sum.left)),
    }
}

/// The rest of a text that is being read.
struct Sum<'a> {
    left: &'a str,
}

impl Sum<'_> {
    fn take(&mut self, sign: &str) -> bool {
        match self.left.trim_start().strip_prefix(sign) {
            Some(rest) => {
                self.left = rest;
                true
            }
            None => false,
        }
    }

    fn must(&mut self, sign: &str) -> Result<(), String> {
        self.take(sign).then_some(()).ok_or(format!("no {sign:?} before {:?}", self.left))
    }

    /// A sum, and where it is held against another one, whether that is true.
    fn compared(&mut self) -> Result<Value, String> {
        let value = self.sum()?;
        let (sign, holds) = if self.take(">=") {
            (">=", value >= self.sum()?)
        } else if self.take("<") {
            ("<", value < self.sum()?)
        } else {
            return Ok(value);
        };
        holds.then_some(value).ok_or(format!("{sign} does not hold before {:?}", self.left))
    }

    fn sum(&mut self) -> Result<Value, String> {
        let mut value = self.product()?;
        loop {
            value = if self.take("+") {
                match (value, self.product()?) {
                    (Value::Number(a), Value::Number(b)) => Value::Number(a + b),
                    (Value::Day(day), b) => Value::Day(day + Days::new(b.whole())),
                    (a, b) => return Err(format!("{a:?} + {b:?}")),
                }
            } else if self.take("-") {
                match (value, self.product()?) {
                    (Value::Number(a), Value::Number(b)) => Value::Number(a - b),
                    (Value::Day(a), Value::Day(b)) => {
                        Value::Number(i128::from((a - b).num_days()) * ONE)
                    }
                    (a, b) => return Err(format!("{a:?} - {b:?}")),
                }
            } else {
                return Ok(value);
            }
        }
    }

    fn product(&mut self) -> Result<Value, String> {
        let mut value = self.factor()?;
        while self.take("×") {
            let (Value::Number(a), Value::Number(b)) = (value, self.factor()?) else {
                return Err(format!("a day is multiplied before {:?}", self.left));
            };
            assert_eq!(a * b % ONE, 0, "more than four decimals");
            value = Value::Number(a * b / ONE);
        }
        Ok(value)
    }

    fn factor(&mut self) -> Result<Value, String> {
        for (name, smallest) in [("max(", false), ("min(", true)] {
            if self.take(name) {
                let a = self.sum()?;
                self.must(",")?;
                let b = self.sum()?;
                self.must(")")?;
                return Ok(if smallest { a.min(b) } else { a.max(b) });
            }
        }
        if self.take("ceil(") {
            let value = self.sum()?;
            self.must(")")?;
            let Value::Number(n) = value else { return Err("ceil of a day".to_owned()) };
            return Ok(Value::Number((n + ONE - 1).div_euclid(ONE) * ONE));
        }
        if self.take("(") {
            let value = self.sum()?;
            self.must(")")?;
            return Ok(value);
        }
        self.left = self.left.trim_start();
        self.day().or_else(|| self.number()).ok_or(format!("no number: {:?}", self.left))
    }

    fn day(&mut self) -> Option<Value> {
        let day = NaiveDate::parse_from_str(self.left.get(..10)?, "%Y-%m-%d").ok()?;
        self.left = &self.left[10..];
        Some(Value::Day(day))
    }

    fn number(&mut self) -> Option<Value> {
        let end = self.left.find(|c: char| !c.is_ascii_digit() && c != '.');
        let (number, rest) = self.left.split_at(end.unwrap_or(self.left.len()));
        let (whole, part) = number.split_once('.').unwrap_or((number, ""));
        let part = format!("{part:0<4}");
        self.left = rest;
        Some(Value::Number(whole.parse::<i128>().ok()? * ONE + part.parse::<i128>().ok()?))
    }
}

#[test]
fn only_what_is_equal_is_taken_for_equal() {
    let sum = "2.50 + 0.10 - (5 - 3) × (0.08 + (5 - 3) × 0.02) = 2.50 - 0.14 = 2.36";
    assert_eq!(equal_terms(sum).unwrap().hundredths(), 236);
    assert_eq!(equal_terms("ceil(6 × 2.36) = ceil(14.16) = 15").unwrap().whole(), 15);
    assert_eq!(equal_terms("max(6, ceil(2 × 2.50)) = max(6, 5) = 6, as n = 1").unwrap().whole(), 6);
    let day = equal_terms("2026-12-31 + 1 = 2027-01-01").unwrap().day();
    assert_eq!(day.to_string(), "2027-01-01");
    equal_terms("2 × 3 = 6 >= 6, so").unwrap();
    for wrong in ["ceil(14.16) = 14", "2 × 3 = 6 < 6", "1 = 1 and", "2026-12-31 + 1 = 2026-12-31"]
    {
        assert!(equal_terms(wrong).is_err(), "{wrong}");
    }
}
