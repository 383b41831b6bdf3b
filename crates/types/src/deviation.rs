use std::fmt;

/// A value that is not what the documentation promises, and that decoding got over.
///
/// What stands around it decoded as if it were absent: a field has its default, an element of a list
/// is left out, a member of a union is kept raw.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Deviation {
    /// Where in the data, as in `members[3].nick`. For a missing identifying field it is the object that
    /// lacks it.
    pub path: String,
    /// What is wrong there.
    pub problem: String,
}

impl fmt::Display for Deviation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}`: {}", self.path, self.problem)
    }
}
