//! Over real sockets: plain, and with TLS under the simulator's own authority.

use polycord_simulator::Simulator;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::client::{QUERY, dial_over, identify};

fn address(sim: &Simulator) -> &str {
    sim.api_url().split('/').nth(2).unwrap()
}

async fn gateway_bot<S: AsyncRead + AsyncWrite + Unpin>(sim: &Simulator, mut io: S) -> String {
    let request = format!(
        "GET /api/v10/gateway/bot HTTP/1.1\r\nHost: {}\r\nAuthorization: Bot {}\r\n\
         User-Agent: DiscordBot (https://example.com, 1)\r\nConnection: close\r\n\r\n",
        address(sim),
        sim.token(),
    );
    io.write_all(request.as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    io.read_to_end(&mut answer).await.unwrap();
    String::from_utf8(answer).unwrap()
}

async fn identifies<S: AsyncRead + AsyncWrite + Unpin>(sim: &Simulator, io: S) {
    let mut client = dial_over(io, QUERY).await.unwrap();
    assert_eq!(client.next().await.unwrap()["op"], 10);
    client.send(identify(sim, 1, [0, 1])).await;
    client.dispatch("READY").await;
}

#[tokio::test]
async fn http_and_websocket_share_a_port() {
    let sim = Simulator::start().await.unwrap();
    let answer = gateway_bot(&sim, TcpStream::connect(address(&sim)).await.unwrap()).await;
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    assert!(answer.contains(sim.gateway_url()), "{answer}");
    identifies(&sim, TcpStream::connect(address(&sim)).await.unwrap()).await;
    let at = address(&sim).to_owned();
    sim.shutdown().await;
    assert!(TcpStream::connect(at).await.is_err());
}

#[cfg(feature = "tls")]
#[tokio::test]
async fn https_and_wss_are_trusted_through_the_authority_only() {
    use std::sync::Arc;

    use tokio_rustls::TlsConnector;
    use tokio_rustls::rustls::crypto::ring;
    use tokio_rustls::rustls::pki_types::pem::PemObject;
    use tokio_rustls::rustls::pki_types::{CertificateDer, ServerName};
    use tokio_rustls::rustls::{ClientConfig, RootCertStore};

    let sim = Simulator::builder().tls(true).start().await.unwrap();
    assert!(sim.api_url().starts_with("https://") && sim.gateway_url().starts_with("wss://"));
    let connect = async |roots: RootCertStore| {
        let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_root_certificates(roots)
            .with_no_client_auth();
        let socket = TcpStream::connect(address(&sim)).await.unwrap();
        let name = ServerName::try_from("127.0.0.1").unwrap();
        TlsConnector::from(Arc::new(config))
            .connect(name, socket)
            .await
    };
    assert!(connect(RootCertStore::empty()).await.is_err());
    let mut roots = RootCertStore::empty();
    roots
        .add(CertificateDer::from_pem_slice(sim.ca_pem().unwrap().as_bytes()).unwrap())
        .unwrap();
    let answer = gateway_bot(&sim, connect(roots.clone()).await.unwrap()).await;
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    let private = connect(roots).await.unwrap();
    let shown = private.get_ref().1.peer_certificates().unwrap();
    // OpenSSL takes a certificate whose subject is its issuer for one that signed itself.
    let name = b"polycord-simulator authority";
    let named = shown[0].windows(name.len()).filter(|part| part == name);
    assert_eq!(named.count(), 1, "as issuer, and not as subject");
    identifies(&sim, private).await;
}
