//! REST: the routes, and what all of them have in common.

pub(crate) mod commands;
mod guilds;
pub(crate) mod interactions;
pub(crate) mod limits;
pub(crate) mod messages;
pub(crate) mod reactions;
mod reply;

use bytes::Bytes;
use http::{Request, Response, header};
use serde_json::{Value, json};

use self::limits::Checked;
use self::reply::{Failure, Outcome, Reply};
use crate::core::{Core, State};
use crate::journal::EntryKind;
use crate::world::objects;

/// A request, taken apart.
pub(crate) struct Call<'a> {
    pub(crate) method: &'a str,
    pub(crate) segments: Vec<&'a str>,
    pub(crate) query: &'a str,
    pub(crate) body: Value,
}

impl Call<'_> {
    /// A parameter of the query.
    pub(crate) fn parameter(&self, name: &str) -> Option<&str> {
        self.query
            .split('&')
            .find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='))
    }
}

impl Core {
    /// Answers a REST request.
    pub(crate) fn rest(&self, request: &Request<Bytes>) -> Response<Bytes> {
        let path = request.uri().path();
        let rest = ["/api/v10/", "/api/v9/", "/api/"]
            .iter()
            .find_map(|p| path.strip_prefix(p));
        let mut state = self.lock();
        let response = match rest {
            Some(rest) => self.answer(&mut state, request, rest),
            None => Reply::missing(request.method().as_str(), path).into_response(),
        };
        let kind = EntryKind::Http {
            method: request.method().to_string(),
            path: without_tokens(path),
            status: response.status().as_u16(),
        };
        self.note(&mut state, None, kind);
        drop(state);
        self.changed.notify_waiters();
        response
    }

    fn answer(&self, state: &mut State, request: &Request<Bytes>, rest: &str) -> Response<Bytes> {
        let segments: Vec<&str> = rest.split('/').filter(|part| !part.is_empty()).collect();
        let method = request.method().as_str();
        // The token in an interaction's path is what authorizes there.
        let by_path = matches!(
            segments.as_slice(),
            ["interactions", _, _, "callback"] | ["webhooks", _, _, ..] | ["gateway"]
        );
        if !by_path && !self.authorized(request) {
            return Failure::unauthorized().into_reply().into_response();
        }
        let checked = state
            .rates
            .check(&self.options, &self.clock, method, &segments);
        let limits = match checked {
            Checked::Allowed(limits) => limits,
            Checked::Refused(response) => return response,
        };
        let multipart = request
            .headers()
            .get(header::CONTENT_TYPE)
            .is_some_and(|kind| kind.as_bytes().starts_with(b"multipart/"));
        if multipart {
            return Reply::missing("multipart form data in", rest).into_response();
        }
        let body = if request.body().is_empty() {
            Value::Null
        } else if let Ok(body) = serde_json::from_slice(request.body()) {
            body
        } else {
            let message = "The request body contains invalid JSON.";
            return Failure::new(400, 50_109, message)
                .into_reply()
                .into_response();
        };
        let query = request.uri().query().unwrap_or_default();
        let call = Call {
            method,
            segments,
            query,
            body,
        };
        let reply = match self.route(state, &call) {
            Ok(Some(reply)) => reply,
            Ok(None) => Reply::missing(method, rest),
            Err(failure) => failure.into_reply(),
        };
        let mut response = reply.into_response();
        limits.write(response.headers_mut());
        response
    }

    fn authorized(&self, request: &Request<Bytes>) -> bool {
        let given = request
            .headers()
            .get(header::AUTHORIZATION)
            .and_then(|v| v.to_str().ok());
        given.and_then(|given| given.strip_prefix("Bot ")) == Some(&self.options.token)
    }

    /// The one table of routes; `None` for those that are not there.
    fn route(&self, state: &mut State, call: &Call<'_>) -> Result<Option<Reply>, Failure> {
        let done = match (call.method, call.segments.as_slice()) {
            ("GET", ["gateway"]) => Ok(Reply::ok(json!({ "url": self.gateway_url }))),
            ("GET", ["gateway", "bot"]) => Ok(self.gateway_bot(state)),
            ("GET", ["users", "@me"]) => {
                let bot = state.world.user(state.world.bot).map(objects::current_user);
                bot.map(Reply::ok).ok_or_else(Failure::unknown_user)
            }
            ("GET", ["users", id]) => state
                .world
                .user(number(id)?)
                .cloned()
                .map(Reply::ok)
                .ok_or_else(Failure::unknown_user),
            ("POST", ["users", "@me", "channels"]) => self.create_direct(state, call),
            ("GET", ["applications", "@me"] | ["oauth2", "applications", "@me"]) => {
                Ok(application(state))
            }
            (_, ["applications", application, "commands", rest @ ..]) => {
                return self.command_routes(state, call, number(application)?, None, rest);
            }
            (
                _,
                [
                    "applications",
                    application,
                    "guilds",
                    guild,
                    "commands",
                    rest @ ..,
                ],
            ) => {
                let (application, guild) = (number(application)?, number(guild)?);
                return self.command_routes(state, call, application, Some(guild), rest);
            }
            ("POST", ["interactions", id, token, "callback"]) => {
                self.interaction_callback(state, call, number(id)?, token)
            }
            (_, ["webhooks", application, token, rest @ ..]) => {
                return self.interaction_webhook(state, call, number(application)?, token, rest);
            }
            ("GET", ["channels", id]) => state
                .world
                .channel(number(id)?)
                .cloned()
                .map(Reply::ok)
                .ok_or_else(Failure::unknown_channel),
            ("POST", ["channels", id, "typing"]) => self.typing_route(state, number(id)?),
            (_, ["channels", channel, "messages", id, "reactions", rest @ ..]) => {
                let (channel, id) = (number(channel)?, number(id)?);
                return self.reactions(state, call, channel, id, rest);
            }
            (_, ["channels", channel, "messages", rest @ ..]) => {
                return self.messages(state, call, number(channel)?, rest);
            }
            (_, ["guilds", guild, rest @ ..]) => {
                return self.guilds(state, call, number(guild)?, rest);
            }
            _ => return Ok(None),
        };
        done.map(Some)
    }

    fn gateway_bot(&self, state: &mut State) -> Reply {
        Reply::ok(json!({
            "url": self.gateway_url,
            "shards": self.options.shards,
            "session_start_limit": state.identify.describe(),
        }))
    }

    fn typing_route(&self, state: &mut State, channel: u64) -> Outcome {
        let bot = state.world.bot;
        if state.world.channel(channel).is_none() {
            return Err(Failure::unknown_channel());
        }
        self.start_typing(state, channel, bot);
        Ok(Reply::no_content())
    }

    fn create_direct(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        let user = objects::snowflake(&call.body["recipient_id"])
            .ok_or_else(|| Failure::required("recipient_id"))?;
        let channel = self
            .direct_channel(state, user)
            .ok_or_else(Failure::unknown_user)?;
        Ok(Reply::ok(
            state.world.channel(channel).cloned().unwrap_or_default(),
        ))
    }

    /// The channel between the bot and a user, made if there is none.
    pub(crate) fn direct_channel(&self, state: &mut State, user: u64) -> Option<u64> {
        let known = state
            .world
            .directs
            .iter()
            .find(|(_, direct)| direct.user == user);
        if let Some((id, _)) = known {
            return Some(*id);
        }
        let recipient = state.world.user(user)?.clone();
        let id = self.next_id(state);
        let object = objects::direct(id, &recipient);
        state
            .world
            .directs
            .insert(id, crate::world::Direct { user, object });
        Some(id)
    }
}

fn application(state: &State) -> Reply {
    let bot = state
        .world
        .user(state.world.bot)
        .cloned()
        .unwrap_or_default();
    Reply::ok(objects::application(
        state.world.application,
        &bot,
        state.world.guilds.len(),
    ))
}

/// A snowflake in a path.
fn number(text: &str) -> Result<u64, Failure> {
    text.parse().map_err(|_| {
        Failure::invalid(
            "id",
            "NUMBER_TYPE_COERCE",
            &format!("Value \"{text}\" is not snowflake."),
        )
    })
}

/// Tokens in paths are secrets: they are not kept.
fn without_tokens(path: &str) -> String {
    let mut parts: Vec<&str> = path.split('/').collect();
    let root = parts
        .iter()
        .position(|part| matches!(*part, "interactions" | "webhooks"));
    if let Some(token) = root.and_then(|root| parts.get_mut(root + 2)) {
        *token = "{token}";
    }
    parts.join("/")
}
