use std::env;

use polycord_gateway::Token;

use crate::error::Error;

/// The variables that may hold the token, in the order in which they are asked.
const VARIABLES: [&str; 2] = ["DISCORD_TOKEN", "DISCORD_BOT_TOKEN"];

/// The bot's token, from the environment: `DISCORD_TOKEN`, else `DISCORD_BOT_TOKEN`.
///
/// A variable that holds nothing but white space counts as not set.
///
/// # Errors
///
/// [`ErrorKind::MissingToken`](crate::ErrorKind::MissingToken) when neither is set.
pub fn token_from_env() -> Result<Token, Error> {
    first_token(|variable| env::var(variable).ok())
}

fn first_token(read: impl Fn(&str) -> Option<String>) -> Result<Token, Error> {
    VARIABLES
        .into_iter()
        .filter_map(read)
        .find(|value| !value.trim().is_empty())
        .map(Token::from)
        .ok_or_else(Error::missing_token)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::ErrorKind;

    #[test]
    fn an_empty_variable_counts_as_not_set() {
        let token = first_token(|variable| match variable {
            "DISCORD_TOKEN" => Some(String::from("  ")),
            "DISCORD_BOT_TOKEN" => Some(String::from("second\n")),
            _ => None,
        });
        assert_eq!(token.unwrap().expose(), "second");
    }

    #[test]
    fn a_missing_token_names_the_variable_to_set() {
        let error = first_token(|_| None).unwrap_err();
        assert_eq!(*error.kind(), ErrorKind::MissingToken);
        assert!(error.to_string().contains("DISCORD_TOKEN"), "{error}");
    }
}
