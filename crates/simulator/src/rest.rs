//! REST: the routes, and what all of them have in common.
#![allow(
    clippy::unnecessary_wraps,
    clippy::unused_self,
    reason = "every handler has the one form that the table of routes takes"
)]

mod access;
pub(crate) mod application;
pub(crate) mod audit;
pub(crate) mod body;
pub(crate) mod caller;
mod channels;
pub(crate) mod commands;
mod form;
mod gateway;
mod guilds;
mod image;
pub(crate) mod interactions;
pub(crate) mod limits;
pub(crate) mod messages;
pub(crate) mod multipart;
pub(crate) mod pins;
pub(crate) mod polls;
pub(crate) mod reactions;
pub(crate) mod reply;
mod require;
mod route;
mod store;
mod threads;
mod users;
mod webhooks;

use bytes::Bytes;
use http::{HeaderValue, Request, Response, header};

use self::caller::Caller;
use self::limits::Checked;
use self::reply::{Failure, Reply};
pub(crate) use self::route::coverage;
use self::route::{Call, Found};
use crate::core::{Core, State};
use crate::faults::{Fault, Place};
use crate::journal::EntryKind;

/// Versions that Discord still speaks, and this does not.
const DEPRECATED: std::ops::RangeInclusive<u32> = 6..=8;

impl Core {
    /// Answers a REST request.
    pub(crate) fn rest(&self, request: &Request<Bytes>) -> Response<Bytes> {
        let path = request.uri().path();
        let rest = ["/api/v10/", "/api/v9/", "/api/"]
            .iter()
            .find_map(|p| path.strip_prefix(p));
        let mut state = self.lock();
        let place = Place {
            shard: None,
            resume_url: false,
        };
        let fault = self.fault(&mut state, None, place, |fault| match fault {
            Fault::Answer { path, .. } => {
                path == "*" || rest.is_some_and(|rest| rest == path.trim_start_matches('/'))
            }
            _ => false,
        });
        let edge = rest.and_then(|_| state.rates.edge(request.headers()));
        let response = match (fault, edge) {
            (Some(Fault::Answer { with, .. }), _) => with.response(),
            (_, Some(edge)) => edge,
            (_, None) => {
                let mut response = match rest {
                    Some(rest) => match other_version(request.method().as_str(), rest) {
                        Some(reply) => reply.into_response(),
                        None => self.answer(&mut state, request, rest),
                    },
                    None => Failure::not_found().into_reply().into_response(),
                };
                // By this clients tell an answer of the API from one of the edge.
                let via = HeaderValue::from_static("1.1 google");
                response.headers_mut().insert(header::VIA, via);
                state.rates.answered(&self.options, &response);
                response
            }
        };
        let kind = EntryKind::Http {
            method: request.method().to_string(),
            path: without_tokens(path),
            status: response.status().as_u16(),
            refusal: reply::refusal(&response),
        };
        self.note(&mut state, None, kind);
        drop(state);
        self.changed.notify_waiters();
        response
    }

    /// Answers a request of a person's own client, which takes the same routes as the bot's: what may
    /// be done is asked of that person's permissions, and the bot's rate limits have no part in it.
    pub(crate) fn answer_for(
        &self,
        state: &mut State,
        user: u64,
        request: &Request<Bytes>,
    ) -> Response<Bytes> {
        let rates = std::mem::take(&mut state.rates);
        state.acting = Some(user);
        let path = request.uri().path().trim_start_matches('/');
        let response = self.answer(state, request, path);
        state.acting = None;
        state.rates = rates;
        response
    }

    fn answer(&self, state: &mut State, request: &Request<Bytes>, path: &str) -> Response<Bytes> {
        let method = request.method().as_str();
        let found = route::find(method, path);
        let caller = Caller::of(self, state, request);
        let welcome = match (&found, &caller) {
            (_, Caller::Bot) => true,
            _ if state.acting.is_some() => true,
            (Found::Route(route, _), Caller::User(_)) => route.open || route.oauth,
            (Found::Route(route, _), Caller::Nobody) => route.open,
            _ => false,
        };
        if !welcome {
            return Failure::unauthorized().into_reply().into_response();
        }
        let (route, parameters) = match found {
            Found::Route(route, parameters) => (route, parameters),
            Found::Missing => return Reply::missing(method, path).into_response(),
            Found::OtherMethods => return Failure::other_methods().into_reply().into_response(),
            Found::Nothing => return Failure::not_found().into_reply().into_response(),
        };
        let checked = state
            .rates
            .check(&self.options, &self.clock, route, &parameters);
        let limits = match checked {
            Checked::Allowed(limits) => limits,
            Checked::Refused(response) => return response,
        };
        let reply = match body::read(request.headers(), request.body()) {
            Ok((body, files)) => {
                let query = request.uri().query().unwrap_or_default();
                let verified = request.extensions().get().cloned().unwrap_or_default();
                audit::reason(request.headers()).and_then(|reason| {
                    let call = Call {
                        parameters,
                        query,
                        body,
                        caller,
                        verified,
                        reason,
                        locale: commands::locale(request.headers()),
                        files,
                    };
                    (route.handler)(self, state, &call)
                })
            }
            Err(failure) => Err(failure),
        };
        let mut response = reply.unwrap_or_else(Failure::into_reply).into_response();
        if let Some(limits) = limits {
            limits.write(response.headers_mut());
        }
        response
    }
}

/// What is said of a version of the API that is not spoken here: those before are nobody's any more.
fn other_version(method: &str, path: &str) -> Option<Reply> {
    let (version, _) = path.split_once('/')?;
    let version: u32 = version.strip_prefix('v')?.parse().ok()?;
    if DEPRECATED.contains(&version) {
        return Some(Reply::missing(method, path));
    }
    Some(Failure::new(400, 50_041, "Invalid API version").into_reply())
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
