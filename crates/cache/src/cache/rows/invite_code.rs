//! The codes of invites.

/// How long a code may be: those that Discord makes up are shorter, those that a guild chooses are not longer.
const LONGEST: usize = 32;

/// What names an invite. The default names none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
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
