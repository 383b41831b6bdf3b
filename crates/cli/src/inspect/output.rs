//! What is printed: for people, or for machines.

mod machine;
mod people;
mod style;

use std::io::{self, Write};

pub(super) use self::{machine::Machine, people::People, style::Style};
use super::{
    reading::Reading,
    tally::{Place, Tally},
};

/// Where readings go.
pub(super) trait Output {
    /// Tells about one object, the `number`th of its file.
    fn input(
        &self,
        out: &mut dyn Write,
        place: &Place,
        number: u64,
        reading: &Reading,
    ) -> io::Result<()>;

    /// Tells about all of them.
    fn summary(&self, out: &mut dyn Write, tally: &Tally) -> io::Result<()>;
}
