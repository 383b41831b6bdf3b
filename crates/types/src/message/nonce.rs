use crate::Text;

scalar! {
    /// What the sender of a message gave to recognise it by, a number or a text.
    ///
    /// See [the documentation](https://docs.discord.com/developers/resources/message#create-message).
    pub enum Nonce {
        /// A text, at most 25 characters.
        String(Text),
        /// A number.
        Integer(i64),
    }
}

impl From<&str> for Nonce {
    fn from(value: &str) -> Self {
        Self::String(value.into())
    }
}
