//! `wss://` over a real socket, with a certificate authority of one's own.
#![allow(clippy::unwrap_used, reason = "what fails here fails the test")]

use std::{sync::Arc, time::Duration};

use futures_util::SinkExt;
use polycord_gateway::{Compression, SessionEvent, Shard, ShardConfig, ShardEvent};
use polycord_types::gateway::Intents;
use rcgen::{CertifiedKey, generate_simple_self_signed};
use rustls_pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};
use tokio::{net::TcpListener, time::timeout};
use tokio_rustls::{
    TlsAcceptor,
    rustls::{ServerConfig, crypto::ring},
};
use tokio_tungstenite::{accept_async, tungstenite::Message};

const HELLO: &str = r#"{"op":10,"d":{"heartbeat_interval":40000}}"#;

/// A server that greets; its address and its certificate.
async fn serve() -> (String, String) {
    let CertifiedKey { cert, signing_key } =
        generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(signing_key.serialize_der()));
    let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![cert.der().clone()], key)
        .unwrap();
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move {
        loop {
            let (tcp, _) = listener.accept().await.unwrap();
            // A client that does not trust us leaves in the handshake.
            let Ok(tls) = acceptor.accept(tcp).await else {
                continue;
            };
            let mut socket = accept_async(tls).await.unwrap();
            socket.send(Message::text(HELLO)).await.unwrap();
            std::future::pending::<()>().await;
        }
    });
    (format!("wss://localhost:{port}"), cert.pem())
}

fn config(url: &str) -> ShardConfig {
    ShardConfig::new("token", Intents::default())
        .gateway_url(url)
        .compression(Compression::None)
}

#[tokio::test]
async fn a_private_authority_is_trusted_when_it_is_given() {
    let (url, pem) = serve().await;
    let mut shard = Shard::start(config(&url).root_certificates(pem)).unwrap();
    let greeted = async {
        while let Some(event) = shard.next().await {
            match event {
                ShardEvent::Session(SessionEvent::Hello { .. }) => return,
                ShardEvent::Session(SessionEvent::Reconnecting { cause, .. }) => panic!("{cause}"),
                _ => {}
            }
        }
    };
    timeout(Duration::from_secs(10), greeted).await.unwrap();
}

#[tokio::test]
async fn t03_an_unknown_authority_is_a_cause_to_try_again_and_never_a_panic() {
    let (url, _) = serve().await;
    let mut shard = Shard::start(config(&url)).unwrap();
    let refused = async {
        loop {
            if let ShardEvent::Session(SessionEvent::Reconnecting { cause, .. }) =
                shard.next().await.unwrap()
            {
                return cause.to_string();
            }
        }
    };
    let cause = timeout(Duration::from_secs(10), refused).await.unwrap();
    assert!(cause.contains("certificate"), "{cause}");
}
