//! Who asks: the bot, a user who gave the application a token, or nobody.

use std::collections::HashMap;

use http::{Request, header};

use super::reply::Failure;
use crate::core::{Core, State};

/// Who makes a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Caller {
    Bot,
    /// Somebody's access token.
    User(Bearer),
    /// Without authorization, or with what is none.
    Nobody,
}

/// What an access token stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Bearer {
    pub(crate) user: u64,
    pub(crate) scopes: Vec<String>,
}

/// Access tokens that users gave, as many as a test made.
#[derive(Debug, Default)]
pub(crate) struct Bearers(HashMap<String, Bearer>);

impl Bearers {
    /// Makes a token.
    pub(crate) fn give(&mut self, id: u64, bearer: Bearer) -> String {
        let token = format!("access-{id:x}-{:016x}", id.rotate_left(23) ^ 0x85eb_ca6b);
        self.0.insert(token.clone(), bearer);
        token
    }

    /// Ends all tokens of a user. Whether there was one.
    pub(crate) fn take(&mut self, user: u64) -> bool {
        let before = self.0.len();
        self.0.retain(|_, bearer| bearer.user != user);
        self.0.len() < before
    }
}

impl Caller {
    pub(crate) fn of<B>(core: &Core, state: &State, request: &Request<B>) -> Self {
        // People's own clients may what applications have to be allowed.
        if let Some(user) = state.acting {
            let scopes = vec!["applications.commands.permissions.update".to_owned()];
            return Self::User(Bearer { user, scopes });
        }
        let given = request.headers().get(header::AUTHORIZATION);
        let given = given.and_then(|value| value.to_str().ok());
        let Some((scheme, token)) = given.and_then(|given| given.split_once(' ')) else {
            return Self::Nobody;
        };
        match scheme {
            "Bot" if core.is_token(state, token) => Self::Bot,
            "Bearer" => {
                let bearer = state.bearers.0.get(token).cloned();
                bearer.map_or(Self::Nobody, Self::User)
            }
            _ => Self::Nobody,
        }
    }

    /// The user, on a route that bots cannot use and that needs this scope.
    pub(super) fn user_with(&self, scope: &str) -> Result<u64, Failure> {
        match self {
            Self::Bot => Err(Failure::new(403, 20_001, "Bots cannot use this endpoint")),
            Self::Nobody => Err(Failure::unauthorized()),
            Self::User(bearer) => {
                let granted = bearer.scopes.iter().any(|known| known == scope);
                let refused = || Failure::new(403, 50_025, "Invalid OAuth2 access token provided");
                granted.then_some(bearer.user).ok_or_else(refused)
            }
        }
    }

    /// The bot, or a user whose token has this scope.
    pub(super) fn may(&self, scope: &str) -> Result<(), Failure> {
        match self {
            Self::Bot => Ok(()),
            _ => self.user_with(scope).map(drop),
        }
    }
}
