//! The way to the gateway, when there is none: no name, no answer, no trust.
#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    reason = "what fails here fails the test"
)]

#[path = "support/server.rs"]
mod server;

use std::{
    io,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    time::Duration,
};

use polycord_gateway::{
    Compression, Connector, DisconnectCause, ErrorKind, SessionEvent, Shard, ShardConfig,
    ShardEvent, State, Target,
};
use polycord_types::gateway::Intents;
use server::Server;
use tokio::{
    net::{TcpListener, TcpStream},
    time::{Instant, sleep, timeout},
};

fn config() -> ShardConfig {
    ShardConfig::new("a-token", Intents::default())
        .gateway_url("ws://gateway.test")
        .compression(Compression::None)
        .seed(7)
}

/// What ended the next attempt, and how long the shard waits.
async fn reconnecting(shard: &mut Shard) -> (DisconnectCause, Duration) {
    loop {
        if let ShardEvent::Session(SessionEvent::Reconnecting { cause, delay, .. }) =
            shard.next().await.expect("the shard goes on")
        {
            return (cause, delay);
        }
    }
}

/// The same over a real network, where nothing may take forever.
async fn cause(shard: &mut Shard) -> String {
    let failed = timeout(Duration::from_secs(20), reconnecting(shard)).await;
    failed.expect("the attempt ends").0.to_string()
}

#[tokio::test(start_paused = true)]
async fn t01_five_minutes_without_dns_cost_no_session() {
    let mut server = Server::new();
    let (down, dials) = (Arc::new(AtomicBool::new(false)), Arc::new(Mutex::default()));
    let connector = {
        let (down, dials, inner) = (down.clone(), dials.clone(), Arc::new(server.connector()));
        move |target: Target| {
            let dialled = if down.load(Ordering::Relaxed) {
                let dials: &Mutex<Vec<Instant>> = &dials;
                dials.lock().unwrap().push(Instant::now());
                None
            } else {
                Some(inner.connect(target))
            };
            async move {
                match dialled {
                    None => Err(io::Error::other("temporary failure in name resolution")),
                    Some(connecting) => connecting.await,
                }
            }
        }
    };
    let mut shard = Shard::start(config().connector(connector)).unwrap();
    let conn = server.session(&mut shard).await;
    down.store(true, Ordering::Relaxed);
    let began = Instant::now();
    conn.cut();
    sleep(Duration::from_secs(300)).await;
    down.store(false, Ordering::Relaxed);

    let mut conn = server.accept().await;
    assert!(began.elapsed() < Duration::from_secs(361));
    conn.hello(40_000).await;
    // `expect` takes beats for granted, and no other frame: it is the first.
    let resume = conn.expect(6).await;
    assert_eq!(resume["d"]["session_id"], "session-1");
    assert_eq!(resume["d"]["seq"], 1);

    let dials = dials.lock().unwrap().clone();
    assert!((6..60).contains(&dials.len()), "{} dials", dials.len());
    let waits: Vec<_> = dials.windows(2).map(|pair| pair[1] - pair[0]).collect();
    assert!(waits.iter().all(|wait| *wait <= Duration::from_secs(61)));
    // Jitter: no wait is a round number of what doubles.
    assert!(waits.iter().any(|wait| wait.subsec_millis() != 0));
    let (cut, _) = reconnecting(&mut shard).await;
    assert!(matches!(cut, DisconnectCause::Closed { code: None, .. }));
    let (cause, _) = reconnecting(&mut shard).await;
    let DisconnectCause::ConnectFailed(text) = &cause else {
        panic!("{cause:?}");
    };
    assert!(text.contains("name resolution"), "{text}");
}

#[tokio::test]
async fn t01_a_name_that_does_not_resolve_is_told_with_the_name() {
    // Longer than a label may be: the resolver need not ask anybody.
    let name = format!("{}.test", "a".repeat(64));
    let config = config().gateway_url(format!("ws://{name}"));
    let mut shard = Shard::start(config).unwrap();
    let cause = cause(&mut shard).await;
    let clue = format!("the name {name} was not resolved");
    assert!(cause.contains(&clue), "{cause}");
}

/// A port whose queue of connections is full: the kernel drops every SYN that follows.
#[cfg(target_os = "linux")]
async fn black_hole() -> (std::net::SocketAddr, impl Sized) {
    let socket = tokio::net::TcpSocket::new_v4().unwrap();
    socket.bind("127.0.0.1:0".parse().unwrap()).unwrap();
    let listener = socket.listen(1).unwrap();
    let address = listener.local_addr().unwrap();
    let mut queued = Vec::new();
    let short = Duration::from_millis(50);
    while let Ok(connected) = timeout(short, TcpStream::connect(address)).await {
        queued.push(connected.unwrap());
        assert!(queued.len() < 10, "the queue has no end");
    }
    (address, (listener, queued))
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn t02_a_syn_without_answer_is_given_up_at_the_deadline_again_and_again() {
    let (hole, _full) = black_hole().await;
    let config = config()
        .gateway_url(format!("ws://{hole}"))
        .connect_timeout(Duration::from_millis(200))
        .backoff(Duration::from_millis(10), Duration::from_millis(20));
    let mut shard = Shard::start(config).unwrap();
    let began = Instant::now();
    for _ in 0..3 {
        let failed = timeout(Duration::from_secs(20), reconnecting(&mut shard)).await;
        assert_eq!(failed.unwrap().0, DisconnectCause::ConnectTimeout);
    }
    assert!(began.elapsed() >= Duration::from_millis(600));
    shard.handle().shutdown().await;
    assert_eq!(shard.handle().status().state, State::Stopped);
}

#[tokio::test(start_paused = true)]
async fn t02_the_deadline_of_a_dial_is_10_seconds_and_drops_it() {
    struct Dial(Arc<AtomicUsize>);
    impl Drop for Dial {
        fn drop(&mut self) {
            self.0.fetch_sub(1, Ordering::Relaxed);
        }
    }
    let open = Arc::new(AtomicUsize::new(0));
    let counter = open.clone();
    let connector = move |_: Target| {
        counter.fetch_add(1, Ordering::Relaxed);
        let dial = Dial(counter.clone());
        async move {
            let _dial = dial;
            std::future::pending::<io::Result<TcpStream>>().await
        }
    };
    let mut shard = Shard::start(config().connector(connector)).unwrap();
    let began = Instant::now();
    let (cause, _) = reconnecting(&mut shard).await;
    assert_eq!(cause, DisconnectCause::ConnectTimeout);
    assert_eq!(began.elapsed(), Duration::from_secs(10));
    assert_eq!(open.load(Ordering::Relaxed), 0, "the dial is still open");
}

#[tokio::test]
async fn t03_a_handshake_cut_off_is_tried_again_until_the_server_is_well() {
    let sim = polycord_simulator::Simulator::builder()
        .tls(true)
        .start()
        .await
        .unwrap();
    let behind = sim.gateway_url().rsplit(':').next().unwrap().to_owned();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    // In front of the simulator: drops two connections in the handshake, then passes on.
    tokio::spawn(async move {
        for number in 0.. {
            let (mut client, _) = listener.accept().await.unwrap();
            if number < 2 {
                client.readable().await.unwrap();
                continue;
            }
            let behind = format!("127.0.0.1:{}", behind.trim_end_matches('/'));
            let mut server = TcpStream::connect(behind).await.unwrap();
            tokio::io::copy_bidirectional(&mut client, &mut server)
                .await
                .ok();
        }
    });
    let config = ShardConfig::new(sim.token(), Intents::default())
        .gateway_url(format!("wss://127.0.0.1:{port}"))
        .root_certificates(sim.ca_pem().unwrap())
        .backoff(Duration::from_millis(50), Duration::from_millis(200));
    let mut shard = Shard::start(config).unwrap();
    let one = cause(&mut shard).await;
    assert!(one.contains("handshake"), "{one}");
    let other = cause(&mut shard).await;
    assert!(other.contains("handshake"), "{other}");
    let handle = shard.handle();
    let ready = handle.wait_for(|status| status.state == State::Ready);
    let status = timeout(Duration::from_secs(20), ready).await.unwrap();
    assert_eq!(status.unwrap().attempts, 2);
    assert_eq!((sim.identifies(), sim.resumes()), (1, 0));
}

#[tokio::test]
async fn t03_a_certificate_nobody_vouches_for_is_told_with_what_to_do_and_backed_off() {
    let sim = polycord_simulator::Simulator::builder()
        .tls(true)
        .start()
        .await
        .unwrap();
    let config = ShardConfig::new(sim.token(), Intents::default())
        .gateway_url(sim.gateway_url())
        .backoff(Duration::from_millis(1), Duration::from_millis(2));
    let mut shard = Shard::start(config).unwrap();
    for _ in 0..3 {
        let cause = cause(&mut shard).await;
        assert!(cause.contains("certificate is not trusted"), "{cause}");
        assert!(cause.contains("POLYCORD_CA_FILE"), "{cause}");
    }
    assert_eq!(sim.connections_opened(), 0, "no websocket was opened");
}

#[tokio::test]
async fn t03_a_certificate_of_another_host_is_told_as_that() {
    let CertifiedServer { port, pem } = serve_as("elsewhere.test").await;
    let config = config()
        .gateway_url(format!("wss://localhost:{port}"))
        .root_certificates(pem);
    let mut shard = Shard::start(config).unwrap();
    let cause = cause(&mut shard).await;
    assert!(cause.contains("another host's"), "{cause}");
}

#[test]
fn t03_a_shard_needs_no_crypto_provider_of_the_process_and_installs_none() {
    use tokio_rustls::rustls::crypto::CryptoProvider;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(async {
        let CertifiedServer { port, .. } = serve_as("localhost").await;
        let config = config().gateway_url(format!("wss://localhost:{port}"));
        let mut shard = Shard::start(config).unwrap();
        assert!(cause(&mut shard).await.contains("certificate"));
    });
    assert!(CryptoProvider::get_default().is_none());
}

#[tokio::test]
async fn what_cannot_work_is_refused_at_the_start() {
    let refused = |config: ShardConfig| Shard::start(config).unwrap_err();
    let error = refused(config().proxy("https://user:hidden@proxy.test:1"));
    assert_eq!(error.kind(), ErrorKind::Proxy);
    assert!(!format!("{error} {error:?}").contains("hidden"));
    let error = refused(
        config()
            .proxy("http://proxy.test:1")
            .connector(Server::new().connector()),
    );
    assert_eq!(error.kind(), ErrorKind::Config);
}

struct CertifiedServer {
    port: u16,
    pem: String,
}

/// A server that can do no more than the TLS handshake.
async fn serve_as(name: &str) -> CertifiedServer {
    use rustls_pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};
    use tokio_rustls::{
        TlsAcceptor,
        rustls::{ServerConfig, crypto::ring},
    };
    let own = rcgen::generate_simple_self_signed([name.to_owned()]).unwrap();
    let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(own.signing_key.serialize_der()));
    let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![own.cert.der().clone()], key)
        .unwrap();
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move {
        while let Ok((tcp, _)) = listener.accept().await {
            // A client that does not trust us leaves in the handshake.
            let _ = acceptor.accept(tcp).await;
        }
    });
    CertifiedServer {
        port,
        pem: own.cert.pem(),
    }
}
