//! HTTP out: interactions and webhook events, as signed requests to the application's own URLs.

mod client;
mod endpoint;
mod events;
mod interactions;
mod key;

use std::sync::Arc;

use bytes::Bytes;
use http::Response;
use serde_json::Value;
use tokio::sync::mpsc;
use tokio::task::JoinSet;

pub(crate) use self::client::{Handler, Roots};
pub(crate) use self::endpoint::{Endpoint, Verified};
pub(crate) use self::key::Key;
use crate::core::{Core, State, Stop};
use crate::journal::EntryKind;
use crate::simulator::Simulator;

/// Parcels that wait for their turn; more are lost, and the journal says so.
const WAITING: usize = 10_000;
/// Parcels that are under way at a time.
const UNDER_WAY: usize = 1_000;
/// Every so many deliveries one has a bad signature, to see whether the application looks.
const CHECK_EVERY: u64 = 50;

/// What leaves the simulator, and by what.
#[derive(Debug)]
pub(crate) struct Outgoing {
    pub(crate) key: Key,
    #[cfg_attr(
        not(feature = "tls"),
        expect(dead_code, reason = "only TLS trusts anybody")
    )]
    pub(crate) roots: Roots,
    parcels: mpsc::Sender<Parcel>,
}

/// Something to deliver.
#[derive(Debug)]
pub(crate) struct Parcel {
    to: Endpoint,
    url: Arc<str>,
    /// What it is, for the journal.
    what: Arc<str>,
    body: Bytes,
    /// The interaction in it, whose answer is in the response.
    interaction: Option<u64>,
}

impl Outgoing {
    pub(crate) fn new(key: Key, roots: Roots) -> (Self, mpsc::Receiver<Parcel>) {
        let (parcels, waiting) = mpsc::channel(WAITING);
        let outgoing = Self {
            key,
            roots,
            parcels,
        };
        (outgoing, waiting)
    }
}

impl Core {
    /// Hands something over to be delivered to one of the application's URLs. Whether it has one.
    fn send(
        &self,
        state: &mut State,
        to: Endpoint,
        what: &str,
        interaction: Option<u64>,
        body: &Value,
    ) -> bool {
        let Some(url) = state.application.text(to.setting()) else {
            return false;
        };
        let parcel = Parcel {
            to,
            url: url.into(),
            what: what.into(),
            body: Bytes::from(body.to_string()),
            interaction,
        };
        if let Err(refused) = self.outgoing.parcels.try_send(parcel) {
            let (mpsc::error::TrySendError::Full(parcel)
            | mpsc::error::TrySendError::Closed(parcel)) = refused;
            self.note_delivery(state, &parcel, None);
        }
        true
    }

    fn note_delivery(&self, state: &mut State, parcel: &Parcel, status: Option<u16>) {
        let kind = EntryKind::Delivered {
            what: Arc::clone(&parcel.what),
            url: Arc::clone(&parcel.url),
            status,
        };
        self.note(state, None, kind);
    }
}

impl Simulator {
    /// The key that requests to the application's URLs are signed with, in hexadecimal: its
    /// `verify_key`. Every simulator has its own.
    #[must_use]
    pub fn public_key(&self) -> String {
        self.core.outgoing.key.public_hex()
    }

    /// Sends a badly signed PING to each of the application's URLs, as Discord does now and then (here
    /// every 50th delivery, too): who does not answer 401 loses the URL. Whether all of them looked.
    ///
    /// # Cancel safety
    ///
    /// When the future is dropped, some URLs were not tried.
    pub async fn check_signatures(&self) -> bool {
        let mut all = true;
        for endpoint in [Endpoint::Interactions, Endpoint::Events] {
            let url = self
                .core
                .lock()
                .application
                .text(endpoint.setting())
                .map(str::to_owned);
            let Some(url) = url else {
                continue;
            };
            if !self.core.checks_signatures(endpoint, &url).await {
                self.core.lose_endpoint(endpoint);
                all = false;
            }
        }
        all
    }
}

/// Delivers until the simulator stops.
pub(crate) async fn run(core: Arc<Core>, mut stop: Stop, mut waiting: mpsc::Receiver<Parcel>) {
    let mut under_way = JoinSet::new();
    let mut delivered = 0_u64;
    loop {
        let full = under_way.len() >= UNDER_WAY;
        let parcel = tokio::select! {
            _ = stop.wait_for(|stopped| *stopped) => return,
            Some(_) = under_way.join_next() => continue,
            parcel = waiting.recv(), if !full => parcel,
        };
        // The core holds the other end: this is the end of everything.
        let Some(parcel) = parcel else {
            return;
        };
        delivered += 1;
        let suspicious = delivered.is_multiple_of(CHECK_EVERY);
        under_way.spawn(deliver(Arc::clone(&core), parcel, suspicious));
    }
}

async fn deliver(core: Arc<Core>, parcel: Parcel, suspicious: bool) {
    if suspicious && !core.checks_signatures(parcel.to, &parcel.url).await {
        core.lose_endpoint(parcel.to);
    }
    match parcel.to {
        Endpoint::Interactions => core.deliver_interaction(&parcel).await,
        Endpoint::Events => core.deliver_event(&parcel).await,
    }
}

/// The status of a response, where there was one.
fn status(response: Option<&Response<Bytes>>) -> Option<u16> {
    response.map(|response| response.status().as_u16())
}
