use std::{
    fmt::{self, Write as _},
    io::{self, Write},
};

use super::{Output, Style};
use crate::inspect::{
    reading::{Class, Reading},
    tally::{Key, Place, Row, Status, Tally},
};

/// The most rows of a table; `--json` has them all.
const MAX_ROWS: usize = 40;
/// The widest column that others are aligned with.
const MAX_COLUMN: usize = 60;
/// The most characters of a value or problem.
const MAX_DETAIL: usize = 120;

/// Text for people.
#[derive(Debug)]
pub(in crate::inspect) struct People {
    pub(in crate::inspect) style: Style,
    /// Whether each object is printed.
    pub(in crate::inspect) each: bool,
}

impl Output for People {
    fn input(
        &self,
        out: &mut dyn Write,
        place: &Place,
        _: u64,
        reading: &Reading,
    ) -> io::Result<()> {
        if !self.each {
            return Ok(());
        }
        let style = self.style;
        let kind = Printable(&reading.kind);
        let place = style.dim(at(place));
        match reading.status() {
            Status::Clean => writeln!(out, "{place} {kind}: {}", style.good("known"))?,
            Status::Findings => writeln!(out, "{place} {kind}: {}", style.notable("findings"))?,
            Status::Failed => writeln!(out, "{place} {kind}: {}", style.bad("failed"))?,
        }
        for finding in &reading.findings {
            let what = match finding.class {
                Class::UnknownField => "unknown field",
                Class::UnknownValue(_) => "unknown value",
                Class::Deviation(_) => "deviation",
                Class::Failure => "failure",
            };
            let text = told(finding.class, &finding.path, &finding.detail);
            writeln!(out, "    {what:<14} {text}")?;
        }
        Ok(())
    }

    fn summary(&self, out: &mut dyn Write, tally: &Tally) -> io::Result<()> {
        if tally.inputs == 0 {
            return writeln!(out, "nothing to inspect: the input is empty");
        }
        if self.each {
            writeln!(out)?;
        }
        self.kinds(out, tally)?;
        for (title, which) in TABLES {
            self.table(out, title, &tally.rows(which))?;
        }
        if tally.further > 0 {
            writeln!(
                out,
                "\n{} findings of still other kinds",
                number(tally.further)
            )?;
        }
        self.verdict(out, tally)
    }
}

type Table = (&'static str, fn(Class) -> bool);

const TABLES: [Table; 4] = [
    ("Unknown fields", |class| class == Class::UnknownField),
    ("Unknown values", |class| {
        matches!(class, Class::UnknownValue(_))
    }),
    ("Tolerated deviations from the documentation", |class| {
        matches!(class, Class::Deviation(_))
    }),
    ("Could not be read", |class| class == Class::Failure),
];

impl People {
    fn kinds(&self, out: &mut dyn Write, tally: &Tally) -> io::Result<()> {
        let title = format!("Objects ({})", number(tally.inputs));
        writeln!(out, "{}", self.style.heading(title))?;
        let mut kinds: Vec<_> = tally.kinds.iter().collect();
        kinds.sort_by_key(|(_, kind)| std::cmp::Reverse(kind.inputs));
        for (name, kind) in kinds.iter().take(MAX_ROWS) {
            write!(out, "{:>9}  {}", number(kind.inputs), Printable(name))?;
            if kind.failed > 0 {
                let failed = format!("{} failed", number(kind.failed));
                write!(out, "  {}", self.style.bad(failed))?;
            }
            writeln!(out)?;
        }
        rest(out, kinds.len())
    }

    fn table(&self, out: &mut dyn Write, title: &str, rows: &[(&Key, &Row)]) -> io::Result<()> {
        if rows.is_empty() {
            return Ok(());
        }
        let title = format!("{title} ({})", rows.len());
        writeln!(out, "\n{}", self.style.heading(title))?;
        let shown: Vec<_> = rows
            .iter()
            .take(MAX_ROWS)
            .map(|(key, row)| {
                let kind = Printable(&key.kind).to_string();
                (kind, told(key.class, &key.path, &key.detail), row)
            })
            .collect();
        let kinds = width(shown.iter().map(|(kind, ..)| kind));
        let texts = width(shown.iter().map(|(_, text, _)| text));
        for (kind, text, row) in shown {
            let places = self.style.dim(places(row));
            let count = number(row.count);
            writeln!(out, "{count:>9}  {kind:<kinds$}  {text:<texts$}  {places}")?;
        }
        rest(out, rows.len())
    }

    fn verdict(&self, out: &mut dyn Write, tally: &Tally) -> io::Result<()> {
        let style = self.style;
        let objects = if tally.inputs == 1 {
            "object"
        } else {
            "objects"
        };
        write!(out, "\n{} {objects}: ", number(tally.inputs))?;
        if tally.clean == tally.inputs {
            return writeln!(out, "{}", style.good("all known"));
        }
        let read = [
            (tally.clean, "known"),
            (tally.with_findings, "with findings"),
        ];
        let mut parts: Vec<_> = read
            .into_iter()
            .filter(|(count, _)| *count > 0)
            .map(|(count, what)| format!("{} {what}", number(count)))
            .collect();
        if tally.failed > 0 {
            let failed = format!("{} failed", number(tally.failed));
            parts.push(style.bad(failed).to_string());
        }
        writeln!(out, "{}", parts.join(", "))
    }
}

/// A finding on one line.
fn told(class: Class, path: &str, detail: &str) -> String {
    let path = Printable(if path.is_empty() { "(root)" } else { path });
    let short = Printable(detail).short();
    match class {
        Class::UnknownField => path.to_string(),
        Class::UnknownValue(of) => format!("{path} = {short} ({of})"),
        Class::Deviation(_) | Class::Failure => format!("{path}: {short}"),
    }
}

fn at(place: &Place) -> String {
    format!("{}:{}", Printable(&place.file), place.line)
}

/// The first places, as in `frames.jsonl:1,3,5 ...`.
fn places(row: &Row) -> String {
    let mut text = String::new();
    let mut file = None;
    for place in &row.places {
        if file == Some(&place.file) {
            let _ = write!(text, ",{}", place.line);
        } else {
            let space = if text.is_empty() { "" } else { " " };
            let _ = write!(text, "{space}{}", at(place));
        }
        file = Some(&place.file);
    }
    if row.count > row.places.len() as u64 {
        text.push_str(" ...");
    }
    text
}

/// The width of a column: that of its widest text that is not very wide.
fn width<'a>(texts: impl Iterator<Item = &'a String>) -> usize {
    let widths = texts.map(|text| text.chars().count());
    widths
        .filter(|width| *width <= MAX_COLUMN)
        .max()
        .unwrap_or(0)
}

fn rest(out: &mut dyn Write, rows: usize) -> io::Result<()> {
    match rows.saturating_sub(MAX_ROWS) {
        0 => Ok(()),
        more => writeln!(out, "{:>9}  and {more} more: --json has them all", ""),
    }
}

/// A number in groups of three digits.
fn number(number: u64) -> String {
    let digits = number.to_string();
    let mut grouped = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// Text from the input, which must not command the terminal.
struct Printable<'a>(&'a str);

impl Printable<'_> {
    fn short(&self) -> String {
        let text = self.to_string();
        match text.char_indices().nth(MAX_DETAIL) {
            Some((end, _)) => format!("{}...", text.get(..end).unwrap_or_default()),
            None => text,
        }
    }
}

impl fmt::Display for Printable<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for char in self.0.chars() {
            if char.is_control() {
                write!(f, "{}", char.escape_default())?;
            } else {
                f.write_char(char)?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped() {
        for (value, expected) in [
            (0, "0"),
            (999, "999"),
            (1000, "1,000"),
            (12_345_678, "12,345,678"),
        ] {
            assert_eq!(number(value), expected);
        }
    }

    #[test]
    fn text_of_the_input_commands_no_terminal() {
        let text = told(Class::UnknownField, "a\u{1b}[31m\u{9b}b\u{e9}", "");
        assert_eq!(text, "a\\u{1b}[31m\\u{9b}b\u{e9}");
    }
}
