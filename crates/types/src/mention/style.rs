use std::fmt;

/// How a point in time is shown.
///
/// See [timestamp styles](https://docs.discord.com/developers/reference#message-formatting-timestamp-styles).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TimestampStyle {
    /// `t`: 16:20
    ShortTime,
    /// `T`: 16:20:30
    MediumTime,
    /// `d`: 20/04/2021
    ShortDate,
    /// `D`: April 20, 2021
    LongDate,
    /// `f`: April 20, 2021 at 16:20
    #[default]
    LongDateShortTime,
    /// `F`: Tuesday, April 20, 2021 at 16:20
    FullDateShortTime,
    /// `s`: 20/04/2021, 16:20
    ShortDateShortTime,
    /// `S`: 20/04/2021, 16:20:30
    ShortDateMediumTime,
    /// `R`: 4 years ago
    RelativeTime,
}

impl TimestampStyle {
    /// Every style, in the order of the documentation.
    pub const ALL: &[Self] = &[
        Self::ShortTime,
        Self::MediumTime,
        Self::ShortDate,
        Self::LongDate,
        Self::LongDateShortTime,
        Self::FullDateShortTime,
        Self::ShortDateShortTime,
        Self::ShortDateMediumTime,
        Self::RelativeTime,
    ];

    /// Gives a letter its style.
    #[must_use]
    pub fn from_letter(letter: char) -> Option<Self> {
        let letter_is = |style: &&Self| style.letter() == letter;
        Self::ALL.iter().find(letter_is).copied()
    }

    /// The letter that stands for it in markup.
    #[must_use]
    pub const fn letter(self) -> char {
        match self {
            Self::ShortTime => 't',
            Self::MediumTime => 'T',
            Self::ShortDate => 'd',
            Self::LongDate => 'D',
            Self::LongDateShortTime => 'f',
            Self::FullDateShortTime => 'F',
            Self::ShortDateShortTime => 's',
            Self::ShortDateMediumTime => 'S',
            Self::RelativeTime => 'R',
        }
    }
}

impl fmt::Display for TimestampStyle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Write::write_char(f, self.letter())
    }
}
