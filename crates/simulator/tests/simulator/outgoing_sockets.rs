//! HTTP out over sockets: an application on a port of its own, which looks at signatures.

use std::convert::Infallible;

use bytes::Bytes;
use http::Request;
use http_body_util::{BodyExt, Full};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use polycord_simulator::{Builder, Simulator};
use serde_json::{Value, json};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpListener;

use crate::call::{call, error_at};
use crate::outgoing::{App, pong};

/// Answers what comes on a connection, as an application that looks at signatures, or does not.
async fn serve<S>(app: App, io: S, looks: bool)
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let service = service_fn(move |request: Request<Incoming>| {
        let app = app.clone();
        async move {
            let (parts, body) = request.into_parts();
            assert_eq!(parts.uri, "/hook?x=1");
            assert!(parts.headers.contains_key("host"));
            let body: Bytes = body.collect().await.unwrap().to_bytes();
            let request = Request::from_parts(parts, body);
            let response = if looks {
                app.answer(&request, pong)
            } else {
                pong(&serde_json::from_slice(request.body()).unwrap())
            };
            Ok::<_, Infallible>(response.map(Full::new))
        }
    });
    drop(
        http1::Builder::new()
            .serve_connection(TokioIo::new(io), service)
            .await,
    );
}

async fn plain(app: App, looks: bool) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        while let Ok((socket, _)) = listener.accept().await {
            tokio::spawn(serve(app.clone(), socket, looks));
        }
    });
    format!("http://{address}/hook?x=1")
}

/// Sets the URL, has commands run until one delivery was a test, and sees what the simulator saw.
async fn speaks_with(app: App, builder: Builder, url: &str) {
    let sim = builder.in_memory().start().await.unwrap();
    *app.key.lock().unwrap() = Some(sim.public_key());
    let body = json!({ "interactions_endpoint_url": url });
    let (status, saved) = call(&sim, "PATCH", "/applications/@me", body).await;
    assert_eq!(status, 200, "{saved}");
    let asked = app.asked();
    assert_eq!((asked.len(), &asked[0]["type"]), (1, &json!(1)));
    assert_eq!(*app.refused.lock().unwrap(), 1);
    let (general, ada) = (sim.channel("general"), sim.user("ada"));
    for _ in 0..50 {
        let id = sim.run_command(general, ada, "ping", []);
        let answer = sim.expect_response(id).await.unwrap();
        assert_eq!(answer.message.unwrap().content, "over HTTP");
    }
    assert_eq!(*app.refused.lock().unwrap(), 2);
    let journal = sim.journal().to_string();
    let tested = format!("POST PING with a bad signature to {url} -> 401");
    assert_eq!(journal.matches(&tested).count(), 2, "{journal}");
    assert!(sim.check_signatures().await);
}

#[tokio::test]
async fn an_application_on_a_port_proves_itself_answers_and_is_tested() {
    let app = App::default();
    let url = plain(app.clone(), true).await;
    speaks_with(app, Simulator::builder(), &url).await;
}

#[tokio::test]
async fn an_application_on_a_port_that_looks_at_nothing_is_refused_and_loses_its_url() {
    let url = plain(App::default(), false).await;
    let sim = Simulator::builder().in_memory().start().await.unwrap();
    let body = json!({ "interactions_endpoint_url": url });
    let (status, refused) = call(&sim, "PATCH", "/applications/@me", body).await;
    assert_eq!(status, 400);
    error_at(&refused, "/interactions_endpoint_url");
    let builder = Simulator::builder().in_memory().interactions_endpoint(url);
    let sim = builder.start().await.unwrap();
    assert!(!sim.check_signatures().await);
    let (_, application) = call(&sim, "GET", "/applications/@me", Value::Null).await;
    assert_eq!(application["interactions_endpoint_url"], Value::Null);
}

#[tokio::test]
async fn nobody_at_the_port_is_no_answer() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/hook", listener.local_addr().unwrap());
    drop(listener);
    let sim = Simulator::builder().in_memory().start().await.unwrap();
    let body = json!({ "interactions_endpoint_url": url });
    let (status, _) = call(&sim, "PATCH", "/applications/@me", body).await;
    assert_eq!(status, 400);
    assert!(sim.journal().to_string().contains("-> no answer"));
}

#[cfg(feature = "tls")]
mod private {
    use std::sync::Arc;

    use tokio_rustls::TlsAcceptor;
    use tokio_rustls::rustls::ServerConfig;
    use tokio_rustls::rustls::crypto::ring;
    use tokio_rustls::rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};

    use super::*;

    /// An application behind a certificate of its own: its URL, and what to trust.
    async fn listen(app: App) -> (String, String) {
        let names = vec!["localhost".to_owned(), "127.0.0.1".to_owned()];
        let made = rcgen::generate_simple_self_signed(names).unwrap();
        let key = PrivatePkcs8KeyDer::from(made.signing_key.serialize_der());
        let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![made.cert.der().clone()], PrivateKeyDer::Pkcs8(key))
            .unwrap();
        let acceptor = TlsAcceptor::from(Arc::new(config));
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        tokio::spawn(async move {
            while let Ok((socket, _)) = listener.accept().await {
                let (app, handshake) = (app.clone(), acceptor.accept(socket));
                tokio::spawn(async move {
                    if let Ok(socket) = handshake.await {
                        serve(app, socket, true).await;
                    }
                });
            }
        });
        (
            format!("https://127.0.0.1:{port}/hook?x=1"),
            made.cert.pem(),
        )
    }

    #[tokio::test]
    async fn an_application_behind_tls_proves_itself_answers_and_is_tested() {
        let app = App::default();
        let (url, authority) = listen(app.clone()).await;
        let builder = Simulator::builder().trust(&authority);
        speaks_with(app, builder, &url).await;
    }

    #[tokio::test]
    async fn a_certificate_that_nobody_vouches_for_is_no_answer() {
        let (url, _) = listen(App::default()).await;
        let sim = Simulator::builder().in_memory().start().await.unwrap();
        let body = json!({ "interactions_endpoint_url": url });
        let (status, _) = call(&sim, "PATCH", "/applications/@me", body).await;
        assert_eq!(status, 400);
    }
}
