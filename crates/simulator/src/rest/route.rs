//! The table of routes: what there is, and what a path means.

use serde_json::Value;

use super::audit::By;
use super::caller::Caller;
use super::multipart::Upload;
use super::reply::{Failure, Outcome};
use super::{
    application, channels, commands, gateway, guilds, interactions, messages, pins, polls,
    reactions, store, threads, users, webhooks,
};
use crate::core::{Core, State};
use crate::outgoing::Verified;
use crate::world::objects;

/// Answers one route.
pub(crate) type Handler = fn(&Core, &mut State, &Call<'_>) -> Outcome;

/// Every route that is simulated, an area after the other.
const AREAS: &[&[Route]] = &[
    application::ROUTES,
    commands::ROUTES,
    gateway::ROUTES,
    interactions::ROUTES,
    messages::ROUTES,
    pins::ROUTES,
    polls::ROUTES,
    reactions::ROUTES,
    store::ROUTES,
    users::ROUTES,
];

/// The documented routes, `METHOD /path` a line: what is not simulated yet is told from what does not
/// exist.
const DOCUMENTED: &str = include_str!("documented.txt");

/// A route: a method, a path as the documentation writes it, and what answers.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Route {
    pub(crate) method: &'static str,
    /// `/channels/{channel_id}/messages`; what stands in braces is a parameter.
    pub(crate) path: &'static str,
    /// Whether it works without the bot's token: a token in the path is enough, or none is needed.
    pub(crate) open: bool,
    /// Whether it works with a user's access token, too.
    pub(crate) oauth: bool,
    pub(crate) handler: Handler,
}

impl Route {
    const fn new(method: &'static str, path: &'static str, handler: Handler) -> Self {
        Self {
            method,
            path,
            open: false,
            oauth: false,
            handler,
        }
    }

    pub(crate) const fn get(path: &'static str, handler: Handler) -> Self {
        Self::new("GET", path, handler)
    }

    pub(crate) const fn post(path: &'static str, handler: Handler) -> Self {
        Self::new("POST", path, handler)
    }

    pub(crate) const fn put(path: &'static str, handler: Handler) -> Self {
        Self::new("PUT", path, handler)
    }

    pub(crate) const fn patch(path: &'static str, handler: Handler) -> Self {
        Self::new("PATCH", path, handler)
    }

    pub(crate) const fn delete(path: &'static str, handler: Handler) -> Self {
        Self::new("DELETE", path, handler)
    }

    /// The same route for callers without the bot's token.
    pub(crate) const fn open(mut self) -> Self {
        self.open = true;
        self
    }

    /// The same route for users with an access token, too; it asks for the scope itself.
    pub(crate) const fn oauth(mut self) -> Self {
        self.oauth = true;
        self
    }

    fn all() -> impl Iterator<Item = &'static Self> {
        let areas = AREAS
            .iter()
            .chain(guilds::ROUTES)
            .chain(channels::ROUTES)
            .chain(threads::ROUTES)
            .chain(webhooks::ROUTES);
        areas.copied().flatten()
    }
}

/// What a method and a path (below `/api/v10`) come to.
#[derive(Clone, Debug)]
pub(crate) enum Found<'a> {
    Route(&'static Route, Parameters<'a>),
    /// Documented, and not simulated yet.
    Missing,
    /// The path exists, with other methods.
    OtherMethods,
    Nothing,
}

/// Looks a path up. Where two paths fit, the one with more fixed words is meant: `/users/@me`.
pub(crate) fn find<'a>(method: &str, path: &'a str) -> Found<'a> {
    let fitting = Route::all().filter(|route| route.method == method);
    let fitting = fitting.filter_map(|route| Some((route, Parameters::read(route.path, path)?)));
    if let Some((route, parameters)) = fitting.min_by_key(|(_, parameters)| parameters.0.len()) {
        return Found::Route(route, parameters);
    }
    let known: Vec<&str> = DOCUMENTED
        .lines()
        .filter_map(|line| line.split_once(' '))
        .filter(|(_, template)| Parameters::read(template, path).is_some())
        .map(|(method, _)| method)
        .collect();
    if known.contains(&method) {
        Found::Missing
    } else if known.is_empty() {
        Found::Nothing
    } else {
        Found::OtherMethods
    }
}

/// The parameters of a path, by name.
#[derive(Clone, Debug)]
pub(crate) struct Parameters<'a>(Vec<(&'static str, &'a str)>);

impl<'a> Parameters<'a> {
    /// Reads `path` as `template` says; `None` if it does not fit.
    fn read(template: &'static str, path: &'a str) -> Option<Self> {
        let (mut template, mut path) = (words(template), words(path));
        let mut read = Vec::new();
        loop {
            match (template.next(), path.next()) {
                (None, None) => return Some(Self(read)),
                (Some(expected), Some(given)) => {
                    match expected.strip_prefix('{').and_then(|e| e.strip_suffix('}')) {
                        Some(name) => read.push((name, given)),
                        // Some clients escape the `@` of `@me` and `@original`, others do not.
                        None if expected == given || is_escaped(expected, given) => {}
                        None => return None,
                    }
                }
                _ => return None,
            }
        }
    }

    pub(crate) fn get(&self, name: &str) -> Option<&'a str> {
        let found = self.0.iter().find(|(known, _)| *known == name);
        found.map(|(_, value)| *value)
    }

    /// What a rate limit's bucket is counted by, besides the route.
    pub(crate) fn major(&self) -> String {
        const MAJOR: [&str; 6] = [
            "channel_id",
            "guild_id",
            "webhook_id",
            "webhook_token",
            "interaction_id",
            "interaction_token",
        ];
        let major = self.0.iter().filter(|(name, _)| MAJOR.contains(name));
        let major: Vec<&str> = major.map(|(_, value)| *value).collect();
        major.join("/")
    }
}

fn is_escaped(expected: &str, given: &str) -> bool {
    let name = expected.strip_prefix('@');
    name.is_some() && name == given.strip_prefix("%40")
}

fn words(path: &str) -> impl Iterator<Item = &str> {
    path.split('/').filter(|word| !word.is_empty())
}

/// A request, taken apart.
pub(crate) struct Call<'a> {
    pub(crate) parameters: Parameters<'a>,
    pub(crate) query: &'a str,
    /// `null` where there was none.
    pub(crate) body: Value,
    pub(crate) caller: Caller,
    /// What became of the URLs that the body names.
    pub(crate) verified: Verified,
    /// What the audit log is to say.
    pub(crate) reason: Option<String>,
    /// The language of who asks.
    pub(crate) locale: &'static str,
    /// What came with it as `multipart/form-data`.
    pub(crate) files: Vec<Upload>,
}

impl Call<'_> {
    /// A parameter of the path as it stands there; empty if the route has none of that name.
    pub(crate) fn text(&self, name: &str) -> &str {
        self.parameters.get(name).unwrap_or_default()
    }

    /// A parameter of the path that is a snowflake.
    pub(crate) fn id(&self, name: &str) -> Result<u64, Failure> {
        number(self.text(name))
    }

    /// The channel in the path, which exists.
    pub(crate) fn channel(&self, state: &State) -> Result<u64, Failure> {
        let id = self.id("channel_id")?;
        let found = state.world.channel(id);
        found.map(|_| id).ok_or_else(Failure::unknown_channel)
    }

    /// The guild in the path, which exists.
    pub(crate) fn guild(&self, state: &State) -> Result<u64, Failure> {
        let id = self.id("guild_id")?;
        let found = state.world.guilds.contains_key(&id);
        found.then_some(id).ok_or_else(Failure::unknown_guild)
    }

    /// The message in the path, which exists in the channel of the path.
    pub(crate) fn message(&self, state: &State) -> Result<(u64, u64), Failure> {
        let (channel, id) = (self.channel(state)?, self.id("message_id")?);
        let found = state.world.message(channel, id);
        found
            .map(|_| (channel, id))
            .ok_or_else(Failure::unknown_message)
    }

    /// Who does it, and why.
    pub(crate) fn by(&self, state: &State) -> By {
        By {
            user: state.actor(),
            reason: self.reason.clone(),
        }
    }

    /// A parameter of the query that is a snowflake.
    pub(crate) fn parameter_id(&self, name: &str) -> Result<Option<u64>, Failure> {
        let given = self.parameter(name).filter(|text| !text.is_empty());
        let read = given.map(|text| {
            text.parse().map_err(|_| {
                let message = format!("Value \"{text}\" is not snowflake.");
                Failure::invalid(name, "NUMBER_TYPE_COERCE", &message)
            })
        });
        read.transpose()
    }

    /// A parameter of the query.
    pub(crate) fn parameter(&self, name: &str) -> Option<&str> {
        self.query
            .split('&')
            .find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='))
    }

    /// Whether a parameter of the query says yes, in any of the spellings Discord takes.
    pub(crate) fn flag(&self, name: &str) -> bool {
        matches!(self.parameter(name), Some("true" | "True" | "1"))
    }

    /// A parameter of the query, its percent-encoding undone.
    pub(crate) fn decoded(&self, name: &str) -> Option<String> {
        let given = self.parameter(name)?;
        Some(reactions::unescape(given))
    }

    /// A number of the query within bounds, as lists take for `limit`.
    pub(crate) fn limit(&self, default: usize, most: usize) -> Result<usize, Failure> {
        match self.parameter("limit").map(str::parse) {
            None => Ok(default),
            Some(Ok(limit)) if (1..=most).contains(&limit) => Ok(limit),
            Some(_) => {
                let message = format!("int value should be between 1 and {most}.");
                Err(Failure::invalid("limit", "NUMBER_TYPE_MAX", &message))
            }
        }
    }

    /// A snowflake of the body.
    pub(crate) fn body_id(&self, field: &str) -> Result<u64, Failure> {
        objects::snowflake(&self.body[field]).ok_or_else(|| Failure::required(field))
    }
}

/// A snowflake in a path.
pub(crate) fn number(text: &str) -> Result<u64, Failure> {
    text.parse().map_err(|_| {
        let message = format!("Value \"{text}\" is not snowflake.");
        Failure::invalid("id", "NUMBER_TYPE_COERCE", &message)
    })
}

/// How many documented routes are simulated, and how many there are.
pub(crate) fn coverage() -> (usize, usize) {
    let documented = DOCUMENTED.lines().filter_map(|line| line.split_once(' '));
    let simulated = documented.clone().filter(|(method, path)| {
        Route::all().any(|route| route.method == *method && route.path == *path)
    });
    (simulated.count(), documented.count())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a page of the documentation tells of, and the machine-readable description does not.
    const ON_PAGES_ALONE: [&str; 1] = ["GET /applications/{application_id}/skus"];

    #[test]
    fn every_route_is_documented_and_stands_in_the_table_once() {
        let mut seen = std::collections::BTreeSet::new();
        for route in Route::all() {
            let line = format!("{} {}", route.method, route.path);
            let known = DOCUMENTED.lines().any(|known| known == line);
            assert!(known || ON_PAGES_ALONE.contains(&&*line), "{line}");
            assert!(seen.insert(line.clone()), "{line} stands there twice");
        }
    }

    #[test]
    fn fixed_words_win_over_parameters() {
        let Found::Route(route, _) = find("GET", "users/@me") else {
            panic!("no route");
        };
        assert_eq!(route.path, "/users/@me");
        let path = "channels/1/messages/2/reactions/%F0%9F/@me";
        let Found::Route(_, parameters) = find("PUT", path) else {
            panic!("no route");
        };
        assert_eq!(parameters.get("emoji_name"), Some("%F0%9F"));
        assert_eq!(parameters.major(), "1");
    }

    #[test]
    fn an_escaped_word_is_the_same_word() {
        let Found::Route(route, parameters) = find("GET", "webhooks/1/t/messages/%40original")
        else {
            panic!("no route");
        };
        assert!(route.path.ends_with("/@original"));
        assert_eq!(parameters.get("message_id"), None);
    }

    #[test]
    fn what_does_not_exist_is_told_from_what_is_missing() {
        assert!(matches!(find("GET", "lobbies/1"), Found::Missing));
        assert!(matches!(find("PUT", "users/@me"), Found::OtherMethods));
        assert!(matches!(find("GET", "teapots"), Found::Nothing));
    }
}
