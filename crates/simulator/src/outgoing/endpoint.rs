//! The URLs of an application, and whether they may be used.

use bytes::Bytes;
use http::{Method, Request, Response, StatusCode, header};
use serde_json::{Value, json};

use super::client::Signature;
use super::{Parcel, status};
use crate::core::{Core, State};
use crate::rest::body;
use crate::rest::caller::Caller;

/// A URL that an application sets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Endpoint {
    Interactions,
    Events,
}

/// URLs of a request that did not prove themselves.
#[derive(Clone, Debug, Default)]
pub(crate) struct Verified {
    refused: Vec<Endpoint>,
}

impl Verified {
    /// The settings that named a URL that did not prove itself.
    pub(crate) fn refused(&self) -> impl Iterator<Item = &'static str> {
        self.refused.iter().map(|endpoint| endpoint.setting())
    }
}

impl Endpoint {
    /// The field of the application that holds it.
    pub(crate) fn setting(self) -> &'static str {
        match self {
            Self::Interactions => "interactions_endpoint_url",
            Self::Events => "event_webhooks_url",
        }
    }

    pub(super) fn agent(self) -> &'static str {
        match self {
            Self::Interactions => "Discord-Interactions/1.0 (+https://discord.com)",
            Self::Events => "Discord-Webhook/1.0 (+https://discord.com)",
        }
    }

    /// The body of a PING.
    fn ping(self, core: &Core, state: &mut State) -> Value {
        let application = state.world.application.to_string();
        match self {
            Self::Events => json!({ "version": 1, "application_id": application, "type": 0 }),
            Self::Interactions => {
                let id = core.next_id(state);
                let user = state.world.user(state.world.bot);
                json!({
                    "version": 1,
                    "application_id": application,
                    "id": id.to_string(),
                    "token": format!("ping-{id:x}"),
                    "type": 1,
                    "user": user,
                    "entitlements": [],
                    "authorizing_integration_owners": {},
                    "attachment_size_limit": 10_485_760,
                })
            }
        }
    }

    /// Whether a PING was answered as it has to be.
    fn is_pong(self, response: &Response<Bytes>) -> bool {
        match self {
            Self::Interactions => {
                let read = body::read(response.headers(), response.body());
                let pong = read.is_ok_and(|(body, _)| body["type"] == 1);
                response.status() == StatusCode::OK && pong
            }
            Self::Events => {
                let named = response.headers().contains_key(header::CONTENT_TYPE);
                response.status() == StatusCode::NO_CONTENT && named && response.body().is_empty()
            }
        }
    }
}

impl Core {
    /// Answers a REST request, URLs that it names having been tried first.
    pub(crate) async fn serve(&self, mut request: Request<Bytes>) -> Response<Bytes> {
        let mut verified = Verified::default();
        for (endpoint, url) in self.named_urls(&request) {
            if !self.proves_itself(endpoint, &url).await {
                verified.refused.push(endpoint);
            }
        }
        request.extensions_mut().insert(verified);
        self.rest(&request)
    }

    /// New URLs that a change of the application names.
    fn named_urls(&self, request: &Request<Bytes>) -> Vec<(Endpoint, String)> {
        let path = request.uri().path().replace("%40", "@");
        let path = path.trim_end_matches('/');
        if request.method() != Method::PATCH || !path.ends_with("/applications/@me") {
            return Vec::new();
        }
        let state = self.lock();
        if Caller::of(self, &state, request) != Caller::Bot {
            return Vec::new();
        }
        let read = body::read(request.headers(), request.body());
        let (body, _) = read.unwrap_or_default();
        let named = [Endpoint::Interactions, Endpoint::Events]
            .into_iter()
            .filter_map(|endpoint| {
                let url = body[endpoint.setting()].as_str()?;
                let new = state.application.text(endpoint.setting()) != Some(url);
                (new && !url.is_empty()).then(|| (endpoint, url.to_owned()))
            });
        named.collect()
    }

    /// Whether a URL answers PING, and refuses what is badly signed.
    async fn proves_itself(&self, endpoint: Endpoint, url: &str) -> bool {
        self.checks_signatures(endpoint, url).await
            && self
                .ping(endpoint, url, Signature::Good)
                .await
                .is_some_and(|response| endpoint.is_pong(&response))
    }

    /// Whether a URL refuses what is badly signed with 401.
    pub(crate) async fn checks_signatures(&self, endpoint: Endpoint, url: &str) -> bool {
        let answer = self.ping(endpoint, url, Signature::Bad).await;
        answer.is_some_and(|response| response.status() == StatusCode::UNAUTHORIZED)
    }

    /// Takes a URL away, as Discord does from who does not look at signatures.
    pub(crate) fn lose_endpoint(&self, endpoint: Endpoint) {
        let mut state = self.lock();
        state.application.set(endpoint.setting(), Value::Null);
    }

    async fn ping(
        &self,
        endpoint: Endpoint,
        url: &str,
        signature: Signature,
    ) -> Option<Response<Bytes>> {
        let body = endpoint.ping(self, &mut self.lock());
        let body = Bytes::from(body.to_string());
        let answer = self
            .post_out(url, endpoint.agent(), body.clone(), signature)
            .await;
        let what = match signature {
            Signature::Good => "PING",
            Signature::Bad => "PING with a bad signature",
        };
        let parcel = Parcel {
            to: endpoint,
            url: url.into(),
            what: what.into(),
            body,
            interaction: None,
        };
        self.note_delivery(&mut self.lock(), &parcel, status(answer.as_ref()));
        self.changed.notify_waiters();
        answer
    }
}
