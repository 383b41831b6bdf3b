use std::{env, fmt, io::IsTerminal};

/// Colours, or none.
#[derive(Clone, Copy, Debug)]
pub(in crate::inspect) struct Style {
    colours: bool,
}

impl Style {
    /// Colours on a terminal, unless `NO_COLOR` is set or the terminal has none.
    pub(in crate::inspect) fn of(stream: &impl IsTerminal) -> Self {
        let is_set = |name| env::var_os(name).is_some_and(|value| !value.is_empty());
        let dumb = env::var_os("TERM").is_some_and(|term| term == "dumb");
        Self {
            colours: stream.is_terminal() && !is_set("NO_COLOR") && !dumb,
        }
    }

    pub(super) fn heading(self, text: impl fmt::Display) -> impl fmt::Display {
        self.paint("1", text)
    }

    pub(super) fn bad(self, text: impl fmt::Display) -> impl fmt::Display {
        self.paint("31", text)
    }

    pub(super) fn notable(self, text: impl fmt::Display) -> impl fmt::Display {
        self.paint("33", text)
    }

    pub(super) fn good(self, text: impl fmt::Display) -> impl fmt::Display {
        self.paint("32", text)
    }

    pub(super) fn dim(self, text: impl fmt::Display) -> impl fmt::Display {
        self.paint("2", text)
    }

    fn paint<T: fmt::Display>(self, code: &'static str, text: T) -> Painted<T> {
        Painted {
            code: self.colours.then_some(code),
            text,
        }
    }
}

struct Painted<T> {
    code: Option<&'static str>,
    text: T,
}

impl<T: fmt::Display> fmt::Display for Painted<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { code, text } = self;
        match code {
            Some(code) => write!(f, "\u{1b}[{code}m{text}\u{1b}[0m"),
            None => text.fmt(f),
        }
    }
}
