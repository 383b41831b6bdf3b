use std::fmt;

/// A bot token, kept from being printed.
///
/// It has no `Display` and no `Serialize`, and its `Debug` is a placeholder; the one way to the text
/// is [`Token::expose`], which is easy to search for. The text is used as it stands: no `Bot ` is put
/// in front of it, and space around it is trimmed, since tokens are pasted and read from files.
///
/// ```
/// use polycord_gateway::Token;
///
/// let token = Token::from("MTk4NjIyNDgzNDcxOTI1MjQ4.Cl2FMQ.secret\n");
/// assert_eq!(format!("{token:?}"), "Token(…)");
/// assert!(!token.expose().ends_with('\n'));
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Token(Box<str>);

impl Token {
    /// The text of the token. Keep it out of logs and errors.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(…)")
    }
}

impl From<&str> for Token {
    fn from(text: &str) -> Self {
        Self(text.trim().into())
    }
}

impl From<&String> for Token {
    fn from(text: &String) -> Self {
        Self::from(text.as_str())
    }
}

impl From<String> for Token {
    fn from(text: String) -> Self {
        Self::from(text.as_str())
    }
}
