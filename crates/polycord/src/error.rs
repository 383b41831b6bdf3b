use std::{error::Error as StdError, fmt};

use polycord_gateway::{ShardId, StopReason};
use polycord_rest as rest;
use polycord_types::gateway::Intents;

type BoxError = Box<dyn StdError + Send + Sync>;

/// Why the client did not start, or stopped, or could not do what a handler asked for.
///
/// The message is one sentence that says what to do; [`kind`](Self::kind) is the same as data. No
/// message holds the token.
#[derive(Debug, thiserror::Error)]
#[error(transparent)]
pub struct Error(Box<Inner>);

#[derive(Debug, thiserror::Error)]
#[error("{message}")]
struct Inner {
    kind: ErrorKind,
    message: String,
    #[source]
    source: Option<BoxError>,
}

/// What kind of failure an [`Error`] is.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ErrorKind {
    /// Slash commands could not be registered.
    Commands,
    /// A setting cannot work.
    Config,
    /// An intent is not enabled for the application.
    DisallowedIntents {
        /// The privileged intents among those asked for; Discord does not say which it means.
        intents: Intents,
    },
    /// A shard stopped for good, for a reason that has no kind of its own.
    Gateway {
        /// The shard.
        shard: ShardId,
        /// Why.
        reason: StopReason,
    },
    /// No token was given.
    MissingToken,
    /// Discord cannot be reached.
    Network,
    /// The bot may not do that: it lacks a permission or an access.
    Permission,
    /// A request failed, for a reason that has no kind of its own.
    Rest,
    /// The token is wrong.
    WrongToken,
}

const WRONG_TOKEN: &str = "Discord refused the token: copy the bot's current token from the \
     developer portal (Bot, Reset Token) into DISCORD_TOKEN";

impl Error {
    /// What kind of failure this is.
    #[must_use]
    pub fn kind(&self) -> &ErrorKind {
        &self.0.kind
    }

    /// Whether the same may succeed later, without a change by a person.
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        self.rest()
            .map_or(self.0.kind == ErrorKind::Network, rest::Error::is_retryable)
    }

    /// The failed request, when one is behind this.
    #[must_use]
    pub fn rest(&self) -> Option<&rest::Error> {
        request(self.0.source.as_deref()?)
    }

    pub(crate) fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Self(Box::new(Inner {
            kind,
            message: message.into(),
            source: None,
        }))
    }

    pub(crate) fn missing_token() -> Self {
        Self::new(
            ErrorKind::MissingToken,
            "no token: set the environment variable DISCORD_TOKEN to the token of your bot, from \
             the developer portal's Bot page",
        )
    }

    fn caused(kind: ErrorKind, message: impl Into<String>, source: impl Into<BoxError>) -> Self {
        Self(Box::new(Inner {
            kind,
            message: message.into(),
            source: Some(source.into()),
        }))
    }

    /// The shards did not start, for what the request behind it or their settings say.
    pub(crate) fn starting(error: polycord_shard_manager::Error, api_url: &str) -> Self {
        let (kind, message) = match request(&error) {
            Some(request) => match classify(request) {
                (ErrorKind::Network, _) => {
                    let message = format!(
                        "cannot reach Discord at {api_url}: check this machine's network{}",
                        reason(request)
                    );
                    (ErrorKind::Network, message)
                }
                other => other,
            },
            None => (ErrorKind::Config, error.to_string()),
        };
        Self::caused(kind, message, error)
    }

    /// A shard that stopped and will not come back by itself.
    pub(crate) fn stopped(shard: ShardId, reason: StopReason, asked: Intents) -> Self {
        match reason {
            StopReason::AuthenticationFailed => Self::new(ErrorKind::WrongToken, WRONG_TOKEN),
            StopReason::DisallowedIntents { .. } => {
                let intents = asked & Intents::privileged();
                let them = if intents.iter().count() == 1 {
                    "it"
                } else {
                    "them"
                };
                let message = format!(
                    "Discord does not allow this application the intents asked for: enable \
                     {intents} in the developer portal (Bot, Privileged Gateway Intents), or drop \
                     {them} from `intents`"
                );
                Self::new(ErrorKind::DisallowedIntents { intents }, message)
            }
            reason => {
                let message = format!("shard {shard} stopped: {reason}");
                Self::new(ErrorKind::Gateway { shard, reason }, message)
            }
        }
    }

    /// Commands that Discord refused to register.
    pub(crate) fn commands(place: impl fmt::Display, error: rest::Error) -> Self {
        match error.kind() {
            rest::ErrorKind::Forbidden => {
                let message = format!(
                    "Discord refused the slash commands {place}: invite the bot there with the \
                     scope applications.commands"
                );
                Self::caused(ErrorKind::Permission, message, error)
            }
            rest::ErrorKind::Unauthorized => error.into(),
            _ => {
                let message = format!("the slash commands {place} were not registered: {error}");
                Self::caused(ErrorKind::Commands, message, error)
            }
        }
    }
}

impl From<rest::Error> for Error {
    fn from(error: rest::Error) -> Self {
        let (kind, message) = classify(&error);
        Self::caused(kind, message, error)
    }
}

/// An error and what caused it, and so on.
fn chain<'a>(
    error: Option<&'a (dyn StdError + 'static)>,
) -> impl Iterator<Item = &'a (dyn StdError + 'static)> {
    std::iter::successors(error, |error| (*error).source())
}

/// The failed request behind an error, or the error itself.
fn request<'a>(error: &'a (dyn StdError + 'static)) -> Option<&'a rest::Error> {
    chain(Some(error)).find_map(|error| error.downcast_ref())
}

fn classify(error: &rest::Error) -> (ErrorKind, String) {
    match error.kind() {
        rest::ErrorKind::Unauthorized => (ErrorKind::WrongToken, WRONG_TOKEN.to_owned()),
        rest::ErrorKind::Forbidden => (ErrorKind::Permission, error.to_string()),
        rest::ErrorKind::Transport | rest::ErrorKind::Timeout => {
            (ErrorKind::Network, format!("{error}{}", reason(error)))
        }
        rest::ErrorKind::Config => (ErrorKind::Config, format!("{error}{}", reason(error))),
        _ => (ErrorKind::Rest, error.to_string()),
    }
}

/// The innermost cause, which is the one that tells (`connection refused`, `no such host`).
fn reason(error: &rest::Error) -> String {
    chain(error.source())
        .last()
        .map_or_else(String::new, |cause| format!(" ({cause})"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn disallowed_intents_are_named_and_only_the_privileged_ones() {
        let asked = Intents::GUILDS | Intents::MESSAGE_CONTENT | Intents::GUILD_MEMBERS;
        let reason = StopReason::DisallowedIntents {
            intents: String::new(),
        };
        let error = Error::stopped(ShardId::ONE, reason, asked);
        let text = error.to_string();
        assert!(text.contains("GUILD_MEMBERS | MESSAGE_CONTENT"), "{text}");
        assert!(text.contains("developer portal"), "{text}");
        assert!(!text.contains("GUILDS"), "{text}");
        let intents = Intents::MESSAGE_CONTENT | Intents::GUILD_MEMBERS;
        assert_eq!(*error.kind(), ErrorKind::DisallowedIntents { intents });
    }

    #[test]
    fn a_refused_token_says_where_to_get_another() {
        let error = Error::stopped(
            ShardId::ONE,
            StopReason::AuthenticationFailed,
            Intents::default(),
        );
        assert_eq!(*error.kind(), ErrorKind::WrongToken);
        assert!(error.to_string().contains("developer portal"));
        assert!(!error.is_retryable());
    }
}
