//! The codes of invites.

use serde::{Deserialize, Serialize};

/// How long a code may be: those that Discord makes up are shorter, those that a guild chooses are not longer.
const LONGEST: usize = 32;

/// What names an invite. The default names none.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(try_from = "String", into = "String")]
pub(crate) struct InviteCode([u8; LONGEST]);

impl InviteCode {
    /// `None` for what is no code: nothing, or too long.
    pub(crate) fn new(code: &str) -> Option<Self> {
        let mut bytes = [0; LONGEST];
        let room = bytes.get_mut(..code.len()).filter(|_| !code.is_empty())?;
        room.copy_from_slice(code.as_bytes());
        Some(Self(bytes))
    }
}

impl From<InviteCode> for String {
    fn from(code: InviteCode) -> Self {
        let end = code.0.iter().position(|byte| *byte == 0);
        let bytes = code.0.get(..end.unwrap_or(LONGEST));
        Self::from_utf8_lossy(bytes.unwrap_or_default()).into_owned()
    }
}

impl TryFrom<String> for InviteCode {
    type Error = &'static str;

    fn try_from(code: String) -> Result<Self, Self::Error> {
        Self::new(&code).ok_or("not the code of an invite")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_told_apart_and_what_is_none_is_refused() {
        assert_eq!(InviteCode::new("rust"), InviteCode::new("rust"));
        assert!(InviteCode::new("rust") < InviteCode::new("rusty"));
        assert!(InviteCode::new(&"x".repeat(LONGEST)).is_some());
        assert_eq!(InviteCode::new(&"x".repeat(LONGEST + 1)), None);
        assert_eq!(InviteCode::new(""), None);
    }
}
